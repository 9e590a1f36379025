/**
 * Walls of rock: cliffs, canyons, caves.
 *
 *   cliff: a brow, a face that falls sheer, fallen rock at its foot · canyon: banded walls with a gap · cave: a mass with a dark mouth
 */
import type { Random } from '../../../../../core/index.ts';
import type { Box } from '../../../composition/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { blob, type Line } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import { isSnowy, SLOPES, seasonOf } from '../../season.ts';
import type { Drawer, Shape, Stroke } from '../../types.ts';
import { cunOn, mossOn } from './cun.ts';
import { createFold, foldOutline } from './fold.ts';
import { brokenLine, cracks, inBox, softLine, tuftsAlong } from './lie.ts';
import { footOf, litSide } from './mountain.ts';

/** Boulders along a foot. */
function boulders(
  box: Box,
  places: readonly (readonly [number, number, number])[],
  colour: string,
  random: Random,
): Shape[] {
  return places.map(([u, v, size], i) => {
    const [at] = inBox(box, [[u, v]]);
    const reach = size * Math.min(box.width, box.height);
    const outline = blob(at!, reach * 1.25, reach * 0.85, random, { corners: 7, wobble: 0.22, steps: 2 });
    const crack: Stroke = mark(
      'texture',
      [
        [at![0] - reach * 0.3, at![1] - reach * 0.5],
        [at![0], at![1] + reach * 0.1],
        [at![0] + reach * 0.2, at![1] + reach * 0.6],
      ],
      Math.max(0.7, reach * 0.07),
      0.5,
      PRESSURE.nail,
    );
    return surface(`boulder-${i + 1}`, outline, 'rock', shade(colour, -0.08 + 0.1 * (i % 2)), 0.45, {
      form: 'round',
      strokes: [crack],
    });
  });
}

/** A cliff: land on the left that breaks off, its face to the right. */
export const drawCliff: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const white = isSnowy(placed, context);
  const colour = placed.colour ?? mixHex(SLOPES[seasonOf(placed, context)], '#857b70', 0.55);
  const brow = softLine(
    box,
    [
      [0, 0.16],
      [0.14, 0.1],
      [0.36, 0.06],
      [0.6, 0.03],
      [0.8, 0.05],
    ],
    noise,
    0.006,
  );
  const face = brokenLine(
    box,
    [
      [0.8, 0.05],
      [0.84, 0.1],
      [0.78, 0.2],
      [0.8, 0.36],
      [0.74, 0.44],
      [0.77, 0.62],
      [0.72, 0.74],
      [0.8, 0.86],
      [0.9, 0.95],
      [0.97, 1],
    ],
    random,
    0.022,
  );
  const outline: Point[] = [...brow, ...face.slice(1), ...inBox(box, [[0, 1]])];
  const edge = inBox(box, [
    [0.8, 0.05],
    [0.6, 0.11],
    [0.5, 0.3],
    [0.54, 0.55],
    [0.44, 0.8],
    [0.48, 1],
  ]);
  const shadow = surface(
    'face',
    [...face, ...edge.toReversed().slice(0, -1)],
    'rock',
    shade(colour, litSide(placed, context) > 0 ? 0.12 : -0.3),
    0.62,
    { form: 'slope', lined: false, opacity: 0.6, softness: 0.12 },
  );
  const ledges = [0.24, 0.4, 0.58, 0.76].map((v) =>
    mark(
      'texture',
      brokenLine(
        box,
        [
          [between(random, 0.34, 0.5), v + between(random, -0.02, 0.03)],
          [0.62, v - 0.02],
          [0.78, v],
        ],
        random,
        0.012,
      ),
      Math.max(0.8, box.height * 0.006),
      0.5,
      PRESSURE.taper,
    ),
  );
  const width = Math.max(0.8, Math.sqrt(box.width * box.height) * 0.009);
  const turf = tuftsAlong(brow, Math.min(26, box.height * 0.03), Math.round(12 + 40 * detail), random);
  return [
    surface('body', outline, 'rock', colour, 0.42, { form: 'slope', lined: false }),
    shadow,
    lines('texture', 'rock', shade(colour, -0.4), 0.55, [
      ...cracks(box, [0.46, 0.78], 0.1, Math.round(60 + 240 * detail), random),
      ...cracks(box, [0.04, 0.46], 0.3, Math.round(20 + 70 * detail), random),
      ...ledges,
      mark('contour', face, width * 1.3, 0.8, PRESSURE.breath),
      mark('contour', brow, width, 0.6, PRESSURE.breath),
    ]),
    surface(
      'turf',
      [
        ...brow,
        ...brow
          .toReversed()
          .map(([x, y], i): Point => [x, y + box.height * (0.03 + 0.02 * Math.abs(Math.sin(i * 1.7)))]),
      ],
      white ? 'snow' : 'grass',
      white ? '#f1f4f6' : '#7d9a5a',
      0.25,
      { lined: false },
    ),
    ...(white ? [] : [lines('grass', 'foliage', '#4f6f3a', 0.5, turf)]),
    ...boulders(
      box,
      [
        [0.86, 0.97, 0.05],
        [0.95, 0.985, 0.035],
        [0.76, 0.985, 0.04],
      ],
      colour,
      random,
    ),
    ...footOf({ ...placed, box: { ...box, width: box.width * 1.08 } }, random.fork('foot')),
  ];
};

