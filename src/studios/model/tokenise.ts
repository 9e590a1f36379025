/** The op `dataset/tokenise`: a corpus as rows of tokens, split by chapter. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const tokeniseCorpus = defineOp({
  name: 'dataset/tokenise',
  version: 1,
  summary: {
    en: 'Writes a corpus in the tokens of a base model, or in tokens learned from it; whole chapters are held out for measuring.',
    zh: '用基础模型的词元（或从语料学得的词元）写出语料，并留出整章用于测量。',
  },
  options: z.object({
    base: z.string().default('').describe('model to go on from; empty: the one that fits the corpus best'),
    vocabulary: z
      .union([z.literal(0), z.int().min(300).max(65_536)])
      .default(0)
      .describe('for a new model: learn a byte-level BPE of so many tokens from the corpus; 0: the tokens of the base'),
  }),
  inputs: [{ name: 'corpus', medium: 'corpus' }],
  async run(context, inputs, options) {
    const workshop = context.workshop();
    const hooks = hooksOf(context);
    const corpus = readMade(inputs[0]);
    const { vocabulary } = options;
    const base = options.base || vocabulary ? options.base : await workshop.chooseBase(corpus, hooks);
    const made = await workshop.tokenise({ corpus, base, vocabulary, seed: context.seed }, hooks);
    return { works: [toWork('dataset', inputs[0]!.work.title, made)] };
  },
});
