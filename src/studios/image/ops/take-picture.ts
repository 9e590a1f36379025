/** Pictures as the ops that change pictures take them in. */
import type { InputWork } from '../../../kernel/index.ts';
import { type Bitmap, createBitmap } from '../raster/index.ts';
import { refusal } from '../refusal.ts';

/** The flattened picture on white, at most so many pixels a side. Throws `image/bad-picture`. */
export async function opaquePicture({ bytes }: InputWork, longest: number): Promise<Bitmap> {
  const { mergedOf, shrink } = await import('../picture/index.ts');
  const { width, height, data } = await shrink(await mergedOf(bytes), longest);
  const flat = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    for (let c = 0; c < 3; c++) flat[i + c] = data[i + c]! * alpha + 255 * (1 - alpha);
    flat[i + 3] = 255;
  }
  return { width, height, data: flat };
}

/** What one layer covers, white on black, as large as its picture. Throws `image/unknown-layer`. */
export async function layerCover({ bytes }: InputWork, name: string): Promise<Bitmap> {
  const { readOpenRaster } = await import('../picture/index.ts');
  const { width, height, layers } = await readOpenRaster(bytes);
  const layer = layers.find(({ id, names }) => [id, names.en, names.zh].includes(name));
  if (!layer) {
    const known = layers.map(({ id }) => id).join(', ');
    throw refusal(
      'input',
      'image/unknown-layer',
      { en: `The picture has no layer '${name}'.`, zh: `图中没有名为“${name}”的图层。` },
      { en: `Its layers: ${known}.`, zh: `它的图层：${known}。` },
    );
  }
  const cover = createBitmap(width, height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) - layer.x, Math.floor(i / width) - layer.y];
    const inside = x >= 0 && y >= 0 && x < layer.bitmap.width && y < layer.bitmap.height;
    const alpha = inside ? layer.bitmap.data[(y * layer.bitmap.width + x) * 4 + 3]! : 0;
    cover.data.set([alpha, alpha, alpha, 255], 4 * i);
  }
  return cover;
}
