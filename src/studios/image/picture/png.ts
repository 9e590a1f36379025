/** Bitmaps ↔ PNG, through sharp. Only for bytes that we wrote: foreign files are decoded in a process with limits. */
import sharp, { type ResizeOptions } from 'sharp';
import type { Bitmap } from '../raster/index.ts';

/** As PNG, always RGBA, without a date. */
export async function encodePng({ width, height, data }: Bitmap): Promise<Uint8Array> {
  const raw = { width, height, channels: 4 as const };
  return new Uint8Array(await sharp(data, { raw }).png({ compressionLevel: 6 }).toBuffer());
}

/** From PNG; what has no alpha becomes opaque. */
export async function decodePng(bytes: Uint8Array): Promise<Bitmap> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** A smaller copy within so many pixels; never larger than it was. */
export const shrink = (bitmap: Bitmap, most: number, highest = most): Promise<Bitmap> =>
  resize(bitmap, { width: most, height: highest, fit: 'inside', withoutEnlargement: true });

/** A copy whose longer side has so many pixels, larger or smaller. */
export const resizeTo = (bitmap: Bitmap, longest: number): Promise<Bitmap> =>
  resize(bitmap, { width: longest, height: longest, fit: 'inside', kernel: 'lanczos3' });

async function resize({ width, height, data }: Bitmap, how: ResizeOptions): Promise<Bitmap> {
  const raw = sharp(data, { raw: { width, height, channels: 4 } })
    .resize(how)
    .raw();
  const { data: sized, info } = await raw.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(sized) };
}
