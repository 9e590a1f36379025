/** The backdrop as an opaque bitmap: heaven and earth, or a quiet ground behind one near subject. */
import type { Composition } from '../../composition/index.ts';
import { type Bitmap, createBitmap, fromOklab, type Noise } from '../../raster/index.ts';
import type { Air } from './air.ts';
import { firmamentOf } from './firmament.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** An opaque bitmap; `scale` pixels to a unit. */
export function backdropBitmap(
  composition: Composition,
  air: Air,
  { width, height }: Size,
  scale: number,
  noise: Noise,
): Bitmap {
  const bitmap = createBitmap(width, height);
  const colourAt = firmamentOf(composition, air, { width, height }, scale, noise);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const [r, g, b] = fromOklab(colourAt(x, y));
      bitmap.data[at] = r;
      bitmap.data[at + 1] = g;
      bitmap.data[at + 2] = b;
      bitmap.data[at + 3] = 255;
    }
  }
  return bitmap;
}
