/** The op `model/evaluate`: what a model has learned, beside its base. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const evaluateModel = defineOp({
  name: 'model/evaluate',
  version: 1,
  summary: {
    en: 'Measures a model against its base on held-out chapters, writes samples of both, and looks for verbatim recall.',
    zh: '在留出的章节上与基础模型比较，写出两者的样例，并检查是否逐字背诵。',
  },
  options: z.object({
    base: z.string().min(1).describe('model it went on from'),
    samples: z.int().min(1).max(50).default(3).describe('passages written by each'),
  }),
  inputs: [
    { name: 'model', medium: 'model' },
    // Left out, the model's own: after a withdrawal that is no work any more.
    { name: 'dataset', medium: 'dataset', optional: true },
  ],
  model: (options) => options.base,
  async run(context, inputs, { base, samples }) {
    const model = readMade(inputs[0]);
    const dataset = inputs[1] ? readMade(inputs[1]) : { digest: String(model.dataset) };
    const request = { model, dataset, base, samples, seed: context.seed };
    const made = await context.workshop().evaluate(request, hooksOf(context));
    return { works: [toWork('evaluation', inputs[0]!.work.title, made)] };
  },
});
