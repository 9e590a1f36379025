/** The op `model/publish`: a trained model becomes one of the models at hand. */
import { z } from 'zod';
import { defineOp, type Made } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const publishModel = defineOp({
  name: 'model/publish',
  version: 1,
  summary: {
    en: 'Gives a trained model a name and a card, and puts it among the models at hand.',
    zh: '给训练好的模型取名、写卡片，放进可用的模型里。',
  },
  options: z.object({
    name: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'letters, digits, . _ - · 只能用文字、数字、. _ -')
      .describe('name among the models'),
    licence: z.string().min(1).default("the artist's own").describe('licence of the model'),
    learnedFrom: z
      .array(z.object({ name: z.string().min(1), licence: z.string().min(1) }))
      .min(1)
      .optional()
      .describe("whose work it learned from, and its licence; absent for the artist's own"),
    replace: z.boolean().default(false).describe('take the place of an earlier model of the same name'),
  }),
  inputs: [
    { name: 'model', medium: 'model' },
    { name: 'evaluation', medium: 'evaluation', optional: true },
  ],
  async run(context, inputs, options) {
    const request = {
      ...options,
      model: readMade(inputs[0]),
      ...(inputs[1] ? withCompanions(readMade(inputs[1])) : {}),
    };
    const made = await context.workshop().publish(request, hooksOf(context));
    return { works: [toWork('model', options.name, made)] };
  },
});

/** An evaluation may name what belongs beside the weights. */
function withCompanions(evaluation: Made): { evaluation: Made; companions?: string } {
  const { companions } = evaluation;
  return typeof companions === 'string' ? { evaluation, companions } : { evaluation };
}
