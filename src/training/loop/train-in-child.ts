/** Trains in a process of its own, so that neither a long step nor a crash of the engine touches the caller. */
import { fork } from 'node:child_process';
import { cancelled, OsError } from '../../core/index.ts';
import type { ChildMessage, ParentMessage } from '../child.ts';
import { refusal } from '../refusal.ts';
import type { Recipe } from './courses.ts';
import type { TrainingHooks, TrainingResult } from './events.ts';

/** As for a run in this process, and the child's process id once it is started. */
export interface ChildHooks extends TrainingHooks {
  readonly onSpawn?: (pid: number) => void;
}

/**
 * A run of many hours must not grow. Two allocation arenas instead of eight a core (glibc; other C libraries ignore it):
 * each arena keeps what its busiest moment needed. And a nursery of the JavaScript heap that has its full size from the start.
 */
const STEADY_ALLOCATION = { MALLOC_ARENA_MAX: '2' };
const STEADY_HEAP = ['--min-semi-space-size=8', '--max-semi-space-size=8'];

/**
 * As `runRecipe`, in a child. Aborting lets the child write a checkpoint first. Throws what the child threw, or
 * `training/child-died` when it was killed; calling again goes on from its last checkpoint.
 */
export function trainInChild(recipe: Recipe, hooks: ChildHooks = {}): Promise<TrainingResult> {
  const { onEvent, onSpawn, signal } = hooks;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled(signal.reason));
    const child = fork(new URL('../child.ts', import.meta.url), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', ...STEADY_HEAP],
      env: { ...STEADY_ALLOCATION, ...process.env },
      serialization: 'advanced',
    });
    const tell = (message: ParentMessage): void => {
      if (child.connected) child.send(message);
    };
    const stop = (): void => tell({ type: 'stop' });
    let outcome: (() => void) | undefined;
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'event') onEvent?.(message.event);
      else if (message.type === 'result') outcome = () => resolve(message.result);
      else outcome = () => reject(restoreError(message.error));
    });
    child.on('spawn', () => onSpawn?.(child.pid!));
    child.on('error', reject);
    child.on('exit', (code, by) => {
      signal?.removeEventListener('abort', stop);
      if (outcome) outcome();
      else reject(childDied(by ?? `exit code ${code}`));
    });
    signal?.addEventListener('abort', stop, { once: true });
    tell({ type: 'start', recipe });
  });
}

function restoreError({ zh, ...facts }: Extract<ChildMessage, { type: 'error' }>['error']): OsError {
  return new OsError({ ...facts, ...(zh ? { zh } : {}) });
}

function childDied(reason: string): OsError {
  return refusal(
    'unavailable',
    'training/child-died',
    { en: `The training process ended before it was done (${reason}).`, zh: `训练进程提前结束（${reason}）。` },
    {
      en: 'Start the same training again: it goes on from its last checkpoint. If it keeps dying, use a smaller batch.',
      zh: '再次启动同样的训练即可从上一个检查点继续；若反复中断，请减小批量。',
    },
  );
}
