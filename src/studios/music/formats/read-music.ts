/** Any music file by its bytes: MIDI, MusicXML (plain or packed), ABC. */
import { refusal } from '../refusal.ts';
import { looksLikeAbc, readAbc } from './abc/index.ts';
import { looksLikeMidi, readMidi } from './midi/index.ts';
import { readMusicXml } from './musicxml/index.ts';
import type { MusicReading } from './types.ts';

/**
 * Reads a score from a file's bytes; `fileName` decides only where the content does not. Throws the errors of the readers, and
 * `music/unknown-format`.
 */
export function readMusic(bytes: Uint8Array, fileName = ''): MusicReading {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (looksLikeMidi(bytes)) return readMidi(bytes);
  if (looksLikeXml(bytes)) return readMusicXml(bytes);
  if (looksLikeAbc(bytes)) return readAbc(bytes);
  if (['mid', 'midi', 'kar', 'rmi'].includes(ending)) return readMidi(bytes);
  if (['musicxml', 'mxl', 'xml'].includes(ending)) return readMusicXml(bytes);
  if (ending === 'abc') return readAbc(bytes);
  throw refusal(
    'input',
    'music/unknown-format',
    { en: `'${fileName}' is no music file that is understood.`, zh: `无法识别的乐谱文件“${fileName}”。` },
    {
      en: 'Bring MIDI (.mid), MusicXML (.musicxml, .mxl) or ABC (.abc).',
      zh: '可用 MIDI（.mid）、MusicXML（.musicxml、.mxl）或 ABC（.abc）。',
    },
  );
}

/** A zip archive, or text that begins with a tag. */
function looksLikeXml(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return true;
  const head = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8');
  return /^\s*</.test(head.decode(bytes.subarray(0, 200)).replace(/^\uFEFF/, ''));
}
