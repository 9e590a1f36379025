/** Times in a file: whole divisions, fine enough for every written note (a tied tuplet may lie between the score's ticks). */
import type { WrittenBar } from '../notation/index.ts';

export interface Clock {
  /** Divisions of a quarter note. */
  readonly divisions: number;
  /** A tick of the score in divisions, rounded where the file's resolution ends. */
  at(tick: number): number;
}

/** Divisions are not refined beyond this multiple of the score's ticks. */
const FINEST = 5040;

/** A clock for all written bars of a score. */
export function clockFor(parts: readonly (readonly WrittenBar[])[], ticksPerQuarter: number): Clock {
  let factor = 1;
  for (const bars of parts) {
    for (const lanes of bars) {
      for (const { events } of lanes) for (const { at } of events) factor = refine(factor, at);
    }
  }
  return { divisions: ticksPerQuarter * factor, at: (tick) => Math.round(tick * factor) };
}

function refine(factor: number, at: number): number {
  const whole = (n: number): boolean => Math.abs(at * n - Math.round(at * n)) < 1e-6;
  if (whole(factor)) return factor;
  for (let n = 2; factor * n <= FINEST; n++) if (whole(factor * n)) return factor * n;
  return factor;
}
