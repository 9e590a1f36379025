/**
 * Our own record, which goes with every file: the whole recipe of a picture, so that the file alone is enough to paint it again.
 *
 *   { format, work, title, made: { op, version, seed, place, options, plan?, poem? }, generation? }
 */
import { z } from 'zod';
import { planSchema } from '../../../kernel/index.ts';
import { type Generation, generationOf } from './generation.ts';
import { parseJson } from './limits.ts';

const poemSchema = z.object({ title: z.string(), lines: z.array(z.string().max(2000)).max(400) });

/** How a picture was made; with a plan it can be painted again. */
export const recipeSchema = z.object({
  op: z.string().max(200),
  version: z.int(),
  seed: z.int().min(0),
  /** Place among the alternatives of one run. */
  place: z.int().min(0).max(20),
  options: z.record(z.string(), z.unknown()),
  title: z.string().max(1000).exactOptional(),
  plan: planSchema.exactOptional(),
  poem: poemSchema.exactOptional(),
});
export type Recipe = z.infer<typeof recipeSchema>;

const generationSchema = z.object({
  prompt: z.string(),
  negative: z.string(),
  seed: z.union([z.number(), z.string()]).exactOptional(),
  steps: z.number().exactOptional(),
  cfg: z.number().exactOptional(),
  sampler: z.string().exactOptional(),
  model: z.string().exactOptional(),
  size: z.tuple([z.number(), z.number()]).exactOptional(),
  source: z.enum(['llmagentos', 'a1111', 'comfyui', 'invokeai']),
});

const recordSchema = z.object({
  format: z.literal(1),
  work: z.string().max(100),
  title: z.string().max(1000),
  made: recipeSchema,
  /** Where the picture was brought from elsewhere: how it was generated there. */
  generation: generationSchema.exactOptional(),
});
/** See the file header. */
export type OwnRecord = z.infer<typeof recordSchema>;

/** A record of a file; undefined where it is none of ours or damaged. */
export function parseRecord(text: string): OwnRecord | undefined {
  const parsed = recordSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

const said = z.object({
  prompt: z.string().optional(),
  negative: z.string().optional(),
  painter: z.string().optional(),
  size: z.tuple([z.number(), z.number()]).optional(),
});

/** The one shape of a record. */
export function generationOfRecord({ made, generation }: OwnRecord): Generation | undefined {
  if (generation) return generation;
  const { prompt, negative, painter, size } = said.safeParse(made.options).data ?? {};
  return generationOf('llmagentos', {
    prompt: prompt ?? made.plan?.brief ?? '',
    negative: negative ?? '',
    seed: made.seed,
    sampler: painter ?? made.plan?.scene?.painter ?? (made.op === 'image/paint' ? 'ink' : undefined),
    model: `${made.op} ${made.version}`,
    width: size?.[0],
    height: size?.[1],
  });
}
