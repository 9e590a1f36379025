/** The client package of LLMAgentOS: the agent, and the wire that servers speak. Knows nothing of the system's inside. */
export { LLMAgent, type LLMAgentOptions, type Replay, type Works } from './agent.ts';
export { LLMAgentError } from './error.ts';
export { type WireEvent, wireEventSchema } from './protocol/events.ts';
export {
  type ClientMessage,
  cancelSchema,
  clientMessageSchema,
  METHODS,
  type Method,
  type Params,
  type Request,
  type Result,
  requestSchema,
  type ServerMessage,
  serverMessageSchema,
} from './protocol/messages.ts';
export { textOptionsSchema, type WireTextOptions } from './protocol/options.ts';
export {
  type Bilingual,
  type ErrorKind,
  PROTOCOL,
  type WireError,
  wireErrorSchema,
} from './protocol/words.ts';
export {
  type Novelty,
  type VerseProof,
  type Work,
  type WorkSummary,
  workSchema,
  workSummarySchema,
} from './protocol/work.ts';
export { findLauncher, type StdioOptions, stdioTransport } from './stdio.ts';
export type { JobRunEvent } from './stream.ts';
export type { TextOptions, TextResult, TextStream } from './text.ts';
export type { OpenTransport, Transport, TransportListener } from './transport.ts';
