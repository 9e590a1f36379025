/** The program of a worker process; see `workers.ts`. It ends when whoever started it is gone. */
import { toOsError } from '../../core/index.ts';
import { createOs } from '../create-os.ts';
import { runTask } from './run-task.ts';
import type { FromWorker, ToWorker, WorkerHome } from './workers.ts';

const { home, modelFolders } = JSON.parse(process.argv[2] ?? '{}') as WorkerHome;
const opening = createOs({ home, ...(modelFolders ? { modelFolders } : {}) });
// Told with the first task; until then it must not count as unhandled.
opening.catch(() => undefined);

let controller = new AbortController();
const tell = (message: FromWorker): void => {
  if (process.connected) process.send?.(message);
};

async function work(order: Extract<ToWorker, { readonly task: unknown }>): Promise<void> {
  controller = new AbortController();
  const { signal } = controller;
  try {
    const os = await opening;
    const done = await runTask(os, order.task, { seed: order.seed, signal, emit: (event) => tell({ event }) });
    tell({ done });
  } catch (thrown) {
    const { kind, code, message, hint, zh, details } = toOsError(thrown);
    tell({ failed: { kind, code, message, hint, details: plain(details), ...(zh ? { zh } : {}) } });
  }
}

/** Only what survives the way between processes. */
function plain(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(details)) as Readonly<Record<string, unknown>>;
}

process.on('message', (message: ToWorker) => {
  if ('cancel' in message) controller.abort();
  else void work(message);
});
process.on('disconnect', async () => {
  controller.abort();
  await opening.then((os) => os[Symbol.asyncDispose]()).catch(() => undefined);
  process.exit(0);
});
// The terminal's Ctrl-C goes to the whole group; the desk decides what becomes of its workers.
process.on('SIGINT', () => undefined);
