/** The op `verse/mark`: what is right and wrong in a poem while it is being written. It makes no work and answers in milliseconds. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { markDraft } from './verse/check/index.ts';
import { RHYME_BOOKS } from './verse/prosody/index.ts';

export const markVerse = defineOp({
  name: 'verse/mark',
  version: 1,
  summary: {
    en: 'Marks tone, reading and rhyme of a poem that is still being written.',
    zh: '边写边看：标出未完成诗词的平仄、读音、押韵与不合之处。',
  },
  options: z.object({
    lines: z.array(z.string().max(60)).min(1).max(200).describe('the lines; □ stands where nothing is written yet'),
    form: z.string().optional().describe('form or tune; found by shape when absent'),
    rhymeBook: z.enum(RHYME_BOOKS).optional(),
  }),
  run: (_context, _inputs, options) => ({ works: [], report: { ...markDraft(options) } }),
});
