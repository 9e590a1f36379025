/** What a recipe says about training an encoder, as plain data. */
import { z } from 'zod';
import { parseCourseOptions } from '../loop/course-options.ts';

const ENCODER_COURSE = z.strictObject({
  kind: z.literal('encoder').default('encoder'),
  /** Of the model, on its card. */
  name: z.string().min(1).max(100),
  /** Folder of the run. */
  out: z.string().min(1),
  /** Folder with rows (see data/dataset.ts) and tokenizer.json, whose first tokens are `ENCODER_TOKENS`. */
  dataset: z.string().min(1),
  /** How the rows are made; told to the preparation alone. */
  data: z.json().optional(),
  /** See `EncoderConfig`; vocabulary and length come from the dataset. */
  model: z.record(z.string(), z.json()),
  steps: z.int().positive(),
  batch: z.int().positive().default(16),
  /** Share of tokens to be guessed. */
  share: z.number().positive().max(0.5).default(0.15),
  seed: z.union([z.string(), z.number()]).default(0),
  learningRate: z.number().positive().default(0.001),
  warmupSteps: z.int().nonnegative().default(100),
  /** Share of the peak learning rate at the end of the cosine. */
  finalShare: z.number().min(0).max(1).default(0.05),
  weightDecay: z.number().nonnegative().default(0.05),
  clip: z.number().positive().default(1),
  saveEvery: z.int().positive().default(200),
  validateEvery: z.int().positive().default(250),
  threads: z.int().positive().max(64).optional(),
  precision: z.enum(['F32', 'F16']).default('F16'),
  /** Sentences with `<mask>` whose guesses are written with the samples. */
  probes: z.array(z.string()).default([]),
  sampleEvery: z.int().positive().default(500),
  trainedOn: z.array(z.looseObject({ name: z.string() })).default([]),
  licence: z.string().default('Apache-2.0'),
});

/** Completed options of an encoder's course. */
export type EncoderCourseOptions = z.infer<typeof ENCODER_COURSE>;

/** Completes and checks; throws `training/bad-options`. */
export function encoderCourseOptions(given: unknown): EncoderCourseOptions {
  return parseCourseOptions(ENCODER_COURSE, given);
}
