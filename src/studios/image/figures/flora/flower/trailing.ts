/** Climbing and hanging flowers: wisteria in long clusters from twisted wood, morning-glory on its thread of a vine. */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, petal, ribbon, smooth, wander } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import type { Shape } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { softStem, tendril } from '../growth/stem.ts';
import { drawBloom } from './bloom.ts';
import { SPECIES } from './species.ts';
import { leafColour, poseOf, tintOf } from './tint.ts';
import type { Tint } from './types.ts';

/** Wood along the top, leaves, clusters that hang in unequal lengths. */
export function drawWisteria(bed: Bed): Shape[] {
  const { random, box, detail } = bed;
  const species = SPECIES.wisteria!;
  const [width, height] = [box.width, box.height];
  const tint = tintOf(species, bed, random.fork('tint'));
  const green = leafColour(species, bed);
  const wood = faded(bed, '#6a5647', 0.3);
  const vines = [0, 1].map((i): Point[] =>
    smooth(
      Array.from(
        { length: 7 },
        (_, k): Point => [
          (k / 6) * width,
          height * (0.1 + 0.05 * Math.sin(k * 1.7 + i * 2.6) + 0.02 * i) + between(random, -0.015, 0.015) * height,
        ],
      ),
      { steps: 6 },
    ),
  );
  const bark = vines.map((line, i) =>
    surface(
      'vine',
      ribbon(line, (t) => height * 0.012 * (1.2 - 0.5 * Math.abs(t - 0.4 - 0.2 * i)) * (1 + 0.2 * Math.sin(t * 30))),
      'bark',
      shade(wood, -0.1 * i),
      0.6,
      { form: 'round', strokes: [mark('texture', line, height * 0.004, 0.75, PRESSURE.breath, shade(wood, -0.5))] },
    ),
  );
  const count = detail < 0.1 ? 3 : Math.round(4 + 4 * detail);
  const clusters = Array.from({ length: count }, (_, i) => {
    const { at } = along(vines[i % 2]!, 0.08 + (0.84 * (i + between(random, 0, 0.6))) / count);
    return raceme(bed, tint, at, height * between(random, 0.4, 0.84), random.fork(`raceme-${i}`));
  });
  const leaves = Array.from({ length: Math.round(6 + 12 * detail) }, () => {
    const { at } = along(random.pick(vines), random.next());
    const side = random.next() < 0.5 ? -1 : 1;
    return leaf(
      {
        form: 'pinnate',
        at,
        angle: Math.PI / 2 + side * between(random, 0.4, 1.9),
        length: height * between(random, 0.16, 0.27),
        bend: -side * 0.5,
        colour: mixHex(green, '#a9a650', between(random, 0, 0.4)),
        fine: detail * 0.7,
      },
      random,
    );
  });
  return [
    ...leaves.slice(0, leaves.length / 2).flat(),
    ...bark,
    ...clusters.flat(),
    ...leaves.slice(leaves.length / 2).flat(),
  ];
}

/** One hanging cluster: open and pale above, dark buds at the tip. */
function raceme(bed: Bed, tint: Tint, from: Point, long: number, random: Random): Shape[] {
  const line = wander(from, long, 18, (t) => Math.PI / 2 - bed.wind * 0.3 * t + 0.08 * Math.sin(t * 4 + from[0]));
  const count = Math.round((long < 30 ? 10 : 26) + 30 * bed.detail);
  const each = Math.max(1.2, long * 0.062);
  const stalk = lines('stalk', 'stem', '#7f9150', 0.45, [
    mark('branch', line, Math.max(0.5, long * 0.006), 0.45, PRESSURE.nail, '#75874a'),
  ]);
  const florets = Array.from({ length: count }, (_, i) => {
    const share = 0.12 + (0.88 * i) / count;
    const { at } = along(line, share);
    const side = ((i * 0.618) % 1) * 2 - 1 + between(random, -0.25, 0.25);
    const spread = each * 2.3 * (1 - share) ** 0.75 + each * 0.2;
    const spot: Point = [at[0] + side * spread, at[1] + between(random, -0.5, 0.5) * each];
    return floret(spot, each * (1.08 - 0.62 * share), share, side, tint, random);
  });
  return [stalk, ...florets.flat()];
}

