/** Lightning, and storms: a dark lid of cloud, rain, a flash. */
import type { Random } from '../../../../../core/index.ts';
import type { Composition } from '../../../composition/index.ts';
import type { Point } from '../../../raster/index.ts';
import { ridge } from '../../geometry/index.ts';
import { between, mark, surface } from '../../marks.ts';
import type { Drawer, Shape } from '../../types.ts';
import { heapCloud } from '../cloud-forms.ts';
import { veil } from '../shining.ts';
import { meeting } from './drifting.ts';
import { rainShapes } from './falling.ts';

/** A band of light with a width that shrinks along a broken line. */
function bolt(line: readonly Point[], width: number): Point[] {
  const half = (i: number): number => (width / 2) * (1 - i / line.length) + 0.3;
  return [
    ...line.map(([x, y], i): Point => [x - half(i), y]),
    ...line.map(([x, y], i): Point => [x + half(i), y]).reverse(),
  ];
}

/** One flash from the clouds down to the horizon, with branches. */
export function lightningShapes(composition: Composition, random: Random): Shape[] {
  const { width } = composition;
  const foot = meeting(composition);
  const x = width * (random.next() < 0.5 ? between(random, 0.16, 0.36) : between(random, 0.64, 0.84));
  const trunk = turned(ridge([0, 0], [foot * 0.96, width * between(random, -0.1, 0.1)], 0.13, 6, random), x);
  const branches = Array.from({ length: 4 }, () => {
    const from = trunk[Math.floor(trunk.length * between(random, 0.25, 0.7))]!;
    const reach = foot * between(random, 0.14, 0.28);
    const side = random.next() < 0.5 ? -1 : 1;
    return turned(ridge([0, 0], [reach, side * reach * between(random, 0.5, 1)], 0.16, 4, random), from[0], from[1]);
  });
  const flash = (part: string, line: readonly Point[], thick: number): Shape =>
    surface(part, bolt(line, thick), 'light', '#fffdf0', 0, {
      glow: 1,
      lined: false,
      strokes: [mark('detail', line, thick * 0.35, 0.5, [1, 0.8, 0.4], '#fff6c9')],
    });
  return [
    veil('glare', bolt(trunk, 90), '#cfd8ff', 0.3),
    veil('glare', bolt(trunk, 30), '#f3f0ff', 0.4),
    ...branches.map((line) => flash('branch', line, 3)),
    flash('bolt', trunk, 7),
  ];
}

/** A broken line made along x turned to run down. */
const turned = (line: readonly Point[], x: number, y = 0): Point[] => line.map(([u, v]): Point => [x + v, y + u]);

export const drawLightning: Drawer = (_, { composition, random }) => lightningShapes(composition, random);

/** Clouds hang from the upper edge, in two rows. */
function lid({ width, horizon, height }: Composition, random: Random): Shape[] {
  const reach = Math.min(horizon, height) * 0.3;
  const row = (count: number, y: number, tall: number, colour: string, opacity: number): Shape[] =>
    Array.from({ length: count }, (_, i) => {
      const wide = (width / count) * between(random, 1.5, 2);
      const x = (width * (i + 0.5)) / count - wide / 2;
      const [body, shadow] = heapCloud(
        { x, y, width: wide, height: tall * between(random, 0.85, 1.15) },
        { colour, tone: 0.6, opacity, line: 0.25 },
        random,
      );
      return [{ ...body!, softness: 0.5 }, shadow!];
    }).flat();
  return [...row(4, -reach * 0.5, reach * 1.2, '#69717a', 0.6), ...row(5, -reach * 0.62, reach, '#4d555e', 0.72)];
}

export const drawStorm: Drawer = (_, { composition, random, noise }) => [
  ...lid(composition, random),
  ...(random.next() < 0.75 ? lightningShapes(composition, random.fork('flash')) : []),
  ...rainShapes(composition, 1.25, random.fork('rain'), noise),
];
