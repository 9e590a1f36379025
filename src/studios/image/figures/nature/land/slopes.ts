/**
 * Gentle land: hills, valleys, islands, oases.
 *
 *   hill: swells one behind another · valley: slopes that close from both sides on a green floor · island: a mound with a shore in water
 */
import type { Random } from '../../../../../core/index.ts';
import type { Box, Placed } from '../../../composition/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { blob, ellipse, type Line, resample } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import { GRASS, isSnowy, seasonOf } from '../../season.ts';
import { TREES } from '../../trees/index.ts';
import type { Drawer, DrawingContext, Shape, Stroke } from '../../types.ts';
import { bushesAt, inBox, softLine, tuftsAlong } from './lie.ts';
import { drawDistantMountain } from './mountain.ts';

/** What covers gentle land now. */
function cover(placed: Placed, context: DrawingContext): { colour: string; isWhite: boolean } {
  const isWhite = isSnowy(placed, context);
  const season = seasonOf(placed, context);
  return { colour: placed.colour ?? (isWhite ? '#eef1f2' : mixHex(GRASS[season], '#7f9a6a', 0.25)), isWhite };
}

interface Swell {
  readonly part: string;
  readonly line: Line;
  readonly foot: number;
  readonly colour: string;
  readonly isWhite: boolean;
  /** 0 the farthest … 1 the nearest. */
  readonly near: number;
}

/** One swell of the ground: its skyline, its grass, bushes in its folds. */
function swellShapes(
  { part, line, foot, colour, isWhite, near }: Swell,
  size: number,
  detail: number,
  random: Random,
): Shape[] {
  const [first, last] = [line[0]!, line.at(-1)!];
  const outline: Point[] = [...line, [last[0], foot], [first[0], foot]];
  const contour = mark('contour', line, Math.max(0.7, size * 0.012), 0.35 + 0.3 * near, PRESSURE.breath);
  const folds = Array.from({ length: 3 + Math.round(4 * detail) }, (): Stroke => {
    const [x, y] = random.pick(line.slice(4, -4));
    const long = size * between(random, 0.2, 0.5);
    const lean = between(random, -0.5, 0.5) * long;
    const down: Point[] = [
      [x + lean * 0.1, y + size * 0.06],
      [x + lean * 0.5, y + long * 0.55],
      [x + lean * 1.3, Math.min(foot, y + long)],
    ];
    return mark('texture', down, size * 0.008, 0.25 + 0.2 * near, PRESSURE.hemp);
  });
  const grass = isWhite ? [] : tuftsAlong(line, size * 0.05, Math.round((6 + 22 * detail) * (0.5 + near)), random);
  const bushes = isWhite
    ? []
    : bushesAt(
        resample(line, 24)
          .slice(3, -3)
          .filter(() => random.next() < 0.2),
        size * 0.07,
        random,
      );
  return [
    surface(part, outline, isWhite ? 'snow' : 'grass', shade(colour, 0.16 * (1 - near)), 0.14 + 0.16 * near, {
      form: 'slope',
      lined: false,
      strokes: [contour, ...folds],
    }),
    lines(`${part}-growth`, 'foliage', mixHex(shade(colour, -0.35), '#38552f', 0.4), 0.5, [...bushes, ...grass]),
  ];
}

/** A hill: three swells, the highest in the middle behind. */
export const drawHill: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const { colour, isWhite } = cover(placed, context);
  const foot = box.y + box.height;
  const peak = between(random, 0.42, 0.58);
  const low = between(random, 0.16, 0.26);
  const swells: Omit<Swell, 'colour' | 'isWhite'>[] = [
    {
      part: 'behind',
      near: 0,
      foot,
      line: softLine(
        box,
        [
          [0.5, 0.75],
          [0.66, 0.42],
          [0.8, 0.36],
          [0.92, 0.62],
          [1, 0.98],
        ],
        noise,
      ),
    },
    {
      part: 'crown',
      near: 0.55,
      foot,
      line: softLine(
        box,
        [
          [0, 0.98],
          [0.1, 0.8],
          [peak - 0.2, 0.22],
          [peak, 0.02],
          [peak + 0.18, 0.2],
          [0.86, 0.74],
          [1, 0.98],
        ],
        noise,
      ),
    },
    {
      part: 'before',
      near: 1,
      foot,
      line: softLine(
        box,
        [
          [0, 0.97],
          [low, 0.68],
          [0.44, 0.72],
          [0.62, 0.9],
          [0.74, 0.98],
        ],
        noise,
      ),
    },
  ];
  return swells.flatMap((swell, i) =>
    swellShapes({ ...swell, colour, isWhite }, box.height, detail, random.fork(`swell-${i}`)),
  );
};

