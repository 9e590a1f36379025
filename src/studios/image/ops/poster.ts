/** The op `image/poster`: a picture and some words become posters or covers in layers. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp, type InputWork, type OpOutput } from '../../../kernel/index.ts';
import { STYLES } from '../lettering/types.ts';
import type { Layout, PosterText } from '../poster/index.ts';
import { FORMAT_NAMES } from '../poster/types.ts';
import type { Bitmap } from '../raster/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

const options = z.object({
  title: z.string().max(200).optional().describe('the poem’s, or the picture’s, when absent'),
  subtitle: z.string().max(200).default(''),
  author: z.string().max(120).default(''),
  date: z.string().max(120).default(''),
  lines: z.array(z.string().max(400)).max(24).optional().describe('further words; the poem’s lines when absent'),
  format: z.enum(FORMAT_NAMES).default('book-cover').describe('size of the trimmed sheet'),
  layout: z
    .string()
    .optional()
    .describe('slip, grid, centred, film, void, calm, band, split; drawn by the seed when absent'),
  count: z.int().min(1).max(8).default(1).describe('how many, each in another layout when none is named'),
  style: z.enum(STYLES).default('brush').describe('letters written with a brush, printed with serifs, or without'),
  ruby: z
    .union([z.enum(['pinyin', 'zhuyin']), z.boolean()])
    .default(false)
    .describe('readings beside a Chinese title; true is pinyin'),
  bleed: z.number().min(0).max(20).default(0).describe('millimetres beyond the trim, for print'),
  dpi: z.int().min(36).max(600).optional().describe('pixels an inch; decides the size'),
  longest: z.int().min(200).max(8192).default(1600).describe('pixels of the longer side when no dpi is given'),
});

export const designPoster = defineOp({
  name: 'image/poster',
  version: 2,
  summary: {
    en: 'Sets words on a picture as a poster or a book cover, in layers.',
    zh: '以画与文字排成海报或封面，分图层。',
  },
  options,
  inputs: [
    { name: 'picture', medium: PICTURE },
    { name: 'poem', medium: 'verse', optional: true },
  ],
  async run(context, [picture, poem], wishes) {
    const { findLayout, LAYOUTS, makePoster } = await import('../poster/index.ts');
    const { aboutOf, writeOpenRaster } = await import('../picture/index.ts');
    const named = wishes.layout === undefined ? undefined : findLayout(wishes.layout);
    const drawn = named ? [named] : shuffled(LAYOUTS, `poster/${context.seed}`);
    const text = textOf(wishes, picture!, poem);
    const ruby = wishes.ruby === true ? 'pinyin' : wishes.ruby || undefined;
    const source = await bare(picture!);
    const works: OpOutput[] = [];
    for (let i = 0; i < wishes.count; i++) {
      await context.breathe();
      const layout = drawn[i % drawn.length]!;
      const made = await makePoster(source, text, { ...wishes, ruby, layout, seed: `${context.seed}/${i}` });
      const about = { ...aboutOf(picture!.bytes), ...made.picture.about };
      const { reads, pictureDpi } = made.facts;
      const measures = {
        layout: layout.id,
        format: wishes.format,
        style: wishes.style,
        pictureDpi,
        contrast: Math.min(...reads.map(({ ratio }) => ratio), 21),
      };
      const bytes = await writeOpenRaster({ ...made.picture, about });
      works.push({ medium: PICTURE, title: text.title.replace(/\s+/g, ' '), bytes, mime: OPEN_RASTER, measures });
      context.progress({ done: i + 1, total: wishes.count, note: { en: 'set', zh: '已排成' } });
    }
    return { works };
  },
});

function shuffled(layouts: readonly Layout[], seed: string): Layout[] {
  return createRandom(seed).shuffle([...layouts]);
}

const poemDocument = z.object({ lines: z.array(z.string()).default([]) });

function textOf(wishes: z.infer<typeof options>, picture: InputWork, poem: InputWork | undefined): PosterText {
  const { subtitle, author, date } = wishes;
  const title = wishes.title?.trim() || poem?.work.title || picture.work.title;
  const lines = wishes.lines ?? (poem ? poemDocument.parse(poem.document).lines : []);
  return { title, subtitle, author, date, lines };
}

/** The picture on white without the poem and seal that were written on it: the poster has words of its own. */
async function bare({ bytes }: InputWork): Promise<Bitmap> {
  const { flatten, layOver, readOpenRaster } = await import('../picture/index.ts');
  const { filledBitmap } = await import('../raster/index.ts');
  const { width, height, layers, about } = await readOpenRaster(bytes);
  const unwritten = layers.filter(({ id }) => id !== 'inscription' && id !== 'seal');
  const paper = filledBitmap(width, height, [255, 255, 255]);
  const bitmap = flatten({ width, height, layers: unwritten, about });
  layOver(paper, { id: 'picture', names: { en: '', zh: '' }, bitmap, x: 0, y: 0 });
  return paper;
}
