import { toOsError } from '../../core/index.ts';
import type { TaskRunner } from '../../kernel/index.ts';
import type { Os } from '../os.ts';
import { runTask } from './run-task.ts';

/** Does tasks in this process, for programs that live shortly and for tests with studios of their own. */
export function createInProcessRunner(os: Os, places = 1): TaskRunner {
  const controllers = new Set<AbortController>();
  const running = new Set<Promise<unknown>>();
  return {
    places,
    start: (task, seed, emit) => {
      const controller = new AbortController();
      controllers.add(controller);
      const result = runTask(os, task, { seed, signal: controller.signal, emit }).catch((thrown) => {
        throw toOsError(thrown);
      });
      const settled = result.catch(() => undefined).finally(() => controllers.delete(controller));
      running.add(settled);
      void settled.finally(() => running.delete(settled));
      return { result, cancel: () => controller.abort() };
    },
    [Symbol.asyncDispose]: async () => {
      for (const controller of controllers) controller.abort();
      await Promise.all(running);
    },
  };
}
