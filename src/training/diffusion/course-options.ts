/** What a recipe says about training a diffusion model, as plain data. */
import { z } from 'zod';
import { parseCourseOptions } from '../loop/course-options.ts';
import { LEARNED_SOURCE } from '../loop/picture-course.ts';
import { DIFFUSION_CONFIG } from './config.ts';
import { SAMPLERS } from './sampler.ts';

const count = z.int().positive();
const share = z.number().min(0).max(1);
const { network, process, prediction } = DIFFUSION_CONFIG.shape;

export const DIFFUSION_COURSE = z.strictObject({
  /** Of the model, on its card. */
  name: z.string().min(1).max(100),
  /** Folder of the run. */
  out: z.string().min(1),
  pictures: LEARNED_SOURCE,
  /** Folder of an autoencoder: learn its latents instead of pixels. */
  vae: z.string().min(1).optional(),
  /** Folder of a model of the same shape whose weights are gone on from; absent: fresh ones. */
  initFrom: z.string().min(1).optional(),
  /** What pictures can be asked for by. */
  labels: z.enum(['none', 'category', 'tags', 'words']).default('none'),
  /** Folder of the word vectors that `labels: words` goes by. */
  words: z.string().min(1).optional(),
  /** A label must stand on as many training pictures. */
  leastPictures: count.default(1),
  /** Mirror half of the pictures. */
  flip: z.boolean().default(true),
  /** Turn every picture round its width by chance, where left and right edges meet; absent: not. */
  roll: z.boolean().optional(),
  /** Share of the pictures that is kept back, by the hash of their names. */
  validationShare: z.number().min(0).max(0.5).default(0.05),
  network,
  process,
  prediction,
  seed: z.union([z.string(), z.number()]).default(1),
  steps: count,
  /** Pictures per step. */
  batch: count.default(16),
  learningRate: z.number().positive().default(1e-3),
  schedule: z
    .strictObject({
      kind: z.enum(['cosine', 'wsd']).default('cosine'),
      warmupSteps: z.int().nonnegative().default(100),
      finalShare: share.default(0.05),
      decayShare: share.default(0.35),
    })
    .prefault({}),
  adam: z
    .strictObject({
      beta1: share.default(0.9),
      beta2: share.default(0.99),
      epsilon: z.number().positive().default(1e-8),
      weightDecay: z.number().nonnegative().default(0),
      clip: z.number().positive().default(1),
    })
    .prefault({}),
  /** Decay of the moving average of the weights, which is what the finished model has. */
  average: share.default(0.999),
  /** Share of pictures whose labels are left out, for classifier-free guidance. */
  unlabelled: share.default(0.1),
  /** Gamma of min-SNR weights; absent: every level counts alike. */
  minSnr: z.number().positive().optional(),
  /** How the sheets of samples are made. */
  samples: z
    .strictObject({
      count: count.default(32),
      columns: count.default(8),
      steps: count.default(20),
      sampler: z.enum(SAMPLERS).default('dpm++2m'),
      guidance: z.number().nonnegative().default(2),
      /** Pixels for each pixel. */
      scale: count.default(2),
      /** What the pictures of a sheet are asked for, in turn, where the model listens to words. */
      prompts: z.array(z.string()).optional(),
    })
    .prefault({}),
  saveEvery: count.default(200),
  validateEvery: count.default(500),
  sampleEvery: count.default(1000),
  threads: count.max(256).optional(),
  licence: z.string().min(1).default('Apache-2.0'),
  /** Origin and licence of the pictures, for the card. */
  trainedOn: z.array(z.looseObject({ name: z.string() })).default([]),
});
/** Options as a recipe gives them. */
export type DiffusionCourse = z.input<typeof DIFFUSION_COURSE>;
/** Options with all defaults filled in. */
export type CompleteDiffusionCourse = z.output<typeof DIFFUSION_COURSE>;

/** Fills in defaults; throws `training/bad-options`. */
export function diffusionCourseOptions(given: unknown): CompleteDiffusionCourse {
  return parseCourseOptions(DIFFUSION_COURSE, given);
}
