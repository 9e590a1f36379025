/** Stars alone and in hosts, figures of stars, the Milky Way, clouds of gas, the deep of space. */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { bow, scatterIn, smooth } from '../geometry/index.ts';
import { between, lines, mark } from '../marks.ts';
import type { Drawer, Shape } from '../types.ts';
import { gasShapes } from './clouds.ts';
import { worldAt } from './planets.ts';
import { puff, starDots, starShapes, veil } from './shining.ts';

/** Normally distributed around 0. */
const spread = (random: Random): number => (random.next() + random.next() + random.next() - 1.5) * 0.82;

/** Stars of all magnitudes in a box: clusters, a few bright. */
function hostOf(
  box: Box,
  { faint, bright, clusters }: { faint: number; bright: number; clusters: number },
  random: Random,
): Shape[] {
  const even = scatterIn(box, random, { spacing: 9, most: faint });
  const knots = Array.from({ length: clusters }, (): Point[] => {
    const at: Point = [box.x + box.width * random.next(), box.y + box.height * random.next()];
    const size = between(random, 22, 60);
    return Array.from(
      { length: 18 },
      (): Point => [at[0] + size * spread(random), Math.max(box.y, at[1] + size * 0.7 * spread(random))],
    );
  }).flat();
  const places = scatterIn(box, random, { spacing: 34, most: bright });
  return [
    lines('faint', 'light', '#ffffff', 0, starDots([...even, ...knots], random), { glow: 1 }),
    ...places.flatMap((at, i) => starShapes(at, i < 7 ? between(random, 0.72, 1) : 0.7 * random.next() ** 1.6, random)),
  ];
}

/** The sky above the horizon; a whole sky is wanted even where the box is small. */
export const drawStarrySky: Drawer = ({ box }, { random }) => {
  const room = { ...box, height: box.height * 0.96 };
  const share = Math.min(1.6, (box.width * box.height) / 500_000);
  return hostOf(
    room,
    { faint: Math.round(420 * share), bright: Math.round(80 * Math.min(1.3, share)), clusters: 6 },
    random,
  );
};

/** A few bright stars among fainter ones. */
export const drawStar: Drawer = ({ box, states, colour }, { random }) => {
  const single = box.width < 240 || states.includes('single');
  if (single) return starShapes([box.x + box.width / 2, box.y + box.height / 2], 1, random, colour);
  return hostOf({ ...box, height: box.height * 0.85 }, { faint: 110, bright: 26, clusters: 1 }, random);
};

/** The great wain and the hunter, places in a square; lines between stars by number. */
const FIGURES = [
  {
    stars: [
      [0, 0.3],
      [0.17, 0.22],
      [0.32, 0.32],
      [0.48, 0.42],
      [0.53, 0.66],
      [0.9, 0.7],
      [0.98, 0.42],
    ],
    joined: [0, 1, 2, 3, 4, 5, 6, 3],
  },
  {
    stars: [
      [0.22, 0.06],
      [0.74, 0.12],
      [0.56, 0.48],
      [0.49, 0.52],
      [0.42, 0.56],
      [0.26, 0.94],
      [0.8, 0.9],
    ],
    joined: [0, 1, 2, 3, 4, 5, 6, 2, 3, 4, 0],
  },
] as const;

export const drawConstellation: Drawer = ({ box, colour = '#fdf6dd' }, { random, composition }) => {
  const { stars, joined } = FIGURES[random.next() < 0.7 ? 0 : 1];
  const size = Math.min(composition.width * 0.36, Math.max(box.width, box.height) * 2.6);
  const [left, top] = [box.x + box.width / 2 - size / 2, Math.max(20, box.y + box.height / 2 - size / 2)];
  const places = stars.map(([u, v]): Point => [left + u * size, top + v * size * 0.8]);
  const joins = joined
    .slice(1)
    .map((to, i) => mark('detail', bow(places[joined[i]!]!, places[to]!, 0, 2), 0.9, 0.35, undefined, colour));
  return [
    lines('joins', 'light', colour, 0.05, joins, { glow: 0.6 }),
    ...places.flatMap((at) => starShapes(at, between(random, 0.74, 1), random, colour)),
  ];
};

