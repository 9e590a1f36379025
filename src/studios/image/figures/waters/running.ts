/** Water that runs: rivers narrow far off and broad near, streams between stones, rapids. */
import type { Random } from '../../../../core/index.ts';
import type { Composition, Placed } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Drawer, DrawingContext, Shape, Stroke } from '../types.ts';
import { afloat, type Floor, floorOf } from './floor.ts';
import { deepened, glitter, onWater, rainRings, rippleField, roughnessOf, WATER } from './ripples.ts';
import { edgeStones, farShore, landColour, tongue } from './shores.ts';

/** Middle and half width of a course at a share of its height, 0 far … 1 near. */
export interface Course {
  middle(share: number): number;
  half(share: number): number;
}

/** A course that winds, the bends smaller the farther, and passes under all that floats. */
function courseOf(
  placed: Placed,
  composition: Composition,
  floor: Floor,
  wish: { centre: number; swing: number; far: number; near: number },
  random: Random,
): Course {
  const { width } = composition;
  const phase = between(random, 0.2, 1.1) * (random.next() < 0.5 ? 1 : -1);
  const winding = (s: number): number =>
    wish.centre + wish.swing * width * (0.15 + 0.85 * s) * Math.sin(phase + 5.2 * (1 - s) ** 1.6);
  const anchors = afloat(placed, composition)
    .map(({ at, half }) => {
      const share = (at[1] - floor.top) / (floor.foot - floor.top);
      return { share, away: at[0] - winding(share), half };
    })
    .filter(({ share }) => share > 0 && share < 1);
  const pull = (s: number): number => {
    const weights = anchors.map(({ share }) => Math.exp(-(((s - share) / 0.22) ** 2)));
    const whole = Math.max(
      1,
      weights.reduce((a, b) => a + b, 0),
    );
    return anchors.reduce((sum, { away }, i) => sum + (away * weights[i]!) / whole, 0);
  };
  const room = (s: number): number =>
    Math.max(0, ...anchors.map(({ share, half }) => half * 1.25 * Math.exp(-(((s - share) / 0.2) ** 2))));
  return {
    middle: (s) => winding(s) + pull(s),
    half: (s) => Math.max(room(s), wish.far + (wish.near - wish.far) * s ** 1.25),
  };
}

/** Both banks from far to near. */
function banksOf({ top, foot }: Floor, { middle, half }: Course): readonly [left: Point[], right: Point[]] {
  const count = 48;
  const side = (sign: 1 | -1): Point[] =>
    Array.from({ length: count + 1 }, (_, i): Point => {
      const s = i / count;
      const nook = 1 + 0.12 * Math.sin(s * 17 + sign * 2) * (1 - s * 0.5) + 0.06 * Math.sin(s * 41 + sign);
      return [middle(s) + sign * half(s) * nook, top + (foot - top) * s];
    });
  return [side(-1), side(1)];
}

interface Running {
  readonly floor: Floor;
  readonly course: Course;
  readonly banks: readonly [Point[], Point[]];
  readonly span: (y: number) => readonly [number, number];
}

function runningOf(floor: Floor, course: Course): Running {
  const span = (y: number): readonly [number, number] => {
    const s = Math.min(1, Math.max(0, (y - floor.top) / (floor.foot - floor.top)));
    return [course.middle(s) - course.half(s) * 0.93, course.middle(s) + course.half(s) * 0.93];
  };
  return { floor, course, banks: banksOf(floor, course), span };
}

/** The surface, its banks in broken strokes. */
function bodyOf({ banks: [left, right] }: Running, composition: Composition): Shape[] {
  const colour = shade(landColour(composition), -0.45);
  const edges = [left, right].flatMap((bank) =>
    [0, 0.3, 0.55, 0.78].map((from, i) => {
      const piece = bank.slice(Math.floor(from * 48), Math.floor((from + 0.24) * 48) + 1);
      return mark('contour', piece, 0.7 + 0.55 * i, 0.4, PRESSURE.breath, colour);
    }),
  );
  const body = surface('surface', [...left, ...right.toReversed()], 'water', WATER.body, 0.12, {
    lined: false,
    softness: 0.01,
  });
  const deep = deepened([...left.slice(22), ...right.slice(22).reverse()], WATER.body, 0.12);
  return [body, deep, { ...onWater('banks', edges), material: 'earth' }];
}

/** Banks of sand and grass that jut into the water from both sides, farther ones thinner. */
function tonguesOf({ banks, floor }: Running, count: number, composition: Composition, random: Random): Shape[] {
  return Array.from({ length: count }, (_, i) => {
    const s = 0.05 + (0.62 * (i + 0.7 * random.next())) / count;
    const side = i % 2;
    const [x, y] = banks[side as 0 | 1][Math.round(s * 48)]!;
    const near = floor.near(y);
    return tongue(
      [x + (side ? 1 : -1) * 10 * near, y],
      (30 + 210 * near) * between(random, 0.6, 1.1),
      3 + 24 * near,
      composition,
      random,
    );
  });
}

