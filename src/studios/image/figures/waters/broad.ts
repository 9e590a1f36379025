/** Water that lies open: lakes, the sea in calm and in storm, its waves, ice, harbours. */
import type { Random } from '../../../../core/index.ts';
import type { Box, Composition, Placed } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { bow, ellipse, ridge } from '../geometry/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Drawer, DrawingContext, Shape } from '../types.ts';
import { crestWave } from './crest.ts';
import { type Floor, floorOf, rowAt } from './floor.ts';
import { calmLines, deepened, glitter, onWater, rainRings, rippleField, roughnessOf, WATER } from './ripples.ts';
import { edgeStones, farShore, tongue } from './shores.ts';

/** The near edge where it is a shore. */
function shoreLine({ left, right, foot, open }: Floor, random: Random): Point[] {
  const phase = random.next() * 9;
  return Array.from({ length: 41 }, (_, i): Point => {
    const t = i / 40;
    const nook = open ? 0 : 15 * Math.sin(phase + t * 7) + 6 * Math.sin(phase + t * 19) - 14;
    return [left + (right - left) * t, foot + nook];
  });
}

function sheet(
  floor: Floor,
  colour: string,
  tone: number,
  random: Random,
): readonly [body: Shape, deep: Shape, shore: Point[]] {
  const shore = shoreLine(floor, random);
  const strokes = floor.open
    ? []
    : [
        mark('contour', shore, 1.4, 0.4, PRESSURE.breath, '#7a735c'),
        mark(
          'ripple',
          shore.map(([x, y]): Point => [x, y - 9]),
          1.1,
          0.3,
          PRESSURE.breath,
        ),
      ];
  const outline: Point[] = [[floor.left, floor.top], [floor.right, floor.top], ...shore.toReversed()];
  const body = surface('surface', outline, 'water', colour, tone, { lined: false, strokes });
  const middle = floor.top + (floor.foot - floor.top) * 0.42;
  const wavy = shore.map(([x], i): Point => [x, middle + 9 * Math.sin(i * 0.7)]);
  return [body, deepened([...wavy, ...shore.toReversed()], colour, tone), shore];
}

const wet = ({ weather }: Composition): boolean => weather === 'rain' || weather === 'storm';

function lakeShapes(
  placed: Placed,
  floor: Floor,
  { composition, random, noise }: DrawingContext,
  most: number,
): Shape[] {
  const [body, deep, shore] = sheet(floor, placed.colour ?? WATER.body, 0.12, random);
  const rough = roughnessOf(composition);
  return [
    body,
    deep,
    ...glitter(placed, floor, composition, random.fork('glitter')),
    onWater('calm', calmLines(floor, 12, random)),
    onWater('ripples', rippleField(floor, { most, rough }, random, noise)),
    ...(wet(composition) ? [onWater('drops', rainRings(floor, 100, random))] : []),
    ...(floor.open ? [] : edgeStones(shore, 7, () => 15, random)),
  ];
}

/** A lake: far land low on both sides, the water mostly empty. */
export const drawLake: Drawer = (placed, context) => {
  const { composition, random } = context;
  const { width } = composition;
  const floor = floorOf(placed, composition);
  const y = floor.top + 3;
  const gap = between(random, 0.3, 0.6);
  return [
    farShore(y, -width * 0.04, width * gap, 13, composition, random),
    farShore(y, width * (gap + 0.16), width * 1.04, 9, composition, random),
    ...lakeShapes(placed, floor, context, 150),
    tongue([width * (random.next() < 0.5 ? 0.04 : 0.96), rowAt(floor, 0.22)], width * 0.2, 10, composition, random),
  ];
};

/** Water alone. */
export const drawWater: Drawer = (placed, context) =>
  lakeShapes(placed, floorOf(placed, context.composition), context, 150);

/** Water for the sake of its ripples: more of them, in rows. */
export const drawRipple: Drawer = (placed, context) =>
  lakeShapes(placed, floorOf(placed, context.composition), context, 420);

/** Strokes that break what is mirrored. */
export const drawReflection: Drawer = (placed, { composition, random }) => {
  const floor = floorOf(placed, composition);
  return [
    onWater('breaks', calmLines(floor, 54, random, 0.3)),
    ...glitter(placed, floor, composition, random.fork('glitter')),
  ];
};

/** The sea: a clear horizon, long swell; white crests in wind, breaking waves in storm. */
export const drawSea: Drawer = (placed, context) => {
  const { composition, random, noise } = context;
  const floor = floorOf(placed, composition);
  const rough = roughnessOf(composition);
  const storm = composition.weather === 'storm';
  const colour = placed.colour ?? (storm ? '#8fa9b4' : '#9cc0cf');
  const [body, deep, shore] = sheet(floor, colour, storm ? 0.24 : 0.16, random);
  const horizon = mark(
    'contour',
    bow([floor.left, floor.top], [floor.right, floor.top], 0.0004),
    1.1,
    0.4,
    PRESSURE.breath,
    '#6f8f9c',
  );
  return [
    { ...body, strokes: [...body.strokes, horizon] },
    deep,
    ...(storm ? [] : glitter(placed, floor, composition, random.fork('glitter'))),
    onWater('swell', calmLines(floor, storm ? 16 : 34, random, 0.3)),
    onWater('ripples', rippleField(floor, { most: storm ? 90 : 220, rough }, random, noise)),
    ...(storm ? stormWaves(floor, composition, random) : rough > 0.5 ? whiteCaps(floor, 26, random) : []),
    ...(wet(composition) && !storm ? [onWater('drops', rainRings(floor, 60, random))] : []),
    ...(floor.open ? [] : surf(shore, random)),
  ];
};

