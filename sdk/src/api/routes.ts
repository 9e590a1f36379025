/**
 * The HTTP API as one table: what each route takes and answers. The server checks requests with it, the OpenAPI document is
 * generated from it, the client takes its types from it.
 *
 * Every route wants the key (`Authorization: Bearer …`, or the cookie the studio was opened with). An error is
 * `{ error: { kind, code, message, hint, zh? } }` with the status of its kind.
 */
import { z } from 'zod';
import { openObject } from '../protocol/index.ts';
import { agentControlSchema, agentSchema, startAgentSchema } from './agents.ts';
import {
  createRequestSchema,
  jobSchema,
  jobStateSchema,
  runRequestSchema,
  trainRequestSchema,
  workId,
} from './jobs.ts';
import { addModelSchema, modelDefaultsSchema, modelSchema, opSchema, systemSchema } from './system.ts';
import { sentSchema, wayOutChangeSchema, wayOutSchema } from './way-out.ts';
import { lineageNodeSchema, marksSchema, workCardSchema, workPageSchema, workQuerySchema } from './works.ts';

/** One route: `path` with `{names}`, and the schemas of what goes in and out. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** Parsed from the query string. */
  readonly query?: z.ZodType;
  /** JSON body. */
  readonly body?: z.ZodType;
  /** JSON answer; absent where bytes or a stream of events are answered (`answers` then says what). */
  readonly result?: z.ZodType;
  readonly answers?: string;
  /** Bytes as body instead of JSON. */
  readonly upload?: true;
  readonly status?: number;
}

const done = openObject({ done: z.literal(true) });
const ids = z.array(workId).min(1).max(1000);

