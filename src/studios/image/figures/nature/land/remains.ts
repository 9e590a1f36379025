/** What time left: ruins of stone, and graves. */
import type { Random } from '../../../../../core/index.ts';
import type { Box } from '../../../composition/index.ts';
import type { Point } from '../../../raster/index.ts';
import { blob } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import { GRASS, isSnowy, seasonOf } from '../../season.ts';
import type { Drawer, Shape, Stroke } from '../../types.ts';
import { brokenLine, inBox, softLine, tuftsAlong } from './lie.ts';

interface Column {
  /** Shares of the box: middle, top and half width. */
  readonly at: number;
  readonly top: number;
  readonly half: number;
  readonly broken: boolean;
}

/** A fluted column on its base; broken ones end in a jagged edge, whole ones in a capital. */
function columnShapes(box: Box, { at, top, half, broken }: Column, colour: string, random: Random): Shape[] {
  const foot = 0.93;
  const head = broken
    ? ([
        [at - half, top + between(random, 0, 0.05)],
        [at - half * 0.4, top - 0.03],
        [at, top + 0.03],
        [at + half * 0.5, top - 0.015],
        [at + half, top + 0.06],
      ] as [number, number][])
    : ([
        [at - half, top],
        [at + half, top],
      ] as [number, number][]);
  const shaft = inBox(box, [...head, [at + half * 1.08, foot], [at - half * 1.08, foot]]);
  const flutes = [-0.5, 0, 0.5].map((by) =>
    mark(
      'detail',
      inBox(box, [
        [at + by * half, top + 0.06],
        [at + by * half * 1.08, foot - 0.02],
      ]),
      Math.max(0.6, box.width * 0.006),
      0.4,
    ),
  );
  const drums = [0.4, 0.7].map((t) => {
    const v = top + (foot - top) * t;
    return mark(
      'detail',
      inBox(box, [
        [at - half * 1.03, v],
        [at, v + 0.008],
        [at + half * 1.03, v],
      ]),
      Math.max(0.6, box.width * 0.005),
      0.35,
    );
  });
  const slab = (v: number, tall: number, reach: number): Shape =>
    surface(
      'slab',
      inBox(box, [
        [at - half * reach, v],
        [at + half * reach, v],
        [at + half * reach, v + tall],
        [at - half * reach, v + tall],
      ]),
      'stone',
      shade(colour, 0.08),
      0.2,
    );
  return [
    surface('column', shaft, 'stone', colour, 0.22, { form: 'round', strokes: [...flutes, ...drums] }),
    slab(foot - 0.012, 0.045, 1.5),
    ...(broken ? [] : [slab(top - 0.045, 0.05, 1.45)]),
  ];
}

/** Ruins: a wall with an arched window open to the sky, columns whole and broken, fallen drums, grass over all. */
export const drawRuins: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const colour = placed.colour ?? '#b9ad97';
  const ground = softLine(
    box,
    [
      [0, 0.97],
      [0.2, 0.92],
      [0.5, 0.93],
      [0.8, 0.9],
      [1, 0.97],
    ],
    noise,
    0.01,
  );
  const earth = surface(
    'ground',
    [
      ...ground,
      ...inBox(box, [
        [1, 1],
        [0, 1],
      ]),
    ],
    'grass',
    GRASS[seasonOf(placed, context)],
    0.2,
    { lined: false },
  );
  const wall = brokenLine(
    box,
    [
      [0.02, 0.94],
      [0.03, 0.4],
      [0.08, 0.3],
      [0.14, 0.34],
      [0.2, 0.16],
      [0.3, 0.2],
      [0.36, 0.36],
      [0.4, 0.34],
      [0.42, 0.6],
      [0.45, 0.72],
      [0.47, 0.94],
    ],
    random,
    0.02,
  );
  const arch = inBox(box, [
    [0.15, 0.78],
    [0.15, 0.52],
    [0.17, 0.44],
    [0.215, 0.4],
    [0.26, 0.44],
    [0.28, 0.52],
    [0.28, 0.78],
  ]);
  const courses = Array.from({ length: Math.round(10 + 34 * detail) }, (): Stroke => {
    const [u, v] = [between(random, 0.05, 0.4), 0.36 + 0.055 * Math.floor(between(random, 0, 10))];
    return mark(
      'detail',
      inBox(box, [
        [u, v],
        [u + between(random, 0.02, 0.05), v],
      ]),
      Math.max(0.6, box.width * 0.004),
      0.4,
    );
  });
  const columns: Column[] = [
    { at: 0.56, top: 0.12, half: 0.034, broken: false },
    { at: 0.71, top: 0.12, half: 0.034, broken: false },
    { at: 0.83, top: 0.42, half: 0.036, broken: true },
    { at: 0.95, top: 0.66, half: 0.036, broken: true },
  ];
  const beam = surface(
    'beam',
    brokenLine(
      box,
      [
        [0.52, 0.075],
        [0.52, 0],
        [0.765, 0],
        [0.785, 0.05],
        [0.77, 0.075],
      ],
      random,
      0.006,
    ),
    'stone',
    shade(colour, 0.05),
    0.22,
  );
  const fallen = [
    [0.62, 0.95, 0.05],
    [0.76, 0.965, 0.04],
    [0.46, 0.97, 0.045],
    [0.88, 0.97, 0.035],
  ].map(([u, v, size], i) => {
    const [at] = inBox(box, [[u!, v!]]);
    const reach = size! * box.height;
    return surface(
      `block-${i + 1}`,
      blob(at!, reach * 1.5, reach * 0.75, random, { corners: 5, wobble: 0.16, steps: 1 }),
      'stone',
      shade(colour, -0.06),
      0.3,
      { form: 'round' },
    );
  });
  const growth = [...ground, ...wall.filter(([, y]) => y < box.y + box.height * 0.5)];
  return [
    earth,
    surface('wall', wall, 'stone', shade(colour, -0.04), 0.28, { holes: [arch], strokes: courses }),
    lines('arch', 'stone', shade(colour, -0.4), 0.5, [mark('contour', arch, Math.max(0.8, box.width * 0.007), 0.6)]),
    ...columns.flatMap((column) => columnShapes(box, column, colour, random)),
    beam,
    ...fallen,
    lines(
      'grass',
      'foliage',
      isSnowy(placed, context) ? '#c9d2d6' : '#5d7a41',
      0.5,
      tuftsAlong(growth, box.height * 0.06, Math.round(24 + 40 * detail), random),
    ),
  ];
};

