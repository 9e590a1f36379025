/** The table that `recipes/chords/build.ts` counts from songs and charts. Chords are numbers of the chord space, −1 the beginning. */
import type { Mode } from '../score/index.ts';

/** Counts for one mode; lists are flat rows of whole numbers. */
export interface ModeCounts {
  /** Rows of 4: chord before last, last chord, next chord, times. From songs with their melody … */
  readonly songs: readonly number[];
  /** … and from charts. */
  readonly charts: readonly number[];
  /** Rows of 4: chord, kind of note, semitones above the tonic, times. */
  readonly notes: readonly number[];
  /** Rows of 4: beats in the bar, beat from 0, changes, chances to change. From songs … */
  readonly songChanges: readonly number[];
  /** … and from charts. */
  readonly chartChanges: readonly number[];
  /** Rows of 3: last two chords of a phrase, times. */
  readonly closes: readonly number[];
  /** Rows of 2: last chord of a song, times. */
  readonly finals: readonly number[];
}

export interface ChordTable {
  readonly version: 1;
  readonly about: string;
  readonly songs: number;
  readonly charts: number;
  readonly modes: Readonly<Partial<Record<Mode, ModeCounts>>>;
}
