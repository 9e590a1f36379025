/** The op `corpus/clean`: a corpus without what does not belong, and a report of what was dropped and why. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, readMade, toWork } from './made.ts';

export const cleanCorpus = defineOp({
  name: 'corpus/clean',
  version: 1,
  summary: {
    en: 'Repairs and normalises texts, removes headers, duplicates and junk, and reports what was dropped and why.',
    zh: '修复并规范文本，去除页眉页脚、重复与杂质，并说明删了什么、为什么。',
  },
  options: z.object({
    script: z.enum(['keep', 'simplified', 'traditional']).default('keep').describe('Chinese script to write all in'),
  }),
  inputs: [{ name: 'corpus', medium: 'corpus' }],
  async run(context, inputs, { script }) {
    const made = await context.workshop().clean({ corpus: readMade(inputs[0]), script }, hooksOf(context));
    return { works: [toWork('corpus', inputs[0]!.work.title, made)] };
  },
});
