/** What a recipe says about training an enlarger, as plain data. */
import { z } from 'zod';
import { PICTURE_SOURCE } from '../pictures/index.ts';

export const ENLARGER_COURSE = z.strictObject({
  kind: z.literal('enlarger').default('enlarger'),
  /** Of the model, on its card. */
  name: z.string().min(1).max(100),
  /** Folder of the run. */
  out: z.string().min(1),
  /** Large pictures; pieces of them are made small in every step anew. */
  pictures: PICTURE_SOURCE,
  /** Share of the pictures that is kept back, by the hash of their names. */
  validationShare: z.number().min(0).max(0.5).default(0.05),
  /** See `EnlargerConfig`. */
  model: z.record(z.string(), z.json()).default({}),
  steps: z.int().positive(),
  /** Pieces a step. */
  batch: z.int().positive().default(16),
  /** Pixels of a small piece, a side. */
  piece: z.int().min(8).max(256).default(32),
  seed: z.union([z.string(), z.number()]).default(0),
  learningRate: z.number().positive().default(0.001),
  warmupSteps: z.int().nonnegative().default(100),
  /** Share of the peak learning rate at the end of the cosine. */
  finalShare: z.number().min(0).max(1).default(0.02),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.99),
  clip: z.number().positive().default(1),
  /** Decay of the moving average of the weights, which become the model. */
  average: z.number().min(0).lt(1).default(0.995),
  saveEvery: z.int().positive().default(200),
  validateEvery: z.int().positive().default(250),
  sampleEvery: z.int().positive().default(500),
  threads: z.int().positive().max(64).optional(),
  precision: z.enum(['F32', 'F16']).default('F16'),
  /** Licence and origin of the pictures, for the card. */
  trainedOn: z.array(z.looseObject({ name: z.string() })).default([]),
  licence: z.string().default('Apache-2.0'),
});

/** Completed options of an enlarger's course. */
export type EnlargerCourseOptions = z.infer<typeof ENLARGER_COURSE>;
