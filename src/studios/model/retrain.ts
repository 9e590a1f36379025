/** The op `model/retrain`: a model that had read a withdrawn document learns again without it. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const retrainModel = defineOp({
  name: 'model/retrain',
  version: 1,
  summary: {
    en: 'Trains a model again without a withdrawn document, from the last checkpoint that had not read it; the record says from which step.',
    zh: '不用已撤回的文档，从尚未读过它的最后一个检查点起重新训练模型；记录中写明从哪一步起。',
  },
  options: z.object({ model: z.string().min(1).describe('name of the model that had read it') }),
  inputs: [{ name: 'corpus', medium: 'corpus' }],
  async run(context, inputs, { model }) {
    readMade(inputs[0]);
    const made = await context.workshop().retrain({ model }, hooksOf(context));
    return { works: [toWork('model', model, made)] };
  },
});