/** Rows of breaking waves, great ones near. */
function stormWaves(floor: Floor, { wind }: Composition, random: Random): Shape[] {
  const rows = 5;
  return Array.from({ length: rows }, (_, row) => {
    const y = rowAt(floor, 0.12 + (0.8 * row) / (rows - 1));
    const near = floor.near(y);
    const count = Math.max(2, 8 - 2 * row);
    const wide = (floor.right - floor.left) / count;
    return Array.from({ length: count }, (_, i): Shape[] => {
      const size = between(random, 0.75, 1.2);
      const box = {
        x: floor.left + wide * (i + between(random, -0.25, 0.25)),
        width: wide * 1.25 * size,
        height: (22 + 200 * near) * size,
        y: 0,
      };
      const look = { colour: row % 2 ? '#8fb0bf' : '#7d9fb2', deep: '#3f6780', detail: near * 0.9, mirrored: wind < 0 };
      return crestWave({ ...box, y: y - box.height * 0.72 }, look, random);
    }).flat();
  }).flat();
}

/** Short crests of foam. */
function whiteCaps(floor: Floor, count: number, random: Random): Shape[] {
  return Array.from({ length: count }, () => {
    const y = rowAt(floor, 0.05 + 0.9 * random.next());
    const near = floor.near(y);
    const x = floor.left + (floor.right - floor.left) * random.next();
    const half = (6 + 50 * near) * between(random, 0.6, 1.2);
    const top = bow([x - half, y], [x + half, y], 0.1 + 0.08 * random.next(), 12);
    const low = bow([x + half, y], [x - half, y], 0.02, 8).map(([px, py], i): Point => [px, py + (i % 2) * 3 * near]);
    return surface('cap', [...top, ...low], 'snow', WATER.foam, 0.02, {
      lined: false,
      softness: 0.05,
      strokes: [mark('ripple', bow([x - half, y + 2], [x + half, y + 2], 0.02), 0.8 + near, 0.45, PRESSURE.taper)],
    });
  });
}

/** Two lines of foam that run up the beach. */
function surf(shore: readonly Point[], random: Random): Shape[] {
  return [0, 26].map((back, n) => {
    const upper = shore.map(([x, y], i): Point => [x, y - back - 6 - 4 * Math.sin(i * 0.9 + n)]);
    const lower = shore.map(([x, y], i): Point => [x, y - back + 3 * Math.sin(i * 1.7 + n) + 2 * random.next()]);
    return surface('surf', [...upper, ...lower.reverse()], 'snow', WATER.foam, 0.02, {
      lined: false,
      softness: 0.1,
      opacity: 0.9 - 0.3 * n,
      strokes: [mark('ripple', upper, 1, 0.35, PRESSURE.breath)],
    });
  });
}

/** One great wave; where no other water is, the sea that it rises from. */
export const drawWave: Drawer = (placed, context) => {
  const { composition, random, detail } = context;
  const { colour = '#86abc0', name, box } = placed;
  const others = composition.placed.filter(({ kind }) => kind === 'water');
  const alone = others.every(({ element }) => element === 'wave');
  const first = (others[0]?.name ?? name) === name;
  const own = alone && others.length < 2 ? greater(box, composition) : box;
  const small = [-0.3, 0.55].map((u) => ({
    x: own.x + own.width * u,
    y: own.y + own.height * 0.68,
    width: own.width * 0.6,
    height: own.height * 0.36,
  }));
  const look = { colour, deep: '#3d6a8a', mirrored: false };
  const trough = surface(
    'trough',
    ellipse([own.x + own.width * 0.5, own.y + own.height], own.width * 0.8, own.height * 0.12, 0, 40),
    'water',
    shade(colour, 0.25),
    0.15,
    { lined: false, softness: 0.3 },
  );
  return [
    ...(alone && first ? openSea(placed, context) : []),
    trough,
    ...crestWave(own, { ...look, detail: Math.max(0.3, detail) }, random),
    ...small.flatMap((each) => crestWave(each, { ...look, detail: 0.35 }, random)),
  ];
};

/** The box of a wave that is the subject: grown about its middle as far as the paper allows. */
function greater({ x, y, width, height }: Box, paper: Composition): Box {
  const grown = Math.max(1, Math.min(1.9, (paper.width * 0.8) / width, (paper.height * 0.6) / height));
  return {
    x: x - (width * (grown - 1)) / 2,
    y: y + height - height * grown,
    width: width * grown,
    height: height * grown,
  };
}

