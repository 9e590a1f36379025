/** How an engine process is started and asked. */
import type { Residency } from '../kernel/index.ts';

export interface EngineOptions {
  /** Name of the model, for errors. */
  readonly name: string;
  /** The module that serves calls (`serveCalls`). */
  readonly entry: URL;
  /** Most bytes of memory; default: no limit of ours. */
  readonly memory?: number;
  /** Milliseconds that a call may stay without a word; default 10 minutes. */
  readonly quiet?: number;
  /** Milliseconds between the wish to stop and the end of a process that does not; default 5,000. */
  readonly grace?: number;
  /** Who is in memory, and the bytes that this engine will need there; it is ended when it is idle and room is wanted. */
  readonly resident?: { readonly residency: Residency; readonly bytes: number };
  /** What a started engine is told before any other call, such as to load its model. Done anew after each start. */
  readonly prepare?: { readonly method: string; readonly input: unknown };
  /** Variables that the engine sees besides the language; nothing of ours comes along. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for Node. */
  readonly execArgv?: readonly string[];
}

export interface EngineCall {
  /** Tries once more when the engine died before it had told anything. Default false. */
  readonly again?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: never) => void) | undefined;
}
