/** The op `image/recolour`: a picture in a wanted palette; its lightness stays. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp } from '../../../kernel/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

export const recolourPicture = defineOp({
  name: 'image/recolour',
  version: 1,
  summary: { en: 'Gives a picture other colours and leaves its lightness.', zh: '换色：改用所给配色，明暗不变。' },
  options: z.object({
    colours: z
      .array(z.string().regex(/^#[0-9a-f]{6}$/))
      .min(1)
      .max(12)
      .describe('the wanted colours, #rrggbb'),
    longest: z.int().min(64).max(4096).default(2048).describe('pixels of the longer side'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], { colours, longest }) {
    const { recolour } = await import('../palette/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const own = await opaquePicture(picture!, longest);
    const { bitmap, moves } = recolour(own, colours, createRandom(`recolour/${context.seed}`));
    const { width, height } = own;
    const layers = [
      { id: 'before', names: { en: 'before', zh: '原画' }, bitmap: own, x: 0, y: 0, visible: false },
      { id: 'recoloured', names: { en: 'recoloured', zh: '换色后' }, bitmap, x: 0, y: 0 },
    ];
    const bytes = await writeOpenRaster({ width, height, layers, about: { recoloured: { colours, moves } } });
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER }], report: { moves } };
  },
});