/** A grave: a mound of earth, its stone with a rounded head and lines of writing, an offering before it, grass. */
export const drawGrave: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise } = context;
  const colour = placed.colour ?? '#a3a19a';
  const green = isSnowy(placed, context) ? '#eceff1' : GRASS[seasonOf(placed, context)];
  const mound = softLine(
    box,
    [
      [0, 0.95],
      [0.1, 0.72],
      [0.3, 0.44],
      [0.55, 0.36],
      [0.8, 0.56],
      [0.94, 0.8],
      [1, 0.95],
    ],
    noise,
    0.02,
  );
  const round = (half: number, top: number, foot: number): Point[] => {
    const cx = 0.46;
    const arc = Array.from({ length: 13 }, (_, i): [number, number] => {
      const angle = Math.PI * (1 - i / 12);
      return [cx + half * Math.cos(angle), top + half * 0.9 * (1 - Math.sin(angle))];
    });
    return inBox(box, [[cx - half, foot], ...arc, [cx + half, foot]]);
  };
  const writing = [-0.07, 0, 0.07].flatMap((by) =>
    Array.from({ length: by === 0 ? 6 : 4 }, (_, i): Stroke => {
      const v = 0.3 + (by === 0 ? 0 : 0.08) + i * 0.075;
      return mark(
        'detail',
        inBox(box, [
          [0.46 + by - 0.018, v],
          [0.46 + by + 0.018, v + 0.008],
        ]),
        Math.max(0.8, box.width * 0.016),
        0.6,
      );
    }),
  );
  const slab = (v: number, half: number, tall: number, part: string): Shape =>
    surface(
      part,
      inBox(box, [
        [0.46 - half, v],
        [0.46 + half, v],
        [0.46 + half * 1.04, v + tall],
        [0.46 - half * 1.04, v + tall],
      ]),
      'stone',
      shade(colour, -0.08),
      0.34,
    );
  const cracksOn = mark(
    'texture',
    brokenLine(
      box,
      [
        [0.58, 0.2],
        [0.55, 0.34],
        [0.6, 0.46],
      ],
      random,
      0.02,
    ),
    Math.max(0.6, box.width * 0.006),
    0.5,
    PRESSURE.nail,
  );
  return [
    surface(
      'mound',
      [
        ...mound,
        ...inBox(box, [
          [1, 1],
          [0, 1],
        ]),
      ],
      'grass',
      green,
      0.26,
      {
        form: 'slope',
        lined: false,
        strokes: [mark('contour', mound, Math.max(0.8, box.width * 0.01), 0.55, PRESSURE.breath)],
      },
    ),
    surface(
      'stone-side',
      round(0.185, 0.1, 0.9).map(([x, y]): Point => [x + box.width * 0.03, y]),
      'stone',
      shade(colour, -0.28),
      0.5,
    ),
    surface('stone', round(0.18, 0.1, 0.9), 'stone', colour, 0.26, { strokes: [...writing, cracksOn] }),
    slab(0.87, 0.26, 0.06, 'step'),
    slab(0.925, 0.34, 0.06, 'lower-step'),
    lines(
      'grass',
      'foliage',
      isSnowy(placed, context) ? '#aab5ba' : '#4f6f3a',
      0.5,
      tuftsAlong(
        [
          ...mound.slice(3, -3),
          ...inBox(box, [
            [0.08, 0.98],
            [0.2, 0.99],
            [0.78, 0.99],
            [0.92, 0.98],
          ]),
        ],
        box.height * 0.09,
        26,
        random,
      ),
    ),
  ];
};
