/**
 * One breaking wave, as Hokusai saw them: a back that rises, a lip that falls forward, stripes that follow the pull, claws of foam.
 *
 *   (0,0) ─ back ─▶ crest ─ lip ─▶ tip        outer line
 *   (1,0) ─ hollow, under the lip ─▶ tip      inner line
 */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { ellipse, resample, smooth, wander } from '../geometry/index.ts';
import { between, mark, PRESSURE, surface } from '../marks.ts';
import type { Shape, Stroke } from '../types.ts';
import { WATER } from './ripples.ts';

const OUTER: readonly Point[] = [
  [-0.12, 0],
  [0.08, 0.14],
  [0.22, 0.42],
  [0.34, 0.76],
  [0.48, 0.97],
  [0.64, 0.99],
  [0.78, 0.86],
  [0.86, 0.66],
];
const INNER: readonly Point[] = [
  [1.12, 0],
  [0.9, 0.05],
  [0.68, 0.14],
  [0.55, 0.32],
  [0.52, 0.52],
  [0.58, 0.68],
  [0.7, 0.72],
  [0.86, 0.66],
];
const STEPS = 40;

export interface CrestLook {
  readonly colour: string;
  readonly deep: string;
  /** 0 a hint … 1 all claws, stripes and spray. */
  readonly detail: number;
  /** Falls to the left. */
  readonly mirrored: boolean;
}

/** A wave in a box, foam above it. */
export function crestWave(
  { x, y, width, height }: Box,
  { colour, deep, detail, mirrored }: CrestLook,
  random: Random,
): Shape[] {
  const place = ([u, v]: Point): Point => [x + width * (mirrored ? 1 - u : u), y + height * (1 - v)];
  const lean = between(random, -0.04, 0.05);
  const line = (points: readonly Point[]): Point[] =>
    resample(smooth(points.map(([u, v]): Point => [u + lean * v, v])), STEPS + 1).map(place);
  const [outer, inner] = [line(OUTER), line(INNER)];
  const size = Math.sqrt(width * height);
  const across = (i: number, share: number): Point => {
    const [a, b] = [outer[i]!, inner[i]!];
    return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
  };
  const sag = [0.8, 0.5, 0.2].map((u) => place([u, -0.09]));
  const body = surface('wave', [...outer, ...inner.toReversed(), ...sag], 'water', colour, 0.24, {
    form: 'slope',
    softness: 0.01,
    lined: false,
    strokes: [
      mark('contour', inner, 0.7 + size * 0.003, 0.45, PRESSURE.breath),
      mark('contour', outer, 0.8 + size * 0.004, 0.6, PRESSURE.breath),
    ],
  });
  return [
    body,
    ...stripes(across, 3 + Math.round(6 * detail), deep, size, random),
    foamCap(across, size, detail, random),
    ...spray(outer, size, Math.round(26 * detail), random),
  ];
}

type Across = (i: number, share: number) => Point;

/** Dark bands along the pull of the water, and lines between them. */
function stripes(across: Across, count: number, deep: string, size: number, random: Random): Shape[] {
  return Array.from({ length: count }, (_, n) => {
    const share = (n + 0.6) / (count + 0.4);
    const from = 2 + random.integer(3);
    const to = Math.floor(STEPS * between(random, 0.78, 0.9));
    const path = (by: number): Point[] =>
      Array.from({ length: to - from }, (_, i) => across(from + i, share + by * Math.sin((Math.PI * i) / (to - from))));
    const thick = 0.24 / count;
    const line = mark('ripple', path(-thick * 1.3), 0.6 + size * 0.002, 0.5, PRESSURE.breath);
    return surface('stripe', [...path(-thick), ...path(thick).reverse()], 'water', deep, 0.62, {
      lined: false,
      opacity: 0.85,
      strokes: [line],
    });
  });
}

/** White along the lip, its lower edge in claws. */
function foamCap(across: Across, size: number, detail: number, random: Random): Shape {
  const from = Math.floor(STEPS * 0.5);
  const upper = Array.from({ length: STEPS - from + 1 }, (_, i) => across(from + i, -0.02));
  const lower: Point[] = [];
  const strokes: Stroke[] = [];
  const steps = STEPS - from;
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    const bite = i % 3 === 1 ? 0.34 : 0.14;
    const reach = (0.1 + bite * (0.5 + 0.5 * t)) * between(random, 0.8, 1.2);
    const tip = across(from + i, Math.min(0.9, reach + 0.06 * t));
    lower.push(tip);
    if (i % 3 === 1 && detail > 0.2) strokes.push(...claw(tip, size * between(random, 0.035, 0.06), detail, random));
  }
  return surface('foam', [...upper, ...smooth(lower, { steps: 3 }).reverse()], 'snow', WATER.foam, 0.02, {
    strokes: [mark('contour', upper, 0.7 + size * 0.003, 0.55, PRESSURE.breath), ...strokes],
  });
}

/** Fingers that curl at their ends. */
function claw(at: Point, length: number, detail: number, random: Random): Stroke[] {
  return Array.from({ length: detail > 0.6 ? 3 : 2 }, (_, i) => {
    const start = between(random, 0.5, 2.3) + 0.3 * i;
    const turn = random.next() < 0.5 ? 1 : -1;
    const line = wander(at, length * between(random, 0.7, 1.4), 10, (t) => start + turn * 4.4 * t * t);
    return mark('ripple', line, 0.8 + length * 0.05, 0.6, PRESSURE.nail, '#4b6f86');
  });
}

/** Drops thrown up over the lip. */
function spray(outer: readonly Point[], size: number, count: number, random: Random): Shape[] {
  return Array.from({ length: count }, () => {
    const [x, y] = outer[Math.floor(STEPS * between(random, 0.5, 0.99))]!;
    const away = size * 0.1 * random.next();
    const angle = between(random, -2.6, 0.2);
    const radius = size * 0.003 + size * 0.007 * random.next() ** 2;
    const at: Point = [x + Math.cos(angle) * away, y + Math.sin(angle) * away];
    return surface('spray', ellipse(at, radius, radius, 0, 9), 'snow', WATER.foam, 0.02, { lined: false });
  });
}
