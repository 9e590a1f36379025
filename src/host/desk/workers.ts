/**
 * Worker processes: each opens the same home and does one task at a time, so that whoever serves the artist never waits.
 *
 *   desk ─▶ { task } ─▶ worker ─▶ { event } … { done } or { failed }
 *        ─▶ { cancel }              its end without a word: the task failed, another worker takes its place
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cancelled, type ErrorFacts, OsError } from '../../core/index.ts';
import type { RunningTask, Task, TaskEvent, TaskResult, TaskRunner } from '../../kernel/index.ts';

/** What a worker needs to open the same system. */
export interface WorkerHome {
  readonly home: string;
  readonly modelFolders?: readonly string[] | undefined;
}

export type ToWorker = { readonly task: Task; readonly seed: number } | { readonly cancel: true };
export type FromWorker =
  | { readonly event: TaskEvent }
  | { readonly done: TaskResult }
  | { readonly failed: ErrorFacts };

/** From asking a worker to stop until it is killed, in milliseconds: a wish to stop is fulfilled within a second. */
const GRACE = 400;

/** A worker without work gives its models' memory back after so long, in milliseconds. */
const IDLE = 10 * 60_000;

const PROGRAM = new URL('./worker.ts', import.meta.url);

/** A runner with so many processes; each is started when it is first needed and kept for the next task. */
export function createWorkers(where: WorkerHome, places: number, program: URL = PROGRAM): TaskRunner {
  const idle = new Map<ChildProcess, NodeJS.Timeout>();
  const all = new Set<ChildProcess>();
  const forget = (child: ChildProcess): void => {
    all.delete(child);
    clearTimeout(idle.get(child));
    idle.delete(child);
  };
  const hireOne = (): ChildProcess => {
    const child = hire(program, where, forget);
    all.add(child);
    return child;
  };
  const take = (): ChildProcess => {
    // The latest to end has the most in memory that the next task may need.
    const child = [...idle.keys()].findLast((one) => one.connected) ?? hireOne();
    clearTimeout(idle.get(child));
    idle.delete(child);
    return child;
  };
  const release = (child: ChildProcess): void => {
    idle.set(child, setTimeout(() => void end(child), IDLE).unref());
  };
  return {
    places,
    warm: () => {
      if (all.size === 0) release(hireOne());
    },
    start: (task, seed, emit) => {
      const child = take();
      return talk(child, { task, seed }, { emit, release: () => release(child) });
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...all].map(end));
    },
  };
}

function hire(program: URL, where: WorkerHome, forget: (child: ChildProcess) => void): ChildProcess {
  const child = fork(program, [JSON.stringify(where)], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.once('exit', () => forget(child));
  // Whoever talks to it hears of it too; one without work is missed by nobody.
  child.on('error', () => forget(child));
  return child;
}

/** Gives a worker its task. `release`: it is free again. */
function talk(
  child: ChildProcess,
  order: ToWorker,
  { emit, release }: { readonly emit: (event: TaskEvent) => void; readonly release: () => void },
): RunningTask {
  const { promise, resolve, reject } = Promise.withResolvers<TaskResult>();
  let stopping: NodeJS.Timeout | undefined;
  let over = false;
  const hear = (message: FromWorker): void => {
    if ('event' in message) {
      emit(message.event);
      return;
    }
    leave();
    release();
    if ('done' in message) resolve(message.done);
    else reject(new OsError(message.failed));
  };
  const die = (how: string): void => {
    leave();
    reject(stopping ? cancelled() : workerDied(how));
  };
  const onExit = (code: number | null, signal: string | null): void => die(signal ?? `exit ${code}`);
  const onError = (error: Error): void => die(error.message);
  const leave = (): void => {
    over = true;
    clearTimeout(stopping);
    child
      .off('message', hear as (message: unknown) => void)
      .off('exit', onExit)
      .off('error', onError);
  };
  child
    .on('message', hear as (message: unknown) => void)
    .on('exit', onExit)
    .on('error', onError);
  child.send(order);
  const cancel = (): void => {
    if (stopping || over) return;
    stopping = setTimeout(() => {
      child.kill('SIGKILL');
      // Nothing comes of it any more, however long the system takes to clear it away.
      die('SIGKILL');
    }, GRACE);
    if (child.connected) child.send({ cancel: true } satisfies ToWorker);
  };
  return { result: promise, cancel };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(timer);
}

function workerDied(how: string): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'host/worker-died',
    message: `The process that did this ended without a word (${how}).`,
    hint: 'Ask for it again; if that happens again, it may need more memory than there is: ask for something smaller.',
    zh: {
      message: `执行此任务的进程突然结束（${how}）。`,
      hint: '请再试一次；若仍如此，可能是内存不够，请把要求改小一些。',
    },
  });
}
