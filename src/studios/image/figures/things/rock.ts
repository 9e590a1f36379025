/**
 * A stone, or two or three that lean together: each a broken outline with a light top, a face in half shade and a side in shadow (石分三面),
 * texture strokes that follow the faces, moss dots, a little grass at the foot.
 */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { between, dot, lines, mark, PRESSURE, shade, surface } from '../marks.ts';
import { isSnowy } from '../season.ts';
import type { Drawer, DrawingContext, Shape, Stroke } from '../types.ts';

const STONE = '#97938a';

/** The largest stone last, so that it leans before the others. */
export const drawRock: Drawer = (placed, context) => {
  const { box, colour = STONE } = placed;
  const { random, detail } = context;
  const count = detail < 0.12 ? 1 : 2 + random.integer(2);
  const stones = Array.from({ length: count }, (_, i): Box => {
    if (i === count - 1) return { x: box.x + box.width * 0.12, y: box.y, width: box.width * 0.72, height: box.height };
    const size = between(random, 0.34, 0.5);
    const side = i % 2 === 0 ? between(random, 0.52, 0.62) : between(random, -0.04, 0.06);
    const height = box.height * size * 0.95;
    return { x: box.x + box.width * side, y: box.y + box.height - height, width: box.width * size, height };
  });
  return [
    ...stones.flatMap((stone, i) => drawStone(stone, shade(colour, i * 0.04), placed, context)),
    footing(box, context),
  ];
};

/** Share of the width and of the height of the corners of a stone, from its left foot over its top to its right foot. */
function cornersOf(random: Random): Point[] {
  const raw: readonly Point[] = [
    [0, 1],
    [0.03, 0.72],
    [0.14, 0.44],
    [0.25, 0.2],
    [0.42, 0.02],
    [0.6, 0.05],
    [0.74, 0.24],
    [0.88, 0.46],
    [0.97, 0.74],
    [1, 1],
  ];
  const [lean, high] = [between(random, 0.72, 1.35), between(random, -0.09, 0.09)];
  const upper = raw.map(([x, y], i): Point => {
    if (y === 1) return [x, y];
    const tall = y < 0.3 ? high * (i % 2 ? 1 : -1) * 0.6 : 0;
    return [x ** lean + between(random, -0.03, 0.03), Math.max(0, y + tall + between(random, -0.05, 0.05))];
  });
  const sole: readonly Point[] = [
    [0.84, 1.035],
    [0.62, 1.01],
    [0.38, 1.04],
    [0.14, 1.015],
  ];
  return [...upper, ...sole.map(([x, y]): Point => [x + between(random, -0.04, 0.04), y])];
}

function drawStone(box: Box, colour: string, placed: Parameters<Drawer>[0], context: DrawingContext): Shape[] {
  const { random, detail, composition } = context;
  const at = ([x, y]: Point): Point => [box.x + x * box.width, box.y + y * box.height];
  const rim = cornersOf(random);
  const lightLeft = composition.light.at[0] < box.x + box.width / 2;
  const flip = ([x, y]: Point): Point => (lightLeft ? [x, y] : [1 - x, y]);
  // The edges where the faces meet: a brow below the top, a keel down to the foot.
  const brow: Point[] = [
    [0.2, 0.34],
    [0.4, 0.3],
    [0.6, 0.36],
    [0.72, 0.3],
  ].map(([x, y]): Point => [x! + between(random, -0.03, 0.03), y! + between(random, -0.04, 0.04)]);
  const keel: Point[] = [
    brow[2]!,
    [0.64 + between(random, -0.04, 0.04), 0.58],
    [0.58 + between(random, -0.05, 0.05), 0.8],
    [0.66, 1],
  ];
  const snowy = isSnowy(placed, context);
  const body = surface('stone', rim.map(at), 'rock', colour, 0.34, {
    form: 'slope',
    strokes: strokesOf(at, flip, keel, detail, random),
  });
  const shaded = surface(
    'shadow',
    [...keel, [1, 1], [0.97, 0.74], [0.88, 0.46], [0.74, 0.26], brow[3]!].map((point) =>
      at(flip([point[0]!, point[1]!])),
    ),
    'rock',
    shade(colour, -0.34),
    0.6,
    {
      lined: false,
      softness: 0.08,
      opacity: 0.75,
    },
  );
  const top = surface(
    'top',
    [
      ...rim.slice(3, 7).map((point) => (lightLeft ? point : point)),
      ...(lightLeft ? brow.toReversed() : brow.map(flip)),
    ].map(at),
    snowy ? 'snow' : 'rock',
    snowy ? '#f8fafc' : shade(colour, 0.34),
    snowy ? 0.02 : 0.12,
    {
      lined: false,
      softness: 0.06,
      opacity: snowy ? 1 : 0.8,
    },
  );
  return [
    body,
    shaded,
    top,
    lines('edges', 'rock', shade(colour, -0.5), 0.6, edgesOf(at, flip, brow, keel, box, detail)),
  ];
}

