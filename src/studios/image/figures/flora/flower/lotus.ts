/**
 * Lotus in water: ribbed round leaves seen from above, from the side or still rolled, on stems with small thorns; a flower over them, a bud,
 * a seed pod; withered, the leaves hang and the stems break.
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, ribbon, smooth, wander } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, shade, surface, unit } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { drawBloom, viewOf } from './bloom.ts';
import { SPECIES } from './species.ts';
import { poseOf, tintOf } from './tint.ts';

interface Pool {
  readonly bed: Bed;
  readonly size: number;
  readonly green: string;
}

/** A stand of lotus; y 0 is the water. */
export function drawLotus(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const size = Math.min(box.height, box.width * 0.86);
  const green = faded(bed, bed.season === 'autumn' ? '#77804a' : '#4a7557', 0.7);
  const pool: Pool = { bed, size, green };
  const lean = random.next() < 0.5 ? -1 : 1;
  const pads = Array.from({ length: Math.round(1 + 4 * detail) }, (_, i) => floatingPad(pool, random.fork(`pad-${i}`)));
  const count = detail < 0.1 ? 2 : detail < 0.4 ? 3 : 5;
  const leaves = Array.from({ length: count }, (_, i) => standingLeaf(pool, i, lean, random.fork(`leaf-${i}`)));
  const [first, ...others] = leaves.map((shapes, i) => ({ shapes, i }));
  const flowers = blooms(pool, lean, random.fork('blooms'));
  return [
    ...pads.flat(),
    ...others.reverse().flatMap(({ shapes }) => shapes),
    ...flowers,
    ...(first?.shapes ?? []),
    ...waterLines(pool, random.fork('water')),
  ];
}

/** A stem from the water with thorns; withered ones break. */
function stemUp(pool: Pool, foot: Point, head: Point, width: number, random: Random): Shape[] {
  const { green, bed } = pool;
  const middle: Point = [(foot[0] + head[0]) / 2 + between(random, -0.05, 0.05) * pool.size, (foot[1] + head[1]) / 2];
  const knee: Point = [head[0] + between(random, -0.09, 0.09) * pool.size, head[1] - 0.13 * pool.size];
  const line = bed.withered ? [foot, middle, knee, head] : smooth([foot, middle, head], { steps: 8 });
  const colour = shade(mixHex(green, '#7a8a4a', 0.3), -0.1);
  const thorns = Array.from({ length: Math.round(16 * bed.detail) }, (): Stroke => {
    const { at } = along(line, random.next());
    return dot(
      'texture',
      [at[0] + between(random, -0.5, 0.5) * width, at[1]],
      Math.max(0.4, width * 0.26),
      0.8,
      shade(colour, -0.5),
    );
  });
  if (width < 2.4)
    return [
      lines('stem', 'stem', colour, 0.55, [
        mark('branch', line, Math.max(0.6, width), 0.6, [1, 0.85, 0.9, 0.8], shade(colour, -0.2)),
      ]),
    ];
  return [
    surface(
      'stem',
      ribbon(line, (t) => (width / 2) * (1.1 - 0.25 * t)),
      'stem',
      colour,
      0.45,
      { strokes: thorns },
    ),
  ];
}

function standingLeaf(pool: Pool, nth: number, lean: number, random: Random): Shape[] {
  const { size, bed } = pool;
  const across =
    [0.16 * lean, -0.34 * lean, 0.44 * lean, -0.1 * lean, -0.5 * lean][nth]! * size * between(random, 0.85, 1.15);
  const high = [0.36, 0.5, 0.28, 0.64, 0.24][nth]! * size * between(random, 0.88, 1.1);
  const radius = [0.31, 0.25, 0.21, 0.18, 0.15][nth]! * size * between(random, 0.9, 1.12);
  const at: Point = [across, -high];
  const stem = stemUp(
    pool,
    [across * 0.72 + between(random, -0.03, 0.03) * size, 0.02 * size * random.next()],
    at,
    size * 0.014,
    random,
  );
  if (bed.withered) return [...stem, ...hangingLeaf(pool, at, radius * 0.85, random)];
  if (nth === 4) return [...stem, ...rolledLeaf(pool, at, radius, random)];
  return [
    ...stem,
    ...(nth === 2 || nth === 3
      ? sideLeaf(pool, at, radius, random)
      : openLeaf(pool, at, radius, between(random, 0.95, 1.15), random)),
  ];
}