/** A valley: ranges far off, slopes from both sides that overlap like fingers, water between them. */
export const drawValley: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const { colour, isWhite } = cover(placed, context);
  const foot = box.y + box.height;
  const middle = between(random, 0.44, 0.56);
  const far = drawDistantMountain(
    {
      ...placed,
      box: {
        x: box.x + box.width * 0.2,
        y: box.y + box.height * 0.12,
        width: box.width * 0.6,
        height: box.height * 0.42,
      },
    },
    { ...context, random: random.fork('far') },
  );
  const floor = softLine(
    box,
    [
      [0.1, 0.62],
      [0.3, 0.56],
      [middle, 0.54],
      [0.7, 0.56],
      [0.9, 0.62],
    ],
    noise,
    0.006,
  );
  const ground = surface(
    'floor',
    [...floor, [box.x + box.width, foot], [box.x, foot]],
    isWhite ? 'snow' : 'grass',
    shade(colour, 0.14),
    0.1,
    {
      lined: false,
      form: 'slope',
    },
  );
  const slopes = Array.from({ length: 6 }, (_, i): Shape[] => {
    const side = i % 2 === 0 ? -1 : 1;
    const near = i / 5;
    // Far slopes reach farther in and less high; near ones frame the view.
    const reach = middle + side * (0.05 + 0.3 * near) * 1;
    const top = 0.3 - 0.26 * near + between(random, -0.04, 0.04);
    const edge = side < 0 ? 0 : 1;
    const line = [
      [edge, top],
      [edge + (reach - edge) * 0.35, top + 0.1],
      [edge + (reach - edge) * 0.7, 0.42 + 0.16 * near],
      [reach, 0.57 + 0.4 * near],
    ] as const;
    const soft = softLine(box, side < 0 ? line : line.toReversed(), noise, 0.02);
    const own = mixHex(mixHex(colour, '#7f98a8', 0.45 * (1 - near)), '#6f7f55', 0.2 * near);
    return swellShapes(
      { part: `slope-${i + 1}`, line: soft, foot: box.y + box.height * (0.6 + 0.4 * near), colour: own, isWhite, near },
      box.height * 0.6,
      detail,
      random.fork(`slope-${i}`),
    );
  });
  return [...far, ground, streamOf(box, middle, random), ...slopes.flat()];
};

/** Water that winds down the floor of a valley towards the eye. */
function streamOf(box: Box, middle: number, random: Random): Shape {
  const swing = between(random, 0.05, 0.09);
  const side = (sign: number): Point[] =>
    inBox(
      box,
      Array.from({ length: 22 }, (_, i): [number, number] => {
        const t = i / 21;
        return [middle + swing * Math.sin(t * 6.5) * (0.25 + t) + sign * (0.004 + 0.055 * t ** 1.8), 0.56 + 0.44 * t];
      }),
    );
  return surface('stream', [...side(-1), ...side(1).reverse()], 'water', '#a9c6d2', 0.06, { lined: false });
}

