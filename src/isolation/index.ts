/** Child processes in which native runtimes live. */
export { createEngineProcess, type EngineCall, type EngineOptions, type EngineProcess } from './engine-process.ts';
export { type CallContext, HandlerFault, type Handlers, serveCalls } from './serve-calls.ts';