/** Seen from above: a wavy disc, ribs from its navel, the underside shown where the near rim lifts. */
function openLeaf({ green }: Pool, at: Point, radius: number, tilt: number, random: Random): Shape[] {
  const [p, q, turn] = [random.next() * 6.28, random.next() * 6.28, between(random, -0.25, 0.25)];
  const view = viewOf({ at, radius, tilt, turn, open: 1 });
  const rimZ = (a: number): number => 0.12 + 0.09 * Math.sin(2 * a + p) + 0.05 * Math.sin(5 * a + q);
  const reach = (a: number): number => 1 + 0.05 * Math.sin(3 * a + q) + 0.03 * Math.sin(8 * a + p);
  const on = (a: number, r: number): Point =>
    view([r * reach(a) * Math.cos(a), r * reach(a) * Math.sin(a), rimZ(a) * r * r]).at;
  const rim = Array.from({ length: 60 }, (_, i) => on((i / 60) * 6.2832, 1));
  const under = Array.from({ length: 21 }, (_, i) => on(0.15 + (i / 20) * 2.84, 1));
  const lip = [
    ...under,
    ...under
      .map(([x, y], i): Point => [at[0] + (x - at[0]) * 0.9, y + radius * 0.11 * Math.sin((i / 20) * Math.PI)])
      .reverse(),
  ];
  const pale = mixHex(green, '#c3cf9a', 0.5);
  const navel = on(0, 0);
  const core = Array.from({ length: 24 }, (_, i) => on((i / 24) * 6.2832, 0.55));
  const body = surface('lotus-leaf', rim, 'foliage', green, 0.58, { lined: false });
  const shadow = surface('leaf-heart', core, 'foliage', shade(green, -0.25), 0.72, {
    lined: false,
    softness: 0.8,
    opacity: 0.5,
    strokes: ribs(on, green, radius, random),
  });
  const edge = [rimLine(rim, 0.05, 0.5, radius, green), rimLine(rim, 0.52, 0.97, radius, green)];
  const eye = dot('detail', navel, Math.max(0.8, radius * 0.07), 0.3, pale);
  return [
    surface('leaf-under', lip, 'stem', pale, 0.3),
    body,
    shadow,
    lines('leaf-edge', 'stem', green, 0.6, [...edge, eye]),
  ];
}

const rimLine = (rim: Line, from: number, to: number, radius: number, green: string): Stroke =>
  mark(
    'contour',
    rim.slice(Math.floor(from * rim.length), Math.floor(to * rim.length)),
    Math.min(3, 0.5 + radius * 0.014),
    0.62,
    PRESSURE.breath,
    shade(green, -0.5),
  );

/** From the navel outwards, forked before the rim. */
function ribs(on: (angle: number, r: number) => Point, green: string, radius: number, random: Random): Stroke[] {
  if (radius < 7) return [];
  const count = radius < 24 ? 9 : 17;
  const ink = shade(green, -0.5);
  const width = Math.max(0.4, radius * 0.016);
  return Array.from({ length: count }, (_, i) => {
    const angle = ((i + between(random, -0.2, 0.2)) / count) * 6.2832;
    const bow = between(random, -0.06, 0.06);
    const line = [0.08, 0.25, 0.45, 0.62, between(random, 0.76, 0.9)].map((r) => on(angle + bow * r * r * 2, r));
    const forks =
      radius < 40
        ? []
        : [-1, 1].map((side) =>
            mark(
              'vein',
              [line[2]!, on(angle + side * 0.07, 0.66), on(angle + side * 0.15, between(random, 0.8, 0.94))],
              width * 0.6,
              0.45,
              PRESSURE.nail,
              ink,
            ),
          );
    return [mark('vein', line, width, 0.58, [1, 0.8, 0.6, 0.4, 0.1], ink), ...forks];
  }).flat();
}