/** A pea flower: banner and keel; only the keel when closed. */
function floret(at: Point, size: number, share: number, side: number, tint: Tint, random: Random): Shape[] {
  const main = shade(mixHex(tint.main, tint.inner, 0.45 * (1 - share)), -0.22 * share + between(random, -0.08, 0.08));
  const angle = Math.PI / 2 + side * -0.9 + between(random, -0.4, 0.4);
  const dark = shade(tint.main, -0.28);
  const keel = petal(at, angle, size * 0.95, size * 0.62, { widest: 0.55, point: 0.3 });
  const closed = share > 0.72 || size < 2;
  if (closed) return [surface('bud', keel, 'petal', shade(main, -0.1), toneOf(main))];
  const banner = petal(at, angle - side * 1.5 - 0.3, size, size * 1.15, { widest: 0.6, point: -0.3 });
  return [
    surface('banner', banner, 'petal', shade(main, 0.22), toneOf(main) * 0.8),
    surface('keel', keel, 'petal', mixHex(main, dark, 0.45), toneOf(dark) * 0.85),
  ];
}

/** Vines that climb what is not drawn, turn at the top and hang over. */
export function drawMorningGlory(bed: Bed): Shape[] {
  const { random, box, detail } = bed;
  const species = SPECIES['morning-glory']!;
  const size = Math.min(box.height, box.width * 1.25);
  const tint = tintOf(species, bed, random.fork('tint'));
  const green = leafColour(species, bed);
  const lean = random.next() < 0.5 ? -1 : 1;
  const vines = [1, 0.72].map(
    (long, i): Line => climb(size * long * 1.25, i === 0 ? lean : -lean, random.fork(`vine-${i}`)),
  );
  const stems = vines.flatMap((line) =>
    softStem(line, Math.max(0.7, size * 0.008), mixHex(green, '#8a6a55', 0.25), 'vine'),
  );
  const curls = vines.flatMap((line) =>
    Array.from({ length: Math.round(4 * detail) }, () => {
      const { at, angle } = along(line, between(random, 0.3, 1));
      return mark(
        'branch',
        tendril(at, angle + between(random, -1, 1), size * between(random, 0.1, 0.2), between(random, -1.3, 1.3)),
        Math.max(0.5, size * 0.0035),
        0.45,
        PRESSURE.nail,
        green,
      );
    }),
  );
  const parts = vines.flatMap((line, v) => {
    const count = Math.round((v === 0 ? 11 : 7) * (0.35 + 0.65 * detail));
    return Array.from({ length: count }, (_, i) =>
      glorySite(bed, tint, green, line, (i + between(random, 0.1, 0.7)) / count, i, size, random.fork(`${v}-${i}`)),
    );
  });
  return [
    ...stems,
    lines('tendrils', 'stem', green, 0.45, curls),
    ...parts.flatMap(({ leaves }) => leaves),
    ...parts.flatMap(({ blooms }) => blooms),
  ];
}

function climb(length: number, lean: number, random: Random): Point[] {
  const phase = random.next() * 3;
  return wander(
    [lean * -0.04 * length, 0],
    length,
    40,
    (t) => -Math.PI / 2 + 0.55 * Math.sin(t * 11 + phase) * (1 - 0.4 * t) + lean * 2.3 * Math.max(0, t - 0.5) ** 1.2,
  );
}

function glorySite(
  bed: Bed,
  tint: Tint,
  green: string,
  line: Line,
  share: number,
  nth: number,
  size: number,
  random: Random,
): { leaves: Shape[]; blooms: Shape[] } {
  const species = SPECIES['morning-glory']!;
  const { at, angle } = along(line, share);
  const side = nth % 2 === 0 ? -1 : 1;
  const length = size * between(random, 0.1, 0.17) * (1.15 - 0.5 * share);
  const leaves = leaf(
    {
      form: 'heart',
      at,
      angle: angle + side * between(random, 0.7, 1.6),
      length,
      bend: side * 0.5,
      colour: mixHex(green, random.next() < 0.5 ? '#8aa84f' : '#2f5a48', between(random, 0, 0.35)),
      fine: Math.min(1, length / 90),
    },
    random,
  );
  if (nth % 3 === 2 && nth > 2) return { leaves, blooms: [] };
  const stalk = wander(at, size * between(random, 0.08, 0.17), 6, (t) => angle - side * (0.9 + 0.4 * t));
  const open = share > 0.85 ? 0.1 : random.next() < 0.25 ? 0.4 : 1;
  const pose = poseOf(species, bed, random, stalk.at(-1)!, species.size * size * between(random, 0.62, 0.98), open);
  const stalkShape = softStem(stalk, Math.max(0.6, size * 0.005), green, 'stalk');
  return {
    leaves,
    blooms: [
      ...stalkShape,
      ...drawBloom(species, { ...pose, turn: along(stalk, 1).angle + Math.PI / 2 }, tint, random),
    ],
  };
}