const BANDS = ['#b9683f', '#c98a58', '#a95a38', '#d3a06c', '#9c5236', '#bf7a4c'];

/** A canyon: walls of banded rock in steps on both sides, farther walls and water in the gap. */
export const drawCanyon: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, detail } = context;
  const gap = between(random, 0.46, 0.54);
  const foot = box.y + box.height;
  const shapes: Shape[] = [];
  for (const [i, near] of [0, 0.35, 0.7, 1].entries()) {
    for (const side of [-1, 1] as const) {
      const reach = gap + side * (0.045 + 0.2 * near);
      const edge = side < 0 ? 0 : 1;
      const top = 0.1 + (i % 2 === 0 ? 0.03 : 0) + 0.06 * (1 - near) + between(random, -0.03, 0.03) - 0.06 * near;
      shapes.push(
        ...wallShapes(box, { side, reach, edge, top, near, foot }, placed.colour, detail, random.fork(`${i}/${side}`)),
      );
    }
    if (i === 0) shapes.push(riverOf(box, gap));
  }
  return shapes;
};

interface Wall {
  readonly side: -1 | 1;
  /** Shares of the width where it reaches into the gap and where it begins. */
  readonly reach: number;
  readonly edge: number;
  readonly top: number;
  readonly near: number;
  readonly foot: number;
}

/** One wall with its bands; the nearer the redder. */
function wallShapes(
  box: Box,
  { side, reach, edge, top, near }: Wall,
  own: string | undefined,
  detail: number,
  random: Random,
): Shape[] {
  const low = 0.62 + 0.38 * near;
  const steps = [0.05, 0.16, 0.3, 0.46, 0.7, 1].map((t, i): [number, number] => [
    reach - side * (-0.06 * (1 - t) + 0.008 * (i % 2)) * -1,
    top + (low - top) * t,
  ]);
  const line = brokenLine(
    box,
    [[edge, top], [edge + (reach - edge) * 0.5, top + 0.015], [reach + side * 0.07, top], ...steps],
    random,
    0.012,
  );
  const outline: Point[] = [...line, ...inBox(box, [[edge, low]])];
  const colour = (band: string): string => mixHex(own ? mixHex(band, own, 0.7) : band, '#b9a9b4', 0.55 * (1 - near));
  const bands = BANDS.map((band, i): Shape => {
    const [from, to] = [
      top + ((low - top) * (i + 0.35)) / BANDS.length,
      top + ((low - top) * (i + 1.05)) / BANDS.length,
    ];
    const inner = (v: number): number => edge + (reach - edge) * (1 - 0.14 * (1 - (v - top) / (low - top)));
    const upper = brokenLine(
      box,
      [
        [edge, from],
        [inner(from) * 0.5 + edge * 0.5, from + 0.006],
        [inner(from), from],
      ],
      random,
      0.006,
    );
    const lower = brokenLine(
      box,
      [
        [inner(to), to],
        [inner(to) * 0.5 + edge * 0.5, to - 0.006],
        [edge, to],
      ],
      random,
      0.006,
    );
    return surface(`band-${i + 1}`, [...upper, ...lower], 'rock', colour(band), 0.28 + 0.22 * (i % 2), {
      lined: false,
      opacity: 0.75,
    });
  });
  const unit = Math.sqrt(box.width * box.height);
  const [a, b] = side < 0 ? [edge, reach] : [reach, edge];
  const width = Math.max(0.7, unit * 0.006 * (0.5 + near));
  return [
    surface('wall', outline, 'rock', colour('#b0633f'), 0.3 + 0.2 * near, { lined: false, form: 'slope' }),
    ...bands,
    lines('strata', 'rock', colour('#5f2f1e'), 0.5, [
      ...cracks(box, [a, b], top + 0.03, Math.round((14 + 70 * detail) * (0.3 + near)), random).filter(
        ({ points }) => points.at(-1)![1] < box.y + box.height * low,
      ),
      mark('contour', line, width * 1.6, 0.5 + 0.3 * near, PRESSURE.breath),
    ]),
  ];
}