/** Seen from the side: an umbrella, its far inside showing under the rim. */
function sideLeaf({ green }: Pool, at: Point, radius: number, random: Random): Shape[] {
  const tip = between(random, -0.3, 0.3);
  const high = radius * between(random, 0.5, 0.66);
  const scallops = 5;
  const phase = random.next() * 6;
  const rim = Array.from({ length: 41 }, (_, i): Point => {
    const u = -1 + i / 20;
    return [
      at[0] + u * radius * 1.05,
      at[1] + high * (0.42 + 0.16 * Math.sin(u * scallops + phase) + 0.3 * u * u + tip * 0.6 * u),
    ];
  });
  const dome = Array.from({ length: 25 }, (_, i): Point => {
    const u = 1 - i / 12;
    const y = at[1] - high * 0.32 * Math.cos((u * Math.PI) / 2) ** 0.8;
    return [at[0] + u * radius * 1.05, y + (rim[Math.round((u + 1) * 20)]![1] - at[1]) * Math.abs(u) ** 2.6];
  });
  const apex: Point = [at[0] + radius * tip * 0.4, at[1] - high * 0.28];
  const veins = Array.from({ length: radius < 20 ? 5 : 11 }, (_, i): Stroke => {
    const count = radius < 20 ? 5 : 11;
    const end = rim[Math.round(((i + 0.5) / count) * 40)]!;
    const middle: Point = [apex[0] + (end[0] - apex[0]) * 0.62, apex[1] + (end[1] - apex[1]) * 0.36];
    return mark(
      'vein',
      smooth([apex, middle, end], { steps: 4 }),
      Math.max(0.4, radius * 0.017),
      0.55,
      [1, 0.8, 0.6, 0.35, 0.05],
      shade(green, -0.5),
    );
  });
  const inside = rim.filter((_, i) => i > 5 && i < 35);
  const under = [
    ...inside,
    ...inside
      .map(([x, y], i): Point => [x, y - high * 0.2 - high * 0.14 * Math.sin((i / inside.length) * 3.14)])
      .reverse(),
  ];
  return [
    surface('lotus-leaf', [...rim, ...dome], 'foliage', mixHex(green, '#6f9a63', 0.25), 0.5, {
      lined: false,
      strokes: veins,
    }),
    lines('leaf-edge', 'stem', green, 0.6, [
      mark('contour', rim, Math.min(3, 0.5 + radius * 0.014), 0.62, PRESSURE.breath, shade(green, -0.5)),
      mark('contour', dome, Math.min(2.4, 0.4 + radius * 0.011), 0.45, PRESSURE.breath, shade(green, -0.5)),
    ]),
    ...(radius > 30 && tip > 0.1
      ? [surface('leaf-under', under, 'stem', shade(green, -0.3), 0.6, { lined: false, softness: 0.3, opacity: 0.4 })]
      : []),
  ];
}

/** A young leaf still rolled to a spindle. */
function rolledLeaf({ green }: Pool, at: Point, radius: number, random: Random): Shape[] {
  const angle = -Math.PI / 2 + between(random, -0.5, 0.5);
  const young = mixHex(green, '#9dbb62', 0.5);
  return [-0.12, 0.14].flatMap((turn) =>
    leaf(
      {
        form: 'lance',
        at,
        angle: angle + turn,
        length: radius * 1.5,
        width: 0.3,
        bend: -turn * 2,
        colour: shade(young, turn),
        fine: unit(radius / 80),
      },
      random,
    ),
  );
}

/** A withered leaf hangs from its broken stem like a torn cloth. */
function hangingLeaf({ green }: Pool, at: Point, radius: number, random: Random): Shape[] {
  const folds = 7;
  const rim = Array.from({ length: folds * 2 + 1 }, (_, i): Point => {
    const u = -1 + (2 * i) / (folds * 2);
    const long = radius * (1.15 - 0.5 * u * u) * (i % 2 === 0 ? between(random, 0.72, 0.95) : between(random, 1, 1.25));
    return [at[0] + u * radius * between(random, 0.68, 0.82), at[1] + long];
  });
  const outline = smooth(
    [
      [at[0], at[1] - radius * 0.06],
      [at[0] - radius * 0.4, at[1] + radius * 0.16],
      ...rim,
      [at[0] + radius * 0.42, at[1] + radius * 0.14],
    ],
    { closed: true, steps: 4 },
  );
  const ink = shade(green, -0.5);
  const veins = rim.map(([x, y], i) =>
    mark(
      'vein',
      smooth([at, [at[0] + (x - at[0]) * 0.75, at[1] + (y - at[1]) * 0.3], [x, y - radius * 0.07]], { steps: 4 }),
      Math.max(0.4, radius * 0.018),
      0.6,
      i % 2 === 0 ? PRESSURE.nail : [1, 0.6, 0.9, 0.4, 0.1],
      ink,
    ),
  );
  return [surface('lotus-leaf', outline, 'foliage', green, toneOf(green), { lined: false, strokes: veins })];
}

