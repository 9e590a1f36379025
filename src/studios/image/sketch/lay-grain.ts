/**
 * The grain of rice paper under a painting. A network of so few numbers learns lines, washes and tones, and draws paper as an
 * even tint: the grain of the painter's own paper, which it was shown, is put back as light and shade.
 */
import type { Random } from '../../../core/index.ts';
import { paperBitmap } from '../brush/index.ts';
import type { Bitmap } from '../raster/index.ts';

/** The ground, and its value: below white, so that there is room for light as well as for shade. */
const GREY = '#f0f0f0';
const GROUND = 240;

/** A painting with the grain of paper, as large as itself; `scale` pixels to a unit. */
export function layGrain({ width, height, data }: Bitmap, scale: number, random: Random): Bitmap {
  const look = { colour: GREY, roughness: 1, age: 0, fibres: 1 };
  const paper = paperBitmap({ width, height }, look, scale, random).data;

  const out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) out[i] = i % 4 === 3 ? data[i]! : (data[i]! * paper[i]!) / GROUND;
  return { width, height, data: out };
}
