/** Growth with wood or length: vines, gourds, bushes, a tree in a pot. */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, lumps, ribbon, scatterInside, smooth, wander } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import { LEAVES } from '../../season.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';
import { type LeafForm, leaf } from '../growth/leaf.ts';
import { tendril } from '../growth/stem.ts';

interface Creeper {
  readonly size: number;
  readonly vines: readonly Line[];
  readonly green: string;
}

/** Two or three strands that hang and cross, with tendrils. */
function creeper(bed: Bed, strands: number): Creeper {
  const { random, box } = bed;
  const size = Math.min(box.height, box.width * 1.2);
  const green = faded(bed, bed.colour ?? LEAVES[bed.season]);
  const vines = Array.from({ length: strands }, (_, i): Line => {
    const side = i % 2 === 0 ? 1 : -1;
    const phase = random.next() * 6;
    const from: Point = [(i - (strands - 1) / 2) * size * 0.13, 0];
    return wander(
      from,
      size * [1.3, 1, 0.8, 0.66][i % 4]!,
      40,
      (t) => Math.PI / 2 + side * 0.3 + 0.75 * Math.sin(t * 7 + phase) * (1 - 0.35 * t) + bed.wind * 0.3,
    );
  });
  return { size, vines, green };
}

function creeperLeaves(bed: Bed, { size, vines, green }: Creeper, form: LeafForm, random: Random): Shape[] {
  const bare = bed.withered || bed.season === 'winter';
  return vines.flatMap((line) => {
    const count = Math.round((bare ? 3 : 13) * (0.35 + 0.65 * bed.detail));
    return Array.from({ length: count }, (_, i) => {
      const { at, angle } = along(line, (i + random.next()) / count);
      const side = i % 2 === 0 ? -1 : 1;
      const length = size * between(random, 0.08, 0.15) * (1.1 - (0.5 * i) / count);
      return leaf(
        {
          form,
          at,
          angle: angle + side * between(random, 0.7, 1.5),
          length,
          bend: side * 0.5,
          colour: mixHex(green, random.pick(['#98ab58', '#2f5a45', '#a5793f']), random.next() * 0.3),
          fine: Math.min(1, length / 80),
        },
        random,
      );
    }).flat();
  });
}

function strands(bed: Bed, { size, vines }: Creeper, wood: string, random: Random): Shape[] {
  const stems = vines.map((line, i) =>
    mark(
      'branch',
      line,
      Math.max(0.8, size * (0.017 - 0.003 * i)),
      0.72,
      [1, 0.7, 0.9, 0.55, 0.7, 0.3, 0.1],
      shade(wood, -0.2),
    ),
  );
  const curls = vines.flatMap((line) =>
    Array.from({ length: Math.round(1 + 4 * bed.detail) }, () => {
      const { at, angle } = along(line, between(random, 0.15, 1));
      return mark(
        'branch',
        tendril(at, angle + between(random, -1.2, 1.2), size * between(random, 0.08, 0.17), between(random, -1.5, 1.5)),
        Math.max(0.5, size * 0.004),
        0.55,
        PRESSURE.nail,
        wood,
      );
    }),
  );
  return [lines('vine', 'stem', wood, 0.65, [...stems, ...curls])];
}

export function drawVine(bed: Bed): Shape[] {
  const { random } = bed;
  const vine = creeper(bed, 3);
  const form = random.pick(['heart', 'maple', 'toothed'] as const);
  return [
    ...strands(bed, vine, faded(bed, '#6b5a43', 0.3), random.fork('strands')),
    ...creeperLeaves(bed, vine, form, random.fork('leaves')),
  ];
}

/** A vine whose leaves are large and whose gourds hang, waisted, their stalks bent. */
export function drawGourd(bed: Bed): Shape[] {
  const { random, detail } = bed;
  const vine = creeper({ ...bed, colour: undefined }, 2);
  const { size, vines } = vine;
  const wood = '#76804a';
  const fruits = Array.from({ length: detail < 0.1 ? 2 : 3 }, (_, i) => {
    const { at } = along(vines[i % 2]!, [0.42, 0.6, 0.8][i]!);
    return gourd(at, size * [0.4, 0.3, 0.2][i]!, bed, random.fork(`gourd-${i}`));
  });
  const leaves = creeperLeaves(
    { ...bed, detail: detail * 0.75 },
    { ...vine, size: size * 1.5 },
    'heart',
    random.fork('leaves'),
  );
  return [
    ...strands(bed, vine, wood, random.fork('strands')),
    ...leaves.slice(0, Math.floor(leaves.length * 0.7)),
    ...fruits.flat(),
    ...leaves.slice(Math.floor(leaves.length * 0.7)),
  ];
}

