/** The op `image/restyle`: one picture in the manner of another. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp, type InputWork } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

export const restylePicture = defineOp({
  name: 'image/restyle',
  version: 1,
  summary: { en: 'Paints one picture in the manner of another.', zh: '风格迁移：以一幅画的手法画另一幅。' },
  options: z.object({
    strength: z.number().min(0).max(1).default(0.6).describe('0 only its colours … 1 little but the style'),
    keepColours: z.boolean().default(false).describe('whether the content keeps its own colours'),
    coloursOnly: z.boolean().default(false).describe('takes the colours alone, no strokes'),
    longest: z.int().min(64).max(2048).default(768).describe('pixels of the longer side'),
  }),
  inputs: [
    { name: 'content', medium: PICTURE },
    { name: 'style', medium: PICTURE },
  ],
  async run(context, [content, style], { strength, keepColours, coloursOnly, longest }) {
    const { restyle, transferColours } = await import('../style/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const [own, manner] = await Promise.all([opaque(content!, longest), opaque(style!, longest)]);
    const progress = (done: number): void =>
      context.progress({ done, total: 1, note: { en: 'restyled', zh: '已换风格' } });
    const random = createRandom(`restyle/${context.seed}`);
    const made = coloursOnly
      ? transferColours(own, manner, random, strength)
      : await restyle(own, manner, { strength, keepColours, random, breathe: () => context.breathe(), progress });
    const { width, height } = made;
    const layers = [
      { id: 'content', names: { en: 'content', zh: '原画' }, bitmap: own, x: 0, y: 0, visible: false },
      { id: 'restyled', names: { en: 'restyled', zh: '换风格后' }, bitmap: made, x: 0, y: 0 },
    ];
    const bytes = await writeOpenRaster({
      width,
      height,
      layers,
      about: { restyled: { strength, keepColours, coloursOnly } },
    });
    return { works: [{ medium: PICTURE, title: content!.work.title, bytes, mime: OPEN_RASTER }] };
  },
});

/** The flattened picture on white, at most so many pixels. */
async function opaque({ bytes }: InputWork, longest: number): Promise<Bitmap> {
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
