/** What happens while a job runs: job-start, then progress and previews, then job-end or job-error; the kernel's own names. */
import { z } from 'zod';
import { bilingualSchema, openObject, wireErrorSchema } from './words.ts';
import { workSchema } from './work.ts';

const job = z.string();

export const jobStartSchema = openObject({
  type: z.literal('job-start'),
  job,
  op: z.string(),
  seed: z.number(),
  /** Whether the same request was answered before; its works are given again. */
  cached: z.boolean(),
});

export const jobProgressSchema = openObject({
  type: z.literal('job-progress'),
  job,
  done: z.number(),
  total: z.number().optional(),
  note: bilingualSchema.optional(),
});

export const jobPreviewSchema = openObject({
  type: z.literal('job-preview'),
  job,
  /** Which candidate it belongs to, 0 first. */
  candidate: z.int().optional(),
  text: z.string().optional(),
  data: z.unknown().optional(),
});

export const jobEndSchema = openObject({
  type: z.literal('job-end'),
  job,
  works: z.array(workSchema),
  seed: z.number(),
  cached: z.boolean(),
});

export const jobErrorSchema = openObject({ type: z.literal('job-error'), job, error: wireErrorSchema });

export const wireEventSchema = z.discriminatedUnion('type', [
  jobStartSchema,
  jobProgressSchema,
  jobPreviewSchema,
  jobEndSchema,
  jobErrorSchema,
]);
/** One event as it travels. A request may run several jobs, one after the other. */
export type WireEvent = z.output<typeof wireEventSchema>;
