/** The op `image/texture`: a larger picture of the look of a small one. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp } from '../../../kernel/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

export const growTexture = defineOp({
  name: 'image/texture',
  version: 1,
  summary: { en: 'Makes a larger surface of the look of a picture.', zh: '纹理合成：由一小块生出更大的同样纹理。' },
  options: z.object({
    size: z
      .tuple([z.int().min(64).max(4096), z.int().min(64).max(4096)])
      .default([1024, 1024])
      .describe('pixels, width first'),
    block: z.int().min(12).max(512).optional().describe('pixels of a piece; larger keeps larger forms; by the size'),
    tile: z.boolean().default(false).describe('whether it can be laid beside itself'),
    longest: z
      .int()
      .min(64)
      .max(2048)
      .default(512)
      .describe('pixels of the longer side of the picture it is taken from'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], { size, block, tile, longest }) {
    const { makeTile, quilt, sideBeforeCut } = await import('../texture/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const small = await opaquePicture(picture!, longest);
    const overlap = 0.125;
    const [width, height] = size.map((side) => (tile ? sideBeforeCut(side, overlap) : side)) as [number, number];
    const made = await quilt(small, {
      width,
      height,
      block,
      random: createRandom(`texture/${context.seed}`),
      breathe: () => context.breathe(),
      progress: (done) => context.progress({ done, total: 1, note: { en: 'quilted', zh: '已铺成' } }),
    });
    const bitmap = tile ? makeTile(made, { overlap }) : made;
    const layers = [{ id: 'texture', names: { en: 'texture', zh: '纹理' }, bitmap, x: 0, y: 0 }];
    const about = { texture: { block: block ?? null, tile } };
    const bytes = await writeOpenRaster({ width: bitmap.width, height: bitmap.height, layers, about });
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER }] };
  },
});