/** Lines of the current along the course. */
function currents({ floor, course }: Running, count: number, random: Random, tone: number): Stroke[] {
  return Array.from({ length: count }, () => {
    const from = random.next() ** 0.7 * 0.9;
    const to = Math.min(0.99, from + between(random, 0.05, 0.14));
    const lane = between(random, -0.85, 0.85);
    const points = Array.from({ length: 9 }, (_, i): Point => {
      const s = from + ((to - from) * i) / 8;
      return [
        course.middle(s) + course.half(s) * (lane + 0.03 * Math.sin(i * 1.4)),
        floor.top + (floor.foot - floor.top) * s,
      ];
    });
    return mark('ripple', points, 0.6 + 1.2 * from, tone * between(random, 0.6, 1), PRESSURE.taper);
  });
}

function weathered(
  placed: Placed,
  running: Running,
  { composition, random, noise }: DrawingContext,
  most: number,
): Shape[] {
  const { floor, span } = running;
  const wet = composition.weather === 'rain' || composition.weather === 'storm';
  return [
    ...glitter(placed, floor, composition, random.fork('glitter'), span),
    onWater('ripples', rippleField(floor, { most, rough: roughnessOf(composition), span }, random, noise)),
    ...(wet ? [onWater('drops', rainRings(floor, 60, random, span))] : []),
  ];
}

/** A great river: wide water, far land, low tongues of sand. */
export const drawRiver: Drawer = (placed, context) => {
  const { composition, random } = context;
  const { width } = composition;
  const floor = { ...floorOf(placed, composition), foot: composition.height + 12 };
  const course = courseOf(
    placed,
    composition,
    floor,
    { centre: width * between(random, 0.44, 0.56), swing: 0.1, far: width * 0.1, near: width * 0.66 },
    random,
  );
  const running = runningOf(floor, course);
  return [
    farShore(floor.top + 3, -width * 0.05, width * 0.36, 11, composition, random),
    farShore(floor.top + 3, width * 0.58, width * 1.05, 14, composition, random),
    ...bodyOf(running, composition),
    ...tonguesOf(running, 7, composition, random),
    ...weathered(placed, running, context, 170),
  ];
};

/** A stream: narrow, winding, stones at its edges and in it. */
export const drawStream: Drawer = (placed, context) => {
  const { composition, random } = context;
  const { box } = placed;
  const seen = floorOf(placed, composition);
  const floor = { ...seen, foot: composition.height + 12 };
  const wide = Math.min(box.width, composition.width * 0.6);
  const course = courseOf(
    placed,
    composition,
    floor,
    { centre: box.x + box.width / 2, swing: 0.13, far: wide * 0.02, near: wide * 0.34 },
    random,
  );
  const running = runningOf(floor, course);
  const size = (share: number): number => 3 + 26 * share;
  return [
    ...bodyOf(running, composition),
    ...edgeStones(running.banks[0], 15, size, random),
    onWater('currents', currents(running, 70, random, 0.4)),
    ...weathered(placed, running, context, 40),
    ...edgeStones(running.banks[1], 13, size, random),
  ];
};

/** Rapids: a stream in haste, rocks with white water around them. */
export const drawRapids: Drawer = (placed, context) => {
  const { composition, random } = context;
  const { width } = composition;
  const floor = { ...floorOf(placed, composition), foot: composition.height + 12 };
  const course = courseOf(
    placed,
    composition,
    floor,
    { centre: width * 0.5, swing: 0.12, far: width * 0.06, near: width * 0.42 },
    random,
  );
  const running = runningOf(floor, course);
  const middle = Array.from({ length: 49 }, (_, i): Point => {
    const s = i / 48;
    return [course.middle(s) + course.half(s) * 0.5 * Math.sin(s * 23), floor.top + (floor.foot - floor.top) * s];
  });
  const stones = edgeStones(middle, 13, (share) => 6 + 34 * share, random);
  return [
    ...bodyOf(running, composition),
    ...edgeStones(running.banks[0], 12, (share) => 6 + 40 * share, random),
    onWater('currents', currents(running, 260, random, 0.5)),
    ...stones.flatMap((stone) => [stone, foamUnder(stone, random)]),
    ...edgeStones(running.banks[1], 12, (share) => 6 + 40 * share, random),
  ];
};

/** White water that breaks at the foot of a stone. */
function foamUnder({ outline }: Shape, random: Random): Shape {
  const xs = outline.map(([x]) => x);
  const foot = Math.max(...outline.map(([, y]) => y));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const reach = right - left;
  const strokes = Array.from({ length: 9 }, (_, i): Stroke => {
    const x = left + reach * ((i + random.next()) / 9);
    const drop = reach * between(random, 0.12, 0.4);
    return mark(
      'ripple',
      [
        [x, foot - drop * 0.3],
        [x + reach * 0.06, foot + drop * 0.3],
        [x + reach * between(random, -0.2, 0.3), foot + drop],
      ],
      1 + reach * 0.02,
      0.5,
      PRESSURE.nail,
    );
  });
  const edge = Array.from({ length: 25 }, (_, i): Point => {
    const angle = (i / 24) * 2 * Math.PI;
    return [
      (left + right) / 2 + Math.cos(angle) * reach * 0.62 * (1 + 0.12 * Math.sin(i * 2.6)),
      foot + Math.sin(angle) * reach * 0.13 * (1 + 0.2 * Math.sin(i * 3.1)),
    ];
  });
  return surface('foam', edge, 'snow', WATER.foam, 0.03, { lined: false, softness: 0.2, opacity: 0.85, strokes });
}
