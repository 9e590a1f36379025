/** What every reader of a music format gives: a sound score, and what the file said that it could not keep. */
import type { Bilingual } from '../../../kernel/index.ts';
import type { Score } from '../score/index.ts';

/** Something in a file that was mended, guessed or left out. */
export interface FormatWarning {
  /** Where in the file: `byte 120`, `line 7, column 3`, `measure 12`. */
  readonly place: string;
  readonly message: Bilingual;
}

/** A score read from a file; `warnings` name what was lost, none when all was understood. */
export interface MusicReading {
  readonly score: Score;
  readonly warnings: readonly FormatWarning[];
}
