/** Water that falls or springs: waterfalls between rocks, springs, fountains. */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { blob, bow, ellipse, ribbon, ridge } from '../geometry/index.ts';
import { between, lines, mark, PRESSURE, surface } from '../marks.ts';
import type { Drawer, Shape, Stroke } from '../types.ts';
import { onWater, rings, WATER } from './ripples.ts';
import { edgeStones } from './shores.ts';

/** A cliff beside the fall: broken edges, a shoulder above the lip, wide and lost at the foot. */
function cliff({ x, y, width, height }: Box, side: -1 | 1, random: Random): Shape[] {
  const inner = x + width / 2 + side * width * 0.2;
  const reach = Math.min(width, height * 0.5) * between(random, 1.3, 2);
  const at = (u: number, v: number): Point => [inner + side * reach * u, y + height * v];
  const edge = ridge(at(0, 0), at(-0.03, 0.98), 0.02, 4, random).map(
    ([px, py], i, all): Point => [
      px + side * width * 0.05 * Math.sin(i * 1.9),
      i === 0 || i === all.length - 1 ? py : y + (height * 0.98 * i) / (all.length - 1),
    ],
  );
  const rise = between(random, 0.05, 0.13);
  const crown = [
    ...ridge(at(0, 0), at(0.24, -rise), 0.08, 3, random),
    ...ridge(at(0.24, -rise), at(0.52, 0.02 - rise * 0.4), 0.1, 3, random).slice(1),
    ...ridge(at(0.52, 0.02 - rise * 0.4), at(0.78, 0.4), 0.09, 4, random).slice(1),
    ...ridge(at(0.78, 0.4), at(1.25, 1.02), 0.08, 4, random).slice(1),
  ].map(([px, py], i): Point => [px + side * reach * 0.045 * Math.sin(i * 2.1) * Math.sin(i * 0.37), py]);
  const faces = Array.from({ length: 5 }, (_, i): Stroke => {
    const u = 0.1 + 0.16 * i;
    return mark(
      'texture',
      ridge(at(u, 0.02 + 0.12 * i), at(u + 0.16, 0.55 + 0.1 * random.next() + 0.06 * i), 0.05, 3, random),
      1 + width * 0.006,
      0.5,
      PRESSURE.hemp,
    );
  });
  const cuts = Array.from({ length: 64 }, (): Stroke => {
    const v = random.next();
    const from = at(random.next() * (0.3 + 0.7 * v), 0.03 + 0.9 * v);
    const long = height * between(random, 0.02, 0.06);
    return mark(
      'texture',
      [from, [from[0] + side * long * 0.5, from[1] + long * 0.35], [from[0] + side * long * 0.3, from[1] + long]],
      0.9 + width * 0.007,
      0.45,
      PRESSURE.nail,
    );
  });
  return [
    surface('cliff', [...edge.toReversed(), ...crown.slice(1)], 'rock', '#8a8a80', 0.5, {
      form: 'slope',
      lined: false,
      texture: { kind: 'axe-cut', direction: Math.PI / 2, density: 0.6 },
      strokes: [
        mark('contour', crown, 2, 0.75, [0.9, 1, 0.7, 0.9, 0.5, 0.2, 0]),
        mark('contour', edge, 1.6, 0.6, PRESSURE.breath),
        ...faces,
        ...cuts,
      ],
    }),
  ];
}

/** Threads of falling water; they part over steps. */
function threads({ x, y, width, height }: Box, count: number, random: Random): Stroke[] {
  const middle = x + width / 2;
  return Array.from({ length: count }, () => {
    const lane = between(random, -1, 1);
    const from = random.next() ** 1.5 * 0.7;
    const to = Math.min(1, from + between(random, 0.15, 0.5));
    const points = Array.from({ length: 10 }, (_, i): Point => {
      const t = from + ((to - from) * i) / 9;
      const half = width * (0.16 + 0.13 * t);
      return [middle + lane * half + width * 0.012 * Math.sin(t * 21 + lane * 5), y + height * (0.02 + 0.93 * t)];
    });
    return mark('ripple', points, 0.7 + width * 0.006, between(random, 0.2, 0.45), PRESSURE.hemp);
  });
}

export const drawWaterfall: Drawer = ({ box }, { random, detail }) => {
  const { x, y, width, height } = box;
  const spine = Array.from({ length: 14 }, (_, i): Point => [x + width / 2, y + (height * 0.96 * i) / 13]);
  const fall = ribbon(spine, (t) => width * (0.17 + 0.14 * t + 0.015 * Math.sin(t * 20)));
  const foot = y + height * 0.95;
  const foam = Array.from({ length: 9 }, (_, i) => {
    const at: Point = [x + width * (0.1 + 0.8 * ((i + 0.5) / 9)), foot + height * between(random, -0.02, 0.03)];
    return surface(
      'foam',
      blob(at, width * between(random, 0.1, 0.2), height * between(random, 0.016, 0.035), random),
      'snow',
      WATER.foam,
      0.02,
      { softness: 0.35, lined: false, opacity: 0.9 },
    );
  });
  const mist = Array.from({ length: 5 }, (_, i) =>
    surface(
      'mist',
      blob(
        [x + width * (-0.7 + 0.6 * i), foot + height * 0.02 * ((i % 2) - 0.2)],
        width * 0.62,
        height * 0.065,
        random,
        { wobble: 0.25 },
      ),
      'cloud',
      '#f3f6f6',
      0.02,
      { softness: 1, opacity: 0.6, lined: false },
    ),
  );
  const ledges = [0.36, 0.64].map((t, i) => {
    const at: Point = [x + width * (0.5 + (i ? 0.16 : -0.14)), y + height * t];
    return edgeStones([at], 1, () => width * 0.1, random);
  });
  return [
    ...cliff(box, -1, random),
    ...cliff(box, 1, random),
    surface('fall', fall, 'water', '#eef5f7', 0.05, {
      lined: false,
      strokes: threads(box, Math.round(50 + 130 * detail), random),
    }),
    ...ledges.flat(),
    ...mist,
    ...foam,
    ...edgeStones(
      Array.from({ length: 9 }, (_, i): Point => [x + width * (i / 8), foot + height * 0.02]),
      8,
      () => width * 0.12,
      random,
    ),
  ];
};

