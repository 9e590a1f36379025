/**
 * The client package of LLMAgentOS: the agent, and the plain client of the HTTP interface behind it. Knows nothing of the
 * system's inside, and needs nothing but `fetch`. Whoever answers finds the schemas in `./api` and `./protocol`.
 */
export { LLMAgent, type LLMAgentOptions, type Replay, type Works, type WorksQuery } from './agent.ts';
export * from './http/index.ts';
export { findLauncher, type NodeOptions } from './node-server.ts';
export type { WireTextOptions, Work, WorkSummary } from './protocol/index.ts';
export type {
  AgentOptions,
  AgentResult,
  ArtOptions,
  ArtResult,
  CreateOptions,
  Creation,
  CreationStream,
  Extras,
  TextOptions,
  TextResult,
  TextStream,
} from './results.ts';
export type { RunningJob } from './run-job.ts';
export type { JobRunEvent } from './stream.ts';
export type { TrainFiles, TrainOptions, TrainResult } from './train.ts';
