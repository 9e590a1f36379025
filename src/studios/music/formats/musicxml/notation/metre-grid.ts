/**
 * The points of a bar by metrical strength, for deciding where a long note must be split so that it can be read.
 *
 *   4/4   0───────────────1───────────────0      level 0 bar lines, 1 the half of the bar, 2 beats,
 *         0───────2───────1───────2───────0      3, 4 … halves of the one before
 *   6/8   0───────────1───────────0              beats are dotted quarters, their thirds come next
 *
 * Positions are fine ticks (`FINE` × the score's) from where a full bar would begin, so that a pickup keeps its beats.
 */
import { type Bar, beatLength, metreLength } from '../../../score/index.ts';
import { FINE } from './note-value.ts';

/** Points of one level: multiples of `unit`, or a list where groups are uneven. */
type Level = { readonly unit: number } | { readonly points: readonly number[] };

export interface MetreGrid {
  /** From strong to weak, below the bar line. */
  readonly levels: readonly Level[];
  /** Length of a full bar. */
  readonly full: number;
  /** Felt beat. */
  readonly beat: number;
  readonly beats: number;
  /** Compound and uneven metres: notes may cross a group only when they end on one. */
  readonly strict: boolean;
  /** Length of a 256th note, below which nothing is split. */
  readonly shortest: number;
}

/** Level of a point that is on no grid. */
const OFF_GRID = 99;

/** The grid of a metre. */
export function metreGrid(metre: Bar['metre'], ticksPerQuarter: number): MetreGrid {
  const quarter = FINE * ticksPerQuarter;
  const full = metreLength(metre, quarter);
  const beat = beatLength(metre, quarter);
  const beats = Math.round(full / beat);
  const compound = (beat * metre[1]) / (4 * quarter) === 3;
  const groups = groupLevels(beats, beat);
  const below: Level[] = [];
  let unit = compound ? beat / 3 : beat / 2;
  for (; unit >= ticksPerQuarter && Number.isInteger(unit); unit /= 2) below.push({ unit });
  return {
    levels: [...groups, { unit: beat }, ...below],
    full,
    beat,
    beats,
    strict: compound || groups.some((level) => 'points' in level),
    shortest: ticksPerQuarter,
  };
}

/** Groups of beats above the beat itself: halves of 4, 3 + 2, 2 + 2 + 3, pairs or threes of more. */
function groupLevels(beats: number, beat: number): Level[] {
  if (beats === 5) return [{ points: [3 * beat] }];
  if (beats === 7) return [{ points: [2 * beat, 4 * beat] }];
  if (beats > 3 && beats % 2 === 0) return [{ unit: 2 * beat }];
  return beats > 3 && beats % 3 === 0 ? [{ unit: 3 * beat }] : [];
}

/** A grid of equal units and their halves: the inside of a tuplet. */
export function unitGrid(full: number, unit: number, shortest: number): MetreGrid {
  const levels: Level[] = [];
  for (let step = unit; step >= shortest && Number.isInteger(step); step /= 2) levels.push({ unit: step });
  return { levels, full, beat: unit, beats: full / unit, strict: false, shortest };
}

/** Strength of a point: 0 the bar line, larger weaker. */
export function levelAt(grid: MetreGrid, point: number): number {
  if (point % grid.full === 0) return 0;
  const found = grid.levels.findIndex((level) =>
    'unit' in level ? point % level.unit === 0 : level.points.includes(point),
  );
  return found < 0 ? OFF_GRID : found + 1;
}

/** The strongest points inside a stretch, ends excluded; undefined when it lies between all points. */
export function strongestInside(
  grid: MetreGrid,
  from: number,
  to: number,
): { readonly level: number; readonly points: readonly number[] } | undefined {
  for (const [i, level] of grid.levels.entries()) {
    const points = 'unit' in level ? multiplesInside(level.unit, from, to) : level.points;
    const inside = points.filter((point) => point > from && point < to);
    if (inside.length > 0) return { level: i + 1, points: inside };
  }
  return undefined;
}

function multiplesInside(unit: number, from: number, to: number): number[] {
  const points: number[] = [];
  for (let point = (Math.floor(from / unit) + 1) * unit; point < to; point += unit) points.push(point);
  return points;
}