/** A spring: stones, a lip, a thread of water, a small pool with rings. */
export const drawSpring: Drawer = ({ box }, { random }) => {
  const { x, y, width, height } = box;
  const pool: Point = [x + width * 0.52, y + height * 0.84];
  const around = ellipse(pool, width * 0.4, height * 0.15, 0, 24);
  const lip: Point = [x + width * 0.42, y + height * 0.42];
  const stones = [0.2, 0.34, 0.3].flatMap((size, i) =>
    edgeStones(
      [[x + width * (0.2 + 0.22 * i), y + height * (0.5 - 0.1 * (i % 2))]],
      1,
      () => width * size * 0.7,
      random,
    ),
  );
  const water = Array.from({ length: 12 }, (_, i): Stroke => {
    const at: Point = [lip[0] + width * 0.012 * (i - 6), lip[1]];
    return mark(
      'ripple',
      bow(at, [pool[0] - width * 0.06 + width * 0.012 * (i - 6), pool[1]], -0.16),
      1,
      between(random, 0.25, 0.5),
      PRESSURE.hemp,
    );
  });
  return [
    ...stones,
    surface('pool', blob(pool, width * 0.42, height * 0.16, random, { wobble: 0.1 }), 'water', WATER.body, 0.13, {
      lined: false,
      softness: 0.04,
      strokes: rings([pool[0] - width * 0.06, pool[1]], width * 0.26, 4, 0.36, 0.4),
    }),
    lines('thread', 'water', WATER.line, 0.3, water),
    ...edgeStones(around, 11, () => width * 0.06, random),
  ];
};

/** A fountain: a basin, a pillar, arcs of water that fall back. */
export const drawFountain: Drawer = ({ box }, { composition, random }) => {
  const tall = Math.min(box.height > 40 ? box.height : 300, composition.height * 0.36);
  const foot = Math.min(composition.height * 0.92, box.y + Math.max(box.height, tall) * 0.82);
  const x = box.x + box.width / 2;
  const half = tall * 0.62;
  const basin: Point = [x, foot - half * 0.14];
  const wall = [
    ...ellipse(basin, half, half * 0.2, 0, 48).slice(0, 25),
    ...ellipse([x, basin[1] - half * 0.13], half, half * 0.2, 0, 48)
      .slice(0, 25)
      .reverse(),
  ];
  const top = foot - tall * 0.62;
  const jets = Array.from({ length: 60 }, (_, i): Stroke => {
    const reach = half * 0.82 * Math.sin((i / 60) * 2 * Math.PI) * between(random, 0.75, 1.05);
    const rise = tall * between(random, 0.26, 0.42);
    const drop = basin[1] - half * 0.13 - top + half * 0.1 * Math.cos((i / 60) * 2 * Math.PI);
    const points = Array.from({ length: 14 }, (_, n): Point => {
      const t = n / 13;
      return [x + reach * t, top - 4 * rise * t * (1 - t) * 0.7 + drop * t * t];
    });
    return mark('ripple', points, 1.1, between(random, 0.25, 0.5), PRESSURE.taper, '#7d9fae');
  });
  const drops = Array.from({ length: 40 }, () =>
    surface(
      'drop',
      ellipse(
        [x + half * 0.8 * (random.next() + random.next() - 1), top - tall * 0.3 + tall * 0.7 * random.next()],
        between(random, 1, 2.4),
        between(random, 1.2, 3),
        0,
        8,
      ),
      'snow',
      WATER.foam,
      0.02,
      { lined: false, glow: 0.3 },
    ),
  );
  return [
    surface('water', ellipse([x, basin[1] - half * 0.13], half * 0.97, half * 0.19, 0, 48), 'water', WATER.deep, 0.25, {
      strokes: rings([x, basin[1] - half * 0.13], half * 0.75, 4, 0.2, 0.35),
    }),
    surface(
      'pillar',
      [
        [x - half * 0.06, top],
        [x + half * 0.06, top],
        [x + half * 0.12, basin[1] - half * 0.1],
        [x - half * 0.12, basin[1] - half * 0.1],
      ],
      'stone',
      '#b4ada0',
      0.35,
      { form: 'round' },
    ),
    surface(
      'bowl',
      [...ellipse([x, top + tall * 0.06], half * 0.3, half * 0.1, 0, 32).slice(0, 17)],
      'stone',
      '#bcb5a7',
      0.32,
      { form: 'round' },
    ),
    surface('basin', wall, 'stone', '#b9b2a4', 0.32, { form: 'round' }),
    onWater('jets', jets),
    ...drops,
  ];
};
