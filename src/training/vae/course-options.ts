/** What a recipe says about training an autoencoder, as plain data. */
import { z } from 'zod';
import { parseCourseOptions } from '../loop/course-options.ts';
import { LEARNED_SOURCE } from '../loop/picture-course.ts';

export const VAE_COURSE = z.strictObject({
  kind: z.literal('vae').default('vae'),
  /** Of the model, on its card. */
  name: z.string().min(1).max(100),
  /** Folder of the run. */
  out: z.string().min(1),
  /** Pictures, or recordings whose spectrograms are the pictures. */
  pictures: LEARNED_SOURCE,
  /** Share of the pictures that is kept back, by the hash of their names. */
  validationShare: z.number().min(0).max(0.5).default(0.05),
  /** See `VaeConfig`; the picture's size comes from the pictures. */
  model: z.record(z.string(), z.json()),
  steps: z.int().positive(),
  batch: z.int().positive().default(16),
  seed: z.union([z.string(), z.number()]).default(0),
  learningRate: z.number().positive().default(0.001),
  warmupSteps: z.int().nonnegative().default(100),
  /** Share of the peak learning rate at the end of the cosine. */
  finalShare: z.number().min(0).max(1).default(0.05),
  /** Steps over which beta grows from 0 to its value. KL only. */
  betaWarmupSteps: z.int().nonnegative().default(0),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.99),
  weightDecay: z.number().nonnegative().default(0.01),
  clip: z.number().positive().default(1),
  /** Decay of the moving average of the weights, which become the model. */
  average: z.number().min(0).lt(1).default(0.995),
  /** Mirror half of the pictures. */
  flip: z.boolean().default(true),
  saveEvery: z.int().positive().default(200),
  validateEvery: z.int().positive().default(250),
  sampleEvery: z.int().positive().default(500),
  threads: z.int().positive().max(64).optional(),
  precision: z.enum(['F32', 'F16']).default('F16'),
  /** Licence and origin of the pictures, for the card. */
  trainedOn: z.array(z.looseObject({ name: z.string() })).default([]),
  licence: z.string().default('Apache-2.0'),
});

/** Completed options of an autoencoder's course. */
export type VaeCourseOptions = z.infer<typeof VAE_COURSE>;

/** Completes and checks; throws `training/bad-options`. */
export function vaeCourseOptions(given: unknown): VaeCourseOptions {
  return parseCourseOptions(VAE_COURSE, given);
}
