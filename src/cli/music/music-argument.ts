/** A piece of music as an argument: a work that is kept, or a file that the artist brings. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { OsError } from '../../core/index.ts';
import type { Work } from '../../kernel/index.ts';
import { getNamedWork } from '../commands/works.ts';
import type { Door } from '../door.ts';
import { followJob } from '../follow-job.ts';

/** File name endings that are music, and their types. */
const MUSIC_TYPES: Readonly<Record<string, string>> = {
  '.mid': 'audio/midi',
  '.midi': 'audio/midi',
  '.abc': 'text/vnd.abc',
  '.musicxml': 'application/vnd.recordare.musicxml+xml',
  '.xml': 'application/vnd.recordare.musicxml+xml',
  '.mxl': 'application/vnd.recordare.musicxml',
};

/** What a file of music is called. */
export const MUSIC_FILE = /\.(midi?|abc|musicxml|xml|mxl)$/i;

/** Whether an argument names a file of music that is there. */
export function isMusicFile(argument: string): boolean {
  return extname(argument).toLowerCase() in MUSIC_TYPES && existsSync(argument) && statSync(argument).isFile();
}

/** The score of an argument: a work by id (or `last`), or a file, which is brought and read. Throws `cli/no-music-file`, and what finding and reading throw. */
export async function musicWork(door: Door, argument: string): Promise<Work> {
  if (!isMusicFile(argument)) {
    if (/[/\\]/.test(argument) || MUSIC_FILE.test(argument) || existsSync(argument)) throw noMusicFile(argument);
    return getNamedWork(door, argument);
  }
  const os = await door.os();
  const mime = MUSIC_TYPES[extname(argument).toLowerCase()]!;
  const file = await os.bring({ name: basename(argument), mime, bytes: readFileSync(argument) });
  const read = os.run({ op: 'music/read', inputs: [file.id], seed: 0, signal: door.world.signal });
  const { works } = await followJob(door, read, door.say('music.reading'));
  return works[0]!;
}

function noMusicFile(path: string): OsError {
  const there = existsSync(path);
  return new OsError({
    kind: there ? 'input' : 'missing',
    code: 'cli/no-music-file',
    message: there ? `“${path}” is no file of music that is read here.` : `There is no file “${path}”.`,
    hint: 'Name a MIDI (.mid), ABC (.abc) or MusicXML file (.musicxml, .xml, .mxl), or a work by its id.',
    zh: {
      message: there ? `“${path}”不是可读的乐谱文件。` : `没有文件“${path}”。`,
      hint: '请给出 MIDI（.mid）、ABC（.abc）或 MusicXML（.musicxml、.xml、.mxl）文件，或作品编号。',
    },
  });
}
