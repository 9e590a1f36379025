/** The op `image/paint-by-model`: an engine of the artist's paints the scene of a plan, or changes a picture. */
import { defineOp, type PictureModel, planSchema } from '../../../kernel/index.ts';
import { refusal } from '../refusal.ts';
import { BY_MODEL_VERSION, byModelOptions } from './by-model-options.ts';
import { PICTURE } from './medium.ts';

export const paintByModel = defineOp({
  name: 'image/paint-by-model',
  version: BY_MODEL_VERSION,
  summary: {
    en: 'Has a picture model paint the scene of a plan, from a picture or sketch where one is given, anew only in a mask where one is given.',
    zh: '请图像模型按方案作画；可由图片或草图开始，也可只重画蒙版之内。',
  },
  options: byModelOptions,
  inputs: [
    { name: 'plan', medium: 'plan' },
    { name: 'picture', medium: PICTURE, optional: true },
    { name: 'mask', medium: PICTURE, optional: true },
  ],
  model: ({ model }) => model,
  async run(context, [plan, picture, mask], options) {
    const model = await context.pictureModel();
    refuseUnfit(model, options.model, picture !== undefined);
    const { makeByModel } = await import('../by-model/index.ts');
    return makeByModel(context, model, {
      plan: planSchema.parse(plan!.document),
      ...{ picture, mask, options },
      seed: context.seed,
    });
  },
});

/** Throws `image/no-words-model`, `image/model-takes-no-picture`. */
export function refuseUnfit({ source, channels }: PictureModel, name: string, given: boolean): void {
  if (source !== 'words') {
    throw refusal(
      'input',
      'image/no-words-model',
      { en: `The model '${name}' does not paint from words.`, zh: `模型“${name}”不能由文字作画。` },
      {
        en: 'Choose one that does; sketches are painted by it with paint --from-sketch.',
        zh: '请换用能由文字作画的模型；它可用 paint --from-sketch 为草图上色。',
      },
    );
  }
  if (!given || channels > 0) return;
  throw refusal(
    'input',
    'image/model-takes-no-picture',
    { en: `The model '${name}' cannot begin from a picture.`, zh: `模型“${name}”不能以图片为起点。` },
    {
      en: 'Choose one that can; a ComfyUI workflow needs a LoadImage node for it.',
      zh: '请换用可以的模型；ComfyUI 工作流需要有 LoadImage 节点。',
    },
  );
}
