/** The op `model/prefer`: a model is tuned to what was chosen (DPO), and measured on held-out pairs. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const preferModel = defineOp({
  name: 'model/prefer',
  version: 1,
  summary: {
    en: 'Tunes a model to preferences in pairs (DPO) and measures on held-out pairs what has changed.',
    zh: '按成对偏好调整模型（DPO），并在留出的偏好上测量变化。',
  },
  options: z.object({
    base: z.string().min(1).describe('model to go on from'),
    method: z.enum(['full', 'lora']).default('lora'),
    epochs: z.number().positive().max(100).default(3).describe('times through the training pairs'),
    steps: z.int().min(0).default(0).describe('at most this many steps; 0: as many as the epochs ask'),
    learningRate: z.number().positive().max(1).default(5e-4),
    beta: z.number().positive().max(10).default(0.1).describe('larger holds the model closer to where it started'),
    rank: z.int().min(1).max(256).default(16).describe('rank of LoRA'),
  }),
  inputs: [{ name: 'preferences', medium: 'preferences' }],
  model: (options) => options.base,
  async run(context, inputs, options) {
    const request = { ...options, preferences: readMade(inputs[0]), seed: context.seed };
    const made = await context.workshop().prefer(request, hooksOf(context));
    return { works: [toWork('model', inputs[0]!.work.title, made)] };
  },
});
