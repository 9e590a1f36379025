/** The op `image/blend`: two pictures in one, by a layer mode and a mask, or grown into each other by their gradients. */
import { z } from 'zod';
import { defineOp, type InputWork } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

export const blendTwo = defineOp({
  name: 'image/blend',
  version: 2,
  summary: {
    en: 'Blends two pictures: layer modes, masks, or without a seam.',
    zh: '融合两幅画：图层模式、遮罩，或无缝融入。',
  },
  options: z.object({
    way: z
      .enum(['normal', 'multiply', 'screen', 'overlay', 'soft-light', 'darken', 'lighten', 'seamless', 'mixed'])
      .default('normal')
      .describe('mode of the layer; seamless and mixed work on gradients'),
    shape: z
      .enum(['all', 'left', 'right', 'top', 'bottom', 'centre'])
      .optional()
      .describe('where the second is seen; centre for gradients, else all'),
    softness: z.number().min(0).max(1).default(0.35).describe('width of the ramp in shares of the sheet'),
    strength: z.number().min(0).max(1).default(1).describe('opacity of the second'),
    scale: z
      .number()
      .min(0.02)
      .max(1)
      .default(1)
      .describe('width of the second as a share of the first’s; 1 covers it'),
    at: z
      .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
      .default([0.5, 0.5])
      .describe('middle of the second, in shares'),
    longest: z.int().min(64).max(4096).default(1600).describe('larger pictures are made smaller to so many pixels'),
  }),
  inputs: [
    { name: 'first', medium: PICTURE },
    { name: 'second', medium: PICTURE },
    { name: 'mask', medium: PICTURE, optional: true },
  ],
  async run(context, [first, second, mask], { way, shape, softness, longest, ...wishes }) {
    const { blendPictures, maskOf, shapedMask } = await import('../blend/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const host = await opaque(first!, longest);
    const { width, height } = host;
    const guest = await placed(second!, host, wishes);
    await context.breathe();
    const isGrown = way === 'seamless' || way === 'mixed';
    const hasEdge = guest.data.some((value, i) => i % 4 === 3 && value < 128);
    const form = shape ?? (isGrown && !hasEdge ? 'centre' : 'all');
    const seen = mask
      ? maskOf(await placed(mask, host, { scale: 1, at: [0.5, 0.5] }))
      : shapedMask(form, width, height, softness);
    const layers = blendPictures(host, guest, { way, mask: seen, strength: wishes.strength });
    const about = { blended: { way, shape: mask ? 'mask' : form, softness, ...wishes } };
    const bytes = await writeOpenRaster({ width, height, layers, about });
    return { works: [{ medium: PICTURE, title: first!.work.title, bytes, mime: OPEN_RASTER, measures: { way } }] };
  },
});

/** On white, within so many pixels. */
async function opaque({ bytes }: InputWork, longest: number): Promise<Bitmap> {
  const { layOver, mergedOf, shrink } = await import('../picture/index.ts');
  const { filledBitmap } = await import('../raster/index.ts');
  const bitmap = await shrink(await mergedOf(bytes), longest);
  const paper = filledBitmap(bitmap.width, bitmap.height, [255, 255, 255]);
  layOver(paper, { id: '', names: { en: '', zh: '' }, bitmap, x: 0, y: 0 });
  return paper;
}

/** On a transparent sheet of the host's size: covering it, or smaller and somewhere. */
async function placed(
  { bytes }: InputWork,
  { width, height }: Bitmap,
  { scale, at }: { readonly scale: number; readonly at: readonly [number, number] },
): Promise<Bitmap> {
  const { default: sharp } = await import('sharp');
  const { layOver, mergedOf } = await import('../picture/index.ts');
  const { createBitmap } = await import('../raster/index.ts');
  const own = await mergedOf(bytes);
  const wide = Math.max(1, Math.round(width * scale));
  const tall = scale === 1 ? height : Math.max(1, Math.round((wide * own.height) / own.width));
  const { data, info } = await sharp(own.data, { raw: { width: own.width, height: own.height, channels: 4 } })
    .resize({ width: wide, height: tall, fit: scale === 1 ? 'cover' : 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const bitmap: Bitmap = { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
  if (scale === 1) return bitmap;
  const sheet = createBitmap(width, height);
  const [x, y] = [Math.round(at[0] * width - wide / 2), Math.round(at[1] * height - tall / 2)];
  layOver(sheet, { id: '', names: { en: '', zh: '' }, bitmap, x, y });
  return sheet;
}
