/**
 * Our side of an engine process. Whatever a model file does to a native runtime, it does it there: the process holds none of
 * our secrets, may use so much memory, and can be stopped. When it dies, the calls it was busy with fail with
 * `engine/died`, and the next call starts it anew.
 *
 *   call ─▶ start when there is none ─▶ events ─▶ answer
 *     │ signal: asked to stop, and ended when it does not        memory over the limit: ended, `engine/out-of-memory`
 *     └ no word for `quiet`: ended, `engine/hangs`               dead: `engine/died`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { cancelled, type OsError } from '../core/index.ts';
import { type EngineFault, engineFault } from '../kernel/index.ts';
import type { FromEngine, ToEngine, WireFault } from './messages.ts';

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
  /** Variables that the engine sees besides the language; nothing of ours comes along. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for Node. */
  readonly execArgv?: readonly string[];
}

export interface EngineCall {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: never) => void) | undefined;
}

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

/** A call that waits for its answer. */
interface Waiting {
  readonly method: string;
  heard(): void;
  event(event: unknown): void;
  done(output: unknown): void;
  failed(error: OsError): void;
}

interface Running {
  readonly child: ChildProcess;
  readonly waiting: Map<number, Waiting>;
  memory: number;
  /** Why we ended it. */
  verdict: OsError | undefined;
}

/** Minutes may pass while a large model is read from a disk. */
const QUIET_MS = 600_000;

/** How often memory is looked at. */
const WATCH_MS = 200;

/** Prepares an engine process; it starts with the first call. */
export function createEngineProcess(options: EngineOptions): EngineProcess {
  let running: Running | undefined;
  let starts = 0;
  let calls = 0;
  const current = (): Running => {
    if (running) return running;
    const started = start(options);
    running = started;
    starts++;
    started.child.once('exit', () => {
      if (running === started) running = undefined;
    });
    return started;
  };
  return {
    call: <Output>(method: string, input: unknown, { signal, onEvent }: EngineCall = {}) => {
      if (signal?.aborted) return Promise.reject(cancelled(signal.reason));
      return ask<Output>(current(), options, { id: ++calls, method, input, signal, onEvent });
    },
    get pid() {
      return running?.child.pid;
    },
    get starts() {
      return starts;
    },
    memory: () => running?.memory ?? 0,
    [Symbol.asyncDispose]: async () => {
      if (running) await end(running);
    },
  };
}

function start({ name, entry, memory, env = {}, execArgv = [] }: EngineOptions): Running {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', ...execArgv],
    env: { LANG: 'C.UTF-8', HOME: tmpdir(), ...env },
  });
  const running: Running = { child, waiting: new Map(), memory: 0, verdict: undefined };
  let last = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    last = (last + text).slice(-2000);
  });
  child.on('message', (message: FromEngine) => hear(running, name, message));
  const watch = setInterval(() => {
    running.memory = residentBytes(child.pid) ?? running.memory;
    if (memory !== undefined && running.memory > memory && !running.verdict) {
      const [used, most] = [megabytes(running.memory), megabytes(memory)];
      kill(
        running,
        engineFault('out-of-memory', name, {
          en: `${used} of at most ${most} MB`,
          zh: `已用 ${used} MB，上限 ${most} MB`,
        }),
      );
    }
  }, WATCH_MS).unref();
  const gone = (how: string): void => {
    clearInterval(watch);
    for (const call of [...running.waiting.values()])
      call.failed(running.verdict ?? engineFault('died', name, how, last));
    running.waiting.clear();
  };
  child.once('error', (error) => gone(error.message));
  child.once('exit', (code, signal) => gone(signal ?? `exit ${code}`));
  return running;
}

function hear(running: Running, name: string, message: FromEngine): void {
  if (message.say === 'memory') {
    running.memory = message.bytes;
    return;
  }
  const call = running.waiting.get(message.id);
  if (!call) return;
  call.heard();
  if (message.say === 'event') call.event(message.event);
  else if (message.say === 'done') call.done(message.output);
  else call.failed(errorOf(name, message.fault));
}

function errorOf(name: string, { kind, message, zh }: WireFault): OsError {
  return engineFault((kind ?? 'broken-model') as EngineFault, name, { en: message, zh: zh ?? message });
}

interface Asked extends EngineCall {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
}

function ask<Output>(
  running: Running,
  options: EngineOptions,
  { id, method, input, signal, onEvent }: Asked,
): Promise<Output> {
  const { name, quiet = QUIET_MS, grace = 5000 } = options;
  const { child, waiting } = running;
  return new Promise<Output>((resolve, reject) => {
    let ending: NodeJS.Timeout | undefined;
    const silence = setTimeout(() => {
      const seconds = Math.round(quiet / 1000);
      kill(running, engineFault('hangs', name, { en: `${seconds} s`, zh: `${seconds} 秒` }));
    }, quiet);
    const finish = (): void => {
      clearTimeout(silence);
      clearTimeout(ending);
      signal?.removeEventListener('abort', stop);
      waiting.delete(id);
    };
    const stop = (): void => {
      if (child.connected) child.send({ say: 'cancel', id } satisfies ToEngine, () => undefined);
      ending = setTimeout(() => kill(running, cancelled(signal?.reason)), grace);
    };
    waiting.set(id, {
      method,
      heard: () => void silence.refresh(),
      event: (event) => (onEvent as ((event: unknown) => void) | undefined)?.(event),
      done: (output) => {
        finish();
        if (signal?.aborted) reject(cancelled(signal.reason));
        else resolve(output as Output);
      },
      failed: (error) => {
        finish();
        reject(signal?.aborted ? cancelled(signal.reason) : error);
      },
    });
    signal?.addEventListener('abort', stop, { once: true });
    child.send({ say: 'call', id, method, input } satisfies ToEngine, (error) => {
      if (error) waiting.get(id)?.failed(running.verdict ?? engineFault('died', name, error.message, error));
    });
  });
}

function kill(running: Running, verdict: OsError): void {
  running.verdict ??= verdict;
  running.child.kill('SIGKILL');
}

async function end({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}

/** Where the system tells (Linux); elsewhere the engine itself says so now and then. */
function residentBytes(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
  } catch {
    return undefined;
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
