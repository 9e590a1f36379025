/**
 * Makes the patches of a picture be spread as those of a style are: sliced optimal transport (Rabin, Peyré, Delon, Bernot 2011) of 7 × 7
 * patches, as in Elnekave and Weiss 2022 (“Generating natural images with direct patch distributions matching”), without a gradient tape.
 *
 *   for some directions: project all patches ─▶ where each would stand in the style's order ─▶ push its pixels that way
 *
 * Directions are products of a row, a column and a colour, so that projecting and pushing back are two short convolutions instead of one
 * of 147 taps. A push keeps the order of patches along its direction: what stood out in the picture stands out in the result.
 */
import type { Random } from '../../../core/index.ts';
import { type Channels, mapChannels } from './channels.ts';

/** Patches are so many pixels a side. */
export const SIDE = 7;
const BINS = 1024;

interface Direction {
  readonly row: Float32Array;
  readonly column: Float32Array;
  readonly colour: Float32Array;
}

export interface MatchOptions {
  /** Directions of one push; default 12. */
  readonly directions?: number;
  readonly rounds: number;
  /** How far the first push goes, 1 the whole way; later ones less, the last about half; default 1. */
  readonly step?: number;
  readonly random: Random;
  /** Called after every round: may change the picture, and lets others work. */
  afterRound(): Promise<void>;
}

/** Pushes `picture` in place. Both at least 7 pixels a side. */
export async function matchDistribution(picture: Channels, style: Channels, options: MatchOptions): Promise<void> {
  const { directions = 12, rounds, step = 1, random, afterRound } = options;
  const push = mapChannels(picture, (plane) => new Float32Array(plane.length));
  for (let round = 0; round < rounds; round++) {
    for (const channel of push.data) channel.fill(0);
    for (let i = 0; i < directions; i++) pushAlong(picture, style, directionOf(random), push);
    // One direction moves a patch along one of its 147 dimensions.
    const share = (step * (1 - (0.5 * round) / rounds) * 3 * SIDE * SIDE) / directions;
    for (const [c, channel] of picture.data.entries()) {
      const pushed = push.data[c]!;
      for (let i = 0; i < channel.length; i++) channel[i]! += share * pushed[i]!;
    }
    await afterRound();
  }
}

function directionOf(random: Random): Direction {
  return { row: unit(SIDE, random), column: unit(SIDE, random), colour: unit(3, random) };
}

