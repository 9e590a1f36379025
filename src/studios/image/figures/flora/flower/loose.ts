/** What is loose in the air or on the ground: fallen petals, willow fluff, dandelions giving away their seeds; and flowers cut and bound. */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { ellipse, smooth, wander } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { softStem, stemLine } from '../growth/stem.ts';
import { drawBloom } from './bloom.ts';
import { SPECIES, type Species } from './species.ts';
import { petalOutline } from './template.ts';
import { leafColour, poseOf, tintOf } from './tint.ts';

/** Petals on the ground, flat and crowded to one side, and some still in the air. */
export function drawFallenPetals(species: Species, bed: Bed): Shape[] {
  const { random, box, detail } = bed;
  const tint = tintOf(species, bed, random.fork('tint'));
  const form = species.rings[0]!.form;
  const count = Math.round(8 + 46 * detail);
  const wind = Math.sign(bed.wind || 1);
  return Array.from({ length: count }, (_, i) => {
    const aloft = i % 4 === 0;
    const along1 = random.next() ** (wind > 0 ? 0.8 : 1.25);
    const y = aloft ? between(random, 0, 0.75) : 0.78 + 0.22 * random.next() ** 0.7;
    const at: Point = [box.x + box.width * along1, box.y + box.height * y];
    const size = Math.max(
      1.4,
      Math.min(box.width, box.height) * between(random, 0.022, 0.038) * (aloft ? 1 : 0.75 + y * 0.4),
    );
    const [turn, flat] = [random.next() * 6.28, aloft ? between(random, 0.35, 1) : between(random, 0.3, 0.5)];
    const outline = petalOutline(form, random, 2).map(([u, v]): Point => {
      const [x, py] = [(u - 0.5) * size * 2, v * size * 0.8];
      const [rx, ry] = [x * Math.cos(turn) - py * Math.sin(turn), x * Math.sin(turn) + py * Math.cos(turn)];
      return [at[0] + rx, at[1] + ry * flat];
    });
    const colour = shade(mixHex(tint.main, tint.inner, between(random, 0, 0.5)), between(random, -0.1, 0.12));
    return surface('petal', outline, 'petal', colour, toneOf(colour));
  });
}

/** Willow fluff: soft tufts at every distance, drawn along by the wind. */
export function drawCatkin(bed: Bed): Shape[] {
  const { random, box, detail } = bed;
  const count = Math.round(9 + 34 * detail);
  const colour = bed.colour ?? '#e9e5d8';
  return Array.from({ length: count }, (): Shape => {
    const at: Point = [box.x + box.width * random.next(), box.y + box.height * random.next()];
    const radius = Math.max(1, Math.min(box.width, box.height) * 0.02 * between(random, 0.35, 1.3));
    const hairs = Array.from({ length: radius < 2.5 ? 3 : 9 }, (_, i): Stroke => {
      const angle = i * 2.4 + random.next();
      const line = wander(
        [at[0] - bed.wind * radius * 0.3, at[1]],
        radius * between(random, 0.9, 1.7),
        5,
        (t) => angle + bed.wind * 1.2 * t,
      );
      return mark('hair', line, Math.max(0.3, radius * 0.07), 0.28, PRESSURE.nail, '#a8a494');
    });
    const seed = dot('detail', [at[0], at[1] + radius * 0.2], Math.max(0.5, radius * 0.22), 0.55, '#6b5a42');
    return surface('fluff', ellipse(at, radius, radius * 0.85, random.next() * 3, 14), 'snow', colour, 0.1, {
      softness: 0.8,
      opacity: 0.85,
      lined: false,
      strokes: [...hairs, seed],
    });
  });
}

