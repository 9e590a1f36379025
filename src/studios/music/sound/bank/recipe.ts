/** How an instrument of the bank is made: which keys, how many strengths of playing, and the model that renders one sample. */
import type { Random } from '../../../../core/index.ts';
import type { Sample } from './sample.ts';

export interface Recipe {
  /** MIDI keys that get samples, upwards. */
  readonly keys: readonly number[];
  /** Strengths of playing that get samples, 0–1 upwards; velocities are shared out between them. */
  readonly layers: readonly number[];
  readonly render: (key: number, force: number, random: Random) => Sample;
  /** Seconds to die away by 60 dB after the note ends. */
  readonly release: number;
  /** Keys are drums: each sample sounds on its own key only. */
  readonly drums?: boolean;
  /** Drums of one number cut each other off: key → number. */
  readonly choke?: Readonly<Record<number, number>>;
  /** Loudness against other instruments, decibels; default 0. */
  readonly gain?: number;
}

/** Keys from `low` to `high` in steps of `step`, the last one at or just above `high`. */
export function keysBetween(low: number, high: number, step: number): number[] {
  return Array.from({ length: Math.ceil((high - low) / step) + 1 }, (_, i) => low + i * step);
}
