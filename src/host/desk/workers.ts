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

/** From asking a worker to stop until it is killed, in milliseconds. */
const GRACE = 800;

/** A runner with so many processes; each is started when it is first needed and kept for the next task. */
export function createWorkers(where: WorkerHome, places: number): TaskRunner {
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const take = (): ChildProcess => {
    const waiting = idle.pop();
    if (waiting) return waiting;
    const child = fork(new URL('./worker.ts', import.meta.url), [JSON.stringify(where)], {
      serialization: 'advanced',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    all.add(child);
    child.once('exit', () => {
      all.delete(child);
      const at = idle.indexOf(child);
      if (at >= 0) idle.splice(at, 1);
    });
    return child;
  };
  return {
    places,
    start: (task, seed, emit) => {
      const child = take();
      return talk(child, { task, seed }, emit, () => idle.push(child));
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...all].map(end));
    },
  };
}

function talk(
  child: ChildProcess,
  order: ToWorker,
  emit: (event: TaskEvent) => void,
  release: () => void,
): RunningTask {
  const { promise, resolve, reject } = Promise.withResolvers<TaskResult>();
  let stopping: NodeJS.Timeout | undefined;
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
  const die = (code: number | null, signal: string | null): void => {
    leave();
    reject(stopping ? cancelled() : workerDied(signal ?? `exit ${code}`));
  };
  const leave = (): void => {
    clearTimeout(stopping);
    child.off('message', hear as (message: unknown) => void);
    child.off('exit', die);
  };
  child.on('message', hear as (message: unknown) => void);
  child.on('exit', die);
  child.send(order);
  const cancel = (): void => {
    if (stopping || !child.connected) return;
    child.send({ cancel: true } satisfies ToWorker);
    stopping = setTimeout(() => child.kill('SIGKILL'), GRACE);
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
