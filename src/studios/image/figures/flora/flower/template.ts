/** Petals laid flat: outlines in shares, u 0 at the foot … 1 at the tip, v −1 … 1 across; no two alike. */
import type { Random } from '../../../../../core/index.ts';
import type { Point } from '../../../raster/index.ts';
import { smooth } from '../../geometry/index.ts';
import { between } from '../../marks.ts';

export type PetalForm = 'round' | 'notched' | 'pointed' | 'strap' | 'spoon' | 'lance' | 'ruffled' | 'fan' | 'broad';

type Side = readonly (readonly [u: number, v: number])[];

interface Template {
  readonly side: Side;
  /** u in the middle of the tip. */
  readonly tip: number;
  /** How far points stray. */
  readonly stray: number;
}

const TEMPLATES: Readonly<Record<PetalForm, Template>> = {
  round: {
    side: [
      [0, 0.12],
      [0.2, 0.56],
      [0.5, 0.95],
      [0.72, 1],
      [0.9, 0.74],
      [0.985, 0.32],
    ],
    tip: 1,
    stray: 0.035,
  },
  notched: {
    side: [
      [0, 0.1],
      [0.25, 0.5],
      [0.55, 0.92],
      [0.78, 1],
      [0.95, 0.72],
      [1, 0.34],
    ],
    tip: 0.9,
    stray: 0.03,
  },
  pointed: {
    side: [
      [0, 0.16],
      [0.2, 0.62],
      [0.45, 1],
      [0.68, 0.84],
      [0.86, 0.42],
      [0.95, 0.14],
    ],
    tip: 1,
    stray: 0.025,
  },
  strap: {
    side: [
      [0, 0.45],
      [0.2, 0.8],
      [0.6, 1],
      [0.85, 0.95],
      [0.965, 0.55],
    ],
    tip: 1,
    stray: 0.04,
  },
  spoon: {
    side: [
      [0, 0.36],
      [0.4, 0.6],
      [0.75, 1],
      [0.92, 0.84],
      [0.985, 0.34],
    ],
    tip: 1,
    stray: 0.04,
  },
  lance: {
    side: [
      [0, 0.25],
      [0.25, 0.7],
      [0.5, 1],
      [0.75, 0.7],
      [0.93, 0.24],
    ],
    tip: 1,
    stray: 0.02,
  },
  ruffled: {
    side: [
      [0, 0.14],
      [0.2, 0.6],
      [0.45, 0.95],
      [0.66, 1.05],
      [0.82, 1],
      [0.9, 0.8],
      [0.985, 0.66],
      [0.94, 0.42],
      [1, 0.22],
    ],
    tip: 0.94,
    stray: 0.06,
  },
  fan: {
    side: [
      [0, 0.06],
      [0.3, 0.3],
      [0.7, 0.82],
      [0.92, 1.08],
      [0.985, 0.86],
      [0.985, 0.42],
    ],
    tip: 1.02,
    stray: 0.02,
  },
  broad: {
    side: [
      [0, 0.3],
      [0.18, 0.72],
      [0.42, 1],
      [0.7, 0.97],
      [0.88, 0.66],
      [0.96, 0.3],
    ],
    tip: 1,
    stray: 0.03,
  },
};

/** The closed outline of one petal; `fineness` new points for every corner. */
export function petalOutline(form: PetalForm, random: Random, fineness: number): Point[] {
  const { side, tip, stray } = TEMPLATES[form];
  const strayed = (sign: 1 | -1) =>
    side.map(
      ([u, v]): Point => [
        u === 0 ? 0 : u + between(random, -stray, stray) * 0.8,
        sign * v * (1 + between(random, -stray, stray) * 1.6),
      ],
    );
  const loop: Point[] = [
    ...strayed(1),
    [tip + between(random, -stray, stray) * 0.6, between(random, -0.1, 0.1)],
    ...strayed(-1).reverse(),
  ];
  return smooth(loop, { closed: true, steps: fineness });
}
