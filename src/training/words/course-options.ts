/** What a recipe says about learning word vectors, as plain data. */
import { z } from 'zod';
import { parseCourseOptions } from '../loop/course-options.ts';

const count = z.int().positive();

const WORDS_COURSE = z.strictObject({
  kind: z.literal('words').default('words'),
  /** Of the model, on its card. */
  name: z.string().min(1).max(100),
  /** Folder of the run. */
  out: z.string().min(1),
  /** Folder with vocabulary.json, tokens.bin and pairs.bin; see `readWordCorpus`. */
  dataset: z.string().min(1),
  /** How the folder is made; told to the preparation alone. */
  data: z.json().optional(),
  seed: z.union([z.string(), z.number()]).default(0),
  /** See `WordLearnerOptions` for these. */
  dimensions: count.default(96),
  window: count.default(5),
  negatives: count.default(5),
  epochs: count.default(2),
  learningRate: z.number().positive().default(0.05),
  threshold: z.number().positive().default(1e-4),
  chunk: count.default(100_000),
  /** Chunks to learn. Default: all, `epochs` times. */
  steps: count.optional(),
  /** Strongest directions taken out of the finished vectors; see `finishVectors`. */
  removed: z.int().nonnegative().default(2),
  saveEvery: count.default(60),
  /** Words whose nearest words are written with the samples. */
  probes: z.array(z.string()).default([]),
  sampleEvery: count.default(200),
  /** Accepted like that of other networks; learning takes one thread. */
  threads: count.max(256).optional(),
  trainedOn: z.array(z.looseObject({ name: z.string() })).default([]),
  licence: z.string().default('Apache-2.0'),
  /** What users should not expect, for the card. */
  limits: z.object({ en: z.string(), zh: z.string() }).optional(),
});

/** Completed options of a course of word vectors. */
export type WordsCourseOptions = z.infer<typeof WORDS_COURSE>;

/** Completes and checks; throws `training/bad-options`. */
export function wordsCourseOptions(given: unknown): WordsCourseOptions {
  return parseCourseOptions(WORDS_COURSE, given);
}
