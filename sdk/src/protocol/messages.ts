/**
 * The wire: one JSON object a message, in both directions.
 *
 *   server ─▶ { hello }                                         once, first
 *   client ─▶ { id, method, params }                            ids are the client's, unique while open
 *   server ─▶ { id, event } …  then  { id, result } or { id, error }
 *   client ─▶ { cancel: id }                                    the answer is then, soon, an error of kind `cancelled`
 *
 * Over standard input and output every message is one line of UTF-8 JSON. A message that could not even be read is
 * answered with `id: null`.
 */
import { z } from 'zod';
import { wireEventSchema } from './events.ts';
import { textOptionsSchema } from './options.ts';
import { openObject, wireErrorSchema } from './words.ts';
import { workSchema, workSummarySchema } from './work.ts';

/** Every method: what it takes and what it answers. */
export const METHODS = {
  /** A brief becomes works; streams job events. */
  'text/write': {
    params: z.strictObject({ brief: z.string(), options: textOptionsSchema.optional() }),
    result: openObject({ works: z.array(workSchema) }),
  },
  /** Newest first. */
  'works/list': {
    params: z.strictObject({
      medium: z.string().optional(),
      limit: z.int().optional(),
      before: z.string().optional(),
    }),
    result: openObject({ works: z.array(workSummarySchema) }),
  },
  /** By id, or by its first digits. */
  'works/get': {
    params: z.strictObject({ id: z.string() }),
    result: openObject({ work: workSchema }),
  },
  /** Makes a work again from its record and compares content hashes; `found` is null when nothing came out. */
  'works/replay': {
    params: z.strictObject({ id: z.string() }),
    result: openObject({
      id: z.string(),
      equal: z.boolean(),
      expected: z.string(),
      found: z.string().nullable(),
    }),
  },
} as const;

export type Method = keyof typeof METHODS;
export type Params<M extends Method> = z.input<(typeof METHODS)[M]['params']>;
export type Result<M extends Method> = z.output<(typeof METHODS)[M]['result']>;

const id = z.int();
const call = <M extends Method>(method: M) =>
  z.strictObject({ id, method: z.literal(method), params: METHODS[method].params });

export const requestSchema = z.discriminatedUnion('method', [
  call('text/write'),
  call('works/list'),
  call('works/get'),
  call('works/replay'),
]);
export type Request = z.output<typeof requestSchema>;

export const cancelSchema = z.strictObject({ cancel: id });
export const clientMessageSchema = z.union([requestSchema, cancelSchema]);
export type ClientMessage = z.output<typeof clientMessageSchema>;

export const serverMessageSchema = z.union([
  openObject({ hello: openObject({ protocol: z.int(), version: z.string() }) }),
  openObject({ id, event: wireEventSchema }),
  openObject({ id, result: z.unknown().refine((value) => value !== undefined) }),
  openObject({ id: id.nullable(), error: wireErrorSchema }),
]);
export type ServerMessage = z.output<typeof serverMessageSchema>;
