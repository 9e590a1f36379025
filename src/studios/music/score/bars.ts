/** The grid of bars: where a tick stands in bars and beats, and how strong its beat is. */
import type { Key } from './key.ts';
import type { Bar, Score } from './score.ts';

/** Index of the bar that sounds at a tick (the last one for ticks at or beyond the end). */
export function barIndexAt(bars: readonly Bar[], tick: number): number {
  let low = 0;
  let high = bars.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bars[middle]!.at <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The key in force at a tick. */
export function keyAt({ bars }: Pick<Score, 'bars'>, tick: number): Key {
  return bars[barIndexAt(bars, tick)]!.key;
}

/** Length of a full bar of this metre, in ticks; not whole when the resolution is too coarse. */
export function metreLength([beats, unit]: Bar['metre'], ticksPerQuarter: number): number {
  return (beats * 4 * ticksPerQuarter) / unit;
}

/**
 * Length of one felt beat, in ticks: a dotted note in compound metres (6/8, 9/8, 12/8, 6/4 …), else the metre's unit.
 */
export function beatLength([beats, unit]: Bar['metre'], ticksPerQuarter: number): number {
  const compound = beats > 3 && beats % 3 === 0 && unit >= 4;
  return ((compound ? 3 : 1) * 4 * ticksPerQuarter) / unit;
}

/** Where a tick stands, as musicians say it. */
export interface Place {
  /** Counted from 1; a pickup bar is 0. */
  readonly bar: number;
  /** Felt beat counted from 1, with its fraction: 2.5 is the and of two. In a pickup bar counted as if the bar were full. */
  readonly beat: number;
}

/** Bar and beat of a tick. */
export function placeAt(score: Pick<Score, 'bars' | 'ticksPerQuarter'>, tick: number): Place {
  const { bars, ticksPerQuarter } = score;
  const index = barIndexAt(bars, tick);
  const bar = bars[index]!;
  const pickup = hasPickup(score);
  const missing = index === 0 && pickup ? metreLength(bar.metre, ticksPerQuarter) - bar.length : 0;
  const beat = 1 + (tick - bar.at + missing) / beatLength(bar.metre, ticksPerQuarter);
  return { bar: index + (pickup ? 0 : 1), beat };
}

/** Whether the first bar is a pickup: shorter than its metre, with more bars to come. */
export function hasPickup({ bars, ticksPerQuarter }: Pick<Score, 'bars' | 'ticksPerQuarter'>): boolean {
  return bars.length > 1 && bars[0]!.length < metreLength(bars[0]!.metre, ticksPerQuarter);
}

/**
 * Metrical weight of a tick: 3 the downbeat, 2 the half of a bar of 4, 6 or 12, 1 other beats, 0 what lies between beats.
 */
export function metricalWeight(score: Pick<Score, 'bars' | 'ticksPerQuarter'>, tick: number): 0 | 1 | 2 | 3 {
  const { beat } = placeAt(score, tick);
  if (!Number.isInteger(beat)) return 0;
  if (beat === 1) return 3;
  const { metre } = score.bars[barIndexAt(score.bars, tick)]!;
  const beats = Math.round(metreLength(metre, 1) / beatLength(metre, 1));
  return beats % 2 === 0 && beat === 1 + beats / 2 ? 2 : 1;
}
