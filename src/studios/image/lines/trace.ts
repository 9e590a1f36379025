/**
 * Coverage → paths: thinned to one pixel (Zhang and Suen 1984), followed from end to end and from fork to fork, simplified (Douglas and Peucker
 * 1973). What plotters draw and vector programs edit.
 */
import type { Field, Point } from '../raster/index.ts';

/** One stroke: points in pixels and its mean breadth. */
export interface TracedPath {
  readonly points: readonly Point[];
  readonly breadth: number;
}

export interface TraceOptions {
  /** From where on a pixel belongs to a line; default 0.5. */
  readonly threshold?: number;
  /** Pixels a simplified path may lie off; default 0.7. */
  readonly tolerance?: number;
  /** Shorter paths are left out; pixels, default 4. */
  readonly shortest?: number;
}

export function tracePaths(
  cover: Field,
  { threshold = 0.5, tolerance = 0.7, shortest = 4 }: TraceOptions = {},
): TracedPath[] {
  const inked = Uint8Array.from(cover.data, (value) => (value >= threshold ? 1 : 0));
  const area = inked.reduce((sum, value) => sum + value, 0);
  const thin = thinned(inked, cover.width, cover.height);
  const length = thin.reduce((sum, value) => sum + value, 0);
  const breadth = Math.max(1, Math.round((10 * area) / Math.max(1, length)) / 10);
  return followed(thin, cover.width, cover.height)
    .filter((pixels) => pixels.length >= shortest)
    .map((pixels) => ({
      points: simplified(
        pixels.map((at): Point => [(at % cover.width) + 0.5, Math.floor(at / cover.width) + 0.5]),
        tolerance,
      ),
      breadth,
    }));
}

/** Clockwise from above. */
const AROUND = [
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
] as const;

function thinned(inked: Uint8Array, width: number, height: number): Uint8Array {
  const image = inked.slice();
  for (let i = 0; i < image.length; i++) {
    const x = i % width;
    if (x === 0 || x === width - 1 || i < width || i >= image.length - width) image[i] = 0;
  }
  const steps = AROUND.map(([dx, dy]) => dy * width + dx);
  let alive = [...image.keys()].filter((i) => image[i]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const phase of [0, 1] as const) {
      const doomed = alive.filter((at) => mayGo(image, at, steps, phase));
      for (const at of doomed) image[at] = 0;
      if (doomed.length > 0) changed = true;
    }
    alive = alive.filter((at) => image[at]);
  }
  return image;
}

function mayGo(image: Uint8Array, at: number, steps: readonly number[], phase: 0 | 1): boolean {
  const p = steps.map((step) => image[at + step]!);
  const count = p.reduce((sum, value) => sum + value, 0);
  if (count < 2 || count > 6) return false;
  let rises = 0;
  for (let k = 0; k < 8; k++) if (p[k] === 0 && p[(k + 1) % 8] === 1) rises++;
  if (rises !== 1) return false;
  const [north, east, south, west] = [p[0]!, p[2]!, p[4]!, p[6]!];
  return phase === 0
    ? north * east * south === 0 && east * south * west === 0
    : north * east * west === 0 && north * south * west === 0;
}

/** Chains of pixels; every pixel is in one, forks begin new ones. */
function followed(thin: Uint8Array, width: number, height: number): number[][] {
  const left = thin.slice();
  const next = (at: number): number[] => {
    const [x, y] = [at % width, Math.floor(at / width)];
    // Straight neighbours before slanting ones, so that corners are not cut.
    return [0, 2, 4, 6, 1, 3, 5, 7].flatMap((k) => {
      const [nx, ny] = [x + AROUND[k]![0], y + AROUND[k]![1]];
      return nx >= 0 && ny >= 0 && nx < width && ny < height && left[ny * width + nx] ? [ny * width + nx] : [];
    });
  };
  const walk = (start: number): number[] => {
    const chain = [start];
    left[start] = 0;
    for (let at = next(start)[0]; at !== undefined; at = next(at)[0]) {
      left[at] = 0;
      chain.push(at);
    }
    return chain;
  };
  const ends = [...thin.keys()].filter((at) => thin[at] && next(at).length === 1);
  const chains = ends.flatMap((at) => (left[at] ? [walk(at)] : []));
  for (let at = 0; at < left.length; at++) {
    if (!left[at]) continue;
    const one = walk(at);
    const other = next(at)[0];
    chains.push(other === undefined ? one : [...walk(other).reverse(), ...one]);
  }
  return chains;
}

/** Only the points that are needed to stay within `tolerance`. */
function simplified(points: readonly Point[], tolerance: number): Point[] {
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first, last] = span;
    let [farthest, most] = [-1, tolerance];
    for (let i = first + 1; i < last; i++) {
      const away = distanceTo(points[i]!, points[first]!, points[last]!);
      if (away > most) [farthest, most] = [i, away];
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    spans.push([first, farthest], [farthest, last]);
  }
  return points.filter((_, i) => keep[i]);
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
