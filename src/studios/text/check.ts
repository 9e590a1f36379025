/** The op `verse/check`: proves or refutes the form of any poem, also one a person wrote. It makes no work; its report is the poem with its proof. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { checkVerse } from './verse/check/index.ts';
import { RHYME_BOOKS } from './verse/prosody/index.ts';

export const checkOptionsSchema = z.object({
  text: z.string().min(1).max(20_000).describe('the poem; lines end with punctuation or line breaks'),
  title: z.string().optional(),
  form: z.string().optional().describe('form or tune; found by shape and tones when absent'),
  rhymeBook: z.enum(RHYME_BOOKS).optional(),
  rescue: z.boolean().default(true).describe('accept the traditional rescues of tones (拗救)'),
});

export const checkVerseOp = defineOp({
  name: 'verse/check',
  version: 1,
  summary: { en: 'Proves or refutes the form of a poem.', zh: '检验一首诗词的格律，给出证明或指出不合之处。' },
  options: checkOptionsSchema,
  run: (_context, _inputs, options) => ({ works: [], report: checkVerse(options) }),
});
