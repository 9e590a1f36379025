/** The subject of a picture as a model that looks at pictures sees it. */
import type { PictureEye } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';

/** The subject with soft edges, how sure the model is of its pixels (0 nowhere, 1 everywhere), its share of the picture. */
export interface SeenSubject {
  readonly bitmap: Bitmap;
  readonly confidence: number;
  readonly share: number;
}

/** Pixels of the longer side that a model is shown. */
const SIDE = 1024;

/** Throws `engine/cannot` where the model knows no subjects. */
export async function cutByEye(eye: PictureEye, picture: Bitmap, signal: AbortSignal): Promise<SeenSubject> {
  const { default: sharp } = await import('sharp');
  const { planesOf } = await import('../stickers/index.ts');
  const { width, height, data } = picture;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const seen = await eye.subject(await planesOf(picture, wide, high), { signal });
  const plane = Uint8Array.from(seen.data, (value) => 127.5 * (value + 1));
  const alpha = await sharp(plane, { raw: { width: wide, height: high, channels: 1 } })
    .resize(width, height, { fit: 'fill' })
    .extractChannel(0)
    .raw()
    .toBuffer();
  const cut = new Uint8ClampedArray(data);
  for (let i = 0; i < alpha.length; i++) cut[4 * i + 3] = alpha[i]!;
  const mean = (of: (value: number) => number): number =>
    seen.data.reduce((sum, v) => sum + of(v), 0) / seen.data.length;
  return { bitmap: { width, height, data: cut }, confidence: mean(Math.abs), share: mean((v) => (v > 0 ? 1 : 0)) };
}
