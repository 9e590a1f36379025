/** The op `image/contact-sheet`: pictures side by side, labelled, to compare them. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { refusal } from '../refusal.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

/** Pictures on a sheet at most. */
const MOST = 100;

const labels = z.array(z.string().max(400)).min(1).max(MOST).default(['']);

export const layContactSheet = defineOp({
  name: 'image/contact-sheet',
  version: 1,
  summary: { en: 'Lays pictures side by side with labels, to compare them.', zh: '把多幅画并排成一张带标注的小样。' },
  options: z.object({
    title: z.string().max(400).default('').describe('written above all'),
    across: labels.describe('labels of the columns'),
    down: labels.describe('labels of the rows'),
    blocks: labels.describe('labels of the blocks of a third axis'),
    cell: z.int().min(64).max(1024).default(256).describe('pixels of the longer side of each picture'),
  }),
  inputs: Array.from({ length: MOST }, (_, i) => ({
    name: `picture-${i + 1}`,
    medium: PICTURE,
    ...(i > 0 && { optional: true as const }),
  })),
  async run(context, pictures, { cell, ...words }) {
    const { contactSheet } = await import('../contact/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const places = words.across.length * words.down.length * words.blocks.length;
    if (places !== pictures.length) throw unevenSheet(places, pictures.length);
    const small = [];
    for (const picture of pictures) {
      small.push(await opaquePicture(picture, cell));
      await context.breathe();
    }
    const bytes = await writeOpenRaster(contactSheet({ pictures: small, ...words }));
    const title = words.title || pictures[0]!.work.title;
    return { works: [{ medium: PICTURE, title, bytes, mime: OPEN_RASTER }] };
  },
});

function unevenSheet(places: number, pictures: number): Error {
  return refusal(
    'input',
    'image/uneven-sheet',
    {
      en: `The labels make ${places} places for ${pictures} pictures.`,
      zh: `标注对应 ${places} 格，而图有 ${pictures} 幅。`,
    },
    { en: 'Give as many pictures as columns × rows × blocks.', zh: '图数应等于列数 × 行数 × 块数。' },
  );
}
