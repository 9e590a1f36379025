/** The system as the doors show it: ops, models, memory, what left this machine. */
import { z } from 'zod';
import { bilingualSchema, openObject } from '../protocol/index.ts';

/** An op; `options` is a JSON Schema (draft 2020-12) with a description for every option. */
export const opSchema = openObject({
  name: z.string(),
  version: z.int(),
  summary: bilingualSchema,
  inputs: z.array(openObject({ name: z.string(), medium: z.string(), optional: z.boolean() })),
  options: z.record(z.string(), z.unknown()),
});
export type OpView = z.output<typeof opSchema>;

export const modelSchema = openObject({
  name: z.string(),
  /** The engine that opens it. */
  driver: z.string(),
  /** What it can be opened as: `token`, `chat`, `picture`, `sound` …; empty for what is only read. */
  roles: z.array(z.string()),
  /** What its card says: licence, data, scores, size. */
  card: z.record(z.string(), z.unknown()),
  /** Bytes of its folder. */
  size: z.number(),
  /** Whether it ships with the system; others are the artist's own. */
  shipped: z.boolean(),
  enabled: z.boolean(),
  /** Whether it is in memory now. */
  resident: z.boolean(),
  /** In which processes. */
  residence: z.array(
    openObject({
      pid: z.int(),
      bytes: z.number().nullable().describe('null where its engine does not say'),
      since: z.string(),
      busy: z.boolean().nullable().describe('whether it works just now; null where its engine does not say'),
    }),
  ),
  /** The memory that it will need, planned before it is loaded; absent for a model that runs elsewhere. */
  fit: openObject({
    need: z.number().describe('bytes that it will need'),
    room: z.number().describe('bytes that it could have now'),
    fits: z.boolean(),
    instead: openObject({ model: z.string(), bytes: z.number() })
      .optional()
      .describe('the largest other model of its role that fits'),
  }).optional(),
  fault: z.string().optional(),
});
export type ModelView = z.output<typeof modelSchema>;

/** A model that is to be added. */
export const addModelSchema = z.strictObject({
  source: z.string().describe('path on the machine of the system, or address of a server'),
  name: z.string().optional().describe('default: made from the source'),
  licence: z.string().optional(),
  copy: z.boolean().optional().describe('copy the files into the home folder; default: they stay where they are'),
  driver: z.string().optional().describe('default: told from the content'),
  fields: z.record(z.string(), z.unknown()).optional().describe('more fields of its card: model, key, contextLength …'),
});

export const modelDefaultsSchema = openObject({ defaults: z.record(z.string(), z.string()) });

export const systemSchema = openObject({
  name: z.literal('LLMAgentOS'),
  version: z.string(),
  node: z.string(),
  platform: z.string(),
  cores: z.int(),
  /** Bytes. */
  memory: openObject({ total: z.number(), free: z.number(), process: z.number() }),
  home: z.string(),
  uptime: z.number().describe('seconds'),
  jobs: openObject({ queued: z.int(), running: z.int(), workers: z.int() }),
  /** The processes of the system: the one that serves comes first, then its workers. */
  processes: z.array(
    openObject({
      pid: z.int(),
      memory: z.number().describe('bytes'),
      doing: z
        .string()
        .nullable()
        .describe('serve; name of an op, create, train; ask, export, replay, thumbnail, critique; null: nothing'),
      since: z.string().describe('since when it does so'),
      models: z.array(z.string()).describe('models that it has in memory'),
    }),
  ),
  works: z.int(),
  /** Requests that left this machine since it was set up. */
  egress: z.int(),
});
export type SystemView = z.output<typeof systemSchema>;
