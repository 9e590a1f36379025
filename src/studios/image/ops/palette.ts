/** The op `image/palette`: the colours of a picture, with names, as a card; or the picture in other colours. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp } from '../../../kernel/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

export const findPalette = defineOp({
  name: 'image/palette',
  version: 1,
  summary: {
    en: 'Finds the colours of a picture and colours that go with them, as a card.',
    zh: '取出一幅画的配色与相配之色，绘成色卡。',
  },
  options: z.object({
    colours: z.int().min(1).max(24).default(6).describe('how many colours at most'),
    harmony: z
      .enum(['complementary', 'analogous', 'triad', 'split', 'tetrad'])
      .optional()
      .describe('colours that go with the leading one'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], { colours, harmony }) {
    const { drawSwatch, extractPalette, harmonise, leadingColour, nameColour } = await import('../palette/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const bitmap = await opaquePicture(picture!, 512);
    const found = extractPalette(bitmap, colours, createRandom(`palette/${context.seed}`));
    const others = harmony ? harmonise(leadingColour(found), harmony) : [];
    const card = drawSwatch(
      found,
      others.map((hex) => ({ hex })),
    );
    const report = {
      colours: found.map(({ hex, share }) => ({ hex, share: Math.round(share * 1e4) / 1e4, names: nameColour(hex) })),
      ...(harmony && { harmony, others: others.map((hex) => ({ hex, names: nameColour(hex) })) }),
    };
    const names = { en: 'palette', zh: '色卡' };
    const layers = [{ id: 'palette', names, bitmap: card, x: 0, y: 0 }];
    const { width, height } = card;
    const bytes = await writeOpenRaster({ width, height, layers, about: { palette: report } });
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER }], report };
  },
});
