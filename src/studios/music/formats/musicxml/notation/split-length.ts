/** Splits a stretch of sound or silence into pieces that can each be written as one note value, at points a reader expects. */
import { levelAt, type MetreGrid, strongestInside } from './metre-grid.ts';
import { type NoteValue, valueOfLength } from './note-value.ts';

/** A piece of a stretch; `value` is undefined where no note value fits. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly value: NoteValue | undefined;
}

/** The pieces of [from, to), in order. */
export function splitLength(grid: MetreGrid, from: number, to: number, rest: boolean): Piece[] {
  const value = valueOfLength(to - from, grid.shortest);
  const inside = strongestInside(grid, from, to);
  if (!inside || (value && readable(grid, from, to, inside.level, inside.points[0]!, value, rest))) {
    return [{ from, to, value }];
  }
  const at = splitPoint(grid, from, inside.points);
  return [...splitLength(grid, from, at, rest), ...splitLength(grid, at, to, rest)];
}

/** Whether a note value may stand here, crossing the point `across` of this level. */
function readable(
  grid: MetreGrid,
  from: number,
  to: number,
  level: number,
  across: number,
  value: NoteValue,
  rest: boolean,
): boolean {
  const start = levelAt(grid, from);
  if (rest) return start <= level && restStands(grid, from, to, value);
  if (grid.strict && value.dots === 2) return false;
  if (grid.strict && to - from > grid.beat && levelAt(grid, to) > level) return false;
  if (grid.strict && from % grid.beat !== 0 && to - from >= grid.beat) return false;
  if (grid.strict && level <= beatLevel(grid) && to - from < grid.beat) return false;
  if (start <= level || (level > beatLevel(grid) && levelAt(grid, to) <= beatLevel(grid))) return true;
  return start === level + 1 && to - from === 2 * (across - from);
}

function beatLevel(grid: MetreGrid): number {
  return levelAt(grid, grid.beat);
}

/** Rests fill beats: dotted only in compound metres, never two beats of three. */
function restStands(grid: MetreGrid, from: number, to: number, { dots }: NoteValue): boolean {
  if (dots > 0) return grid.strict && dots === 1 && (to - from) % grid.beat === 0;
  if (grid.strict && to - from > grid.beat / 3) return (to - from) % grid.beat === 0 && from % grid.beat === 0;
  return (grid.beats !== 3 || to - from <= grid.beat) && from % (to - from) === 0;
}

/** The last point that leaves a writable first piece, else the first. */
function splitPoint(grid: MetreGrid, from: number, points: readonly number[]): number {
  const fits = (point: number): boolean => (valueOfLength(point - from, grid.shortest)?.dots ?? 2) < 2;
  return points.findLast(fits) ?? points[0]!;
}
