/** A sketch that is ready, painted by a network, at the size of what was given. */
import { createRandom } from '../../../core/index.ts';
import type { PictureModel, PixelPlanes } from '../../../kernel/index.ts';
import { type Bitmap, createBitmap, type Field } from '../raster/index.ts';
import { layGrain } from './lay-grain.ts';
import type { ReadySketch } from './ready-sketch.ts';

/** Throws what the model throws, and `core/cancelled`. */
export async function paintByNetwork(
  { planes, ink }: ReadySketch,
  model: PictureModel,
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<Bitmap> {
  const painted = await atSize(bitmapOf(await model.make({ seed, signal, from: planes })), ink);
  return model.paper === 'rice' ? layGrain(painted, 1, createRandom(`${seed} paper`)) : painted;
}

async function atSize(painted: Bitmap, ink: Field): Promise<Bitmap> {
  if (painted.width === ink.width && painted.height === ink.height) return painted;
  const { default: sharp } = await import('sharp');
  const { width, height, data } = painted;
  const large = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ width: ink.width, height: ink.height, kernel: 'lanczos3', fit: 'fill' })
    .raw()
    .toBuffer();
  return { width: ink.width, height: ink.height, data: new Uint8ClampedArray(large) };
}

/** Planes of −1 … 1 as opaque pixels; grey ones in all three colours. */
export function bitmapOf({ width, height, channels, data }: PixelPlanes): Bitmap {
  const bitmap = createBitmap(width, height);
  const area = width * height;
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) bitmap.data[4 * i + c] = (data[(c % channels) * area + i]! + 1) * 127.5;
    bitmap.data[4 * i + 3] = 255;
  }
  return bitmap;
}