/** Flower, bud and pod over the leaves. */
function blooms(pool: Pool, lean: number, random: Random): Shape[] {
  const { bed, size } = pool;
  const species = SPECIES.lotus!;
  const tint = { ...tintOf(species, bed, random), heart: '#cdc04f' };
  const wanted = bed.detail < 0.12 ? 1 : bed.detail < 0.45 ? 2 : 3;
  return [0, 1, 2].slice(0, wanted).flatMap((nth) => {
    const at: Point = [
      [-0.06, 0.26, -0.27][nth]! * lean * size * between(random, 0.8, 1.2),
      -[0.84, 0.94, 0.74][nth]! * size * between(random, 0.94, 1.03),
    ];
    const foot: Point = [at[0] * 0.5 + between(random, -0.05, 0.05) * size, 0];
    const stem = stemUp(pool, foot, at, size * 0.0125, random);
    const pod = nth === 2 || bed.withered;
    if (pod && !bed.bud) return [...stem, ...seedPod(pool, at, size * 0.055, random)];
    const pose = poseOf(
      species,
      bed,
      random,
      at,
      size * (nth === 0 ? 0.215 : 0.17),
      nth === 0 ? between(random, 0.85, 1) : 0.1,
    );
    return [...stem, ...drawBloom(species, { ...pose, turn: between(random, -0.3, 0.3) }, tint, random)];
  });
}

function seedPod({ bed, green }: Pool, at: Point, radius: number, random: Random): Shape[] {
  const nod = bed.withered ? between(random, 1.7, 2.5) : between(random, -0.35, 0.35);
  const view = viewOf({ at, radius, tilt: 1.05, turn: nod, open: 1 });
  const circle = (r: number, z: number): Point[] =>
    Array.from({ length: 20 }, (_, i) => view([r * Math.cos(i * 0.314), r * Math.sin(i * 0.314), z]).at);
  const [top, low] = [circle(1, 1.3), circle(0.22, 0)];
  const colour = mixHex(green, bed.withered ? '#6b5537' : '#a9b256', 0.6);
  const seeds = Array.from({ length: 8 }, (_, i) =>
    dot(
      'detail',
      view([0.66 * Math.sqrt(i / 8) * Math.cos(i * 2.4), 0.66 * Math.sqrt(i / 8) * Math.sin(i * 2.4), 1.3]).at,
      Math.max(0.6, radius * 0.24),
      0.75,
      shade(colour, -0.5),
    ),
  );
  return [
    surface('pod-side', [...top.slice(0, 11), ...low.slice(0, 11).reverse()], 'stem', shade(colour, -0.1), 0.5),
    surface('pod', top, 'stem', shade(colour, 0.12), 0.35, { strokes: seeds }),
  ];
}

/** A leaf lying on the water, cut to its middle. */
function floatingPad({ size, green }: Pool, random: Random): Shape[] {
  const radius = size * between(random, 0.05, 0.105);
  const at: Point = [between(random, -0.62, 0.62) * size, between(random, -0.015, 0.075) * size];
  const cut = random.next() * 6.28;
  const rim = Array.from({ length: 30 }, (_, i): Point => {
    const a = cut + 0.16 + (i / 29) * 5.96;
    return [at[0] + radius * Math.cos(a), at[1] + radius * 0.26 * Math.sin(a)];
  });
  const veins =
    radius < 6
      ? []
      : Array.from({ length: 7 }, (_, i) =>
          mark('vein', [at, rim[Math.round(2 + i * 4.2)]!], radius * 0.022, 0.35, PRESSURE.nail, shade(green, -0.4)),
        );
  return [
    surface('pad', [at, ...rim], 'stem', mixHex(green, '#83a468', random.next() * 0.6), 0.42, { strokes: veins }),
  ];
}

/** The water where stems enter it. */
function waterLines({ size, bed }: Pool, random: Random): Shape[] {
  const strokes = Array.from({ length: Math.round(3 + 9 * bed.detail) }, () => {
    const from: Point = [between(random, -0.62, 0.45) * size, between(random, -0.01, 0.085) * size];
    const line = wander(from, size * between(random, 0.07, 0.22), 8, (t) => 0.05 * Math.sin(t * 9 + from[0]));
    return mark('ripple', line, Math.max(0.5, size * 0.0035), between(random, 0.2, 0.4), PRESSURE.taper);
  });
  return [lines('ripples', 'water', '#8fa7b0', 0.3, strokes)];
}
