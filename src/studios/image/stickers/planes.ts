/** Bitmaps as models see them, and back. */
import sharp from 'sharp';
import type { PixelPlanes } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';

/** All of a bitmap on white, in the middle of so many pixels. */
export async function planesOf({ width, height, data }: Bitmap, wide: number, high: number): Promise<PixelPlanes> {
  const raw = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(wide, high, { fit: 'contain', background: '#ffffff00' })
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer();
  const area = wide * high;
  const planes = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) for (let c = 0; c < 3; c++) planes[c * area + i] = raw[3 * i + c]! / 127.5 - 1;
  return { width: wide, height: high, channels: 3, data: planes };
}

/** A mask, white where a picture is made anew, as the one plane that says what is kept: 1 where it is dark. */
export async function keptOf(mask: Bitmap, wide: number, high: number): Promise<PixelPlanes> {
  const { data } = await planesOf(mask, wide, high);
  const area = wide * high;
  const kept = Float32Array.from({ length: area }, (_, i) =>
    data[i]! + data[area + i]! + data[2 * area + i]! < 0 ? 1 : -1,
  );
  return { width: wide, height: high, channels: 1, data: kept };
}

/** Opaque pixels of planes with three channels. */
export function bitmapOf({ width, height, data: planes }: PixelPlanes): Bitmap {
  const area = width * height;
  const data = new Uint8ClampedArray(4 * area).fill(255);
  for (let i = 0; i < area; i++) for (let c = 0; c < 3; c++) data[4 * i + c] = 127.5 * (planes[c * area + i]! + 1);
  return { width, height, data };
}

/** A bitmap at another size, smoothly. */
export async function resized({ width, height, data }: Bitmap, wide: number, high: number): Promise<Bitmap> {
  if (width === wide && height === high) return { width, height, data };
  const made = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(wide, high, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer();
  return { width: wide, height: high, data: new Uint8ClampedArray(made) };
}
