/** What drawers write shapes and strokes with: short forms of the contract, and pressures of the hand. */
import type { Random } from '../../../core/index.ts';
import { mixHex, type Point } from '../raster/index.ts';
import type { Line } from './geometry/index.ts';
import type { Material, Shape, Stroke, StrokeRole } from './types.ts';

/** Pressure along a stroke. */
export const PRESSURE = {
  /** Set down, pressed, lifted. */
  taper: [0.25, 0.85, 1, 0.8, 0.15],
  /** Pressed at the begin, drawn out to nothing: nails, needles, thorns. */
  nail: [1, 0.8, 0.5, 0.2, 0],
  /** From nothing to a belly to nothing: leaves. */
  leaf: [0.08, 0.6, 1, 0.9, 0.5, 0.05],
  /** Begins with weight and trails off: hemp fibre. */
  hemp: [0.5, 1, 0.75, 0.4, 0.1],
  /** Both ends pressed: an internode of bamboo. */
  bone: [1, 0.78, 0.7, 0.78, 1],
  /** Breathing: the long contour. */
  breath: [0.3, 0.9, 0.6, 1, 0.55, 0.85, 0.2],
  thread: [0.5, 1, 0.5],
} as const;

/** One stroke. */
export function mark(
  role: StrokeRole,
  points: Line,
  width: number,
  tone: number,
  pressure?: readonly number[],
  colour?: string,
): Stroke {
  return { role, points, width, tone, ...(pressure && { pressure }), ...(colour && { colour }) };
}

/** A touch of the brush: one round dot. */
export const dot = (role: StrokeRole, at: Point, width: number, tone: number, colour?: string): Stroke =>
  mark(role, [at], width, tone, undefined, colour);

type Extra = Partial<Omit<Shape, 'part' | 'outline' | 'material' | 'colour' | 'tone'>>;

/** One surface; flat and without strokes unless said. */
export function surface(
  part: string,
  outline: Line,
  material: Material,
  colour: string,
  tone: number,
  extra: Extra = {},
): Shape {
  return { part, outline, material, colour, tone, form: 'flat', strokes: [], ...extra };
}

/** Lines alone. */
export const lines = (
  part: string,
  material: Material,
  colour: string,
  tone: number,
  strokes: readonly Stroke[],
  extra: Extra = {},
): Shape => surface(part, [], material, colour, tone, { ...extra, strokes });

/** Evenly between two numbers. */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random.next();

/** Lighter (positive) or darker, −1 … 1. */
export const shade = (colour: string, by: number): string =>
  mixHex(colour, by > 0 ? '#ffffff' : '#0b0c10', Math.abs(by));

/** Held between 0 and 1. */
export const unit = (value: number): number => Math.min(1, Math.max(0, value));

/** Smoothly from 0 at `low` to 1 at `high`. */
export function ease(low: number, high: number, value: number): number {
  const t = unit((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}