/** A river of stars from one lower corner to the other upper one: veils, dust that darkens its middle, hosts of stars. */
export const drawMilkyWay: Drawer = ({ box }, { random, composition, noise }) => {
  const { x, y, width, height } = box;
  const spine = smooth(
    [
      [x - width * 0.06, y + height * 0.98],
      [x + width * 0.24, y + height * between(random, 0.68, 0.8)],
      [x + width * 0.52, y + height * between(random, 0.4, 0.52)],
      [x + width * 0.8, y + height * between(random, 0.14, 0.3)],
      [x + width * 1.06, y - height * 0.1],
    ],
    { steps: 16 },
  );
  const half = Math.min(height, composition.width) * 0.13;
  const at = (): Point => spine[random.integer(spine.length)]!;
  const inSky = (point: Point): Point => [
    Math.min(x + width, Math.max(x, point[0])),
    Math.min(y + height, Math.max(y, point[1])),
  ];
  const near = (reach: number): Point => {
    const [px, py] = at();
    const swell = 1 + 0.5 * noise(px / 160, py / 160);
    return inSky([px + reach * half * swell * spread(random), py + reach * half * swell * spread(random)]);
  };
  const hues = ['#8fa4dd', '#b9a8e0', '#e9d9c6', '#a9c3ee'];
  const broad = spine
    .filter((_, i) => i % 5 === 0)
    .map((point, i) =>
      puff(point, half * between(random, 1.3, 1.9), half * between(random, 0.9, 1.3), hues[i % 4]!, 0.15, random),
    );
  const inner = Array.from({ length: 52 }, (_, i) =>
    puff(
      near(0.7),
      half * between(random, 0.4, 0.95),
      half * between(random, 0.3, 0.6),
      hues[(i + 1) % 4]!,
      0.13,
      random,
    ),
  );
  const dust = Array.from({ length: 16 }, () => {
    const [px, py] = at();
    const own = puff(
      [px + half * 0.3 * spread(random), py + half * 0.4 * spread(random)],
      half * between(random, 0.25, 0.5),
      half * between(random, 0.1, 0.22),
      '#161c3a',
      0.13,
      random,
    );
    return { ...own, part: 'dust', material: 'sky' as const, tone: 0.8 };
  });
  const crowd = Array.from({ length: 620 }, () => near(1.5));
  const others = scatterIn(box, random, { spacing: 16, most: 170 });
  const bright = [...Array.from({ length: 36 }, () => near(1.8)), ...scatterIn(box, random, { spacing: 70, most: 14 })];
  return [
    ...broad,
    ...inner,
    ...dust,
    lines('stars', 'light', '#ffffff', 0, starDots([...crowd, ...others], random), { glow: 1 }),
    ...bright.flatMap((point, i) => starShapes(point, i % 12 === 0 ? 0.85 : random.next() * 0.7, random)),
  ];
};

export const drawNebula: Drawer = ({ box }, { random, composition }) => {
  const at: Point = [box.x + box.width / 2, Math.max(composition.height * 0.2, box.y + box.height / 2)];
  const reach = Math.min(composition.width, composition.height) * 0.3;
  const places = scatterIn(
    { x: at[0] - reach * 1.2, y: Math.max(0, at[1] - reach), width: reach * 2.4, height: reach * 1.8 },
    random,
    { spacing: 11, most: 240 },
  );
  return [
    ...gasShapes(at, reach, reach * 0.62, random),
    lines('stars', 'light', '#ffffff', 0, starDots(places, random), { glow: 1 }),
    ...places.slice(0, 18).flatMap((point, i) => starShapes(point, i < 3 ? 0.9 : 0.5 * random.next(), random)),
  ];
};

/** Stars everywhere, clouds of gas, a world or two. */
export const drawUniverse: Drawer = (_, { random, composition }) => {
  const { width, height } = composition;
  const whole = { x: 0, y: 0, width, height };
  const deep = veil(
    'deep',
    [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ],
    '#10142e',
    0.75,
    0,
  );
  return [
    { ...deep, material: 'sky', tone: 0.9, glow: 0.2 },
    ...gasShapes(
      [width * between(random, 0.3, 0.7), height * between(random, 0.3, 0.6)],
      width * 0.42,
      height * 0.3,
      random,
    ),
    ...hostOf(whole, { faint: 560, bright: 90, clusters: 8 }, random),
    ...worldAt([width * between(random, 0.16, 0.3), height * between(random, 0.2, 0.34)], 46, '#c99a6a', true, random),
    ...worldAt(
      [width * between(random, 0.7, 0.86), height * between(random, 0.62, 0.78)],
      24,
      '#7f9fc9',
      false,
      random,
    ),
  ];
};
