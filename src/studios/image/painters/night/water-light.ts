/** Night on water: what stands behind it turned over and broken by ripples, and the road of light under the moon. */
import type { Composition } from '../../composition/index.ts';
import { type Bitmap, createBitmap, type Noise } from '../../raster/index.ts';

export interface WaterRoom {
  readonly composition: Composition;
  /** Pixels to a unit. */
  readonly scale: number;
  readonly noise: Noise;
  /** Middle of the moon on the picture in units, when it is seen. */
  readonly moon: readonly [x: number, y: number, radius: number] | undefined;
}

/** The mirror on a sheet of water: `behind` is all that was painted before it, `water` its own layer. */
export function mirrorBitmap(behind: Bitmap, water: Bitmap, { composition, scale, noise, moon }: WaterRoom): Bitmap {
  const { width, height } = water;
  const out = createBitmap(width, height);
  const top = topOf(water);
  const depth = Math.max(1, height - top);
  for (let y = top; y < height; y++) {
    const near = (y - top) / depth;
    const [long, fine] = [(16 + 90 * near) * scale, (1.6 + 9 * near) * scale];
    for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
      const cover = water.data[at + 3]!;
      if (cover < 8) continue;
      const wave = noise(x / long, y / fine) + 0.5 * noise((x / long) * 2.3 + 4, (y / fine) * 1.9);
      const px = Math.min(width - 1, Math.max(0, Math.round(x + wave * (2 + 9 * near) * scale)));
      const py = Math.min(height - 1, Math.max(0, Math.round(top - (y - top) * 0.92 + wave * (1 + 10 * near) * scale)));
      const from = (py * width + px) * 4;
      const dim = 0.8 - 0.3 * near + 0.12 * wave;
      const road = moon ? roadAt(x / scale, near, wave, moon, composition) : 0;
      for (let c = 0; c < 3; c++) out.data[at + c] = behind.data[from + c]! * dim + 255 * road * [0.98, 0.92, 0.76][c]!;
      out.data[at + 3] = cover * 0.9;
    }
  }
  return out;
}

/** The first row in which there is water. */
function topOf({ width, height, data }: Bitmap): number {
  for (let y = 0; y < height; y++) {
    let covered = 0;
    for (let x = 0; x < width; x += 4) if (data[(y * width + x) * 4 + 3]! > 100) covered++;
    if (covered > width / 40) return y;
  }
  return height - 1;
}

/** Glints where the ripples face the moon: narrow far off, broad and scattered near. */
function roadAt(
  x: number,
  near: number,
  wave: number,
  [mx]: readonly [number, number, number],
  { width }: Composition,
): number {
  const half = width * (0.018 + 0.1 * near);
  const away = Math.abs(x - mx) / half;
  if (away > 3) return 0;
  const glint = Math.max(0, wave * 1.5 + 0.55 - 0.75 * near - 0.42 * away);
  return Math.min(1, glint) * Math.exp(-away * away * 0.45) * 0.9;
}