function riverOf(box: Box, gap: number): Shape {
  const side = (sign: number): Point[] =>
    inBox(
      box,
      Array.from({ length: 16 }, (_, i): [number, number] => {
        const t = i / 15;
        return [gap + 0.035 * Math.sin(t * 5) * t + sign * (0.03 + 0.24 * t ** 1.2), 0.6 + 0.4 * t];
      }),
    );
  return surface('river', [...side(-1), ...side(1).reverse()], 'water', '#7fa9ae', 0.12, { lined: false });
}

/** A cave: a rounded mass of rock with a dark mouth, boulders and hanging growth about it. */
export const drawCave: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const colour = placed.colour ?? mixHex(SLOPES[seasonOf(placed, context)], '#7d776f', 0.5);
  const lit = litSide(placed, context);
  const foot = box.y + box.height;
  const masses = [
    { at: 0.24, top: 0.3, half: 0.34 },
    { at: 0.8, top: 0.24, half: 0.32 },
    { at: 0.5, top: 0, half: 0.5 },
  ].flatMap(({ at, top, half }, i) => {
    const fold = createFold(
      { peak: [box.x + box.width * at, box.y + box.height * top], foot, half: box.width * half, build: 'round' },
      noise,
      random.fork(`mass-${i}`),
    );
    const width = Math.max(0.8, Math.sqrt(box.width * box.height) * 0.01);
    const outline = foldOutline(fold);
    return [
      surface('mass', outline, 'rock', shade(colour, i < 2 ? 0.08 : 0), 0.4, { form: 'slope', lined: false }),
      lines('texture', 'rock', shade(colour, -0.4), 0.5, [
        ...cunOn(
          fold,
          { cun: 'axe-cut', count: Math.round(40 + 220 * detail), lit, width: width * 0.8, tone: 0.7 },
          random,
        ),
        ...mossOn(fold, Math.round(20 * detail), width * 1.6, random),
        mark('contour', outline, width * 1.4, 0.75, PRESSURE.breath),
      ]),
    ];
  });
  const mouth = mouthOf(box, 1, random);
  const deep = mouthOf(box, 0.72, random);
  const teeth = hanging(mouth, box, random);
  return [
    ...masses,
    surface('lip', mouthOf(box, 1.14, random), 'rock', shade(colour, 0.16), 0.25, { lined: true }),
    surface('mouth', mouth, 'rock', '#3b3633', 0.9, { lined: true }),
    surface('dark', deep, 'hair', '#171514', 1, { lined: false, softness: 0.3 }),
    ...teeth,
    ...boulders(
      box,
      [
        [0.2, 0.95, 0.07],
        [0.82, 0.94, 0.085],
        [0.9, 0.975, 0.05],
        [0.29, 0.985, 0.04],
      ],
      colour,
      random,
    ),
    lines('vines', 'foliage', '#56723f', 0.5, vines(mouth, box, random)),
  ];
};

/** The opening: an uneven arch on the ground, `size` 1 the mouth itself. */
function mouthOf(box: Box, size: number, random: Random): Point[] {
  const points = Array.from({ length: 15 }, (_, i): [number, number] => {
    const angle = Math.PI * (1 - i / 14);
    const rough = 1 + between(random, -0.05, 0.05);
    return [0.52 + 0.2 * size * rough * Math.cos(angle), 0.985 - 0.52 * size * rough * Math.sin(angle) ** 0.75];
  });
  return inBox(box, points);
}

/** Stalactites under the brow of the mouth. */
function hanging(mouth: Line, box: Box, random: Random): Shape[] {
  return mouth.slice(4, -4).map(([x, y], i) => {
    const long = box.height * between(random, 0.04, 0.11);
    const half = box.width * 0.012;
    return surface(
      `tooth-${i + 1}`,
      [
        [x - half, y - 2],
        [x + half, y - 2],
        [x + between(random, -1, 1), y + long],
      ],
      'rock',
      '#6e665e',
      0.55,
      { lined: false },
    );
  });
}

function vines(mouth: Line, box: Box, random: Random): Stroke[] {
  return mouth.slice(3, -3).flatMap(([x, y]) =>
    random.next() < 0.55
      ? [
          mark(
            'leaf',
            [
              [x, y - box.height * 0.05],
              [x + between(random, -4, 4), y],
              [x + between(random, -7, 7), y + box.height * between(random, 0.04, 0.16)],
            ],
            Math.max(0.8, box.height * 0.008),
            0.55,
            PRESSURE.taper,
          ),
        ]
      : [],
  );
}
