/** The op `image/sticker`: words become small pictures of things, by a network of our own; or a picture is changed by words. */
import { z } from 'zod';
import { defineOp, type InputWork, type NearestSeen, type PictureModel } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

const STYLES = ['flat', '3d', 'icon'] as const;
/** Stickers on the way from one prompt to another where no count is given. */
const ON_THE_WAY = 5;

export const makeSticker = defineOp({
  name: 'image/sticker',
  version: 1,
  summary: {
    en: 'Makes small pictures of things out of words, with a network of our own.',
    zh: '由文字生成贴纸小图（自有的小网络）。',
  },
  options: z.object({
    words: z.string().max(300).default('').describe('what it shall show, in Chinese or English; (x:1.3) weighs'),
    without: z.string().max(300).default('').describe('what there shall be less of'),
    between: z.string().max(300).optional().describe('other words: pictures on the way to them'),
    style: z.enum(STYLES).optional().describe('flat, 3d or icon'),
    count: z.int().min(1).max(16).optional().describe('how many; default 1, on a way 5'),
    guidance: z.number().min(0).max(12).default(3).describe('how plainly it shall be what the words say'),
    steps: z.int().min(2).max(100).default(20).describe('steps from noise to picture'),
    strength: z.number().min(0).max(1).default(0.6).describe('how far to go from a picture: 0 leaves it'),
    size: z.int().min(32).max(1024).default(256).describe('pixels of a side'),
    model: z.string().default('stickers').describe('a model that makes pictures of words'),
  }),
  inputs: [
    { name: 'picture', medium: PICTURE, optional: true },
    { name: 'mask', medium: PICTURE, optional: true },
  ],
  model: ({ model }) => model,
  async run(context, [picture, mask], options) {
    const { writeOpenRaster } = await import('../picture/index.ts');
    const { makeStickers } = await import('../stickers/index.ts');
    const model = await context.pictureModel();
    checkModel(model, options);
    const count = options.count ?? (options.between === undefined ? 1 : ON_THE_WAY);
    const wish = { ...options, count, seed: `${context.seed}`, from: await opened(picture), mask: await opened(mask) };
    const made = await makeStickers(model, wish, {
      signal: context.signal,
      progress: (done, look) => {
        context.progress({ done: Math.round(100 * done), total: 100, note: { en: 'percent', zh: '百分比' } });
        if (look) context.preview({ data: { picture: pictureData(look) } });
      },
    });
    const strange = model.strange?.(`${options.words} ${options.between ?? ''}`) ?? { guessed: [], unknown: [] };
    const facts = made.map(({ clean, share, nearest }) => ({ clean, share, nearest: nearest && told(nearest) }));
    const works = [];
    for (const [i, { width, height, layers }] of made.entries()) {
      const about = { sticker: { ...options, seed: context.seed, number: i, model: model.identity.name } };
      const bytes = await writeOpenRaster({ width, height, layers, about });
      const measures = { painter: 'stickers', ...facts[i] };
      works.push({ medium: PICTURE, title: titleOf(options.words, picture), bytes, mime: OPEN_RASTER, measures });
    }
    return { works, report: { stickers: facts, ...strange } };
  },
});

function checkModel({ source, size, styles }: PictureModel, { style }: { readonly style?: string | undefined }): void {
  if (source === 'words' && size && (style === undefined || !styles || styles.includes(style))) return;
  throw refusal(
    'input',
    'image/no-sticker-model',
    {
      en:
        style && source === 'words' ? `This model has no style '${style}'.` : 'This model makes no pictures of words.',
      zh: style && source === 'words' ? `该模型没有“${style}”样式。` : '该模型不能由文字生成图片。',
    },
    { en: 'Use the model stickers, or another style.', zh: '请使用 stickers 模型，或换一种样式。' },
  );
}

async function opened(work: InputWork | undefined): Promise<Bitmap | undefined> {
  if (!work) return undefined;
  const { mergedOf } = await import('../picture/index.ts');
  return mergedOf(work.bytes);
}

/** Plain data of a small picture, for a view on the way. */
function pictureData({ width, height, data }: Bitmap) {
  return { width, height, rgba: Buffer.from(data).toString('base64') };
}

function told({ name, source, distance, suspect }: NearestSeen) {
  return { name, source, distance, copy: distance < suspect };
}

function titleOf(words: string, picture: InputWork | undefined): string {
  return [...words.trim()].slice(0, 60).join('') || picture?.work.title || '—';
}