function edgesOf(
  at: (point: Point) => Point,
  flip: (point: Point) => Point,
  brow: readonly Point[],
  keel: readonly Point[],
  box: Box,
  detail: number,
): Stroke[] {
  const wide = 0.8 + 0.012 * box.width;
  const broken = keel.slice(0, detail > 0.3 ? 4 : 3);
  return [
    mark(
      'texture',
      brow.map((point) => at(flip(point))),
      wide * 0.8,
      0.5,
      PRESSURE.breath,
    ),
    mark(
      'texture',
      broken.map((point) => at(flip(point))),
      wide,
      0.62,
      PRESSURE.hemp,
    ),
  ];
}

/** Axe cuts down the dark side, hemp fibres down the half light. */
function strokesOf(
  at: (point: Point) => Point,
  flip: (point: Point) => Point,
  keel: readonly Point[],
  detail: number,
  random: Random,
): Stroke[] {
  const count = Math.round(5 + 26 * detail);
  const cuts = Array.from({ length: count }, (): Stroke => {
    const isDark = random.next() < 0.62;
    const x = isDark ? between(random, 0.64, 0.92) : between(random, 0.1, 0.55);
    const y = between(random, isDark ? 0.42 : 0.4, 0.84);
    const long = between(random, 0.07, 0.17);
    const lean = isDark ? 0.05 : -0.03;
    return mark(
      'texture',
      [
        [x, y],
        [x + lean * 0.4, y + long * 0.5],
        [x + lean, y + long],
      ].map((point) => at(flip([point[0]!, point[1]!]))),
      isDark ? 1.8 : 1.1,
      isDark ? 0.5 : 0.3,
      isDark ? PRESSURE.nail : PRESSURE.hemp,
    );
  });
  const dots = Array.from({ length: Math.round(9 * detail) }, (): Stroke => {
    const [x, y] = keel[random.integer(keel.length - 1)]!;
    return dot(
      'detail',
      at(flip([x + between(random, -0.1, 0.1), y + between(random, -0.06, 0.08)])),
      between(random, 2, 4),
      0.6,
      '#4d5a42',
    );
  });
  return [...cuts, ...dots];
}

/** Blades before the foot, so that the stone does not stand on the ground like a box. */
function footing({ x, y, width, height }: Box, { random, detail, composition }: DrawingContext): Shape {
  const blades = composition.weather === 'snow' ? 6 : Math.round(8 + 30 * detail);
  const strokes = Array.from({ length: blades }, (): Stroke => {
    const root: Point = [x + width * between(random, 0.04, 0.98), y + height * between(random, 0.97, 1.01)];
    const long = height * between(random, 0.06, 0.16);
    const lean = long * between(random, -0.5, 0.5);
    return mark(
      'leaf',
      [root, [root[0] + lean * 0.4, root[1] - long * 0.6], [root[0] + lean, root[1] - long]],
      1.3,
      0.5,
      PRESSURE.nail,
      '#63774a',
    );
  });
  return lines('foot', 'grass', '#6f8450', 0.4, strokes);
}