export const ROUTES = {
  system: { method: 'GET', path: '/api/system', summary: 'Version, memory, jobs', result: systemSchema },
  ops: {
    method: 'GET',
    path: '/api/ops',
    summary: 'Every creative step, with the JSON Schema of its options',
    result: openObject({ ops: z.array(opSchema) }),
  },
  models: {
    method: 'GET',
    path: '/api/models',
    summary: 'Models at hand, with their cards',
    result: openObject({ models: z.array(modelSchema) }),
  },
  setModel: {
    method: 'PATCH',
    path: '/api/models/{name}',
    summary: 'Turns a model on or off',
    body: z.strictObject({ enabled: z.boolean() }),
    result: modelSchema,
  },
  addModel: {
    method: 'POST',
    path: '/api/models',
    summary: 'Adds a model by its content: a file or folder of this machine, or a server that was granted before',
    body: addModelSchema,
    result: modelSchema,
    status: 201,
  },
  removeModel: {
    method: 'DELETE',
    path: '/api/models/{name}',
    summary: "Takes one of the artist's models away; files that its card only names stay",
    result: done,
  },
  modelDefaults: {
    method: 'GET',
    path: '/api/model-defaults',
    summary: 'Which model is taken for a role where nobody names one',
    result: modelDefaultsSchema,
  },
  setModelDefault: {
    method: 'PUT',
    path: '/api/model-defaults/{role}',
    summary: 'Prefers a model for a role; null takes the wish back',
    body: z.strictObject({ name: z.string().nullable() }),
    result: modelDefaultsSchema,
  },

  createJob: {
    method: 'POST',
    path: '/api/create',
    summary: 'A brief becomes a plan, a poem, a picture and a tune',
    body: createRequestSchema,
    result: jobSchema,
    status: 202,
  },
  trainJob: {
    method: 'POST',
    path: '/api/train',
    summary: "An artist's own files become a model",
    body: trainRequestSchema,
    result: jobSchema,
    status: 202,
  },
  runJob: {
    method: 'POST',
    path: '/api/jobs',
    summary: 'Runs an op',
    body: runRequestSchema,
    result: jobSchema,
    status: 202,
  },
  /** Answers at once and keeps nothing: for checks while one types. Only for ops that make no works. */
  ask: {
    method: 'POST',
    path: '/api/ask',
    summary: 'Runs an op that only reports, at once; nothing is kept',
    body: runRequestSchema,
    result: openObject({ report: z.unknown() }),
  },
  jobs: {
    method: 'GET',
    path: '/api/jobs',
    summary: 'Jobs, newest first',
    query: z.strictObject({
      state: jobStateSchema.optional(),
      limit: z.coerce.number().int().min(1).max(1000).optional(),
    }),
    result: openObject({ jobs: z.array(jobSchema) }),
  },
  job: { method: 'GET', path: '/api/jobs/{id}', summary: 'One job', result: jobSchema },
  cancelJob: { method: 'DELETE', path: '/api/jobs/{id}', summary: 'Cancels a job', result: jobSchema },
  events: {
    method: 'GET',
    path: '/api/events',
    summary: 'What happens, as server-sent events; Last-Event-ID resumes',
    query: z.strictObject({ job: z.string().optional().describe('only this job, from its first event to its last') }),
    answers: 'text/event-stream',
  },

  works: {
    method: 'GET',
    path: '/api/works',
    summary: 'Works, newest first',
    query: workQuerySchema,
    result: openObject({
      works: z.array(workCardSchema),
      total: z.int().describe('how many there are without before and limit'),
    }),
  },
  work: {
    method: 'GET',
    path: '/api/works/{id}',
    summary: 'One work with all that is known of it',
    result: workPageSchema,
  },
  content: {
    method: 'GET',
    path: '/api/works/{id}/content',
    summary: 'The content, as it was kept',
    answers: 'application/octet-stream',
  },
  /** Query `width` (pixels, default 320), `theme` (light, dark). Text is a page, music a score, a picture itself. */
  thumbnail: {
    method: 'GET',
    path: '/api/works/{id}/thumbnail',
    summary: 'A small picture of the work',
    query: z.strictObject({
      width: z.coerce.number().int().min(32).max(2048).optional(),
      theme: z.enum(['light', 'dark']).optional(),
    }),
    answers: 'image/webp',
  },
  export: {
    method: 'GET',
    path: '/api/works/{id}/export/{format}',
    summary: 'The work as a file; settings of the format as query',
    answers: 'application/octet-stream',
  },
  replay: {
    method: 'POST',
    path: '/api/works/{id}/replay',
    summary: 'Makes it again and compares',
    result: openObject({
      id: z.string(),
      equal: z.boolean(),
      repeatable: z.boolean().optional().describe('false: its engine does not promise the same twice'),
      expected: z.string(),
      found: z.string().nullable(),
    }),
  },
  lineage: {
    method: 'GET',
    path: '/api/works/{id}/lineage',
    summary: 'All it was made from and all made from it',
    result: openObject({ nodes: z.array(lineageNodeSchema) }),
  },
  graph: {
    method: 'GET',
    path: '/api/lineage',
    summary: 'The latest works as one graph',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(5000).optional() }),
    result: openObject({ nodes: z.array(lineageNodeSchema) }),
  },
  /** `star`, `board`, `trash` and `erase` on many works at once; what is undone is done again by its opposite. */
  mark: {
    method: 'POST',
    path: '/api/marks',
    summary: 'Stars, boards and trash, for several works at once',
    body: z.strictObject({
      works: ids,
      starred: z.boolean().optional(),
      trashed: z.boolean().optional(),
      addTo: z.string().optional(),
      removeFrom: z.string().optional(),
    }),
    result: openObject({ marks: z.record(z.string(), marksSchema) }),
  },
  boards: {
    method: 'GET',
    path: '/api/boards',
    summary: 'Boards and how many works hang on each',
    result: openObject({ boards: z.array(openObject({ name: z.string(), works: z.int() })) }),
  },
  choose: {
    method: 'POST',
    path: '/api/choices',
    summary: 'Notes which candidate was picked; null: none of them',
    body: z.strictObject({ shown: ids, picked: workId.nullable() }),
    result: done,
  },
  /** Body: the bytes. Header `x-file-name`: the name, percent-encoded. `read` says which works an op made of it, where one could. */
  upload: {
    method: 'POST',
    path: '/api/files',
    summary: 'Brings a file; what can be read becomes a work of its medium',
    query: z.strictObject({
      read: z.stringbool().optional().describe('false: it is kept as a file, and nothing is made of it'),
    }),
    upload: true,
    result: openObject({ file: workCardSchema, job: jobSchema.nullable() }),
    status: 201,
  },

  ledger: {
    method: 'GET',
    path: '/api/ledger',
    summary: 'The latest acts, newest first, page by page to the first of all',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(1000).optional().describe('default 100'),
      before: z.coerce.number().int().min(1).optional().describe('number of an act: only earlier ones'),
      work: workId.optional().describe('id of a work: only acts that name it'),
    }),
    result: openObject({
      before: z.int().nullable().describe('ask for the next page with this; null: this was the last'),
      entries: z.array(
        openObject({
          seq: z.int(),
          at: z.string(),
          actor: z.string(),
          act: z.string(),
          facts: z.unknown(),
          hash: z.string(),
        }),
      ),
    }),
  },
  egress: {
    method: 'GET',
    path: '/api/egress',
    summary: 'Every request that left this machine or was stopped, newest first',
    result: openObject({ requests: z.array(sentSchema) }),
  },
  wayOut: {
    method: 'GET',
    path: '/api/way-out',
    summary: 'Which hosts may be gone to and what for, and whether all is closed',
    result: wayOutSchema,
  },
  closeWayOut: {
    method: 'PATCH',
    path: '/api/way-out',
    summary: 'Closes the way out, or takes a grant back',
    body: wayOutChangeSchema,
    result: wayOutSchema,
  },

  agents: {
    method: 'GET',
    path: '/api/agents',
    summary: 'Agents, newest first',
    result: openObject({ agents: z.array(agentSchema) }),
  },
  startAgent: {
    method: 'POST',
    path: '/api/agents',
    summary: 'Gives a brief to an agent, which goes to work as a job',
    body: startAgentSchema,
    result: openObject({ agent: agentSchema, job: jobSchema }),
    status: 202,
  },
  agent: {
    method: 'GET',
    path: '/api/agents/{id}',
    summary: 'One agent with all its thoughts and acts',
    result: agentSchema,
  },
  controlAgent: {
    method: 'POST',
    path: '/api/agents/{id}',
    summary: 'Pauses, leads, answers or allows an agent, between any two of its steps',
    body: agentControlSchema,
    result: agentSchema,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
type Of<N extends RouteName, K extends string> = (typeof ROUTES)[N] extends {
  readonly [P in K]: infer S extends z.ZodType;
}
  ? S
  : never;
/** What a route answers. */
export type Answer<N extends RouteName> = z.output<Of<N, 'result'>>;
/** What a client sends as JSON. */
export type Body<N extends RouteName> = z.input<Of<N, 'body'>>;
/** What a client sends as query. */
export type Query<N extends RouteName> = z.input<Of<N, 'query'>>;
