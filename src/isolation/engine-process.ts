/**
 * Our side of an engine process. Whatever a model file does to a native runtime, it does it there: the process holds none of
 * our secrets, may use so much memory, and can be stopped. When it dies, the calls it was busy with fail with
 * `engine/died`, and the next call starts it anew.
 *
 *   call ─▶ room in memory, start, prepare when there is none ─▶ events ─▶ answer
 *     │ signal: asked to stop, and ended when it does not        memory over the limit: ended, `engine/out-of-memory`
 *     └ no word for `quiet`: ended, `engine/hangs`               dead: `engine/died`
 */
import { cancelled } from '../core/index.ts';
import { mayTryAgain, type Stay } from '../kernel/index.ts';
import type { EngineCall, EngineOptions } from './options.ts';
import { ask, end, type Running, start } from './running-engine.ts';

export interface EngineProcess extends AsyncDisposable {
  /** Calls a method of the engine; starts it when needed. Throws `core/cancelled` and engine faults. */
  call<Output>(method: string, input: unknown, options?: EngineCall): Promise<Output>;
  /** Process id; undefined when it is not running. */
  readonly pid: number | undefined;
  /** Bytes of memory it last used; 0 when it is not running. */
  memory(): number;
  /** How often it was started: a model that was loaded by an earlier call is gone when this has changed. */
  readonly starts: number;
}

/** A process that is there, its stay in memory, and its readiness for calls. */
interface Life {
  readonly running: Running;
  readonly stay: Stay | undefined;
}

/** Prepares an engine process; it starts with the first call. */
export function createEngineProcess(options: EngineOptions): EngineProcess {
  let life: Promise<Life> | undefined;
  let running: Running | undefined;
  let [starts, calls] = [0, 0];
  const forget = async (): Promise<void> => {
    const ending = running;
    life = undefined;
    running = undefined;
    if (ending) await end(ending);
  };
  const begin = async (): Promise<Life> => {
    const { name, resident, prepare } = options;
    const stay = await resident?.residency.admit({ model: name, bytes: resident.bytes, evict: forget });
    const started = start(options);
    running = started;
    starts++;
    started.child.once('exit', () => {
      stay?.leave();
      if (running !== started) return;
      running = undefined;
      life = undefined;
    });
    const release = stay?.use();
    try {
      if (prepare) await ask(started, options, { id: ++calls, ...prepare });
      stay?.loaded();
      return { running: started, stay };
    } catch (error) {
      await end(started);
      throw error;
    } finally {
      release?.();
    }
  };
  const ready = (): Promise<Life> => {
    if (life) return life;
    const begun = begin();
    life = begun;
    begun.catch(() => {
      if (life === begun) life = undefined;
    });
    return begun;
  };
  const once = async <Output>(method: string, input: unknown, call: EngineCall): Promise<Output> => {
    const { running: engine, stay } = await unlessStopped(ready(), call.signal);
    const release = stay?.use();
    try {
      return await ask<Output>(engine, options, { id: ++calls, method, input, ...call });
    } finally {
      release?.();
    }
  };
  return {
    call: async <Output>(method: string, input: unknown, call: EngineCall = {}) => {
      let heard = false;
      const onEvent = (event: never): void => {
        heard = true;
        call.onEvent?.(event);
      };
      try {
        return await once<Output>(method, input, { ...call, onEvent });
      } catch (error) {
        if (!call.again || heard || !mayTryAgain(error)) throw error;
        return once<Output>(method, input, call);
      }
    },
    get pid() {
      return running?.child.pid;
    },
    get starts() {
      return starts;
    },
    memory: () => running?.memory ?? 0,
    [Symbol.asyncDispose]: forget,
  };
}

/** The same promise, given up on the signal. Throws `core/cancelled`. */
function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(cancelled(signal.reason));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
