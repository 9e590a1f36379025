/** What can be asked of `prose/write`. */
import { z } from 'zod';

export const proseOptionsSchema = z.object({
  model: z.string().default('prose').describe('name of the prose model in the catalogue'),
  opening: z.string().max(20_000).default('').describe('text to go on from; kept as it is'),
  title: z.string().trim().max(120).default('').describe('title of the chapter, given to the model'),
  length: z.int().min(20).max(20_000).default(400).describe('characters to write, about'),
  count: z.int().min(1).max(20).default(1).describe('how many passages to return, best first'),
  candidates: z.int().min(1).max(32).default(3).describe('how many are written to choose from'),
  temperature: z.number().min(0).max(2).default(0.8),
  topK: z.int().min(0).default(0),
  topP: z.number().gt(0).max(1).default(0.92),
  minP: z.number().min(0).max(1).default(0.03),
  typicalP: z.number().gt(0).max(1).default(1),
  repetitionPenalty: z.number().min(1).max(2).default(1.12),
});

/** Options with defaults filled in. */
export type ProseOptions = z.output<typeof proseOptionsSchema>;
