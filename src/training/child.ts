/**
 * The process that trains: it gets a recipe in a message, sends events, and ends with the result or the error. When the
 * parent asks, or is gone, it writes a checkpoint and stops. Started by `trainInChild`.
 */
import { toOsError } from '../core/index.ts';
import { type Recipe, runRecipe } from './loop/courses.ts';
import type { TrainingEvent, TrainingResult } from './loop/events.ts';

/** What the child tells its parent. */
export type ChildMessage =
  | { readonly type: 'event'; readonly event: TrainingEvent }
  | { readonly type: 'result'; readonly result: TrainingResult }
  | { readonly type: 'error'; readonly error: ReturnType<typeof describeError> };

/** What the parent tells the child. */
export type ParentMessage = { readonly type: 'start'; readonly recipe: Recipe } | { readonly type: 'stop' };

const stop = new AbortController();

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected) return resolve();
    process.send?.(message, () => resolve());
  });
}

async function train(recipe: Recipe): Promise<void> {
  try {
    const onEvent = (event: TrainingEvent): void => void send({ type: 'event', event });
    const result = await runRecipe(recipe, { onEvent, signal: stop.signal });
    await send({ type: 'result', result });
  } catch (error) {
    await send({ type: 'error', error: describeError(error) });
    process.exitCode = 1;
  }
  if (process.connected) process.disconnect();
}

function describeError(thrown: unknown) {
  const { kind, code, message, hint, zh, details } = toOsError(thrown);
  return { kind, code, message, hint, zh, details };
}

process.on('message', (message: ParentMessage) => {
  if (message.type === 'start') void train(message.recipe);
  else stop.abort();
});
process.on('disconnect', () => stop.abort());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
