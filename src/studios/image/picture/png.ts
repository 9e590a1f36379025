/** Bitmaps ↔ PNG, through sharp. Only for bytes that we wrote: foreign files are decoded in a process with limits. */
import sharp from 'sharp';
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
export async function shrink({ width, height, data }: Bitmap, most: number, highest = most): Promise<Bitmap> {
  const { data: small, info } = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ width: most, height: highest, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(small) };
}
