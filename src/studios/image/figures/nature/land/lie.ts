/** Lines of the land in shares of a box (0 left … 1 right, 0 top … 1 foot), roughened; and what grows along them. */
import type { Random } from '../../../../../core/index.ts';
import type { Box } from '../../../composition/index.ts';
import type { Noise, Point } from '../../../raster/index.ts';
import { type Line, resample, smooth, wobble } from '../../geometry/index.ts';
import { between, dot, mark, PRESSURE } from '../../marks.ts';
import type { Stroke } from '../../types.ts';

/** Shares of a box as points in units. */
export const inBox = ({ x, y, width, height }: Box, shares: readonly (readonly [number, number])[]): Point[] =>
  shares.map(([u, v]): Point => [x + u * width, y + v * height]);

/** A soft line of land through shares of a box. */
export function softLine(
  box: Box,
  shares: readonly (readonly [number, number])[],
  noise: Noise,
  rough = 0.012,
): Point[] {
  const size = Math.max(8, box.width * 0.12);
  return wobble(smooth(inBox(box, shares), { steps: 8 }), noise, rough * box.height, size);
}

/** A broken line of rock: straight pieces, nicked. */
export function brokenLine(
  box: Box,
  shares: readonly (readonly [number, number])[],
  random: Random,
  rough = 0.02,
): Point[] {
  const line = inBox(box, shares);
  const count = Math.max(6, line.length * 5);
  const reach = rough * Math.min(box.width, box.height);
  return resample(line, count).map(([x, y], i): Point => {
    const free = i > 0 && i < count - 1 ? reach : 0;
    return [x + between(random, -free, free), y + between(random, -free, free) * 0.6];
  });
}

/** Tufts of grass along a line; `size` units tall. */
export function tuftsAlong(line: Line, size: number, count: number, random: Random): Stroke[] {
  return Array.from({ length: count }, () => random.pick(line)).flatMap(([x, y]) => {
    const root: Point = [x + between(random, -size, size), y + between(random, 0, size * 0.4)];
    return Array.from({ length: 3 }, () => {
      const lean = between(random, -0.6, 0.6) * size;
      const tip: Point = [root[0] + lean, root[1] - size * between(random, 0.5, 1)];
      const middle: Point = [root[0] + lean * 0.3, (root[1] + tip[1]) / 2];
      return mark('leaf', [root, middle, tip], Math.max(0.7, size * 0.12), between(random, 0.35, 0.6), PRESSURE.nail);
    });
  });
}

/** Small round bushes as touches of the brush, far trees. */
export function bushesAt(places: Line, size: number, random: Random): Stroke[] {
  return places.flatMap(([x, y]) => {
    const tall = size * between(random, 0.6, 1.15);
    return Array.from({ length: 7 }, () => {
      const at: Point = [x + between(random, -0.55, 0.55) * tall, y - tall * between(random, 0.2, 0.9)];
      return dot('leaf', at, tall * between(random, 0.3, 0.5), between(random, 0.4, 0.7));
    });
  });
}

/** Cracks down a face of rock, between x shares, following its slant. */
export function cracks(
  box: Box,
  [from, to]: readonly [number, number],
  top: number,
  count: number,
  random: Random,
): Stroke[] {
  const unit = Math.sqrt(box.width * box.height);
  return Array.from({ length: count }, () => {
    const u = between(random, from, to);
    const v = between(random, top, 0.85);
    const long = between(random, 0.04, 0.16);
    const points = inBox(box, [
      [u, v],
      [u + between(random, -0.012, 0.012), v + long * 0.5],
      [u + between(random, -0.02, 0.02), Math.min(0.97, v + long)],
    ]);
    return mark('texture', points, unit * between(random, 0.004, 0.011), between(random, 0.35, 0.8), PRESSURE.nail);
  });
}