function unit(count: number, random: Random): Float32Array {
  const values = Float32Array.from({ length: count }, () => random.normal());
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function pushAlong(picture: Channels, style: Channels, direction: Direction, push: Channels): void {
  const own = project(picture, direction);
  const theirs = project(style, direction);
  const moves = moved(own, theirs);
  pushBack(moves, direction, push);
}

/** Projections of all whole patches, row by row. */
function project({ width, height, data: [r, g, b] }: Channels, { row, column, colour }: Direction): Float32Array {
  const columns = width - SIDE + 1;
  const [cr, cg, cb] = colour as unknown as [number, number, number];
  const [k0, k1, k2, k3, k4, k5, k6] = row as unknown as [number, number, number, number, number, number, number];
  const mixed = new Float32Array(width);
  const across = new Float32Array(columns * height);
  for (let y = 0, to = 0; y < height; y++) {
    const from = y * width;
    for (let x = 0; x < width; x++) mixed[x] = cr * r[from + x]! + cg * g[from + x]! + cb * b[from + x]!;
    for (let x = 0; x < columns; x++, to++) {
      across[to] =
        k0 * mixed[x]! +
        k1 * mixed[x + 1]! +
        k2 * mixed[x + 2]! +
        k3 * mixed[x + 3]! +
        k4 * mixed[x + 4]! +
        k5 * mixed[x + 5]! +
        k6 * mixed[x + 6]!;
    }
  }
  return downwards(across, columns, height, column);
}

function downwards(across: Float32Array, columns: number, height: number, column: Float32Array): Float32Array {
  const out = new Float32Array(columns * (height - SIDE + 1));
  const [k0, k1, k2, k3, k4, k5, k6] = column as unknown as [number, number, number, number, number, number, number];
  for (let i = 0; i < out.length; i++) {
    out[i] =
      k0 * across[i]! +
      k1 * across[i + columns]! +
      k2 * across[i + 2 * columns]! +
      k3 * across[i + 3 * columns]! +
      k4 * across[i + 4 * columns]! +
      k5 * across[i + 5 * columns]! +
      k6 * across[i + 6 * columns]!;
  }
  return out;
}

/** How far each value is from the one that stands at its place in the other's order. */
function moved(own: Float32Array, theirs: Float32Array): Float32Array {
  let [low, high] = [Infinity, -Infinity];
  for (const values of [own, theirs]) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const scale = (BINS - 1e-3) / Math.max(high - low, 1e-9);
  const [ownShares, theirShares] = [counted(own, low, scale), counted(theirs, low, scale)];
  const lower = shifts(ownShares, theirShares, 'last');
  const upper = shifts(ownShares, theirShares, 'first');
  const moves = new Float32Array(own.length);
  for (let i = 0; i < own.length; i++) {
    const at = (own[i]! - low) * scale;
    const bin = at | 0;
    moves[i] = (lower[bin]! + (upper[bin + 1]! - lower[bin]!) * (at - bin)) / scale;
  }
  return moves;
}

/** Share of the values below each edge of the bins; the last is 1. */
function counted(values: Float32Array, low: number, scale: number): Float64Array {
  const shares = new Float64Array(BINS + 1);
  for (let i = 0; i < values.length; i++) shares[(((values[i]! - low) * scale) | 0) + 1]!++;
  for (let i = 1; i <= BINS; i++) shares[i] = shares[i - 1]! + shares[i]! / values.length;
  return shares;
}

/** For every edge of the bins: bins from it to the first or the last place where the other has the same share below. */
function shifts(own: Float64Array, theirs: Float64Array, which: 'first' | 'last'): Float32Array {
  const out = new Float32Array(BINS + 1);
  for (let edge = 0, at = 0; edge <= BINS; edge++) {
    const share = own[edge]!;
    while (at < BINS && (which === 'first' ? theirs[at + 1]! < share : theirs[at + 1]! <= share)) at++;
    const span = theirs[Math.min(at + 1, BINS)]! - theirs[at]!;
    const part = span > 1e-12 ? Math.min(1, Math.max(0, (share - theirs[at]!) / span)) : 0;
    out[edge] = at + part - edge;
  }
  return out;
}

/** Adds the moves of all patches to the pixels under them. */
function pushBack(moves: Float32Array, { row, column, colour }: Direction, { width, height, data }: Channels): void {
  const columns = width - SIDE + 1;
  const rows = height - SIDE + 1;
  const line = new Float32Array(columns + 2 * (SIDE - 1));
  const [r, g, b] = data;
  const [cr, cg, cb] = colour as unknown as [number, number, number];
  const [k0, k1, k2, k3, k4, k5, k6] = row as unknown as [number, number, number, number, number, number, number];
  for (let y = 0; y < height; y++) {
    line.fill(0);
    const [first, last] = [Math.max(0, y - rows + 1), Math.min(SIDE - 1, y)];
    for (let dy = first; dy <= last; dy++) {
      const from = (y - dy) * columns;
      const weight = column[dy]!;
      for (let x = 0; x < columns; x++) line[x + SIDE - 1]! += weight * moves[from + x]!;
    }
    // Pixels near the edge lie under fewer patches.
    const under = last - first + 1;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const sum =
        k6 * line[x]! +
        k5 * line[x + 1]! +
        k4 * line[x + 2]! +
        k3 * line[x + 3]! +
        k2 * line[x + 4]! +
        k1 * line[x + 5]! +
        k0 * line[x + 6]!;
      const value = sum / (under * Math.min(SIDE, x + 1, width - x, columns));
      r[at]! += cr * value;
      g[at]! += cg * value;
      b[at]! += cb * value;
    }
  }
}
