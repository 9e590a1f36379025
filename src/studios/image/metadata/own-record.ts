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

/** What an engine was asked for, where one painted. */
const askedSchema = z.object({
  prompt: z.string().max(40_000),
  negative: z.string().max(40_000),
  /** Of the engine: each alternative has its own. */
  seed: z.int().min(0),
  model: z.string().max(200),
  engine: z.string().max(200),
  size: z.tuple([z.number(), z.number()]).exactOptional(),
  steps: z.number().exactOptional(),
  guidance: z.number().exactOptional(),
  sampler: z.string().max(100).exactOptional(),
  strength: z.number().exactOptional(),
  /** Ids of the works that it began from. */
  picture: z.string().max(100).exactOptional(),
  mask: z.string().max(100).exactOptional(),
});
export type Asked = z.infer<typeof askedSchema>;

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
  asked: askedSchema.exactOptional(),
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
  if (made.asked) return generationOfAsked(made.asked);
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

function generationOfAsked({ size, guidance, ...asked }: Asked): Generation | undefined {
  return generationOf('llmagentos', { ...asked, cfg: guidance, width: size?.[0], height: size?.[1] });
}
