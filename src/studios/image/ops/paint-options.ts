/** What can be asked of a painting; kept with it, so that a file alone is enough to paint it again. */
import { z } from 'zod';

/** Raised whenever the same options would give other pixels. */
export const PAINT_VERSION = 6;

export const paintOptions = z.object({
  painter: z.string().optional().describe('manner of painting; the plan’s, or ink'),
  size: z
    .tuple([z.int().min(64).max(8192), z.int().min(64).max(8192)])
    .optional()
    .describe('pixels, width first; the plan’s, or by its format'),
  longest: z.int().min(64).max(8192).default(1024).describe('pixels of the longer side when no size is given'),
  count: z.int().min(1).max(12).optional().describe('how many alternatives; the plan’s number, or 1'),
  inscribe: z.boolean().default(true).describe('whether the poem is written on it'),
  seal: z.string().max(4).default('').describe('characters of the seal, at most four'),
  settings: z.record(z.string(), z.unknown()).default({}).describe('the painter’s own settings'),
  prompt: z
    .string()
    .max(20_000)
    .optional()
    .describe('the brief as it was typed, with weights such as (boat:1.3); the plan was read from its plain words'),
  negative: z.string().max(20_000).optional().describe('what shall not be in the picture, between commas'),
  without: z
    .array(z.string().max(100))
    .max(200)
    .optional()
    .describe('ids of elements that shall not be in the picture, as read out of the negative words'),
  hour: z.enum(['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night']).optional().describe('in place of the plan’s'),
  season: z.enum(['spring', 'summer', 'autumn', 'winter']).optional().describe('in place of the plan’s'),
});
export type PaintOptions = z.output<typeof paintOptions>;
