/**
 * The op `image/look`: what a model that looks at pictures says of them: in words, how well asked words fit each. The pictures are not
 * changed; of several the best fitting comes first.
 */
import { z } from 'zod';
import { defineOp, type InputWork, type PixelPlanes, rankPictures } from '../../../kernel/index.ts';
import { refusal } from '../refusal.ts';
import { PICTURE } from './medium.ts';

/** Pictures at once, at most. */
const MOST = 12;
/** Pixels of the longer side: eyes look at less. */
const SIDE = 512;

/** What was seen in one picture. */
export interface Seen {
  readonly work: string;
  readonly title: string;
  /** In words of the model's own language; absent where it has none. */
  readonly description?: string;
  /** How well the words fit, −1 to 1; comparable within one model. Absent without words, or where the model cannot tell. */
  readonly match?: number;
}

export const lookAtPictures = defineOp({
  name: 'image/look',
  version: 1,
  summary: {
    en: 'Has a model look at pictures: what it sees, how well words fit, the best first.',
    zh: '请看图模型看图：说出所见，并按与文字的相合程度排序。',
  },
  options: z.object({
    model: z.string().min(1).describe('a model that looks at pictures'),
    words: z.string().max(1000).optional().describe('how well do these words fit?'),
  }),
  model: ({ model }) => model,
  inputs: [
    { name: 'picture', medium: PICTURE },
    ...Array.from({ length: MOST - 1 }, (_, i) => ({
      name: `picture-${i + 2}`,
      medium: PICTURE,
      optional: true as const,
    })),
  ],
  async run(context, pictures, { words }) {
    const eye = await context.pictureEye();
    const wanted = words !== undefined && eye.skills.includes('match');
    const describes = eye.skills.includes('describe');
    if (!wanted && !describes) throw seesNothing(eye.identity.name, words !== undefined);
    const planes: PixelPlanes[] = [];
    for (const picture of pictures) {
      planes.push(await smallPlanes(picture!));
      await context.breathe();
    }
    const order: readonly { readonly index: number; readonly score?: number }[] = wanted
      ? await rankPictures(eye, planes, words, { signal: context.signal })
      : planes.map((_, index) => ({ index }));
    const seen: Seen[] = [];
    for (const { index, score: match } of order) {
      const { work } = pictures[index]!;
      const description = describes ? await eye.describe(planes[index]!, { signal: context.signal }) : undefined;
      seen.push({
        work: work.id,
        title: work.title,
        ...(description !== undefined && { description }),
        ...(match !== undefined && { match: Math.round(match * 10_000) / 10_000 }),
      });
      context.progress({ done: seen.length, total: pictures.length, note: { en: 'looked at', zh: '已看' } });
    }
    return { works: [], report: { seen, model: eye.identity } };
  },
});

async function smallPlanes({ bytes }: InputWork): Promise<PixelPlanes> {
  const { mergedOf } = await import('../picture/index.ts');
  const { planesOf } = await import('../stickers/index.ts');
  const merged = await mergedOf(bytes);
  const scale = Math.min(1, SIDE / Math.max(merged.width, merged.height));
  const [width, height] = [Math.round(merged.width * scale), Math.round(merged.height * scale)];
  return planesOf(merged, width, height);
}

function seesNothing(name: string, asked: boolean): Error {
  return refusal(
    'input',
    'image/eye-cannot',
    {
      en: asked
        ? `'${name}' neither describes pictures nor tells how well words fit.`
        : `'${name}' does not describe pictures.`,
      zh: asked ? `“${name}”既不会描述图片，也不会判断文字是否相合。` : `“${name}”不会描述图片。`,
    },
    asked
      ? { en: 'Use a model for captions, or of the CLIP kind.', zh: '请使用图片描述模型或 CLIP 类模型。' }
      : {
          en: 'Give words to compare it with, or use a model for captions.',
          zh: '请给出用于比较的文字，或使用图片描述模型。',
        },
  );
}
