/** What a recipe says about training a GAN or a painter, as plain data. */
import { z } from 'zod';
import { PICTURE_SOURCE } from '../pictures/index.ts';

const SHARED = {
  /** Of the model, on its card. */
  name: z.string().min(1).max(100),
  /** Folder of the run. */
  out: z.string().min(1),
  pictures: PICTURE_SOURCE,
  /** Share of the pictures that is kept back, by the hash of their names. */
  validationShare: z.number().min(0).max(0.5).default(0.05),
  steps: z.int().positive(),
  seed: z.union([z.string(), z.number()]).default(0),
  /** Learning rate of the generator. */
  learningRate: z.number().positive(),
  /** Learning rate of the discriminator as a multiple of it. */
  discriminatorRate: z.number().positive().default(1),
  beta1: z.number().min(0).lt(1).default(0.5),
  beta2: z.number().min(0).lt(1).default(0.99),
  /** Decay of the moving average of the generator. */
  average: z.number().min(0).lt(1).default(0.999),
  /** Mirror half of the pictures. */
  flip: z.boolean().default(true),
  loss: z.enum(['non-saturating', 'hinge']),
  saveEvery: z.int().positive().default(500),
  validateEvery: z.int().positive().default(500),
  sampleEvery: z.int().positive().default(500),
  threads: z.int().positive().max(64).optional(),
  /** Licence and origin of the pictures, for the card. */
  trainedOn: z.array(z.looseObject({ name: z.string() })).default([]),
  licence: z.string().default('Apache-2.0'),
};

/** Options of a GAN's course. */
export const GAN_COURSE = z.strictObject({
  ...SHARED,
  /** See `GanConfig`; what is left out has its default. */
  model: z.record(z.string(), z.json()).default({}),
  batch: z.int().positive().default(32),
  learningRate: SHARED.learningRate.default(0.001),
  beta1: SHARED.beta1.default(0),
  loss: SHARED.loss.default('non-saturating'),
  /** γ of R1. */
  penalty: z.number().nonnegative().default(1),
  /** Steps between two penalties, each as much stronger. */
  penaltyEvery: z.int().positive().default(8),
});
export type GanCourseOptions = z.infer<typeof GAN_COURSE>;

/** Options of a painter's course. */
export const PAINTER_COURSE = z.strictObject({
  ...SHARED,
  /** See `PainterConfig`. */
  model: z.record(z.string(), z.json()).default({}),
  batch: z.int().positive().default(8),
  learningRate: SHARED.learningRate.default(0.0005),
  loss: SHARED.loss.default('hinge'),
  /** Weights of the pixels' and the features' distance. */
  pixels: z.number().nonnegative().default(10),
  features: z.number().nonnegative().default(10),
  /** Squares of so many pixels are cut out of the pictures, anew in every step, and learned from. Default: whole pictures. */
  crop: z.int().min(8).max(1024).optional(),
  /** A trained painter of the same shape to begin with. */
  initFrom: z.string().min(1).optional(),
  /** Weight of the judge's word; 0, with no features, is a plain regression. As it stands: 1. */
  adversarial: z.number().nonnegative().optional(),
});
export type PainterCourseOptions = z.infer<typeof PAINTER_COURSE>;
