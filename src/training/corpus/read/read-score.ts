/** Scores by their basic facts: MIDI (the header and what its tracks say), MusicXML (title, parts), ABC (tunes, one text each). */
import { type Piece, type Reading, type ReadLimits, unreadable } from '../document.ts';
import { decodeText } from '../encoding/decode-text.ts';
import { openArchive } from './open-archive.ts';
import { findAll, parseXml, textOf, type XmlElement } from './xml-tree.ts';

/** Standard MIDI File 1.0: format, tracks, pulses per quarter note. Throws the refusal of the file. */
export function readMidi(bytes: Uint8Array): Reading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunk = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 14 || chunk(0) !== 'MThd' || view.getUint32(4) < 6)
    throw unreadable('not a MIDI file', '不是 MIDI 文件');
  const [format, tracks, division] = [8, 10, 12].map((at) => view.getUint16(at)) as [number, number, number];
  if (format > 2) throw unreadable(`MIDI format ${format} is unknown`, `未知的 MIDI 格式 ${format}`);
  let found = 0;
  let at = 8 + view.getUint32(4);
  for (; at + 8 <= bytes.length; at += 8 + view.getUint32(at + 4)) if (chunk(at) === 'MTrk') found++;
  if (found < tracks || at > bytes.length)
    throw unreadable(`only part of its ${tracks} tracks is there`, `${tracks} 个音轨不完整`);
  const time = division & 0x8000 ? { framesPerSecond: 256 - (division >> 8) } : { ppq: division };
  return { pieces: [], work: { facts: { format, tracks, ...time } } };
}

/** MusicXML, plain or packed (.mxl): title, composer, parts, bars. Throws the refusal of the file. */
export function readMusicXml(bytes: Uint8Array, limits: ReadLimits): Reading {
  const score = findScore(bytes, limits);
  const root = score.children.find(
    (child) => typeof child !== 'string' && /^score-(partwise|timewise)$/.test(child.name),
  );
  if (!root || typeof root === 'string') throw unreadable('not a MusicXML score', '不是 MusicXML 乐谱');
  const title = textOf(findAll(root, 'work-title')[0]) ?? textOf(findAll(root, 'movement-title')[0]);
  const composer = textOf(findAll(root, 'creator').find(({ attributes }) => attributes.type === 'composer'));
  const parts = findAll(root, 'part-name').map((part) => textOf(part) ?? '');
  const first = findAll(root, 'part')[0];
  const bars = findAll(root.name === 'score-partwise' && first ? first : root, 'measure').length;
  const facts = { parts, bars, notes: findAll(root, 'note').length, ...(composer ? { composer } : {}) };
  return { pieces: [], work: { ...(title ? { title } : {}), facts } };
}

function findScore(bytes: Uint8Array, limits: ReadLimits): XmlElement {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return parseXml(decodeText(bytes).text);
  const archive = openArchive(bytes, limits.maxFileBytes);
  const container = parseXml(decodeText(archive.get('META-INF/container.xml')).text);
  const path = findAll(container, 'rootfile')[0]?.attributes['full-path'];
  if (!path) throw unreadable('its container names no score', 'container.xml 未指明乐谱');
  return parseXml(decodeText(archive.get(path)).text);
}

/** ABC notation 2.1: a file of many tunes is split where a line `X:` begins. Throws the refusal of the file. */
export function readAbc(text: string): Piece[] {
  const tunes = text
    .replace(/\r\n?/g, '\n')
    .split(/^(?=X:)/m)
    .filter((part) => part.startsWith('X:'));
  const whole = tunes.filter((tune) => /^K:/m.test(tune));
  if (whole.length === 0) throw unreadable('no tune in it (X: … K: …)', '其中没有曲子（X: … K: …）');
  const field = (tune: string, letter: string): string | undefined =>
    new RegExp(`^${letter}:[ \\t]*(\\S.*?)\\s*$`, 'm').exec(tune)?.[1];
  return whole.map((tune, i) => ({
    text: tune.trim(),
    label: String(i + 1),
    title: field(tune, 'T'),
    author: field(tune, 'C'),
    licence: /^%%?\s*licen[cs]e:?\s*(.+)$/im.exec(tune)?.[1],
  }));
}
