/**
 * A fold: one mass of a mountain. Its surface has two coordinates, from which skyline, ridges and texture all follow:
 *
 *            peak  v = 0            v  down from the peak to the foot
 *           ╱ │ ╲                   s  across, −1 left skyline … 0 the ridge (龙脉) … 1 right skyline
 *   s = −1 ╱  │  ╲ s = 1
 *         ╱ s = 0 ╲
 *   foot ─────────── v = 1
 */
import type { Random } from '../../../../../core/index.ts';
import type { Noise, Point } from '../../../raster/index.ts';
import { between } from '../../marks.ts';

/** 圆峦, a rounded hill; 峭壁, walls and shelves; 尖峰, a needle; a cone of ash. */
export type Build = 'round' | 'crag' | 'spire' | 'cone';

export interface Fold {
  readonly peak: Point;
  /** y of the foot. */
  readonly foot: number;
  /** Half the width at the foot. */
  readonly half: number;
  readonly build: Build;
  /** Lesser ridges by their place across, from left to right; 0 among them. */
  readonly ribs: readonly number[];
  /** Rows of left reach, right reach and middle, in units. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly spine: readonly number[];
}

export interface FoldWish {
  readonly peak: Point;
  readonly foot: number;
  readonly half: number;
  readonly build: Build;
  /** −1 leans left … 1 leans right. */
  readonly lean?: number;
}

const ROWS = 48;

/** Forms a fold. */
export function createFold({ peak, foot, half, build, lean = 0 }: FoldWish, noise: Noise, random: Random): Fold {
  const phase = random.next() * 80;
  const skew = lean * 0.35 + between(random, -0.12, 0.12);
  const shelves = 3 + random.integer(3);
  const reach = (side: number): number[] =>
    Array.from({ length: ROWS + 1 }, (_, row) => {
      const v = row / ROWS;
      const rough = 0.2 * noise(v * 3.1 + phase, side * 7) + 0.1 * noise(v * 9 + phase, side * 13);
      const fine = 0.05 * noise(v * 26 + phase, side * 17);
      const form = profile(build, v, shelves + side * 0.37, phase * side);
      return half * Math.max(0.012, form * (1 + rough) + fine * Math.sqrt(v)) * (1 + side * skew);
    });
  const spine = Array.from({ length: ROWS + 1 }, (_, row) => {
    const v = row / ROWS;
    return (
      half * Math.sqrt(v) * (0.3 * noise(v * 2.2 + phase, 41) + 0.1 * noise(v * 6 + phase, 43)) - skew * half * v * 0.4
    );
  });
  const count = build === 'spire' ? 1 : 2 + random.integer(2);
  const ribs = [-1, 1].flatMap((side) =>
    Array.from({ length: count }, (_, i) => side * ((i + 1) / (count + 1) + between(random, -0.09, 0.09))),
  );
  return { peak, foot, half, build, ribs: [0, ...ribs].sort((a, b) => a - b), left: reach(-1), right: reach(1), spine };
}

/** Half width by height, 0 at the peak … 1 at the foot. */
function profile(build: Build, v: number, shelves: number, phase: number): number {
  if (build === 'round') return v ** 0.58;
  if (build === 'cone') return 0.1 + 0.9 * v ** 1.5;
  if (build === 'spire') return 0.75 * v ** 0.8 + 0.25 * v ** 3;
  // Walls and shelves: the width grows in steps.
  const at = v * shelves + (phase % 1) * 0.4;
  const step = Math.floor(at) + Math.min(1, (at - Math.floor(at)) / 0.32) ** 2;
  return 0.28 * v ** 0.3 + 0.42 * Math.min(1, step / shelves) + 0.3 * v ** 1.6;
}

/** The place of a surface point. */
export function onFold({ peak, foot, left, right, spine }: Fold, s: number, v: number): Point {
  const at = Math.min(1, Math.max(0, v)) * ROWS;
  const low = Math.min(ROWS - 1, Math.floor(at));
  const read = (rows: readonly number[]): number => rows[low]! + (rows[low + 1]! - rows[low]!) * (at - low);
  const [l, r] = [read(left), read(right)];
  // The spine stays between the skylines.
  const middle = Math.min(r * 0.6, Math.max(-l * 0.6, read(spine)));
  const across = s < 0 ? middle + s * (l + middle) : middle + s * (r - middle);
  return [peak[0] + across, peak[1] + (foot - peak[1]) * v];
}

/** One skyline from the peak to the foot. */
export function skyline(fold: Fold, side: -1 | 1, count = ROWS, to = 1): Point[] {
  return Array.from({ length: count + 1 }, (_, i) => onFold(fold, side, (i / count) ** 1.25 * to));
}

/** A line down the surface at a place across; `to` 0–1 down. */
export function downFold(fold: Fold, s: (v: number) => number, from: number, to: number, count = 10): Point[] {
  return Array.from({ length: count + 1 }, (_, i) => {
    const v = from + ((to - from) * i) / count;
    return onFold(fold, s(v), v);
  });
}

/** The whole outline, its foot slightly hollowed so that it rests in mist. */
export function foldOutline(fold: Fold, count = ROWS): Point[] {
  return [...skyline(fold, -1, count).reverse(), ...skyline(fold, 1, count).slice(1)];
}

/** How much in shadow a surface point lies, 0 lit … 1 dark; `lit` −1 when light comes from the left. */
export function shadowOn({ ribs }: Fold, s: number, v: number, lit: -1 | 1): number {
  const across = s * -lit;
  const edges = (lit < 0 ? ribs : ribs.map((rib) => -rib).reverse()) as readonly number[];
  let low = -1.05;
  let high = 1.05;
  for (const rib of edges) {
    if (rib <= across && rib > low) low = rib;
    if (rib > across && rib < high) high = rib;
  }
  const gap = (across - low) / Math.max(0.05, high - low);
  const fallen = (1 - gap) ** 1.6;
  return (0.16 + 0.84 * fallen) * (1 - 0.6 * v) * (across < 0 ? 0.75 : 1);
}
