/** The tunes in a file that an artist brings: one of a MIDI or MusicXML file, all of an ABC book. */
import { gunzipSync } from 'node:zlib';
import { OsError } from '../../../../core/index.ts';
import type { Score } from '../../score/index.ts';
import { type DroppedTune, dropped } from './dropped.ts';

/** A tune as it was read. */
export interface FoundTune {
  /** `path`, or `path#n` in a book. */
  readonly id: string;
  readonly title: string;
  readonly score: Score;
}

export interface MusicFile {
  readonly path: string;
  /** As the training engine names kinds: `midi`, `abc`, `musicxml`. */
  readonly kind: string;
}

/** A packed file may unpack to so many bytes. */
const MOST_UNPACKED = 2 ** 26;

/** Reads a file; what cannot be read is told, not thrown. */
export async function readTunes(file: MusicFile, packed: Uint8Array): Promise<readonly (FoundTune | DroppedTune)[]> {
  const { readAbcBook, readMusic } = await import('../../formats/index.ts');
  const { path, kind } = file;
  try {
    const bytes = /\.gz$/i.test(path) ? gunzipSync(packed, { maxOutputLength: MOST_UNPACKED }) : packed;
    if (kind !== 'abc') return [found(path, path, readMusic(bytes, path).score)];
    const book = readAbcBook(bytes);
    if (book.length === 0) return [dropped(path, 'unreadable', 'no tune in it', '其中没有曲子')];
    return book.map(({ number, score, error }, i) => {
      const id = book.length === 1 ? path : `${path}#${i + 1}`;
      return score ? found(id, `${path} ${number}`, score) : unread(id, error);
    });
  } catch (error) {
    return [unread(path, error)];
  }
}

function found(id: string, fallback: string, score: Score): FoundTune {
  const name = fallback
    .split('/')
    .at(-1)!
    .replace(/\.\w+(\.gz)?$/, '');
  return { id, title: (score.title || name).replace(/\s+/gu, ' ').trim().slice(0, 120), score };
}

/** Readers throw what a person can mend; anything else is a fault of ours and passes. */
function unread(id: string, error: unknown): DroppedTune {
  const damaged = String((error as { code?: unknown }).code).startsWith('Z_') || error instanceof RangeError;
  if (damaged) return dropped(id, 'unreadable', 'the packed data is damaged', '压缩数据已损坏');
  if (!(error instanceof OsError) || error.kind === 'bug') throw error;
  return dropped(id, 'unreadable', error.message, error.zh?.message ?? error.message);
}
