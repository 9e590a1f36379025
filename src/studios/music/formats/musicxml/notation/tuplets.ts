/**
 * Finds the tuplets of a bar: windows in which the onsets lie on odd divisions that plain note values cannot write.
 *
 *   onsets at 0, ⅔, 4⁄3 of a half note:   a window of one quarter would cut the second note (a tie),
 *                                         a window of the half cuts nothing: 3 quarters in the time of 2
 */
import type { MetreGrid } from './metre-grid.ts';
import { valueOfLength } from './note-value.ts';

/** `actual` notes of a kind in the time of `normal`; `unit` is the kind's plain length. */
export interface TupletWindow {
  readonly from: number;
  readonly to: number;
  readonly actual: number;
  readonly normal: number;
  readonly unit: number;
}

/** What sounds or rests in [from, to); the times of a voice are covered without gaps. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly rest: boolean;
}

const ODD = [3, 5, 7, 9, 11, 13] as const;
/** Large divisions are believed only where most of their notes are there. */
const LARGE = 9;
const MOST_THERE = 0.6;

/** The windows of a bar, in order, without overlaps; onsets that fit none stay outside. */
export function findTuplets(grid: MetreGrid, stretches: readonly Stretch[]): TupletWindow[] {
  const found: TupletWindow[] = [];
  const bar = { from: stretches[0]?.from ?? 0, to: stretches.at(-1)?.to ?? 0 };
  for (const { from } of stretches) {
    if (from % grid.shortest === 0 || found.some((window) => from < window.to)) continue;
    const earliest = found.at(-1)?.to ?? bar.from;
    const best = windowsAround(grid, from)
      .filter((window) => window.from >= earliest && window.to <= bar.to)
      .flatMap((window) => divisions(window, grid, stretches))
      .sort((a, b) => a.cost - b.cost)[0];
    if (best) found.push(best.window);
  }
  return found;
}

/** Windows that could hold an onset: an eighth of a beat up to four beats, on multiples of themselves or on beats. */
function windowsAround({ beat, shortest }: MetreGrid, onset: number): { from: number; to: number }[] {
  const windows: { from: number; to: number }[] = [];
  const part = (beat / shortest) % 3 === 0 ? beat / 3 : beat;
  const lengths = [part / 8, part / 4, part / 2, part, part * 2, part * 4, ...(part === beat ? [] : [beat, beat * 2])];
  for (const length of lengths) {
    if (length < 4 * shortest || !Number.isInteger(length)) continue;
    const step = length >= beat ? beat : Math.min(length, part);
    for (let from = Math.floor(onset / step) * step; from > onset - length; from -= step) {
      windows.push({ from, to: from + length });
    }
  }
  return windows;
}

/** Ways to divide a window so that all onsets inside are on it, each with a cost: ties made, large numbers, odd sizes. */
function divisions(
  { from, to }: { from: number; to: number },
  { beat, shortest }: MetreGrid,
  stretches: readonly Stretch[],
): { window: TupletWindow; cost: number }[] {
  const length = to - from;
  const inside = stretches.filter((stretch) => stretch.to > from && stretch.from < to);
  const cuts = inside.filter((s) => !s.rest && (s.from < from || s.to > to)).length;
  return ODD.flatMap((actual) => {
    const normal = normalOf(actual, length, shortest);
    if (normal === undefined) return [];
    const fine = (at: number): boolean => at <= from || at >= to || ((at - from) * actual) % (normal * shortest) === 0;
    if (actual >= LARGE && inside.length < MOST_THERE * actual) return [];
    if (!inside.every((stretch) => fine(stretch.from) && fine(stretch.to))) return [];
    const unit = length / normal;
    const whole = (at: number): boolean => at <= from || at >= to || ((at - from) * actual) % length === 0;
    const broken = inside.filter((stretch) => !whole(stretch.from) || !whole(stretch.to)).length;
    const size = Math.abs(Math.log2(length / beat));
    const cost = 20 * cuts + 2 * ODD.indexOf(actual) + 0.5 * broken + size;
    return valueOfLength(unit, shortest) ? [{ window: { from, to, actual, normal, unit }, cost }] : [];
  });
}

/** 3 in the time of 2, 5 and 7 of 4, 9 … 15 of 8; in dotted windows 5 of 3, 7 … 11 of 6. */
function normalOf(actual: number, length: number, shortest: number): number | undefined {
  let odd = length / shortest;
  while (odd % 2 === 0) odd /= 2;
  if (odd !== 1 && (odd !== 3 || actual % 3 === 0)) return undefined;
  let normal = odd;
  while (normal * 2 < actual) normal *= 2;
  return normal < actual ? normal : undefined;
}
