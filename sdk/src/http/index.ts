/** The client of the HTTP interface, for browsers, Node and Deno: `fetch` and nothing else. */

export type {
  AgentView,
  Answer,
  Body,
  CreateRequest,
  GrantView,
  Job,
  JobState,
  LineageGraphNode,
  Marks,
  ModelView,
  OpView,
  Query,
  RouteName,
  SentView,
  StartAgentRequest,
  SystemEvent,
  SystemView,
  WayOutView,
  WorkCard,
  WorkPage,
  WorkQuery,
} from '../api/index.ts';
export { LLMAgentError } from '../error.ts';
export type { Bilingual, ErrorKind, Novelty, VerseProof, WireError } from '../protocol/index.ts';
export type { CallOptions, Download } from './calls.ts';
export { type Client, createClient, type ThumbnailOptions, type UploadOptions } from './client.ts';
export type { EventFeed, EventsOptions } from './events.ts';
export type { ClientOptions } from './send.ts';
