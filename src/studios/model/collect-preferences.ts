/** The op `preferences/collect`: pairs of answers, of which one was chosen, become something to learn from. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { hooksOf, toWork } from './made.ts';

const PAIR = z.object({
  prompt: z.string().describe('what both went on from'),
  chosen: z.string().min(1),
  rejected: z.string().min(1),
  title: z.string().optional(),
});

export const collectPreferences = defineOp({
  name: 'preferences/collect',
  version: 1,
  summary: {
    en: 'Reads pairs of answers to one prompt, of which one was chosen, from a file or as they are given.',
    zh: '读取成对偏好：同一提示的两个答案，其一被选中；来自文件或直接给出。',
  },
  options: z
    .object({
      file: z.string().min(1).optional().describe('file of pairs, one JSON object a line; absolute path'),
      pairs: z.array(PAIR).max(100_000).optional().describe('the pairs themselves'),
    })
    .refine(({ file, pairs }) => (file === undefined) !== (pairs === undefined), 'file or pairs · 需要 file 或 pairs'),
  async run(context, _inputs, options) {
    const made = await context.workshop().collectPreferences(options, hooksOf(context));
    const title = options.file?.split(/[/\\]/).findLast((part) => part !== '') ?? 'choices';
    return { works: [toWork('preferences', title, made)] };
  },
});
