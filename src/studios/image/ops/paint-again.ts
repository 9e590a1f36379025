/** The op `image/paint-again`: a file of ours is painted again from what it says of itself. */
import { z } from 'zod';
import { defineOp, type InputWork, type OpContext, type OpOutput } from '../../../kernel/index.ts';
import type { Recipe } from '../metadata/index.ts';
import { refusal } from '../refusal.ts';
import { BY_MODEL_VERSION, byModelOptions } from './by-model-options.ts';
import { PICTURE } from './medium.ts';
import { refuseUnfit } from './paint-by-model.ts';
import { PAINT_VERSION, paintOptions } from './paint-options.ts';

/** A scene of a file from outside holds at most so many elements, and so many single things. */
const MOST_ELEMENTS = 60;
const MOST_THINGS = 3000;

export const paintAgain = defineOp({
  name: 'image/paint-again',
  version: 1,
  summary: {
    en: 'Paints the picture of a file again from the record in it; the same version gives the same pixels.',
    zh: '据图片文件中的记录重画；版本相同则像素相同。',
  },
  options: z.object({
    model: z
      .string()
      .min(1)
      .optional()
      .describe('the engine, for pictures that one painted; image/read tells its name'),
  }),
  inputs: [
    { name: 'file', medium: 'file' },
    { name: 'picture', medium: PICTURE, optional: true },
    { name: 'mask', medium: PICTURE, optional: true },
  ],
  model: ({ model }) => model ?? null,
  async run(context, [file, picture, mask], { model }) {
    const { OWN_KEY, parseRecord, readGeneration, readTexts } = await import('../metadata/index.ts');
    const texts = readTexts(file!.bytes);
    const record = texts[OWN_KEY] === undefined ? undefined : parseRecord(texts[OWN_KEY]);
    const { made } = record ?? {};
    if (made && made.op === 'image/paint-by-model' && model !== undefined) {
      const works = await byEngineAgain(context, made, { model, picture, mask });
      return { works, report: { made: { version: made.version, now: BY_MODEL_VERSION, same: false } } };
    }
    if (made?.op !== 'image/paint' || !made.plan) throw noRecipe(readGeneration(texts)?.prompt);
    const options = paintOptions.safeParse(made.options);
    const elements = made.plan.scene?.elements ?? [];
    const things = elements.reduce((sum, { count = 1 }) => sum + count, 0);
    if (!options.success || elements.length > MOST_ELEMENTS || things > MOST_THINGS) throw noRecipe(undefined);
    const { paintPlan } = await import('../paint-plan.ts');
    const { plan, poem, title, seed, place } = made;
    const { works } = await paintPlan(context, { plan, poem, title, options: options.data, seed, only: place });
    if (works.length === 0) throw noRecipe(undefined);
    return {
      works,
      report: { made: { version: made.version, now: PAINT_VERSION, same: made.version === PAINT_VERSION } },
    };
  },
});

/** The same request once more; whether the same comes of it is up to the engine. */
async function byEngineAgain(
  context: OpContext,
  { plan, options, asked, seed, place }: Recipe,
  given: { readonly model: string; readonly picture: InputWork | undefined; readonly mask: InputWork | undefined },
): Promise<readonly OpOutput[]> {
  const { model: name, picture, mask } = given;
  const parsed = byModelOptions.safeParse({ ...options, model: name });
  const whole = asked && Boolean(asked.picture) === Boolean(picture) && Boolean(asked.mask) === Boolean(mask);
  if (!parsed.success || !plan || !whole) throw noRecipe(asked?.prompt);
  const model = await context.pictureModel();
  refuseUnfit(model, name, picture !== undefined);
  const { makeByModel } = await import('../by-model/index.ts');
  const wish = { plan, picture, mask, options: parsed.data, seed, only: place };
  return (await makeByModel(context, model, wish)).works;
}

function noRecipe(prompt: string | undefined): Error {
  return refusal(
    'input',
    'image/no-recipe',
    {
      en: 'This file does not say how we painted it, so it cannot be painted again.',
      zh: '该文件没有记录本系统如何作画，无法重画。',
    },
    prompt
      ? {
          en: `It was made from: “${prompt.slice(0, 200)}”. Paint that.`,
          zh: `它的提示词是：“${prompt.slice(0, 200)}”，可据此作画。`,
        }
      : {
          en: 'Take a PNG, JPEG, WebP or AVIF that was exported here and not saved by another program since.',
          zh: '请用从本系统导出、且未被其他程序另存过的 PNG、JPEG、WebP 或 AVIF。',
        },
  );
}
