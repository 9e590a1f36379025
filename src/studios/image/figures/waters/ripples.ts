/** Lines on water: ripples in groups that leave most of it empty, rings, the path of light under moon and sun, drops of rain. */
import type { Random } from '../../../../core/index.ts';
import type { Composition, Placed } from '../../composition/index.ts';
import { mixHex, type Noise, type Point } from '../../raster/index.ts';
import { ellipse, type Line } from '../geometry/index.ts';
import { between, lines, mark, PRESSURE, surface } from '../marks.ts';
import type { Shape, Stroke } from '../types.ts';
import { type Floor, rowAt } from './floor.ts';

/** Colours of water in white light. */
export const WATER = { body: '#9fc2cf', deep: '#6a98ab', line: '#5b7f8f', foam: '#f7fafa' } as const;

export interface RippleOptions {
  /** Strokes at most. */
  readonly most: number;
  /** 0 calm … 1 choppy. */
  readonly rough: number;
  /** Left and right end of the water at a height. */
  readonly span?: (y: number) => readonly [number, number];
  readonly tone?: number;
}

/** One level line that waves a little. */
function ripple(at: Point, length: number, rise: number, near: number, tone: number, random: Random): Stroke {
  const phase = random.next() * 9;
  const waves = between(random, 1.2, 2.6);
  const count = 11;
  const points = Array.from({ length: count }, (_, i): Point => {
    const t = i / (count - 1) - 0.5;
    return [at[0] + length * t, at[1] + rise * Math.sin(phase + t * waves * 2 * Math.PI)];
  });
  return mark('ripple', points, 0.55 + 1.15 * near, tone * between(random, 0.6, 1), PRESSURE.taper);
}

/** Groups of three to six ripples under one another, more of them near, none over most of the water. */
export function rippleField(
  floor: Floor,
  { most, rough, span, tone = 0.42 }: RippleOptions,
  random: Random,
  noise: Noise,
): Stroke[] {
  const out: Stroke[] = [];
  for (let tries = 0; out.length < most && tries < most; tries++) {
    const y = rowAt(floor, 0.03 + 0.95 * random.next());
    const near = floor.near(y);
    const [left, right] = span?.(y) ?? [floor.left, floor.right];
    const x = left + (right - left) * random.next();
    if (noise(x / 300, y / 90 + 3) < -0.12) continue;
    const step = 2.2 + 13 * near;
    const length = (14 + 110 * near) * between(random, 0.6, 1.3);
    const group = 3 + random.integer(4);
    for (let i = 0; i < group; i++) {
      const own = length * (0.5 + 0.5 * Math.sin((Math.PI * (i + 0.5)) / group));
      const at: Point = [x + length * 0.32 * (random.next() - 0.5), y + step * i];
      if (at[1] > floor.foot - 2 || at[0] - own / 2 < left || at[0] + own / 2 > right) continue;
      out.push(ripple(at, own, (0.3 + 3.4 * near) * (0.35 + 1.1 * rough), near, tone, random));
    }
  }
  return out.slice(0, most);
}

/** Long level lines, hardly waving: calm water to the horizon. */
export function calmLines(floor: Floor, count: number, random: Random, tone = 0.24): Stroke[] {
  return Array.from({ length: count }, (_, i) => {
    const y = rowAt(floor, (i + 0.4 + 0.4 * random.next()) / count);
    const near = floor.near(y);
    const length = (floor.right - floor.left) * between(random, 0.1, 0.32);
    return ripple(
      [floor.left + (floor.right - floor.left) * random.next(), y],
      length,
      0.5 + 1.6 * near,
      near * 0.7,
      tone,
      random,
    );
  });
}

/** Rings that spread from a place, in perspective. */
export function rings(at: Point, reach: number, count: number, flat: number, tone: number): Stroke[] {
  return Array.from({ length: count }, (_, i) => {
    const radius = (reach * (i + 1)) / count;
    const ring = ellipse(at, radius, radius * flat, 0, 26);
    return mark('ripple', [...ring, ring[0]!], 1, tone * (1 - (0.6 * i) / count), [0.9, 0.5, 1, 0.35, 0.9]);
  });
}

/** Where drops strike in rain. */
export function rainRings(floor: Floor, count: number, random: Random, span?: RippleOptions['span']): Stroke[] {
  return Array.from({ length: count }, () => {
    const y = rowAt(floor, random.next());
    const near = floor.near(y);
    const [left, right] = span?.(y) ?? [floor.left, floor.right];
    return rings([left + (right - left) * random.next(), y], (4 + 17 * near) * between(random, 0.6, 1.2), 2, 0.3, 0.34);
  }).flat();
}

/** x of what shines over the water, when it is on the paper and not too high a day. */
function shiningX({ box, mirrored }: Placed, { light, width, hour, horizon, placed }: Composition): number | undefined {
  const seen = placed.find(({ element }) => element === 'sun' || element === 'moon');
  const middle = seen && seen.box.x + seen.box.width / 2;
  const [x, y] = middle === undefined ? light.at : [mirrored ? 2 * box.x + box.width - middle : middle, 0];
  const low =
    light.source === 'moon' ||
    light.source === 'dusk-glow' ||
    (light.source === 'sun' && (hour === 'dusk' || hour === 'dawn'));
  return low && x > 0 && x < width && (y < horizon || light.source !== 'moon') ? x : undefined;
}

/** The path of light: level lenses under moon or sun, closer far off, wider near. */
export function glitter(
  placed: Placed,
  floor: Floor,
  composition: Composition,
  random: Random,
  span?: RippleOptions['span'],
): Shape[] {
  const x = shiningX(placed, composition);
  if (x === undefined) return [];
  const colour = composition.light.source === 'moon' ? '#f7f2d8' : '#fbb869';
  return Array.from({ length: 46 }, (_, i): Shape[] => {
    const share = 0.01 + 0.8 * ((i + random.next()) / 46);
    const y = rowAt(floor, share);
    const near = floor.near(y);
    const wide = 14 + 70 * near;
    const at = x + wide * (random.next() + random.next() - 1);
    const half = (5 + 34 * near) * between(random, 0.5, 1.2);
    const [left, right] = span?.(y) ?? [floor.left, floor.right];
    if (at - half < left || at + half > right) return [];
    const lens = ellipse([at, y], half, 0.8 + 2.6 * near, 0, 16);
    return [
      surface('glitter', lens, 'light', colour, 0.02, {
        glow: 0.9,
        opacity: 0.8 - 0.5 * share,
        lined: false,
        softness: 0.1,
      }),
    ];
  }).flat();
}

/** How rough water is by weather and wind. */
export const roughnessOf = ({ weather, wind }: Composition): number =>
  weather === 'storm' ? 1 : weather === 'wind' ? 0.7 : Math.min(0.5, 0.15 + 0.4 * Math.abs(wind));

/** The near part of a water, where one looks down into it: a veil of deeper colour. */
export const deepened = (outline: Line, colour: string, tone: number): Shape =>
  surface('deep', outline, 'water', mixHex(colour, WATER.deep, 0.7), tone + 0.14, {
    lined: false,
    softness: 1,
    opacity: 0.6,
  });

/** Strokes on the surface of one water alone. */
export const onWater = (part: string, strokes: readonly Stroke[]): Shape =>
  lines(part, 'water', WATER.line, 0.4, strokes);