function gourd(at: Point, long: number, bed: Bed, random: Random): Shape[] {
  const colour = bed.colour ?? (bed.season === 'autumn' ? '#cf9d46' : random.pick(['#c9a653', '#a9b25c', '#d0913f']));
  const lean = between(random, -0.14, 0.14);
  const half = (t: number): number =>
    long *
    (0.05 + 0.15 * Math.exp(-(((t - 0.33) / 0.14) ** 2)) + 0.25 * Math.exp(-(((t - 0.73) / 0.19) ** 2))) *
    Math.min(1, (1 - t) * 12 + 0.02) ** 0.5;
  const stalk = wander(at, long * 0.16, 6, (t) => Math.PI / 2 + 0.8 * Math.sin(t * 3));
  const axis = wander(stalk.at(-1)!, long, 26, () => Math.PI / 2 + lean);
  const glint = axis.slice(15, 22).map(([x, y], i): Point => [x - long * (0.13 + 0.02 * Math.sin(i * 0.5)), y]);
  const shadow = axis.slice(6, 24).map(([x, y], i): Point => [x + half((i + 6) / 26) * 0.72, y]);
  return [
    lines('stalk', 'stem', '#76804a', 0.6, [
      mark('branch', stalk, Math.max(0.8, long * 0.03), 0.65, undefined, '#5f6a3c'),
    ]),
    surface('gourd', ribbon(axis, half), 'fruit', colour, toneOf(colour), {
      form: 'round',
      strokes: [
        mark('fold', shadow, long * 0.03, 0.16, PRESSURE.taper, shade(colour, -0.3)),
        mark('detail', glint, long * 0.025, 0.1, PRESSURE.taper, shade(colour, 0.6)),
        dot('detail', axis.at(-1)!, Math.max(0.6, long * 0.03), 0.7, '#5c4a33'),
      ],
    }),
  ];
}

/** A bush: clumps of leaf one before the other, twigs showing between them. */
export function drawBush(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const bare = bed.withered || bed.season === 'winter';
  const green = faded(bed, bed.colour ?? LEAVES[bed.season]);
  const [w, h] = [box.width, box.height];
  const twigs = Array.from({ length: Math.round(7 + 12 * detail) }, (): Stroke => {
    const side = between(random, -1, 1);
    const line = wander(
      [side * w * 0.12, 0],
      h * between(random, 0.6, 0.98) * (1 - 0.25 * side * side),
      12,
      (t) => -Math.PI / 2 + side * (0.75 + 0.3 * t) + between(random, -0.24, 0.24),
    );
    return mark('branch', line, Math.max(0.7, h * 0.018), 0.7, PRESSURE.nail, '#5a4a3a');
  });
  const wood = lines('twigs', 'bark', '#5a4a3a', 0.65, twigs);
  if (bare)
    return [
      wood,
      lines(
        'leaves',
        'foliage',
        green,
        0.5,
        twigs.flatMap(({ points }) =>
          Array.from({ length: 4 }, () =>
            dot(
              'leaf',
              along(points, between(random, 0.4, 1)).at,
              Math.max(0.8, h * between(random, 0.015, 0.035)),
              0.5,
              shade(green, between(random, -0.2, 0.2)),
            ),
          ),
        ),
      ),
    ];
  const clumps = Array.from({ length: detail < 0.1 ? 3 : 6 }, (_, i) => {
    const own = random.fork(`clump-${i}`);
    const across = [-0.27, 0.27, 0, -0.14, 0.16, 0.02][i]! + between(own, -0.05, 0.05);
    const high = [0.42, 0.46, 0.68, 0.34, 0.3, 0.24][i]!;
    return clump(
      [across * w, -high * h],
      w * between(own, 0.17, 0.24),
      h * between(own, 0.24, 0.3),
      shade(green, 0.08 - 0.05 * i),
      detail,
      own,
    );
  });
  return [wood, ...clumps.flat()];
}

function clump(at: Point, rx: number, ry: number, colour: string, detail: number, random: Random): Shape[] {
  const outline = lumps(at, rx, ry, random, 9, 0.3);
  const spots = scatterInside(outline, random, {
    spacing: Math.max(1.4, ry * 0.15),
    most: Math.round(14 + 70 * detail),
  });
  const strokes = spots.map(([x, y]): Stroke => {
    const angle = Math.atan2(y - at[1], x - at[0]) + between(random, -0.6, 0.6);
    const long = Math.max(1, ry * between(random, 0.07, 0.13));
    const dark = (y - at[1]) / ry;
    return mark(
      'leaf',
      [
        [x, y],
        [x + Math.cos(angle) * long, y + Math.sin(angle) * long],
      ],
      long * 0.7,
      0.2 + 0.14 * dark,
      [0.5, 1, 0.9, 0.4],
      shade(colour, -0.22 * dark - 0.1 + between(random, -0.1, 0.14)),
    );
  });
  return [surface('clump', outline, 'foliage', colour, 0.42, { form: 'round', lined: false, strokes })];
}

