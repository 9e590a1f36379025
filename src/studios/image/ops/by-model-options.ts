/** What can be asked of a picture by an engine. */
import { z } from 'zod';
import { paintOptions } from './paint-options.ts';

/** Raised whenever the same options would ask for something else. */
export const BY_MODEL_VERSION = 1;

const { prompt, negative, without, hour, season } = paintOptions.shape;

export const byModelOptions = z.object({
  model: z.string().min(1).describe('a picture model; also engine/name, such as comfy/my-flow'),
  prompt,
  negative,
  without,
  hour,
  season,
  painter: z.string().optional().describe('manner that is put into the words; the plan’s'),
  size: z
    .tuple([z.int().min(64).max(4096), z.int().min(64).max(4096)])
    .optional()
    .describe('pixels, width first; the picture’s, the plan’s, or as the model likes it'),
  count: z.int().min(1).max(12).optional().describe('how many alternatives; the plan’s number, or 1'),
  steps: z.int().min(1).max(500).optional().describe('steps from noise to picture; the model’s own number'),
  guidance: z.number().min(0).max(50).optional().describe('how hard the words pull; the model’s own'),
  sampler: z.string().min(1).max(100).optional().describe('one of the model’s ways from noise to picture'),
  strength: z.number().min(0).max(1).optional().describe('how far to go from the picture that is given: 0 leaves it'),
});
export type ByModelOptions = z.output<typeof byModelOptions>;
