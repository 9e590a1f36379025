/**
 * 兰: long leaves drawn with one movement, pressed and lifted and turned. The first makes an arc, the second crosses it to a phoenix eye, the
 * third breaks through the eye; the rest answer. Flowers stay low among them.
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, wander } from '../../geometry/index.ts';
import { between, dot, lines, mark, shade } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded } from '../growth/bed.ts';
import { drawBloom } from './bloom.ts';
import { SPECIES } from './species.ts';
import { leafColour, poseOf, tintOf } from './tint.ts';

/** Belly of the mantis, tail of the rat: where the leaf turns it is thin as a thread. */
const TURNS = [
  [0.35, 0.8, 1, 0.85, 0.3, 0.62, 0.9, 0.6, 0.25, 0],
  [0.3, 0.9, 1, 0.92, 0.7, 0.22, 0.55, 0.7, 0.3, 0],
  [0.4, 0.7, 0.95, 1, 0.9, 0.75, 0.5, 0.3, 0.12, 0],
  [0.3, 0.75, 0.4, 0.8, 1, 0.85, 0.6, 0.35, 0.15, 0],
];

export function drawOrchid(bed: Bed): Shape[] {
  const { random, box, detail } = bed;
  const species = SPECIES.orchid!;
  const size = Math.min(box.height, box.width) * 1.15;
  const green = leafColour(species, bed);
  const lean = random.next() < 0.5 ? -1 : 1;
  const host = clump([0, 0], size, lean, Math.round(5 + 6 * detail), bed, green, random.fork('host'));
  const guest =
    detail > 0.45
      ? clump([-lean * size * 0.3, size * 0.03], size * 0.5, -lean, 4, bed, shade(green, 0.12), random.fork('guest'))
      : [];
  const tint = tintOf(species, bed, random.fork('tint'));
  const count = detail < 0.1 ? 1 : 2 + Math.round(2 * detail);
  const flowers = Array.from({ length: count }, (_, i) =>
    flowerStem(bed, size, i, lean, tint, green, random.fork(`flower-${i}`)),
  ).flat();
  return [
    lines('leaves', 'stem', green, 0.7, guest),
    lines('leaves', 'stem', green, 0.75, host),
    ...flowers,
    ...ground(size, detail, random.fork('ground')),
  ];
}

function clump(
  foot: Point,
  size: number,
  lean: number,
  count: number,
  bed: Bed,
  green: string,
  random: Random,
): Stroke[] {
  const leaf = (angle: number, long: number, bend: number, width: number, tone: number, nth: number): Stroke => {
    const from: Point = [foot[0] + between(random, -0.02, 0.02) * size, foot[1]];
    const sway = bed.wind * 0.4 + (bed.withered ? Math.sign(bend) * 0.7 : 0);
    const line = wander(from, long, 30, (t) => angle + (bend + sway) * t ** 1.4);
    const colour = shade(mixHex(green, random.next() < 0.5 ? '#2e4a3c' : '#7f9458', between(random, 0, 0.35)), -0.12);
    return mark('leaf', line, Math.max(0.8, width), tone, TURNS[nth % TURNS.length], colour);
  };
  const wide = size * 0.021;
  const main = [
    leaf(-Math.PI / 2 + lean * 0.38, size * 1.12, lean * 1.25, wide, 0.88, 0),
    leaf(-Math.PI / 2 + lean * 0.72, size * 0.74, -lean * 0.7, wide * 0.94, 0.82, 1),
    leaf(-Math.PI / 2 - lean * 0.1, size * 0.95, -lean * 0.95, wide * 0.9, 0.85, 2),
  ];
  const rest = Array.from({ length: Math.max(0, count - 3) }, (_, i) => {
    const side = i % 2 === 0 ? lean : -lean;
    const angle = -Math.PI / 2 + side * between(random, 0.15, 1.05);
    return leaf(
      angle,
      size * between(random, 0.22, 0.66),
      side * between(random, 0.3, 1.5),
      wide * between(random, 0.6, 0.95),
      between(random, 0.5, 0.8),
      i + 1,
    );
  });
  return [...rest, ...main];
}

function flowerStem(
  bed: Bed,
  size: number,
  nth: number,
  lean: number,
  tint: Parameters<typeof drawBloom>[2],
  green: string,
  random: Random,
): Shape[] {
  const species = SPECIES.orchid!;
  const side = nth % 2 === 0 ? -lean : lean;
  const long = size * between(random, 0.34, 0.62) * (nth === 0 ? 1.08 : 0.9);
  const line: Line = wander(
    [side * size * 0.012, 0],
    long,
    16,
    (t) => -Math.PI / 2 + side * (0.25 + 0.16 * nth) + side * 0.5 * t * t,
  );
  const colour = faded(bed, mixHex(green, '#a5a86a', 0.5));
  const stem = lines('stalk', 'stem', colour, 0.5, [
    mark('branch', line, Math.max(0.6, size * 0.007), 0.5, [1, 0.7, 0.85, 0.6], shade(colour, -0.15)),
  ]);
  const heads = nth === 0 && bed.detail > 0.3 ? [0.72, 0.86, 1] : [1];
  const flowers = heads.flatMap((share) => {
    const { at, angle } = along(line, share);
    const open = share === 1 && heads.length > 1 ? 0.35 : 1;
    const pose = poseOf(species, bed, random, at, size * 0.072 * between(random, 0.85, 1.1), open);
    return drawBloom(species, { ...pose, turn: angle + Math.PI / 2 + side * between(random, 0.1, 0.8) }, tint, random);
  });
  return [stem, ...flowers];
}

/** Moss dots and small grass where it stands. */
function ground(size: number, detail: number, random: Random): Shape[] {
  const dots = Array.from({ length: Math.round(4 + 16 * detail) }, () =>
    dot(
      'texture',
      [between(random, -0.3, 0.3) * size, between(random, -0.005, 0.05) * size],
      size * between(random, 0.006, 0.016),
      between(random, 0.4, 0.8),
    ),
  );
  return [lines('ground', 'earth', '#5b5a48', 0.5, dots)];
}
