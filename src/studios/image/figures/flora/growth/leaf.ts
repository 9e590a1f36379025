/**
 * Leaves: a bent midrib, a blade by its profile, one half darker than the other, veins that run out; compound leaves of many blades.
 *
 *   foot ──midrib──▶ tip     profile: half width by share     lobes: cut into the margin
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, lengthOf, offset, wander } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { toneOf } from './bed.ts';

export type LeafForm =
  | 'ovate'
  | 'lance'
  | 'strap'
  | 'lobed'
  | 'heart'
  | 'round'
  | 'toothed'
  | 'ternate'
  | 'pinnate'
  | 'maple'
  | 'none';

export interface LeafWish {
  readonly form: LeafForm;
  readonly at: Point;
  /** Direction at the foot, radians. */
  readonly angle: number;
  /** Units. */
  readonly length: number;
  /** Whole width as a share of the length; default by form. */
  readonly width?: number;
  /** Turning along its length, radians; default 0. */
  readonly bend?: number;
  readonly colour: string;
  /** 0–1, how much is drawn in it. */
  readonly fine: number;
}

type Single = Exclude<LeafForm, 'ternate' | 'pinnate' | 'none'>;

/** Half width by share, 0–1. */
const PROFILES: Readonly<Record<Single, (t: number) => number>> = {
  ovate: (t) => hump(t, 0.7, 0.85),
  lance: (t) => hump(t, 0.75, 1.1),
  strap: (t) => Math.min(1, 0.45 + 2.2 * t) * (1 - t ** 3.2) ** 0.9,
  lobed: (t) => hump(t, 0.6, 0.7) * (0.74 + 0.26 * Math.cos(t * 6.28 * 2.6 + 0.4)),
  heart: (t) => hump(t, 0.34, 0.95),
  round: (t) => hump(t, 0.5, 0.5),
  toothed: (t) => hump(t, 0.65, 0.85) * (1 - 0.1 * ((t * 9) % 1)),
  maple: (t) => hump(t, 0.55, 0.75) * (0.6 + 0.4 * Math.abs(Math.cos(t * 6.28 * 1.5))),
};

const WIDTHS: Readonly<Record<Single, number>> = {
  ovate: 0.46,
  lance: 0.24,
  strap: 0.1,
  lobed: 0.66,
  heart: 0.85,
  round: 0.95,
  toothed: 0.44,
  maple: 0.95,
};

/** t^a (1−t)^b, 1 at its highest. */
function hump(t: number, a: number, b: number): number {
  const top = a / (a + b);
  return (t ** a * (1 - t) ** b) / (top ** a * (1 - top) ** b);
}

/** A leaf of any form. */
export function leaf(wish: LeafWish, random: Random): Shape[] {
  if (wish.form === 'none') return [];
  if (wish.form === 'ternate') return ternate(wish, random);
  if (wish.form === 'pinnate') return pinnate(wish, random);
  return blade(wish, wish.form, random);
}

/** Three blades on a stalk, each cut in three: peony. */
function ternate(wish: LeafWish, random: Random): Shape[] {
  const { at, angle, length, colour, fine } = wish;
  const stalk = wander(at, length * 0.4, 5, (t) => angle + (wish.bend ?? 0) * t);
  const end = stalk.at(-1)!;
  const parts = [-0.85, 0.8, 0].flatMap((turn, i) =>
    leaf(
      {
        ...wish,
        form: i === 2 ? 'lobed' : 'ovate',
        at: end,
        angle: angle + (wish.bend ?? 0) + turn * between(random, 0.8, 1.1),
        length: length * (i === 2 ? 0.66 : 0.5) * between(random, 0.85, 1.1),
        width: i === 2 ? 0.56 : 0.42,
        bend: turn * 0.4 + between(random, -0.3, 0.3),
        colour: mixHex(colour, i === 2 ? '#2f5230' : '#8aa05a', between(random, 0, 0.25)),
      },
      random,
    ),
  );
  return [
    lines('leaf-stalk', 'stem', colour, 0.5, [stem(stalk, length * 0.028, colour)]),
    ...(fine < 0.08 ? parts.slice(-1) : parts),
  ];
}

