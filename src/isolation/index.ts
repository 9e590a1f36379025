/** Child processes in which native runtimes live. */
export { createEngineProcess, type EngineProcess } from './engine-process.ts';
export type { EngineCall, EngineOptions } from './options.ts';
export { type CallContext, HandlerFault, type Handlers, serveCalls } from './serve-calls.ts';
