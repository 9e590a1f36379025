/**
 * Nearest patches: for every patch of one picture the most alike patch of another, by PatchMatch (Barnes, Shechtman, Finkelstein, Goldman
 * 2009): begin by chance, hand good matches on to neighbours, look around ever more closely.
 */
import type { Random } from '../../../core/index.ts';
import type { Planes } from './planes.ts';

/** Half a patch: patches are 5 × 5. */
export const REACH = 2;

/** Where in `keys` each patch of `queries` has its match: x and y of the middle, row by row over the places where a whole patch fits. */
export interface Matches {
  readonly columns: number;
  readonly rows: number;
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly cost: Float32Array;
}

/** Weights of lightness and the two colours in the distance. */
const WEIGHTS = [1, 1.4, 1.4] as const;

export function matchPatches(queries: Planes, keys: Planes, random: Random, rounds: number): Matches {
  const columns = queries.width - 2 * REACH;
  const rows = queries.height - 2 * REACH;
  const x = new Int32Array(columns * rows);
  const y = new Int32Array(columns * rows);
  const cost = new Float32Array(columns * rows);
  const [spanX, spanY] = [keys.width - 2 * REACH, keys.height - 2 * REACH];
  for (let i = 0; i < x.length; i++) {
    x[i] = REACH + random.integer(spanX);
    y[i] = REACH + random.integer(spanY);
    cost[i] = distance(queries, keys, (i % columns) + REACH, Math.floor(i / columns) + REACH, x[i]!, y[i]!, Infinity);
  }
  const matches = { columns, rows, x, y, cost };
  for (let round = 0; round < rounds; round++) improve(matches, queries, keys, random, round % 2 === 0);
  return matches;
}

/** Squared difference of two patches; stops when it is worse than `most`. */
function distance(a: Planes, b: Planes, ax: number, ay: number, bx: number, by: number, most: number): number {
  let sum = 0;
  for (let dy = -REACH; dy <= REACH; dy++) {
    let i = ((ay + dy) * a.width + ax - REACH) * 3;
    let j = ((by + dy) * b.width + bx - REACH) * 3;
    for (let dx = 0; dx <= 2 * REACH; dx++, i += 3, j += 3) {
      const l = a.data[i]! - b.data[j]!;
      const u = a.data[i + 1]! - b.data[j + 1]!;
      const v = a.data[i + 2]! - b.data[j + 2]!;
      sum += WEIGHTS[0] * l * l + WEIGHTS[1] * u * u + WEIGHTS[2] * v * v;
    }
    if (sum >= most) return sum;
  }
  return sum;
}

function improve(
  { columns, rows, x, y, cost }: Matches,
  queries: Planes,
  keys: Planes,
  random: Random,
  forwards: boolean,
): void {
  const [spanX, spanY] = [keys.width - 2 * REACH, keys.height - 2 * REACH];
  const step = forwards ? 1 : -1;
  const count = columns * rows;
  for (let n = 0; n < count; n++) {
    const i = forwards ? n : count - 1 - n;
    const [cx, cy] = [i % columns, Math.floor(i / columns)];
    const attempt = (kx: number, ky: number): void => {
      if (kx < REACH || ky < REACH || kx >= REACH + spanX || ky >= REACH + spanY) return;
      const found = distance(queries, keys, cx + REACH, cy + REACH, kx, ky, cost[i]!);
      if (found >= cost[i]!) return;
      cost[i] = found;
      x[i] = kx;
      y[i] = ky;
    };
    const left = i - step;
    const above = i - step * columns;
    if (cx - step >= 0 && cx - step < columns) attempt(x[left]! + step, y[left]!);
    if (above >= 0 && above < count) attempt(x[above]!, y[above]! + step);
    for (let radius = Math.max(spanX, spanY); radius >= 1; radius >>= 1) {
      attempt(
        x[i]! + Math.round((random.next() * 2 - 1) * radius),
        y[i]! + Math.round((random.next() * 2 - 1) * radius),
      );
    }
  }
}

/** Every pixel as the mean of what the matches of all patches over it say; better matches count more. */
export function vote({ columns, rows, x, y, cost }: Matches, keys: Planes, width: number, height: number): Planes {
  const data = new Float32Array(width * height * 3);
  const weight = new Float32Array(width * height);
  for (let i = 0; i < columns * rows; i++) {
    const [cx, cy] = [(i % columns) + REACH, Math.floor(i / columns) + REACH];
    const trust = 1 / (0.02 + cost[i]!);
    for (let dy = -REACH; dy <= REACH; dy++) {
      for (let dx = -REACH; dx <= REACH; dx++) {
        const to = (cy + dy) * width + cx + dx;
        const from = ((y[i]! + dy) * keys.width + x[i]! + dx) * 3;
        weight[to]! += trust;
        for (let c = 0; c < 3; c++) data[to * 3 + c]! += trust * keys.data[from + c]!;
      }
    }
  }
  for (let i = 0; i < weight.length; i++) {
    for (let c = 0; c < 3; c++) data[3 * i + c]! /= weight[i] || 1;
  }
  return { width, height, data };
}
