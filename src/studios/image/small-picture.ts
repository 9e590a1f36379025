import { mergedOf } from './picture/index.ts';

/** A kept picture so many pixels wide, at most as wide as it is, as WebP. Throws `image/bad-picture`. */
export async function smallPicture(openRaster: Uint8Array, width: number): Promise<Uint8Array> {
  const merged = await mergedOf(openRaster);
  const { default: sharp } = await import('sharp');
  return sharp(merged.data, { raw: { width: merged.width, height: merged.height, channels: 4 } })
    .resize({ width, withoutEnlargement: true, kernel: 'lanczos3' })
    .webp({ quality: 82 })
    .toBuffer();
}