/** A tree in a pot: a trunk that turns back twice, pads of leaf held level, moss at its foot. */
export function drawBonsai(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const size = Math.min(box.height, box.width);
  const green = faded(bed, bed.colour ?? mixHex(LEAVES[bed.season], '#3f6647', 0.5));
  const side = random.next() < 0.5 ? -1 : 1;
  const at = (x: number, y: number): Point => [side * x * size, -y * size];
  const trunk = smooth(
    [at(0.03, 0.12), at(-0.09, 0.27), at(0.04, 0.4), at(0.17, 0.52), at(0.07, 0.66), at(0.01, 0.78)],
    {
      steps: 8,
    },
  );
  const wood = '#67533f';
  const bark = Array.from({ length: Math.round(30 * detail) }, () => {
    const begin = Math.floor(between(random, 0, 0.75) * (trunk.length - 5));
    const beside = between(random, -0.02, 0.02) * size;
    return mark(
      'texture',
      trunk.slice(begin, begin + 5).map(([x, y]): Point => [x + beside, y]),
      size * 0.006,
      between(random, 0.5, 0.8),
      PRESSURE.nail,
      shade(wood, -0.4),
    );
  });
  const limbs = [
    [at(0.02, 0.4), at(-0.2, 0.47)],
    [at(0.16, 0.53), at(0.32, 0.55)],
    [at(0.07, 0.66), at(-0.15, 0.7)],
  ].map(([a, b]) =>
    mark(
      'branch',
      smooth([a!, [(a![0] + b![0]) / 2, (a![1] + b![1]) / 2 + size * 0.02], b!], { steps: 5 }),
      size * 0.022,
      0.7,
      PRESSURE.nail,
      shade(wood, -0.2),
    ),
  );
  const pads = [
    [-0.25, 0.5, 0.15],
    [0.33, 0.58, 0.14],
    [-0.16, 0.73, 0.13],
    [0.15, 0.73, 0.11],
    [0, 0.86, 0.16],
  ].flatMap(([x, y, r], i) =>
    clump(at(x!, y!), r! * size, r! * size * 0.5, shade(green, 0.05 * (i - 2)), detail, random.fork(`pad-${i}`)),
  );
  return [
    lines('limbs', 'bark', wood, 0.6, limbs),
    surface(
      'trunk',
      ribbon(trunk, (t) => size * (0.05 - 0.036 * t + 0.03 * (1 - t) ** 6)),
      'bark',
      wood,
      0.6,
      { form: 'round', strokes: bark },
    ),
    ...(bed.withered ? [] : pads),
    ...pot(size, random.fork('pot')),
  ];
}

function pot(size: number, random: Random): Shape[] {
  const glaze = random.pick(['#4f6f8a', '#7d4a3a', '#6d7f6a', '#8a8f95']);
  const at = (x: number, y: number): Point => [x * size, -y * size];
  const moss = surface(
    'moss',
    smooth([at(-0.27, 0.135), at(-0.12, 0.17), at(0.05, 0.18), at(0.2, 0.155), at(0.27, 0.13), at(0, 0.115)], {
      closed: true,
    }),
    'grass',
    '#7d9a52',
    0.4,
  );
  const body = smooth(
    [
      at(-0.29, 0.115),
      at(-0.27, 0.05),
      at(-0.22, 0.012),
      at(0, 0.006),
      at(0.22, 0.012),
      at(0.27, 0.05),
      at(0.29, 0.115),
    ],
    { steps: 5 },
  );
  const feet = [-0.19, 0.19].map((x) =>
    surface(
      'foot',
      [at(x - 0.04, 0.02), at(x + 0.04, 0.02), at(x + 0.03, -0.02), at(x - 0.03, -0.02)],
      'stone',
      shade(glaze, -0.3),
      0.6,
    ),
  );
  const shine = mark(
    'detail',
    smooth([at(-0.24, 0.09), at(-0.22, 0.05), at(-0.17, 0.03)]),
    size * 0.012,
    0.1,
    PRESSURE.taper,
    shade(glaze, 0.6),
  );
  const rim = surface(
    'rim',
    [at(-0.31, 0.14), at(0.31, 0.14), at(0.3, 0.11), at(-0.3, 0.11)],
    'stone',
    shade(glaze, 0.1),
    0.45,
  );
  return [...feet, surface('pot', body, 'stone', glaze, 0.5, { form: 'round', strokes: [shine] }), moss, rim];
}
