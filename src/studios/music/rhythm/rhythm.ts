/** A rhythm: onsets and lengths without pitches, on the grid of 24 ticks a quarter note. */
import { type Bar, metreLength } from '../score/index.ts';

/** Ticks of a quarter note. */
export const RHYTHM_GRID = 24;
/** The most notes a rhythm may have. */
export const MOST_RHYTHM_NOTES = 4096;

/** When a note begins and how long it sounds, in ticks. */
export interface RhythmNote {
  readonly at: number;
  readonly length: number;
}

export interface Rhythm {
  /** In order, none overlapping the next; at least one. */
  readonly notes: readonly RhythmNote[];
  /** Whole in ticks, rests before and after included. */
  readonly length: number;
  /** The metre that the rhythm itself shows; absent where it could stand in any. */
  readonly metre?: Bar['metre'];
  /** The tempo it was played at. */
  readonly quarterBpm?: number;
}

/** How many bars of a metre a rhythm needs. */
export function barsOfRhythm({ length }: Pick<Rhythm, 'length'>, metre: Bar['metre']): number {
  return Math.max(1, Math.ceil(length / metreLength(metre, RHYTHM_GRID)));
}

/**
 * A rhythm laid over bars of one metre: as it is, then again from the next bar on, until all bars are filled. What would sound
 * beyond the last bar is cut there.
 */
export function layRhythm(rhythm: Rhythm, metre: Bar['metre'], bars: number): RhythmNote[] {
  const bar = metreLength(metre, RHYTHM_GRID);
  const end = bars * bar;
  const period = barsOfRhythm(rhythm, metre) * bar;
  const laid: RhythmNote[] = [];
  for (let from = 0; from < end; from += period) {
    for (const { at, length } of rhythm.notes) {
      if (from + at < end) laid.push({ at: from + at, length: Math.min(length, end - from - at) });
    }
  }
  return laid;
}
