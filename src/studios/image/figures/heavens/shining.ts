/** What shines: halos, points of stars, soft veils of light. */
import type { Random } from '../../../../core/index.ts';
import type { Point } from '../../raster/index.ts';
import { blob, ellipse, type Line } from '../geometry/index.ts';
import { between, dot, surface } from '../marks.ts';
import type { Shape, Stroke } from '../types.ts';

/** Light around a middle, fading outwards: rings of veils, the widest first. `opacity` is that of all together in the middle. */
export function halo(at: Point, inner: number, outer: number, colour: string, opacity: number): Shape[] {
  const rings = 5;
  return Array.from({ length: rings }, (_, i) => {
    const radius = outer + (inner - outer) * (i / (rings - 1)) ** 0.7;
    return surface('halo', ellipse(at, radius, radius, 0, 40), 'light', colour, 0.02, {
      softness: 1,
      glow: 0.6,
      opacity: opacity / rings,
      lined: false,
    });
  });
}

/** A veil of light without edges. */
export const veil = (part: string, outline: Line, colour: string, opacity: number, softness = 1): Shape =>
  surface(part, outline, 'light', colour, 0.03, { softness, glow: 0.5, opacity, lined: false });

/** A rounded veil somewhere. */
export const puff = (at: Point, rx: number, ry: number, colour: string, opacity: number, random: Random): Shape =>
  veil('veil', blob(at, rx, ry, random, { wobble: 0.3, corners: 11 }), colour, opacity);

/** A star as the eye sees a bright one: a small body with 4 rays. */
export function fourPointed([x, y]: Point, reach: number, waist = 0.16, turn = 0): Point[] {
  return Array.from({ length: 8 }, (_, i): Point => {
    const angle = turn + (i / 8) * 2 * Math.PI;
    const away = i % 2 === 0 ? reach * (i % 4 === 0 ? 0.72 : 1) : reach * waist;
    return [x + Math.cos(angle) * away, y + Math.sin(angle) * away];
  });
}

const HUES = ['#ffffff', '#fff6dc', '#e4edff', '#ffe9c9', '#d5e3ff'] as const;

/** One star by brightness 0–1: a body that glows, the brightest with rays. */
export function starShapes(at: Point, brightness: number, random: Random, colour: string = random.pick(HUES)): Shape[] {
  const radius = 1 + 2.1 * brightness;
  const look = { glow: 1, lined: false } as const;
  const body = surface('star', ellipse(at, radius, radius, 0, 10), 'light', colour, 0, look);
  if (brightness < 0.72) return [body];
  const rays = surface('rays', fourPointed(at, radius * between(random, 3.4, 5.2)), 'light', colour, 0, look);
  return [...halo(at, radius, radius * 5, colour, 0.3), rays, body];
}

/** Faint stars: dots of light, most of them hardly seen. */
export function starDots(places: readonly Point[], random: Random, strength = 1): Stroke[] {
  return places.map((at) => {
    const brightness = random.next() ** 3;
    return dot(
      'detail',
      at,
      1 + 1.5 * brightness,
      Math.min(1, strength * (0.25 + 0.75 * brightness)),
      random.pick(HUES),
    );
  });
}