/** Blades in pairs along a rachis: rose, fern, wisteria. */
function pinnate(wish: LeafWish, random: Random): Shape[] {
  const { at, angle, length, colour, fine } = wish;
  const rachis = wander(at, length * 0.8, 10, (t) => angle + (wish.bend ?? 0) * t);
  const pairs = fine < 0.15 ? 2 : 3;
  const out: Shape[] = [lines('leaf-stalk', 'stem', colour, 0.5, [stem(rachis, length * 0.025, colour)])];
  for (let i = 0; i <= pairs; i++) {
    const share = 0.34 + (0.66 * i) / pairs;
    const place = along(rachis, share);
    for (const side of i === pairs ? [0] : [-1, 1]) {
      out.push(
        ...leaf(
          {
            ...wish,
            form: 'toothed',
            at: place.at,
            angle: place.angle + side * between(random, 0.8, 1.1),
            length: length * (0.34 + 0.07 * (i / pairs)) * between(random, 0.85, 1.1),
            width: 0.5,
            bend: -side * 0.35,
            colour: mixHex(colour, '#6f8a44', between(random, 0, 0.35)),
            fine: fine * 0.6,
          },
          random,
        ),
      );
    }
  }
  return out;
}

const stem = (points: Line, width: number, colour: string): Stroke =>
  mark('branch', points, Math.max(0.5, width), 0.55, [0.8, 1, 0.9, 0.7], shade(colour, -0.25));

function blade(wish: LeafWish, form: Single, random: Random): Shape[] {
  const { at, angle, length, colour, fine, bend = 0 } = wish;
  const half = (length * (wish.width ?? WIDTHS[form])) / 2;
  const rib = wander(at, length, 16, (t) => angle + bend * t + 0.12 * Math.sin(t * 5 + angle * 3));
  const profile = PROFILES[form];
  const skew = between(random, 0.85, 1.15);
  const wave = random.next() * 6;
  const reach = (side: number) => (t: number) =>
    side * half * profile(t) * (side > 0 ? skew : 2 - skew) * (1 + 0.06 * Math.sin(t * 17 + wave + side));
  const [left, right] = [offset(rib, reach(1)), offset(rib, reach(-1))];
  const tone = toneOf(colour) * 0.9;
  const dark = random.next() < 0.5 ? left : right;
  const veins = fine > 0.12 ? veinsOn(rib, { left, right }, form, wish, random) : [];
  const whole = surface('leaf', [...left, ...right.toReversed()], 'stem', colour, tone, {
    form: 'flat',
    strokes: fine > 0.3 ? [] : veins,
  });
  if (fine <= 0.3) return [whole];
  const shadow = surface('leaf-half', [...dark, ...rib.toReversed()], 'stem', shade(colour, -0.22), tone + 0.14, {
    lined: false,
    opacity: 0.6,
    softness: 0.12,
    strokes: veins,
  });
  return [whole, shadow];
}

/** Midrib and side veins, each drawn out to nothing. */
function veinsOn(
  rib: Line,
  { left, right }: { left: Line; right: Line },
  form: Single,
  wish: LeafWish,
  random: Random,
): Stroke[] {
  const { length, colour, fine } = wish;
  const ink = shade(colour, -0.45);
  const width = Math.max(0.35, 0.012 * length ** 0.85);
  const main = mark('vein', rib.slice(0, -1), width * 1.5, 0.6, [1, 0.85, 0.6, 0.35, 0.05], ink);
  if (form === 'strap') return [main];
  const count = Math.round((form === 'lance' ? 3 : 4) + 2 * fine);
  if (lengthOf(rib) < 14) return [main];
  const sides = [left, right].flatMap((edge) =>
    Array.from({ length: count }, (_, i): Stroke => {
      const t =
        (form === 'heart' || form === 'maple' ? 0.04 + 0.5 * (i / count) : 0.1 + 0.74 * (i / count)) +
        between(random, 0, 0.04);
      const from = along(rib, t).at;
      const to = along(edge, Math.min(0.97, t + 0.2 + 0.1 * (1 - t))).at;
      const share = between(random, 0.72, 0.9);
      const end: Point = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
      const ahead = along(rib, Math.min(1, t + 0.07)).at;
      const middle: Point = [(from[0] + end[0] + ahead[0] * 0.6) / 2.6, (from[1] + end[1] + ahead[1] * 0.6) / 2.6];
      return mark('vein', [from, middle, end], width * 0.8, 0.45, PRESSURE.nail, ink);
    }),
  );
  return [main, ...sides];
}