/** A rosette, a flower, a closed one, and clocks whose seeds fly off with the wind. */
export function drawDandelion(bed: Bed): Shape[] {
  const { random, box, detail } = bed;
  const species = SPECIES.dandelion!;
  const tall = Math.min(box.height, box.width * 1.3) * 0.85;
  const tint = tintOf(species, bed, random.fork('tint'));
  const green = leafColour(species, bed);
  const rosette = Array.from({ length: Math.round(5 + 5 * detail) }, (_, i) => {
    const side = i % 2 === 0 ? 1 : -1;
    return leaf(
      {
        form: 'lobed',
        at: [side * tall * 0.02, 0],
        angle: -Math.PI / 2 + side * between(random, 0.5, 1.45),
        length: tall * between(random, 0.22, 0.42),
        width: 0.3,
        bend: side * between(random, 0, 0.6),
        colour: mixHex(green, '#87a04d', random.next() * 0.5),
        fine: detail,
      },
      random,
    );
  }).flat();
  const count = detail < 0.1 ? 2 : 4;
  const blow = (Math.sign(bed.wind || 1) * Math.max(0.25, Math.abs(bed.wind))) as number;
  const heads = Array.from({ length: count }, (_, i) => {
    const side = [-0.3, 0.55, -0.9, 0.15][i]!;
    const line = stemLine(
      {
        from: [side * tall * 0.05, 0],
        angle: -Math.PI / 2 + side * 0.32,
        length: tall * [0.9, 0.66, 0.52, 0.4][i]!,
        width: 1,
        bend: side * 0.25 + blow * 0.25,
        colour: green,
      },
      random,
    );
    const at = line.at(-1)!;
    const stalk = softStem(line, Math.max(0.7, tall * 0.013), mixHex(green, '#a8a06a', 0.4));
    if (i === 0 || (i === 2 && !bed.bud))
      return [...stalk, ...clock(at, tall * (i === 0 ? 0.135 : 0.1), detail, random)];
    const pose = poseOf(species, bed, random, at, tall * 0.085, i === 3 ? 0.15 : 1);
    return [...stalk, ...drawBloom(species, { ...pose, turn: side * 0.5 }, tint, random)];
  });
  const seeds = Array.from({ length: Math.round(3 + 9 * detail) }, (_, i) => {
    const far = (i + 1) / (3 + 9 * detail);
    const at: Point = [
      Math.sign(blow) * tall * (0.1 + 0.55 * far),
      -tall * (0.86 + 0.2 * Math.sin(far * 4) * far + between(random, -0.14, 0.2)),
    ];
    return parachute(
      at,
      tall * 0.05 * between(random, 0.8, 1.15),
      -Math.PI / 2 + blow * between(random, 0.2, 1.1),
      random,
    );
  });
  return [...rosette, ...heads.toReversed().flat(), lines('seeds', 'plain', '#8b8674', 0.35, seeds.flat())];
}

function clock(at: Point, radius: number, detail: number, random: Random): Shape[] {
  const count = Math.round(16 + 46 * detail);
  const strokes = Array.from({ length: count }, (_, i): Stroke[] => {
    const angle = i * 2.39996;
    const reach = radius * (0.25 + 0.75 * Math.sqrt((i + 0.5) / count)) * between(random, 0.9, 1.05);
    const end: Point = [at[0] + Math.cos(angle) * reach, at[1] + Math.sin(angle) * reach];
    const rays = radius < 8 ? 3 : 6;
    const stars = Array.from({ length: rays }, (_, k) => {
      const turn = angle + (k - (rays - 1) / 2) * 0.42;
      return mark(
        'hair',
        [end, [end[0] + Math.cos(turn) * radius * 0.2, end[1] + Math.sin(turn) * radius * 0.2]],
        Math.max(0.28, radius * 0.009),
        0.36,
        PRESSURE.nail,
        '#9a9684',
      );
    });
    return [
      mark(
        'hair',
        [[at[0] + Math.cos(angle) * radius * 0.12, at[1] + Math.sin(angle) * radius * 0.12], end],
        Math.max(0.28, radius * 0.008),
        0.3,
        undefined,
        '#a09a84',
      ),
      ...stars,
    ];
  }).flat();
  const veil = surface('clock', ellipse(at, radius * 1.12), 'snow', '#f1eee4', 0.08, {
    softness: 0.5,
    opacity: 0.55,
    lined: false,
    strokes,
  });
  return [veil, surface('core', ellipse(at, radius * 0.13, radius * 0.11), 'stem', '#7d7448', 0.6)];
}

function parachute(at: Point, size: number, angle: number, random: Random): Stroke[] {
  const foot: Point = [at[0] - Math.cos(angle) * size, at[1] - Math.sin(angle) * size];
  const rays = Array.from({ length: 7 }, (_, i) => {
    const turn = angle + (i - 3) * 0.36 + between(random, -0.06, 0.06);
    return mark(
      'hair',
      [at, [at[0] + Math.cos(turn) * size * 0.8, at[1] + Math.sin(turn) * size * 0.8]],
      Math.max(0.3, size * 0.03),
      0.4,
      PRESSURE.nail,
      '#8f8a78',
    );
  });
  return [
    mark('hair', [foot, at], Math.max(0.3, size * 0.03), 0.42, undefined, '#8f8a78'),
    ...rays,
    mark(
      'detail',
      [foot, [foot[0] - Math.cos(angle) * size * 0.2, foot[1] - Math.sin(angle) * size * 0.2]],
      Math.max(0.6, size * 0.09),
      0.7,
      [0.6, 1, 0.3],
      '#5c4a33',
    ),
  ];
}

const BOUND = [
  'rose',
  'daisy',
  'peony',
  'tulip',
  'rose',
  'lily',
  'daisy',
  'rose',
  'poppy',
  'daisy',
  'peony',
  'iris',
  'rose',
];