/** Rough water from the horizon down, wide enough to be turned over. */
function openSea(placed: Placed, { composition, random, noise }: DrawingContext): Shape[] {
  const { width, height, horizon } = composition;
  const top = horizon > height * 0.9 ? height * 0.5 : Math.max(0, horizon);
  const box = { x: 0, y: top, width, height: height - top };
  const floor = {
    ...floorOf({ ...placed, box }, composition),
    left: -width,
    right: 2 * width,
    foot: height + 12,
    open: true,
  };
  const [body, deep] = sheet(floor, '#9cc0cf', 0.16, random);
  return [
    body,
    deep,
    onWater('swell', calmLines(floor, 60, random, 0.3)),
    onWater('ripples', rippleField(floor, { most: 320, rough: 0.8 }, random, noise)),
  ];
}

/** Ice: cracks that run and branch, light lines of skates of wind, snow blown over it. */
export const drawIce: Drawer = (placed, context) => {
  const { composition, random } = context;
  const floor = floorOf(placed, composition);
  const [body] = sheet(floor, placed.colour ?? '#dce9ef', 0.08, random);
  const cracks = Array.from({ length: 16 }, () => {
    const y = rowAt(floor, random.next());
    const near = floor.near(y);
    const x = floor.left + (floor.right - floor.left) * random.next();
    const to: Point = [
      x + (40 + 260 * near) * between(random, -1, 1),
      Math.min(floor.foot - 3, y + 60 * near * random.next()),
    ];
    return ridge([x, y], to, 0.12, 4, random).map(
      ([px, py]): Point => [px, Math.min(floor.foot, Math.max(floor.top + 1, py))],
    );
  });
  const branches = cracks.map((line) => {
    const [x, y] = line[Math.floor(line.length * between(random, 0.3, 0.7))]!;
    const near = floor.near(y);
    return ridge(
      [x, y],
      [x + 90 * near * between(random, -1, 1), Math.min(floor.foot - 2, y + 34 * near)],
      0.14,
      3,
      random,
    );
  });
  const drifts = Array.from({ length: 9 }, () => {
    const y = rowAt(floor, random.next());
    const near = floor.near(y);
    const half = (30 + 170 * near) * between(random, 0.6, 1.2);
    return surface(
      'drift',
      ellipse([floor.left + (floor.right - floor.left) * random.next(), y], half, half * 0.09, 0, 24),
      'snow',
      '#f8fbfc',
      0.02,
      { softness: 0.8, lined: false, opacity: 0.85 },
    );
  });
  const shines = calmLines(floor, 22, random, 0.16).map((stroke) => ({
    ...stroke,
    role: 'detail' as const,
    colour: '#9fbccb',
  }));
  const strokes = [...cracks, ...branches].map((line, i) =>
    mark('detail', line, i < cracks.length ? 1.9 : 1.1, 0.62, PRESSURE.hemp, '#7b9cad'),
  );
  return [{ ...body, material: 'ice', strokes: [...body.strokes, ...shines, ...strokes] }, ...drifts];
};

/** A harbour: calm water and a jetty of planks on posts that leads out. */
export const drawHarbour: Drawer = (placed, context) => {
  const { composition, random } = context;
  const floor = floorOf(placed, composition);
  const side = random.next() < 0.5 ? 0.16 : 0.84;
  return [
    farShore(floor.top + 3, -20, composition.width * 0.46, 11, composition, random),
    ...lakeShapes(placed, floor, context, 110),
    ...jetty(floor, composition.width * side, composition.width * (0.5 + (side - 0.5) * 0.3), random),
  ];
};

function jetty(floor: Floor, from: number, to: number, random: Random): Shape[] {
  const foot = floor.foot - 4;
  const far = rowAt(floor, 0.42);
  const at = (s: number, side: -1 | 1): Point => {
    // Shares of depth, not of paper: farther planks lie closer.
    const t = s / (s + (1 - s) * 2.6);
    return [from + (to - from) * (1 - t) + side * (16 + 62 * t), far + (foot - far) * t];
  };
  const posts = Array.from({ length: 6 }, (_, i) => i / 5).flatMap((s) =>
    ([-1, 1] as const).map((side) => {
      const [x, y] = at(s, side);
      const near = floor.near(y);
      const [half, tall] = [1.5 + 4.5 * near, 14 + 46 * near];
      return surface(
        'post',
        [
          [x - half, y - tall * 0.35],
          [x + half, y - tall * 0.35],
          [x + half * 0.9, y + tall],
          [x - half * 0.9, y + tall],
        ],
        'wood',
        '#7d6850',
        0.55,
        { form: 'round' },
      );
    }),
  );
  const planks = Array.from({ length: 26 }, (_, i) =>
    mark('detail', [at(i / 25, -1), at(i / 25, 1)], 0.8 + (1.2 * i) / 25, 0.5 * between(random, 0.7, 1)),
  );
  const deck = surface('deck', [at(0, -1), at(0, 1), at(1, 1), at(1, -1)], 'wood', '#a58d6c', 0.32, {
    strokes: planks,
    texture: { kind: 'planks', direction: 0, density: 0.5 },
  });
  return [...posts, deck];
}
