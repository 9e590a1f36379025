/** One order to a worker, from the first word to the last. */
import type { ChildProcess } from 'node:child_process';
import { cancelled, OsError } from '../../core/index.ts';
import type { TaskEvent } from '../../kernel/index.ts';
import type { FromWorker, ToWorker } from './words.ts';

export interface Talk<Answer> {
  readonly answer: Promise<Answer>;
  /** Asks the worker to stop, and ends it when it does not. */
  cancel(): void;
}

export interface TalkOptions {
  readonly emit?: (event: TaskEvent) => void;
  /** The worker is free again. */
  readonly release: () => void;
  /** Milliseconds from asking it to stop until it is ended. */
  readonly grace: number;
}

/** Gives a worker its order. */
export function talk<Answer>(
  child: ChildProcess,
  order: ToWorker,
  { emit, release, grace }: TalkOptions,
): Talk<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const stopping: { asked: boolean; timer?: NodeJS.Timeout } = { asked: false };
  let over = false;
  const hear = (message: FromWorker): void => {
    if ('event' in message) emit?.(message.event);
    if (!('done' in message) && !('failed' in message)) return;
    leave();
    release();
    if ('done' in message) resolve(message.done as Answer);
    else reject(new OsError(message.failed));
  };
  const die = (how: string): void => {
    leave();
    reject(stopping.asked ? cancelled() : workerDied(how));
  };
  const onExit = (code: number | null, signal: string | null): void => die(signal ?? `exit ${code}`);
  const onError = (error: Error): void => die(error.message);
  const leave = (): void => {
    over = true;
    clearTimeout(stopping.timer);
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
    // What is worth its end, whoever waits for it, is not stopped.
    if (stopping.asked || over || !Number.isFinite(grace)) return;
    stopping.asked = true;
    stopping.timer = setTimeout(() => {
      child.kill('SIGKILL');
      // Nothing comes of it any more, however long the system takes to clear it away.
      die('SIGKILL');
    }, grace);
    if (child.connected) child.send({ cancel: true } satisfies ToWorker);
  };
  return { answer: promise, cancel };
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
