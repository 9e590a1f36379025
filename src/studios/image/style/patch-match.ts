/**
 * Nearest patches: for every patch of one picture the most alike patch of another, by PatchMatch (Barnes, Shechtman, Finkelstein, Goldman
 * 2009): begin by chance, hand good matches on to neighbours, look around ever more closely.
 */
import type { Random } from '../../../core/index.ts';
import type { Channels } from './channels.ts';

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

/** Both at least a patch a side; `rounds` of handing on and looking around. */
export function matchPatches(queries: Channels, keys: Channels, random: Random, rounds: number): Matches {
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
function distance(a: Channels, b: Channels, ax: number, ay: number, bx: number, by: number, most: number): number {
  const [ar, ag, ab] = a.data;
  const [br, bg, bb] = b.data;
  let sum = 0;
  for (let dy = -REACH; dy <= REACH; dy++) {
    let i = (ay + dy) * a.width + ax - REACH;
    let j = (by + dy) * b.width + bx - REACH;
    for (let dx = 0; dx <= 2 * REACH; dx++, i++, j++) {
      const red = ar[i]! - br[j]!;
      const green = ag[i]! - bg[j]!;
      const blue = ab[i]! - bb[j]!;
      sum += red * red + green * green + blue * blue;
    }
    if (sum >= most) return sum;
  }
  return sum;
}

function improve(
  { columns, rows, x, y, cost }: Matches,
  queries: Channels,
  keys: Channels,
  random: Random,
  forwards: boolean,
): void {
  const [mostX, mostY] = [keys.width - REACH, keys.height - REACH];
  const widest = Math.max(keys.width, keys.height);
  const step = forwards ? 1 : -1;
  const count = columns * rows;
  const attempt = (i: number, cx: number, cy: number, kx: number, ky: number): void => {
    if (kx < REACH || ky < REACH || kx >= mostX || ky >= mostY) return;
    const found = distance(queries, keys, cx + REACH, cy + REACH, kx, ky, cost[i]!);
    if (found >= cost[i]!) return;
    cost[i] = found;
    x[i] = kx;
    y[i] = ky;
  };
  for (let n = 0; n < count; n++) {
    const i = forwards ? n : count - 1 - n;
    const [cx, cy] = [i % columns, Math.floor(i / columns)];
    const left = i - step;
    const above = i - step * columns;
    if (cx - step >= 0 && cx - step < columns) attempt(i, cx, cy, x[left]! + step, y[left]!);
    if (above >= 0 && above < count) attempt(i, cx, cy, x[above]!, y[above]! + step);
    for (let radius = widest; radius >= 1; radius >>= 1) {
      const dx = Math.round((random.next() * 2 - 1) * radius);
      attempt(i, cx, cy, x[i]! + dx, y[i]! + Math.round((random.next() * 2 - 1) * radius));
    }
  }
}

/** Every pixel as the mean of what the matches of all patches over it say; better matches count more. */
export function vote({ columns, rows, x, y, cost }: Matches, keys: Channels, width: number, height: number): Channels {
  const [red, green, blue] = keys.data;
  const plane = (): Float32Array => new Float32Array(width * height);
  const [r, g, b, weight] = [plane(), plane(), plane(), plane()];
  for (let i = 0; i < columns * rows; i++) {
    const [cx, cy] = [i % columns, Math.floor(i / columns)];
    const trust = 1 / (0.02 + cost[i]!);
    for (let dy = 0; dy <= 2 * REACH; dy++) {
      let to = (cy + dy) * width + cx;
      let from = (y[i]! + dy - REACH) * keys.width + x[i]! - REACH;
      for (let dx = 0; dx <= 2 * REACH; dx++, to++, from++) {
        weight[to]! += trust;
        r[to]! += trust * red[from]!;
        g[to]! += trust * green[from]!;
        b[to]! += trust * blue[from]!;
      }
    }
  }
  for (const channel of [r, g, b]) for (let i = 0; i < weight.length; i++) channel[i]! /= weight[i] || 1;
  return { width, height, data: [r, g, b] };
}
