/**
 * The colours of a picture: k-means in OKLab (Lloyd 1982, begun as k-means++, Arthur and Vassilvitskii 2007) over its histogram. Rare
 * colours weigh more than their area, so that a red seal on grey paper is found.
 */
import type { Random } from '../../../core/index.ts';
import { type Bitmap, formatHex, fromOklab, type Triple, toOklab } from '../raster/index.ts';

export interface PaletteColour {
  readonly hex: string;
  readonly lab: Triple;
  /** Of the painted area, 0–1. */
  readonly share: number;
}

interface Point {
  readonly lab: Triple;
  readonly count: number;
  readonly weight: number;
}

/** Weight of a colour by its area. */
const WEIGHT = 0.6;
const ROUNDS = 30;

/** At most `count` colours, the one with the largest area first; fewer when the picture has fewer. Transparent pixels do not count. */
export function extractPalette(bitmap: Bitmap, count: number, random: Random): PaletteColour[] {
  const points = histogram(bitmap);
  const whole = points.reduce((sum, point) => sum + point.count, 0);
  let centres = begin(points, count, random);
  for (let round = 0; round < ROUNDS; round++) {
    const next = meansOf(points, centres).map(({ lab }, i) => lab ?? centres[i]!);
    const moved = next.some((centre, i) => squared(centre, centres[i]!) > 1e-8);
    centres = next;
    if (!moved) break;
  }
  return meansOf(points, centres)
    .flatMap(({ lab, count: pixels }) => (lab ? [colourOf(lab, pixels / whole)] : []))
    .sort((a, b) => b.share - a.share);
}

function colourOf(lab: Triple, share: number): PaletteColour {
  return { hex: formatHex(fromOklab(lab)), lab, share };
}

/** Mean colours of cells of 8 × 8 × 8 levels, in the order of the cells. */
function histogram({ data }: Bitmap): Point[] {
  const cells = new Map<number, [number, number, number, number]>();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! < 128) continue;
    const key = ((data[i]! >> 3) << 10) | ((data[i + 1]! >> 3) << 5) | (data[i + 2]! >> 3);
    const cell = cells.get(key) ?? [0, 0, 0, 0];
    for (let c = 0; c < 3; c++) cell[c]! += data[i + c]!;
    cell[3]++;
    cells.set(key, cell);
  }
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([, [r, g, b, count]]) => ({
      lab: toOklab([r / count, g / count, b / count]),
      count,
      weight: count ** WEIGHT,
    }));
}

const squared = (one: Triple, other: Triple): number =>
  (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;

/** The first by weight, each further one by weight and distance to those there are. */
function begin(points: readonly Point[], count: number, random: Random): Triple[] {
  const centres: Triple[] = [];
  const nearest = points.map(() => 1);
  while (centres.length < Math.min(count, points.length)) {
    const chances = points.map(({ weight }, i) => weight * nearest[i]!);
    const whole = chances.reduce((a, b) => a + b, 0);
    if (whole <= 0) break;
    const chosen = drawn(chances, random.next() * whole);
    const centre = points[chosen]!.lab;
    centres.push(centre);
    for (const [i, { lab }] of points.entries()) {
      const away = squared(lab, centre);
      nearest[i] = centres.length === 1 ? away : Math.min(nearest[i]!, away);
    }
  }
  return centres;
}

/** The place up to which the chances sum to `left`. */
function drawn(chances: readonly number[], left: number): number {
  let sum = 0;
  for (const [i, chance] of chances.entries()) {
    sum += chance;
    if (sum > left) return i;
  }
  return chances.length - 1;
}

/** Weighted mean and pixels of the points nearest to each centre. */
function meansOf(points: readonly Point[], centres: readonly Triple[]): { lab?: Triple; count: number }[] {
  const sums = centres.map(() => ({ l: 0, a: 0, b: 0, weight: 0, count: 0 }));
  for (const { lab, count, weight } of points) {
    const sum = sums[nearestOf(lab, centres)]!;
    sum.l += lab[0] * weight;
    sum.a += lab[1] * weight;
    sum.b += lab[2] * weight;
    sum.weight += weight;
    sum.count += count;
  }
  return sums.map(({ l, a, b, weight, count }) =>
    weight > 0 ? { lab: [l / weight, a / weight, b / weight], count } : { count },
  );
}

/** Place of the nearest of several colours. */
export function nearestOf(lab: Triple, colours: readonly Triple[]): number {
  let [best, least] = [0, Infinity];
  for (const [i, colour] of colours.entries()) {
    const away = squared(lab, colour);
    if (away < least) [best, least] = [i, away];
  }
  return best;
}
