/** ABC text (standard 2.1) as scores. */
import { OsError } from '../../../../core/index.ts';
import type { Score } from '../../score/index.ts';
import type { FormatWarning, MusicReading } from '../types.ts';
import { assembleScore } from './assemble.ts';
import { readTune } from './read-tune.ts';
import { type AbcSource, badAbc, decodeAbc, splitTunes } from './source.ts';

/** Which tune of a file is read. */
export interface AbcReadOptions {
  /** Its place in the file from 1; default the first. */
  readonly tune?: number;
}

/**
 * Reads one tune. Throws `music/bad-abc` with line and column, `music/too-many-notes`, `music/too-many-bars`; what is
 * not understood is left out with a warning.
 */
export function readAbc(input: Uint8Array | string, { tune = 1 }: AbcReadOptions = {}): MusicReading {
  const tunes = splitTunes(decodeAbc(input));
  const source = tunes[tune - 1];
  if (!source) {
    const found = tunes.length;
    throw badAbc(
      { line: 1, column: 1 },
      `tune ${tune} was asked for, ${found} found`,
      `要第 ${tune} 首，只有 ${found} 首`,
    );
  }
  return readSource(source);
}

/** A tune of a book: what was read, or why it was not. */
export interface AbcBookTune {
  /** After `X:`. */
  readonly number: number;
  readonly score?: Score;
  readonly warnings: readonly FormatWarning[];
  readonly error?: OsError;
}

/** Reads every tune of a file; one that is broken does not keep the others from being read. */
export function readAbcBook(input: Uint8Array | string): AbcBookTune[] {
  return splitTunes(decodeAbc(input)).map((source) => {
    try {
      return { number: source.number, ...readSource(source) };
    } catch (error) {
      if (error instanceof OsError && error.code.startsWith('music/'))
        return { number: source.number, warnings: [], error };
      throw error;
    }
  });
}

/** Whether bytes look like ABC: a line `X:` and, after it, a line `K:`. */
export function looksLikeAbc(bytes: Uint8Array): boolean {
  const head = decodeAbc(bytes.subarray(0, 20_000));
  return /^(?:\uFEFF|%abc)/.test(head) || /^(?:X|K):/m.test(head);
}

function readSource(source: AbcSource): MusicReading {
  const tune = readTune(source);
  return { score: assembleScore(tune, source.lines[0]?.line ?? 1), warnings: tune.warnings.list };
}