/** Flowers in paper: greens behind, blooms in a dome, the wrapping before them, a ribbon. */
export function drawBouquet(bed: Bed): Shape[] {
  const { random, box, detail } = bed;
  const size = Math.min(box.height, box.width * 1.25);
  const knot: Point = [0, -size * 0.27];
  const greens = Array.from({ length: Math.round(7 + 9 * detail) }, (_, i) => {
    const angle = -Math.PI / 2 + (i / (6 + 9 * detail) - 0.5) * 1.9;
    return leaf(
      {
        form: i % 3 === 1 ? 'pinnate' : 'lance',
        at: [Math.cos(angle) * size * 0.2, knot[1] + Math.sin(angle) * size * 0.22],
        angle,
        length: size * between(random, 0.26, 0.38),
        bend: between(random, -0.4, 0.4),
        colour: faded(bed, mixHex('#5a7f4c', '#9aab62', random.next() * 0.6)),
        fine: detail,
      },
      random,
    );
  }).flat();
  const count = detail < 0.12 ? 6 : BOUND.length;
  const spots = Array.from({ length: count }, (_, i) => {
    const share = Math.sqrt((i + 0.3) / count);
    return {
      share,
      x: Math.cos(i * 2.4) * share * 0.3,
      y: -0.66 + Math.sin(i * 2.4) * share * 0.2,
      id: BOUND[i % BOUND.length]!,
    };
  }).toSorted((a, b) => a.y - b.y);
  const blooms = spots.flatMap(({ x, y, id }, i) => {
    const species = SPECIES[id]!;
    const own = random.fork(`bloom-${i}`);
    const pose = poseOf(species, bed, own, [x * size, y * size], size * between(own, 0.085, 0.12), 1);
    return drawBloom(species, { ...pose, turn: Math.atan2(x, -(y + 0.25)) }, tintOf(species, bed, own), own);
  });
  return [...greens, ...stems(size, random), ...blooms, ...wrapping(size, knot, bed, random.fork('paper'))];
}

function stems(size: number, random: Random): Shape[] {
  const strokes = Array.from({ length: 7 }, () =>
    mark(
      'branch',
      [
        [between(random, -0.02, 0.02) * size, -size * 0.27],
        [between(random, -0.1, 0.1) * size, 0],
      ],
      size * 0.012,
      0.55,
      [0.8, 1, 0.9],
      '#55734a',
    ),
  );
  return [lines('stems', 'stem', '#55734a', 0.55, strokes)];
}

function wrapping(size: number, [kx, ky]: Point, bed: Bed, random: Random): Shape[] {
  const paper = mixHex('#e6d9c3', bed.colour ?? '#d9c0a0', 0.25);
  const at = (x: number, y: number): Point => [kx + x * size, ky + y * size];
  const sheet = (side: number): Point[] =>
    smooth(
      [
        at(-side * 0.03, 0.02),
        at(side * 0.12, -0.1),
        at(side * 0.36, -0.37),
        at(side * 0.2, -0.27),
        at(-side * 0.08, -0.2),
        at(-side * 0.22, -0.24),
        at(-side * 0.1, -0.08),
      ],
      { closed: true, steps: 5 },
    );
  const folds = [0.05, 0.13, 0.2, -0.05].map((x) =>
    mark(
      'fold',
      [at(x * 0.3, -0.02), at(x * 0.8, -0.12), at(x * 1.4, -0.24)],
      size * 0.004,
      0.4,
      PRESSURE.nail,
      shade(paper, -0.35),
    ),
  );
  const tail = [-1, 1].map((side) =>
    surface(
      'wrapping-tail',
      smooth([at(0, -0.01), at(side * 0.1, 0.12), at(side * 0.13, 0.2), at(side * 0.02, 0.17)], { closed: true }),
      'paper',
      shade(paper, -0.1),
      0.2,
    ),
  );
  const bows = [-1, 1].flatMap((side) => [
    surface(
      'ribbon',
      smooth([at(0, 0), at(side * 0.07, -0.05), at(side * 0.12, -0.01), at(side * 0.06, 0.025)], { closed: true }),
      'cloth',
      '#b8465a',
      0.5,
      {
        strokes: [
          mark('fold', [at(side * 0.015, 0), at(side * 0.07, -0.01)], size * 0.004, 0.6, PRESSURE.nail, '#6f1f33'),
        ],
      },
    ),
    surface(
      'ribbon-end',
      smooth(
        [at(0, 0), at(side * 0.05, 0.07), at(side * (0.04 + 0.03 * random.next()), 0.15), at(side * 0.025, 0.08)],
        { closed: true },
      ),
      'cloth',
      '#a83c50',
      0.55,
    ),
  ]);
  return [
    ...tail,
    surface('wrapping', sheet(-1), 'paper', shade(paper, -0.06), 0.2, { form: 'round' }),
    surface('wrapping', sheet(1), 'paper', paper, 0.15, { form: 'round', strokes: folds }),
    ...bows,
    surface('knot', ellipse([kx, ky], size * 0.022, size * 0.02), 'cloth', '#c05267', 0.5),
  ];
}
