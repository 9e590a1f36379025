/** The client of the HTTP interface, for browsers, Node and Deno: `fetch` and nothing else. */

export type {
  CreateRequest,
  Job,
  JobState,
  SystemEvent,
} from '../api/index.ts';
export type { Answer, Body, Query, RouteName } from '../api/index.ts';
export type { ModelView, OpView, SystemView } from '../api/index.ts';
export type { LineageGraphNode, Marks, WorkCard, WorkPage, WorkQuery } from '../api/index.ts';
export { LLMAgentError } from '../error.ts';
export type { Bilingual, ErrorKind, WireError } from '../protocol/words.ts';
export type { Novelty, VerseProof } from '../protocol/work.ts';
export type { CallOptions, Download } from './calls.ts';
export { type Client, createClient, type ThumbnailOptions, type UploadOptions } from './client.ts';
export type { EventFeed, EventsOptions } from './events.ts';
export type { ClientOptions } from './send.ts';
