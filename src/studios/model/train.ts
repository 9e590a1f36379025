/** The op `model/train`: a base model goes on learning from a dataset. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const trainModel = defineOp({
  name: 'model/train',
  version: 1,
  summary: {
    en: 'Fine-tunes a model on a dataset, wholly or by low-rank adapters (LoRA).',
    zh: '在数据集上微调模型：全部权重，或低秩适配（LoRA）。',
  },
  options: z.object({
    base: z.string().min(1).describe('model to go on from; the one the dataset was written for'),
    method: z.enum(['full', 'lora']).default('full'),
    epochs: z.number().positive().max(100).default(4).describe('times through the training rows'),
    steps: z.int().min(0).default(0).describe('at most this many steps; 0: as many as the epochs ask'),
    learningRate: z.number().positive().max(1).default(1e-3),
    order: z
      .enum(['shuffled', 'shards'])
      .default('shuffled')
      .describe('shards: part after part, so that a document can be forgotten without training all again'),
    rank: z.int().min(1).max(256).default(16).describe('rank of LoRA'),
  }),
  inputs: [{ name: 'dataset', medium: 'dataset' }],
  model: (options) => options.base,
  async run(context, inputs, options) {
    const request = { ...options, dataset: readMade(inputs[0]), seed: context.seed };
    const made = await context.workshop().train(request, hooksOf(context));
    return { works: [toWork('model', inputs[0]!.work.title, made)] };
  },
});
