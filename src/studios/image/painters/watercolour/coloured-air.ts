/** Heaven and earth in transparent colour: washes laid wet in wet, granulating as they dry, clouds left to the paper. */
import { createGlaze, type Glaze } from '../../brush/index.ts';
import { fromOklab, type Noise } from '../../raster/index.ts';
import { airOf, firmamentOf } from '../plain/index.ts';
import type { PaintJob } from '../types.ts';

/** A glaze over the whole paper. */
export function paintColouredAir({ composition, width, height, scale }: PaintJob, noise: Noise): Glaze {
  const glaze = createGlaze({ width, height });
  const colourAt = firmamentOf(composition, airOf(composition), { width, height }, scale, noise);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const grains =
        1 + 0.1 * noise(x / (9 * scale), y / (9 * scale)) + 0.08 * noise(x / (90 * scale), y / (90 * scale));
      const colour = fromOklab(colourAt(x, y));
      for (let c = 0; c < 3; c++) glaze.data[at + c] = -Math.log(Math.max(0.03, colour[c]! / 255)) * grains;
    }
  }
  return glaze;
}
