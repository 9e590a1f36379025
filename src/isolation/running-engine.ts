/** One engine that runs: started, told and heard, watched, ended. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { cancelled, type OsError } from '../core/index.ts';
import { type EngineFault, engineFault } from '../kernel/index.ts';
import type { FromEngine, ToEngine, WireFault } from './messages.ts';
import type { EngineCall, EngineOptions } from './options.ts';
import { walled } from './walls.ts';

/** A call that waits for its answer. */
interface Waiting {
  readonly method: string;
  heard(): void;
  event(event: unknown): void;
  done(output: unknown): void;
  failed(error: OsError): void;
}

export interface Running {
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

/** Starts a process. */
export function start({ name, entry, memory, env = {}, execArgv = [] }: EngineOptions): Running {
  const walls = walled(['--disable-warning=ExperimentalWarning', ...execArgv]);
  const startedAs = { execPath: walls.execPath, execArgv: [...walls.execArgv] };
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...startedAs,
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

export interface Asked extends EngineCall {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
}

/** Asks it something, and waits. */
export function ask<Output>(
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

/** Ends it, and waits until it has. */
export async function end({ child }: Running): Promise<void> {
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