/** An island: a rim of sand and stones, a green mound, rocks at its ends, the water's edge. */
export const drawIsland: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const { colour, isWhite } = cover(placed, context);
  const peak = between(random, 0.38, 0.62);
  const mound = softLine(
    box,
    [
      [0.07, 0.86],
      [0.2, 0.6],
      [peak - 0.12, 0.2],
      [peak, 0.06],
      [peak + 0.16, 0.3],
      [0.82, 0.66],
      [0.93, 0.86],
    ],
    noise,
    0.03,
  );
  const beach = softLine(
    box,
    [
      [0, 0.93],
      [0.12, 0.83],
      [0.5, 0.8],
      [0.88, 0.84],
      [1, 0.93],
    ],
    noise,
    0.02,
  );
  const under = softLine(
    box,
    [
      [1, 0.94],
      [0.8, 1],
      [0.5, 0.985],
      [0.2, 1],
      [0, 0.94],
    ],
    noise,
    0.02,
  );
  const foam = [0.02, 0.07].map((by) =>
    mark(
      'ripple',
      under.map(([x, y]): Point => [x, y + by * box.height]),
      Math.max(0.7, box.height * 0.012),
      0.3,
      PRESSURE.breath,
    ),
  );
  const stones = [0.09, 0.86, 0.2].map((u, i) => {
    const size = box.height * between(random, 0.1, 0.2);
    const [at] = inBox(box, [[u + between(random, -0.02, 0.02), 0.9]]);
    return surface(
      `stone-${i + 1}`,
      blob(at!, size * 1.2, size * 0.8, random, { corners: 7, wobble: 0.25, steps: 2 }),
      'rock',
      '#85807a',
      0.45,
      { form: 'round' },
    );
  });
  return [
    surface('beach', [...beach, ...under], 'sand', '#dcc89c', 0.1, { strokes: foam, lined: false }),
    ...swellShapes(
      { part: 'mound', line: mound, foot: box.y + box.height * 0.9, colour, isWhite, near: 0.8 },
      box.height * 0.9,
      detail,
      random.fork('mound'),
    ),
    ...stones,
  ];
};

/** An oasis: a pool with a green shore in the sand, palms about it. */
export const drawOasis: Drawer = (placed, context) => {
  const { box } = placed;
  const { random } = context;
  const [middle] = inBox(box, [[0.5, 0.84]]);
  const pool = ellipse(middle!, box.width * 0.27, box.height * 0.1, 0, 40);
  const shore = blob(middle!, box.width * 0.46, box.height * 0.17, random, { corners: 13, wobble: 0.1 });
  const ripples = [-0.4, 0.1, 0.5].map((by) =>
    mark(
      'ripple',
      [
        [middle![0] - box.width * 0.14, middle![1] + by * box.height * 0.07],
        [middle![0] + box.width * (0.1 + 0.05 * by), middle![1] + by * box.height * 0.07],
      ],
      Math.max(0.7, box.height * 0.006),
      0.25,
      PRESSURE.thread,
    ),
  );
  const palm = (u: number, foot: number, tall: number, i: number): Shape[] => {
    const height = box.height * tall;
    const width = height * 0.75;
    const own = { x: box.x + u * box.width - width / 2, y: box.y + foot * box.height - height, width, height };
    return TREES.palm!(
      { ...placed, element: 'palm', kind: 'tree', states: [], box: own },
      { ...context, random: random.fork(`palm-${i}`), detail: context.detail * 0.7 },
    ).map((shape) => ({ ...shape, part: `palm-${i + 1}-${shape.part}` }));
  };
  const reeds = lines(
    'reeds',
    'foliage',
    '#5d8a45',
    0.5,
    tuftsAlong(ellipse(middle!, box.width * 0.3, box.height * 0.115, 0, 60), box.height * 0.07, 46, random),
  );
  return [
    surface('shore', shore, 'grass', placed.colour ?? '#7fa356', 0.22, { lined: false }),
    ...palm(0.2, 0.8, 0.66, 0),
    ...palm(0.34, 0.76, 0.76, 1),
    ...palm(0.78, 0.79, 0.7, 2),
    surface('pool', pool, 'water', '#7fb4cc', 0.1, { strokes: ripples }),
    reeds,
    ...palm(0.68, 0.97, 0.62, 3),
  ];
};
