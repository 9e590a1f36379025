/**
 * Layers → one bitmap, by the formulas of W3C Compositing and Blending Level 1, in sRGB as painting programs do it.
 */
import { type Bitmap, createBitmap } from '../raster/index.ts';
import type { Blend, Layer, Picture } from './types.ts';

type Mix = (backdrop: number, source: number) => number;

/** Channels 0–1. */
const MIXES: Readonly<Record<Exclude<Blend, 'normal' | 'plus'>, Mix>> = {
  multiply: (b, s) => b * s,
  screen: (b, s) => b + s - b * s,
  overlay: (b, s) => (b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)),
  'soft-light': (b, s) => {
    if (s <= 0.5) return b - (1 - 2 * s) * b * (1 - b);
    const d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
    return b + (2 * s - 1) * (d - b);
  },
  darken: Math.min,
  lighten: Math.max,
};

/** The visible layers over one another, on nothing. */
export function flatten({ width, height, layers }: Picture): Bitmap {
  const canvas = createBitmap(width, height);
  for (const layer of layers) if (layer.visible !== false) layOver(canvas, layer);
  return canvas;
}

/** Lays one layer over a canvas, in place. */
export function layOver(canvas: Bitmap, layer: Layer): void {
  const { bitmap, x: left, y: top, opacity = 1, blend = 'normal' } = layer;
  const x0 = Math.max(0, -left);
  const x1 = Math.min(bitmap.width, canvas.width - left);
  for (let y = Math.max(0, -top); y < Math.min(bitmap.height, canvas.height - top); y++) {
    let from = (y * bitmap.width + x0) * 4;
    let to = ((y + top) * canvas.width + x0 + left) * 4;
    for (let x = x0; x < x1; x++, from += 4, to += 4) {
      const alpha = (bitmap.data[from + 3]! / 255) * opacity;
      if (alpha > 0) layPixel(canvas.data, to, bitmap.data, from, alpha, blend);
    }
  }
}

function layPixel(
  to: Uint8ClampedArray,
  at: number,
  from: Uint8ClampedArray,
  source: number,
  alpha: number,
  blend: Blend,
): void {
  const below = to[at + 3]! / 255;
  const together = blend === 'plus' ? Math.min(1, alpha + below) : alpha + below - alpha * below;
  for (let channel = 0; channel < 3; channel++) {
    const b = to[at + channel]! / 255;
    const s = from[source + channel]! / 255;
    const premultiplied =
      blend === 'plus'
        ? Math.min(together, alpha * s + below * b)
        : (1 - below) * alpha * s +
          below * alpha * (blend === 'normal' ? s : MIXES[blend](b, s)) +
          (1 - alpha) * below * b;
    to[at + channel] = Math.round((255 * premultiplied) / together);
  }
  to[at + 3] = Math.round(255 * together);
}
