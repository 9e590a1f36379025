/** Stems: soft ones drawn in one movement, thick ones as a ribbon with light and shade. */
import type { Random } from '../../../../../core/index.ts';
import type { Point } from '../../../raster/index.ts';
import { type Line, offset, ribbon, smooth, wander } from '../../geometry/index.ts';
import { between, lines, mark, shade, surface } from '../../marks.ts';
import type { Shape } from '../../types.ts';
import { toneOf } from './bed.ts';

export interface StemWish {
  readonly from: Point;
  /** Radians, −π/2 upright. */
  readonly angle: number;
  readonly length: number;
  /** Units at the foot. */
  readonly width: number;
  /** Turning along its length, radians. */
  readonly bend: number;
  readonly colour: string;
}

/** Where a stem runs: a bow with a small counter-turn. */
export function stemLine({ from, angle, length, bend }: StemWish, random: Random): Point[] {
  const turn = between(random, -0.16, 0.16);
  return wander(from, length, 18, (t) => angle + bend * t ** 1.3 + turn * Math.sin(t * 6.3));
}

/** A soft stem along a line; tapers to 0.7 of its width. */
export function softStem(line: Line, width: number, colour: string, part = 'stem'): Shape[] {
  const dark = shade(colour, -0.3);
  const tone = Math.min(0.75, toneOf(colour) + 0.12);
  if (width < 3.2)
    return [
      lines(part, 'stem', colour, tone, [
        mark('branch', line, Math.max(0.55, width), tone, [1, 0.85, 0.8, 0.75], dark),
      ]),
    ];
  const radius = (t: number): number => (width / 2) * (1 - 0.3 * t);
  const side = offset(line, (t) => -radius(t) * 0.45);
  const shadow = mark('texture', side.slice(1, -1), width * 0.36, tone * 0.8, [0.2, 0.9, 0.6, 0.9, 0.1], dark);
  return [surface(part, ribbon(line, radius), 'stem', colour, tone, { form: 'round', strokes: [shadow] })];
}

/** A twining line around its own way: tendrils, vines. */
export function tendril(from: Point, angle: number, length: number, turns: number): Point[] {
  return smooth(
    wander(from, length, 22, (t) => angle + turns * 6.28 * t ** 1.7),
    { steps: 2 },
  );
}
