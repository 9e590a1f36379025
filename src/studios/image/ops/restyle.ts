/** The op `image/restyle`: one picture in the manner of another. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp, type InputWork } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { layerCover, opaquePicture } from './take-picture.ts';

export const restylePicture = defineOp({
  name: 'image/restyle',
  version: 2,
  summary: { en: 'Paints one picture in the manner of another.', zh: '风格迁移：以一幅画的手法画另一幅。' },
  options: z.object({
    strength: z.number().min(0).max(1).default(0.6).describe('0 only its colours … 1 little but the style'),
    keepColours: z.boolean().default(false).describe('whether the content keeps its own colours'),
    coloursOnly: z.boolean().default(false).describe('takes the colours alone, no strokes'),
    layer: z.string().optional().describe('only where this layer of the content is painted'),
    longest: z.int().min(64).max(2048).default(768).describe('pixels of the longer side'),
  }),
  inputs: [
    { name: 'content', medium: PICTURE },
    { name: 'style', medium: PICTURE },
    { name: 'mask', medium: PICTURE, optional: true },
  ],
  async run(context, [content, style, mask], { strength, keepColours, coloursOnly, layer, longest }) {
    const { restyle, transferColours, coverOf, paintWhere } = await import('../style/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const [own, manner] = await Promise.all([opaquePicture(content!, longest), opaquePicture(style!, longest)]);
    const where = await maskOf(content!, mask, layer);
    const progress = (done: number): void =>
      context.progress({ done, total: 1, note: { en: 'restyled', zh: '已换风格' } });
    const random = createRandom(`restyle/${context.seed}`);
    const breathe = (): Promise<void> => context.breathe();
    const everywhere = coloursOnly
      ? transferColours(own, manner, random, strength)
      : await restyle(own, manner, { strength, keepColours, random, breathe, progress });
    const made = where ? paintWhere(own, everywhere, coverOf(where, own.width, own.height)) : everywhere;
    const { width, height } = made;
    const layers = [
      { id: 'content', names: { en: 'content', zh: '原画' }, bitmap: own, x: 0, y: 0, visible: false },
      { id: 'restyled', names: { en: 'restyled', zh: '换风格后' }, bitmap: made, x: 0, y: 0 },
    ];
    const about = { restyled: { strength, keepColours, coloursOnly, ...(layer && { layer }), masked: !!where } };
    const bytes = await writeOpenRaster({ width, height, layers, about });
    return { works: [{ medium: PICTURE, title: content!.work.title, bytes, mime: OPEN_RASTER }] };
  },
});

/** White where the style goes; undefined for everywhere. */
async function maskOf(
  content: InputWork,
  mask: InputWork | undefined,
  layer: string | undefined,
): Promise<Bitmap | undefined> {
  if (mask) return opaquePicture(mask, 2048);
  return layer === undefined ? undefined : layerCover(content, layer);
}
