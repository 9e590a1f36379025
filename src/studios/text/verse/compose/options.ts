/** What can be asked of `verse/compose`. Parsed once at the door of the op; the parsed options go into the record. */
import { z } from 'zod';
import { RHYME_BOOKS } from '../prosody/types.ts';

const word = z
  .string()
  .trim()
  .regex(/^\p{Script=Han}+$/u, 'Chinese characters only · 只能是汉字');

export const composeOptionsSchema = z.object({
  model: z.string().default('verse-zh').describe('name of the verse model in the catalogue'),
  form: z.string().optional().describe('form or tune, e.g. 七绝, 浣溪沙; the plan decides when absent'),
  maxLength: z
    .int()
    .optional()
    .describe('greatest number of characters, punctuation apart: a form that fits is chosen; 20 is the shortest poem'),
  rhymeBook: z.enum(RHYME_BOOKS).optional().describe('default: 平水韵 for regulated verse, 词林正韵 for tunes'),
  rhyme: z.string().optional().describe('rhyme group, e.g. 阳 or 七阳; the model decides when absent'),
  title: z.string().trim().min(1).max(40).optional().describe('title of the poem; the plan proposes one when absent'),
  themes: z.array(word).max(12).default([]).describe('theme words, added to those of the plan'),
  count: z.int().min(1).max(20).default(1).describe('how many poems to return, best first'),
  candidates: z.int().min(1).max(64).default(12).describe('how many are written to choose from'),
  cull: z
    .boolean()
    .default(true)
    .describe('after every sentence the weaker half of the candidates goes on from the better half'),
  decode: z
    .enum(['mixed', 'sample', 'beam', 'greedy'])
    .default('mixed')
    .describe('mixed: the first eight candidates by beam search, the others by sampling'),
  temperature: z.number().min(0).max(2).default(0.6),
  topK: z.int().min(0).default(0),
  topP: z.number().gt(0).max(1).default(0.9),
  minP: z.number().min(0).max(1).default(0.02),
  typicalP: z.number().gt(0).max(1).default(1),
  repetitionPenalty: z.number().min(1).max(2).default(1),
  guidance: z
    .number()
    .min(0)
    .max(3)
    .default(0.5)
    .describe('how strongly the themes steer (classifier-free guidance); 0 is off'),
  acrostic: word.optional().describe('first characters of the lines, in order (藏头)'),
  firstLine: word.optional().describe('the first line, kept as it is'),
  continueFrom: z.array(word).max(40).optional().describe('opening lines, kept as they are'),
  given: z
    .array(z.string().regex(/^[\p{Script=Han}□]*$/u))
    .max(100)
    .optional()
    .describe('the poem with □ where characters are still to be written; all others are kept as they are'),
  rhymeWord: word.length(1).optional().describe('a character that must stand at a rhyme'),
  require: z.array(word).max(6).default([]).describe('words that must occur'),
  ban: z.array(word).max(200).default([]).describe('characters that must not occur'),
  allowCopies: z.boolean().default(false).describe('allow lines that stand in the training poems'),
});

/** Options with defaults filled in. */
export type ComposeOptions = z.output<typeof composeOptionsSchema>;
