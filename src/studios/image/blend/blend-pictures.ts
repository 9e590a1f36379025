/** Two bitmaps of one size become layers: the second over the first by a mode and a mask, or grown into it. */
import type { Blend, Layer } from '../picture/types.ts';
import type { Bitmap } from '../raster/index.ts';
import { mixed, type Poisson, seamless } from './solve-poisson.ts';

/** Modes of layers, and the two that work on gradients. */
export const WAYS = [
  'normal',
  'multiply',
  'screen',
  'overlay',
  'soft-light',
  'darken',
  'lighten',
  'seamless',
  'mixed',
] as const;

export type Way = (typeof WAYS)[number];

export interface BlendOptions {
  readonly way: Way;
  /** 0–1 a pixel: where the second is seen. */
  readonly mask: Float32Array;
  /** 0–1. */
  readonly strength: number;
}

/** The layers, bottom first. The first picture must be opaque. */
export function blendPictures(first: Bitmap, second: Bitmap, { way, mask, strength }: BlendOptions): Layer[] {
  const ground: Layer = { id: 'first', names: { en: 'first', zh: '第一幅' }, bitmap: first, x: 0, y: 0 };
  const place = { x: 0, y: 0, opacity: strength };
  if (way === 'seamless' || way === 'mixed') {
    const bitmap = grown(first, second, mask, way === 'seamless' ? seamless : mixed);
    return [ground, { id: 'grown', names: { en: 'grown in', zh: '融入' }, bitmap, ...place }];
  }
  const blend: Blend = way;
  return [
    ground,
    { id: 'second', names: { en: 'second', zh: '第二幅' }, bitmap: masked(second, mask), blend, ...place },
  ];
}

function masked({ width, height, data }: Bitmap, mask: Float32Array): Bitmap {
  const copy = new Uint8ClampedArray(data);
  for (let i = 0; i < mask.length; i++) copy[4 * i + 3] = data[4 * i + 3]! * mask[i]!;
  return { width, height, data: copy };
}

type Solver = (host: Float32Array, guest: Float32Array, poisson: Poisson) => Float32Array;

/** The second within its mask, corrected so that it meets the first without a seam; transparent elsewhere. */
function grown(first: Bitmap, second: Bitmap, mask: Float32Array, solver: Solver): Bitmap {
  const { width, height } = first;
  const region = regionOf(second, mask);
  const data = new Uint8ClampedArray(first.data.length);
  for (let c = 0; c < 3; c++) {
    const channel = (bitmap: Bitmap): Float32Array => Float32Array.from(region, (_, i) => bitmap.data[4 * i + c]!);
    const made = solver(channel(first), channel(second), { width, height, region });
    for (let i = 0; i < region.length; i++) data[4 * i + c] = made[i]!;
  }
  for (let i = 0; i < region.length; i++) data[4 * i + 3] = region[i]! * 255;
  return { width, height, data };
}

/** Inside the mask, where the guest and all its neighbours are there: at its border it must have colours to be compared with the host's. */
function regionOf({ width, height, data }: Bitmap, mask: Float32Array): Uint8Array {
  const isThere = (x: number, y: number): boolean =>
    x < 0 || y < 0 || x >= width || y >= height || data[4 * (y * width + x) + 3]! > 127;
  return Uint8Array.from(mask, (value, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const isWhole = isThere(x, y) && isThere(x - 1, y) && isThere(x + 1, y) && isThere(x, y - 1) && isThere(x, y + 1);
    return value > 0.5 && isWhole ? 1 : 0;
  });
}
