/** The op `image/read`: a picture file that the artist brought becomes a picture of one layer. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

export const readPictureFile = defineOp({
  name: 'image/read',
  version: 1,
  summary: { en: 'Reads a picture file that was brought.', zh: '读入带来的图片文件。' },
  options: z.object({
    longest: z.int().min(64).max(8192).default(2048).describe('larger pictures are made smaller to so many pixels'),
  }),
  inputs: [{ name: 'file', medium: 'file' }],
  async run(context, [file], { longest }) {
    const { writeOpenRaster } = await import('../picture/index.ts');
    const { width, height, data, format, texts } = await context.readPicture(file!.bytes, { longest });
    const title = file!.work.title.replace(/\.\w{2,5}$/, '');
    const layer = { id: 'picture', names: { en: title, zh: title }, bitmap: { width, height, data }, x: 0, y: 0 };
    const bytes = await writeOpenRaster({ width, height, layers: [layer], about: { read: { format, texts } } });
    return { works: [{ medium: PICTURE, title, bytes, mime: OPEN_RASTER, measures: { format } }] };
  },
});
