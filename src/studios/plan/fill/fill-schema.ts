/** What a model is asked to answer: the part of a plan that can be read out of words, as JSON Schema. All of it may be left out. */

import { z } from 'zod';
import type { Json } from '../../../core/index.ts';
import { RELATIONS, sceneElementSchema } from '../../../kernel/index.ts';

const { depth, side, level, size, colour, count } = sceneElementSchema.shape;

/** One thing in the picture, as a model names it. */
export const filledElement = z.object({
  id: z.string().describe('one of the ids that were listed'),
  words: z.string().describe('the words of the brief that it comes from; empty if you add it'),
  count,
  depth,
  side,
  level,
  size,
  colour,
  how: z.enum(RELATIONS).optional().describe('how it stands to another element'),
  to: z.string().optional().describe('the id of that element'),
});

export const filled = z.object({
  title: z.string().max(60).optional(),
  themes: z
    .array(z.object({ word: z.string().min(1).max(20), words: z.string(), weight: z.number().min(0).max(1) }))
    .max(8)
    .optional()
    .describe('what it is about, the most important first'),
  imagery: z.array(z.string().min(1).max(20)).max(16).optional().describe('concrete things to see, hear or touch'),
  valence: z.number().min(-1).max(1).optional().describe('-1 sorrow to 1 joy'),
  arousal: z.number().min(-1).max(1).optional().describe('-1 stillness to 1 storm'),
  season: z.enum(['spring', 'summer', 'autumn', 'winter']).optional(),
  hour: z.enum(['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night']).optional(),
  weather: z.enum(['clear', 'cloudy', 'overcast', 'mist', 'rain', 'storm', 'snow', 'wind']).optional(),
  palette: z
    .array(z.string().regex(/^#[0-9a-f]{6}$/))
    .max(8)
    .optional(),
  tempo: z.number().min(20).max(300).optional().describe('beats per minute'),
  elements: z.array(filledElement).max(24).optional().describe('what the picture shows'),
});
export type Filled = z.infer<typeof filled>;

/** The same for a model. */
export const FILL_SCHEMA = z.toJSONSchema(filled, { io: 'input', target: 'draft-7' }) as {
  readonly [key: string]: Json;
};
