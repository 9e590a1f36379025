/**
 * Jobs as the doors show them, and what is told while they run.
 *
 *   job-queued ─▶ job-start ─▶ (job-progress | job-preview | job-work)* ─▶ job-end | job-error
 *
 * A job runs one op, or makes several works that belong together (`create`). It is acknowledged once it is on disk: a job that
 * was still waiting or running when the system died waits again after the next start.
 */
import { z } from 'zod';
import { bilingualSchema, openObject, wireErrorSchema } from '../protocol/index.ts';
import { workCardSchema } from './works.ts';

export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'lost']);

/** How far a job is; `total` is absent where nobody knows. */
export const progressSchema = openObject({
  done: z.number(),
  total: z.number().optional(),
  note: bilingualSchema.optional(),
});

export const jobSchema = openObject({
  id: z.string(),
  /** Name of the op, or `create`. */
  op: z.string(),
  /** For people: the op's summary, or the brief. */
  title: bilingualSchema,
  state: jobStateSchema,
  /** Ids of the input works. */
  inputs: z.array(z.string()),
  options: z.unknown(),
  seed: z.number().nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** How many wait before it; 0 is next. Only while it is queued. */
  ahead: z.int().optional(),
  progress: progressSchema.optional(),
  /** Ids of the works it has made so far. */
  works: z.array(z.string()),
  /** What an op found out besides works; null when nothing. */
  report: z.unknown().optional(),
  error: wireErrorSchema.optional(),
});
export type Job = z.output<typeof jobSchema>;
export type JobState = z.output<typeof jobStateSchema>;

/** Id of a work, or its first digits. */
export const workId = z.string().regex(/^[0-9a-f]{4,64}$/);

/** What a client asks to be run. */
export const runRequestSchema = z.strictObject({
  op: z.string().describe('name of an op, from /api/ops'),
  inputs: z.array(workId).max(1000).optional().describe('ids of the input works, in the order of the op'),
  options: z.record(z.string(), z.unknown()).optional().describe('options of the op; its JSON Schema is in /api/ops'),
  seed: z.int().min(0).optional().describe('the same seed gives the same work; drawn when absent'),
  fresh: z.boolean().optional().describe('run even if the same request was answered before'),
});

/** One sentence, or a plan that was read before and changed, becomes works that belong together. */
export const createRequestSchema = z.strictObject({
  brief: z.string().optional().describe('what to make, in Chinese or English; may be absent where a plan is given'),
  plan: workId.optional().describe('id of a plan: it is used as it is, the brief is not read again'),
  director: z
    .string()
    .optional()
    .describe('a model that is spoken to, which fills the plan; default: the one preferred for chat, else rules alone'),
  arts: z
    .array(z.enum(['poem', 'picture', 'tune']))
    .optional()
    .describe('default: what the brief asks for, or all three'),
  count: z.int().min(1).max(8).optional().describe('candidates of each art; default 1'),
  seed: z.int().min(0).optional(),
  poem: z.record(z.string(), z.unknown()).optional().describe('options of verse/compose'),
  picture: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('options of image/paint; with `model`, those of image/paint-by-model'),
  tune: z.record(z.string(), z.unknown()).optional().describe('options of music/set-words or music/compose'),
});
export type CreateRequest = z.input<typeof createRequestSchema>;

/** An artist's own files become a model. */
export const trainRequestSchema = z.strictObject({
  name: z.string().describe('name of the model'),
  files: z.array(workId).min(1).max(10_000).optional().describe('ids of brought files'),
  folder: z.string().optional().describe('absolute path of a folder on the machine of the system, instead of files'),
  kind: z.enum(['text', 'music']).optional().describe('default: what most of the files are'),
  base: z.string().optional().describe('model to go on from; chosen when absent'),
  method: z.enum(['full', 'lora']).optional(),
  epochs: z.number().positive().max(100).optional(),
  steps: z.int().positive().optional(),
  script: z.enum(['keep', 'simplified', 'traditional']).optional(),
  style: z.string().optional().describe('for tunes: the name of their style'),
  licence: z.string().optional(),
  replace: z.boolean().optional().describe('replace a model of that name'),
  seed: z.int().min(0).optional(),
});
export type TrainRequest = z.input<typeof trainRequestSchema>;

const job = z.string();

/** One thing that happened, as it stands in the stream; the SSE `event` field is its `type`, the `id` field a number that grows. */
export const eventSchema = z.discriminatedUnion('type', [
  openObject({ type: z.literal('job-queued'), job, view: jobSchema }),
  openObject({ type: z.literal('job-start'), job, op: z.string(), seed: z.number(), cached: z.boolean() }),
  openObject({
    type: z.literal('job-progress'),
    job,
    done: z.number(),
    total: z.number().optional(),
    note: bilingualSchema.optional(),
  }),
  /** `text`: a poem so far. `data`: { mime, width, height, png (base64) } of a picture so far, or facts of a training run. */
  openObject({
    type: z.literal('job-preview'),
    job,
    op: z.string(),
    candidate: z.int().optional(),
    text: z.string().optional(),
    data: z.unknown().optional(),
  }),
  /** A work is finished while its job still makes others. `role`: plan, poem, picture or tune in a `create`. */
  openObject({ type: z.literal('job-work'), job, role: z.string(), work: workCardSchema }),
  openObject({
    type: z.literal('job-end'),
    job,
    works: z.array(workCardSchema),
    report: z.unknown(),
    seed: z.number(),
    cached: z.boolean(),
  }),
  openObject({ type: z.literal('job-error'), job, error: wireErrorSchema }),
  /** Works, marks or boards changed, here or in another process. */
  openObject({ type: z.literal('works-changed'), works: z.array(z.string()) }),
  /** What was missed is no longer known: ask for everything again. */
  openObject({ type: z.literal('reset') }),
]);
export type SystemEvent = z.output<typeof eventSchema>;
