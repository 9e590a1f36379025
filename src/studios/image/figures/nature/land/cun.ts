/** Texture strokes of rock (皴法): hemp fibre, axe cuts, raindrops, and moss dots; they follow the surface of a fold. */
import type { Random } from '../../../../../core/index.ts';
import type { Point } from '../../../raster/index.ts';
import { between, dot, mark, PRESSURE } from '../../marks.ts';
import type { Stroke } from '../../types.ts';
import { downFold, type Fold, onFold, shadowOn } from './fold.ts';

export type Cun = 'hemp' | 'axe-cut' | 'raindrop';

export interface CunWish {
  readonly cun: Cun;
  readonly count: number;
  /** Where the light is: −1 left, 1 right. */
  readonly lit: -1 | 1;
  /** Units of a common stroke's width. */
  readonly width: number;
  /** How dark the darkest is. */
  readonly tone: number;
  /** How far down they reach, 0–1; default 0.85. */
  readonly to?: number;
}

/** Strokes over a fold, thick where it lies in shadow. */
export function cunOn(fold: Fold, wish: CunWish, random: Random): Stroke[] {
  const out: Stroke[] = [];
  for (let tries = 0; out.length < wish.count && tries < wish.count * 8; tries++) {
    const s = between(random, -0.97, 0.97);
    const v = 0.02 + (wish.to ?? 0.85) * random.next() ** 1.15;
    const dark = shadowOn(fold, s, v, wish.lit);
    if (random.next() < dark * 1.1) out.push(STROKES[wish.cun](fold, s, v, dark, wish, random));
  }
  return out;
}

type Draw = (fold: Fold, s: number, v: number, dark: number, wish: CunWish, random: Random) => Stroke;

const STROKES: Readonly<Record<Cun, Draw>> = {
  hemp: (fold, s, v, dark, { width, tone }, random) => {
    const tall = Math.max(1, fold.foot - fold.peak[1]);
    const long = Math.min(0.3, between(random, 0.05, 0.17) + 8 / tall);
    const drift = between(random, -0.03, 0.05) * Math.sign(s || 1);
    const phase = random.next() * 6;
    const points = downFold(
      fold,
      (at) => clampAcross(s + drift * ((at - v) / long) + 0.014 * Math.sin(phase + ((at - v) / long) * 5)),
      v,
      Math.min(0.99, v + long),
      6,
    );
    return mark('texture', points, width * between(random, 0.6, 1.25), tone * (0.35 + 0.65 * dark), PRESSURE.hemp);
  },
  'axe-cut': (fold, s, v, dark, { width, tone, lit }, random) => {
    const [x, y] = onFold(fold, s, v);
    const long = width * between(random, 3, 8);
    const angle = Math.PI / 2 + lit * between(random, 0.12, 0.6);
    const end: Point = [x + Math.cos(angle) * long, Math.min(fold.foot, y + Math.sin(angle) * long)];
    const middle: Point = [(x + end[0]) / 2 + lit * long * 0.06, (y + end[1]) / 2];
    return mark(
      'texture',
      [[x, y], middle, end],
      width * between(random, 1.2, 2.9),
      tone * (0.3 + 0.7 * dark),
      PRESSURE.nail,
    );
  },
  raindrop: (fold, s, v, dark, { width, tone }, random) => {
    const points = downFold(
      fold,
      () => s,
      v,
      Math.min(0.99, v + (width * between(random, 2, 4)) / (fold.foot - fold.peak[1])),
      2,
    );
    return mark('texture', points, width * between(random, 0.9, 1.7), tone * (0.3 + 0.7 * dark), [0.3, 1, 0.7]);
  },
};

const clampAcross = (s: number): number => Math.min(0.98, Math.max(-0.98, s));

/** Ridges drawn as lines that come and go. */
export function ribLines(fold: Fold, width: number, tone: number, random: Random): Stroke[] {
  return fold.ribs.map((rib) => {
    const from = Math.abs(rib) * between(random, 0.12, 0.35) + 0.01;
    const bend = between(random, -0.12, 0.12);
    const to = Math.min(0.95, from + between(random, 0.3, 0.6));
    const points = downFold(
      fold,
      (v) => clampAcross(rib + bend * (v - from) + 0.05 * Math.sin(v * 11 + rib * 9)),
      from,
      to,
      16,
    );
    return mark('contour', points, width * between(random, 0.6, 1), tone, [0.4, 1, 0.7, 0.9, 0.4, 0.05]);
  });
}

/** Moss dots (苔点) along the skylines and ridges, in clumps. */
export function mossOn(fold: Fold, count: number, width: number, random: Random): Stroke[] {
  const out: Stroke[] = [];
  while (out.length < count) {
    const s = random.next() < 0.55 ? (random.next() < 0.5 ? -1 : 1) * between(random, 0.9, 1) : random.pick(fold.ribs);
    const v = between(random, 0.03, 0.7);
    const clump = 2 + random.integer(5);
    for (let i = 0; i < clump && out.length < count; i++) {
      const [x, y] = onFold(fold, s + between(random, -0.04, 0.04), v + i * 0.012);
      out.push(dot('texture', [x, y], width * between(random, 0.6, 1.3), between(random, 0.6, 0.95)));
    }
  }
  return out;
}

/** Trees on a far ridge: trunks of one touch, crowns of a few. */
export function treesOn(fold: Fold, count: number, size: number, tone: number, random: Random): Stroke[] {
  const out: Stroke[] = [];
  const stands = Array.from({ length: Math.max(1, Math.round(count / 7)) }, () => ({
    s: (random.next() < 0.5 ? -1 : 1) * between(random, 0.55, 1),
    v: between(random, 0.12, 0.75),
  }));
  for (let i = 0; i < count; i++) {
    const { s, v } = stands[i % stands.length]!;
    const [x, y] = onFold(fold, s, Math.min(0.98, v + between(random, 0, 0.09)));
    const tall = size * between(random, 0.6, 1.2);
    out.push(
      mark(
        'branch',
        [
          [x, y],
          [x + tall * 0.05, y - tall * 0.6],
        ],
        size * 0.1,
        tone,
        PRESSURE.nail,
      ),
    );
    // Tiers of a far pine, narrower upwards, none of them level.
    for (let tier = 0; tier < 5; tier++) {
      const up = 0.32 + 0.15 * tier;
      const long = tall * (0.3 - 0.052 * tier) * between(random, 0.75, 1.2);
      const middle = x + tall * 0.05 * up + between(random, -0.05, 0.05) * tall;
      const level = y - tall * up;
      const bend = long * between(random, 0.1, 0.3);
      const points: Point[] = [
        [middle - long, level + bend],
        [middle, level],
        [middle + long, level + bend],
      ];
      out.push(mark('leaf', points, tall * 0.1, tone, [0.25, 1, 0.25]));
    }
  }
  return out;
}
