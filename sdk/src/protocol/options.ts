/**
 * What can be asked of a text. Only shapes are checked here; ranges and names (which forms there are, which rhyme groups) are
 * the system's to judge, and it answers with one clear error.
 */
import { z } from 'zod';

export const textOptionsSchema = z.strictObject({
  form: z
    .string()
    .optional()
    .describe('form or tune: 五绝 七绝 五律 七律 古风 浣溪沙 …; read from the brief when absent'),
  rhymeBook: z.string().optional().describe('平水韵, 词林正韵 or 中华通韵'),
  rhyme: z.string().optional().describe('rhyme group, such as 阳'),
  rhymeWord: z.string().optional().describe('a character that must stand at a rhyme'),
  title: z.string().optional().describe('title of the poem'),
  themes: z.array(z.string()).optional().describe('Chinese theme words, added to those of the brief'),
  maxLength: z.int().optional().describe('greatest number of characters, punctuation apart; 20 is the shortest poem'),
  count: z.int().optional().describe('how many poems to return, best first; default 1'),
  candidates: z.int().optional().describe('how many are written to choose from'),
  seed: z.int().optional().describe('the same seed gives the same poem; drawn when absent'),
  decode: z.enum(['mixed', 'sample', 'beam', 'greedy']).optional().describe('how characters are chosen'),
  temperature: z.number().optional(),
  topK: z.int().optional(),
  topP: z.number().optional(),
  minP: z.number().optional(),
  typicalP: z.number().optional(),
  repetitionPenalty: z.number().optional(),
  guidance: z.number().optional().describe('how strongly the themes steer; 0 is off'),
  acrostic: z.string().optional().describe('first characters of the lines (藏头)'),
  firstLine: z.string().optional().describe('the first line, kept as it is'),
  continueFrom: z.array(z.string()).optional().describe('opening lines, kept as they are'),
  require: z.array(z.string()).optional().describe('words that must occur'),
  ban: z.array(z.string()).optional().describe('words that must not occur'),
  allowCopies: z.boolean().optional().describe('allow lines that stand in the training poems; default false'),
  model: z.string().optional().describe('name of the model'),
});

/** Options of a text, as they travel. Absent ones are the system's to choose. */
export type WireTextOptions = z.output<typeof textOptionsSchema>;
