/**
 * A melodic line over a given rhythm: the cheapest way up and down the ladder under costs that taste sets, found exactly by
 * dynamic programming, with a little noise in the costs so that every seed finds another line.
 *
 *   cost = Σ distance from the contour + unrest on strong beats + size of steps + what a leap leaves unanswered + noise
 *
 * States are (rung, last move), so that a leap wants a step back and a run does not go on for ever.
 */
import type { Random } from '../../../../core/index.ts';
import type { Ladder } from './ladder.ts';
import type { Profile } from './profile.ts';

/** A note to be found. */
export interface Place {
  /** Ticks. */
  readonly length: number;
  /** Metrical weight 3 (downbeat) … 0. */
  readonly weight: number;
  /** Where the contour wants it, in rungs. */
  readonly target: number;
  /** The rung it must have. */
  readonly fixed?: number | undefined;
}

export interface LineOptions {
  readonly ladder: Ladder;
  readonly profile: Profile;
  readonly lowest: number;
  readonly highest: number;
  /** The rung before the first note, when there is one. */
  readonly before?: number | undefined;
  readonly random: Random;
}

/** Last moves: leap down, step down, same, step up, leap up. */
const MOVES = 5;
const NOISE = 0.55;

/** Finds a rung for every place. */
export function drawLine(places: readonly Place[], options: LineOptions): number[] {
  const { lowest, highest, before } = options;
  const low = Math.min(lowest, ...places.flatMap(({ fixed }) => fixed ?? []));
  const width = Math.max(highest, ...places.flatMap(({ fixed }) => fixed ?? [])) - low + 1;
  const size = width * MOVES;
  const back: Int32Array[] = [];
  let costs = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  for (const [i, place] of places.entries()) {
    const next = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(size).fill(-1);
    for (let rung = low; rung < low + width; rung++) {
      if (place.fixed !== undefined && place.fixed !== rung) continue;
      const own = placeCost(place, rung, options);
      if (i === 0) {
        const move = before === undefined ? 2 : moveOf(before, rung, options.ladder);
        const join = before === undefined ? 0 : stepCost(before, rung, place, options) * 0.6;
        next[(rung - low) * MOVES + move] = own + join + noise(options.random);
        continue;
      }
      for (let previous = low; previous < low + width; previous++) {
        const move = moveOf(previous, rung, options.ladder);
        const first = (previous - low) * MOVES;
        const last = cheapest(costs, first, move);
        if (last < 0) continue;
        const step = stepCost(previous, rung, place, options) + noise(options.random) * 0.5;
        const cost = costs[last]! + ANSWERS[last - first]![move]! + own + step;
        const state = (rung - low) * MOVES + move;
        if (cost < next[state]!) {
          next[state] = cost;
          from[state] = last;
        }
      }
    }
    back.push(from);
    costs = next;
  }
  return trace(costs, back, low);
}

function trace(costs: Float64Array, back: readonly Int32Array[], low: number): number[] {
  let state = costs.reduce((best, cost, i) => (cost < costs[best]! ? i : best), 0);
  const rungs: number[] = [];
  for (let i = back.length - 1; i >= 0; i--) {
    rungs.push(low + Math.floor(state / MOVES));
    state = back[i]![state]!;
  }
  return rungs.reverse();
}

function placeCost(
  { target, weight, length }: Place,
  rung: number,
  { ladder, profile, lowest, highest }: LineOptions,
): number {
  const off = (rung - target) * (weight >= 2 ? 1 : 0.6);
  const heard = (weight === 3 ? 0.7 : weight === 2 ? 0.45 : weight === 1 ? 0.2 : 0) + (length >= 24 ? 0.25 : 0);
  const outside = rung < lowest || rung > highest ? 5 : 0;
  return profile.contourPull * off * off * 0.6 + heard * ladder.unrest(rung) + outside;
}

/** Cost of an interval by its semitones: steps are free, sixths and sevenths dear. */
const INTERVALS = [0, 0.3, 0, 0.1, 0.55, 0.75, 2.5, 1.1, 2.2, 1.9, 2.6, 4, 1.8];

function stepCost(from: number, to: number, place: Place, { ladder, profile }: LineOptions): number {
  const semitones = Math.abs(ladder.semitones(to) - ladder.semitones(from));
  if (semitones === 0) return profile.repeat * (place.length <= 6 ? 2.5 : 1);
  const liking = semitones === 5 ? profile.fourth : 0;
  const quick = place.length <= 6 && semitones > 4 ? 1.2 : 0;
  return (INTERVALS[semitones] ?? 8) * profile.leap - liking + quick;
}

function moveOf(from: number, to: number, ladder: Ladder): number {
  if (from === to) return 2;
  const leap = Math.abs(ladder.semitones(to) - ladder.semitones(from)) > 4 ? 1 : 0;
  return to > from ? 3 + leap : 1 - leap;
}

/** What the move after a move costs, by the last one: a leap wants a step back, a note is not said three times. */
const ANSWERS: readonly (readonly number[])[] = [
  [2.2, 0.9, 0.4, -0.3, 0.5],
  [0.5, 0.1, 0.2, 0.15, 0.1],
  [0.1, 0, 1.6, 0, 0.1],
  [0.1, 0.15, 0.2, 0.1, 0.5],
  [0.5, -0.3, 0.4, 0.9, 2.2],
];

/** The state of a rung from which a move costs least; −1 when none was reached. */
function cheapest(costs: Float64Array, first: number, move: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let last = 0; last < MOVES; last++) {
    const cost = costs[first + last]! + ANSWERS[last]![move]!;
    if (cost < least) {
      least = cost;
      best = first + last;
    }
  }
  return best;
}

function noise(random: Random): number {
  return -NOISE * Math.log(-Math.log(random.next() * 0.998 + 0.001)) * 0.5;
}
