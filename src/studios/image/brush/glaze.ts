/**
 * Glazes: transparent colour on paper. Each pixel holds the optical density of three channels, so that washes over one another
 * simply add (Beer–Lambert), as ink and watercolour do.
 *
 *   density A ─▶ light that passes T = e^(−A) ─▶ a layer that multiplies what is under it
 */
import type { Layer } from '../picture/types.ts';
import { type Bitmap, createBitmap, parseHex } from '../raster/index.ts';
import type { Patch, Sheet } from './patch.ts';

export interface Glaze {
  readonly width: number;
  readonly height: number;
  /** Three densities a pixel, 0 clear. */
  readonly data: Float32Array;
}

/** Densities of a pigment at full strength. */
export type Pigment = readonly [number, number, number];

export function createGlaze({ width, height }: Sheet): Glaze {
  return { width, height, data: new Float32Array(width * height * 3) };
}

/** The pigment that looks like `#rrggbb` on white at strength 1. */
export function pigmentOf(hex: string): Pigment {
  const [r, g, b] = parseHex(hex).map((channel) => -Math.log(Math.max(0.012, channel / 255)));
  return [r!, g!, b!];
}

/** Lays pigment where a patch says, `strength` times as dense. */
export function stain(glaze: Glaze, { x: left, y: top, field }: Patch, [r, g, b]: Pigment, strength: number): void {
  for (let y = 0; y < field.height; y++) {
    let at = ((y + top) * glaze.width + left) * 3;
    for (let x = 0, from = y * field.width; x < field.width; x++, from++, at += 3) {
      const amount = field.data[from]! * strength;
      if (amount <= 0) continue;
      glaze.data[at]! += amount * r;
      glaze.data[at + 1]! += amount * g;
      glaze.data[at + 2]! += amount * b;
    }
  }
}

/** Takes away what lies under a patch: what stands before hides what is behind. `share` 1 leaves clean paper. */
export function lift(glaze: Glaze, { x: left, y: top, field }: Patch, share: number): void {
  for (let y = 0; y < field.height; y++) {
    let at = ((y + top) * glaze.width + left) * 3;
    for (let x = 0, from = y * field.width; x < field.width; x++, from++, at += 3) {
      const rest = Math.max(0, 1 - field.data[from]! * share);
      if (rest >= 1) continue;
      glaze.data[at]! *= rest;
      glaze.data[at + 1]! *= rest;
      glaze.data[at + 2]! *= rest;
    }
  }
}

/** A bitmap that, multiplied over paper, passes exactly the light of the glaze. */
export function glazeBitmap({ width, height, data }: Glaze): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let at = 0, from = 0; from < data.length; at += 4, from += 3) {
    if (data[from]! + data[from + 1]! + data[from + 2]! < 1e-3) continue;
    const [r, g, b] = [Math.exp(-data[from]!), Math.exp(-data[from + 1]!), Math.exp(-data[from + 2]!)];
    const alpha = 1 - Math.min(r, g, b);
    bitmap.data[at] = Math.round((255 * (r - 1 + alpha)) / alpha);
    bitmap.data[at + 1] = Math.round((255 * (g - 1 + alpha)) / alpha);
    bitmap.data[at + 2] = Math.round((255 * (b - 1 + alpha)) / alpha);
    bitmap.data[at + 3] = Math.round(255 * alpha);
  }
  return bitmap;
}

/** A glaze as a layer of a picture. */
export function glazeLayer(glaze: Glaze, facts: Pick<Layer, 'id' | 'names'> & Partial<Layer>): Layer {
  return { x: 0, y: 0, blend: 'multiply', ...facts, bitmap: glazeBitmap(glaze) };
}
