/**
 * A performance drawn onto a grid. Each quarter note is divided in the way (sixteenths, triplets …) that its onsets lie
 * nearest to; onsets and ends then move to the nearest line. Finer divisions must earn their keep.
 *
 *   played  0.02   0.31   0.69  |  1.01    1.52        divisions [4, 3]
 *   grid    0      1/3    2/3   |  1       1 1/2
 */
import type { RawNote } from './raw-notes.ts';

/** How a performed file is drawn onto a grid. */
export interface Quantising {
  /** Parts of a quarter note that are tried, the preferred first; default 4 (sixteenths) and 3 (triplets). */
  readonly divisions?: readonly number[];
}

/** What a beat's second choice must gain over the first, in squared quarter notes per onset. */
const PREFERENCE = 0.0015;

/** Moves the notes; returns them with the resolution of the grid. */
export function quantiseNotes<T extends Pick<RawNote, 'at' | 'end'>>(
  tracks: readonly (readonly T[])[],
  ticksPerQuarter: number,
  { divisions = [4, 3] }: Quantising,
): { tracks: T[][]; ticksPerQuarter: number } {
  const resolution = divisions.reduce(leastCommonMultiple);
  const chosen = chooseDivisions(tracks.flat(), ticksPerQuarter, divisions);
  const draw = (tick: number): number => {
    const quarters = tick / ticksPerQuarter;
    // A note just before the beat belongs to the beat, whatever its own beat is divided into.
    const division = chosen.get(Math.floor(quarters)) ?? divisions[0]!;
    return (Math.round(quarters * division) * resolution) / division;
  };
  const shortest = resolution / Math.max(...divisions);
  const drawn = tracks.map((notes) =>
    notes.map((note) => {
      const at = draw(note.at);
      return { ...note, at, end: Math.max(draw(note.end), at + shortest) };
    }),
  );
  return { tracks: drawn, ticksPerQuarter: resolution };
}

function chooseDivisions(
  notes: readonly { readonly at: number }[],
  ticksPerQuarter: number,
  divisions: readonly number[],
): Map<number, number> {
  const onsets = new Map<number, number[]>();
  for (const { at } of notes) {
    const beat = Math.floor(at / ticksPerQuarter);
    const within = at / ticksPerQuarter - beat;
    const there = onsets.get(beat);
    if (there) there.push(within);
    else onsets.set(beat, [within]);
  }
  const cost = (within: readonly number[], division: number, rank: number): number =>
    within.reduce((sum, x) => sum + (x - Math.round(x * division) / division) ** 2 + rank * PREFERENCE, 0);
  return new Map(
    [...onsets].map(([beat, within]) => {
      const costs = divisions.map((division, rank) => cost(within, division, rank));
      return [beat, divisions[costs.indexOf(Math.min(...costs))]!];
    }),
  );
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a / divisor(a, b)) * b;
}
