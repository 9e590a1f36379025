/** The op `image/similar`: how alike one picture is to some others, and where; shown side by side. */
import { z } from 'zod';
import { defineOp, type InputWork } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

/** Pictures beside the first, at most. */
const OTHERS = 6;

export const compareToOthers = defineOp({
  name: 'image/similar',
  version: 1,
  summary: {
    en: 'Shows a picture beside those it resembles, and where.',
    zh: '把一幅画与相似的画并列，标出相似之处。',
  },
  options: z.object({
    side: z.int().min(64).max(1024).default(320).describe('pixels of the height of each'),
  }),
  inputs: [
    { name: 'picture', medium: PICTURE },
    { name: 'other', medium: PICTURE },
    ...Array.from({ length: OTHERS - 1 }, (_, i) => ({
      name: `other-${i + 2}`,
      medium: PICTURE,
      optional: true as const,
    })),
  ],
  async run(context, [picture, ...others], { side }) {
    const { writeOpenRaster } = await import('../picture/index.ts');
    const { compareFeatures, featuresOf, matchParts, sideBySide } = await import('../similar/index.ts');
    const one = await smallOf(picture!, side);
    const own = featuresOf(one);
    const compared = [];
    for (const other of others) {
      await context.breathe();
      const bitmap = await smallOf(other, side);
      const features = featuresOf(bitmap);
      const facts = { work: other.work.id, title: other.work.title, ...compareFeatures(own, features) };
      compared.push({ bitmap, ...facts, parts: matchParts(own, features, 3) });
    }
    compared.sort((a, b) => b.likeness - a.likeness);
    const alike = compared.map(({ bitmap: _, ...facts }) => ({
      ...facts,
      likeness: Math.round(facts.likeness * 1000) / 1000,
    }));
    const bytes = await writeOpenRaster({ ...sideBySide(one, compared), about: { alike } });
    const title = picture!.work.title;
    return { works: [{ medium: PICTURE, title, bytes, mime: OPEN_RASTER, measures: { alike } }], report: { alike } };
  },
});

async function smallOf({ bytes }: InputWork, side: number): Promise<Bitmap> {
  const { mergedOf, shrink } = await import('../picture/index.ts');
  return shrink(await mergedOf(bytes), side * 3, side);
}
