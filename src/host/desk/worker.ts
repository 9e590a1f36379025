/** The program of a worker process; see `workers.ts`. It ends when whoever started it is gone. */
import { toOsError } from '../../core/index.ts';
import { createOs } from '../create-os.ts';
import type { Os } from '../os.ts';
import type { WorkerState } from '../process-view.ts';
import { calmEvents } from './calm-events.ts';
import { runErrand } from './run-errand.ts';
import { runTask } from './run-task.ts';
import type { FromWorker, ToWorker } from './words.ts';
import type { WorkerHome } from './workers.ts';

/** How long a task may take to stop when nobody waits for it any more, in milliseconds. */
const PATIENCE = 3000;

const { home, modelFolders } = JSON.parse(process.argv[2] ?? '{}') as WorkerHome;
const opening = createOs({ home, ...(modelFolders ? { modelFolders } : {}) });
// Told with the first task; until then it must not count as unhandled.
opening.catch(() => undefined);

let controller = new AbortController();
const tell = (message: FromWorker): void => {
  // Whoever would hear it may be gone by the time it is written.
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
};

type Order = Exclude<ToWorker, { readonly cancel: true }>;

async function work(order: Order): Promise<void> {
  controller = new AbortController();
  const { signal } = controller;
  const calm = calmEvents((event) => tell({ event }));
  try {
    const os = await opening;
    const done =
      'task' in order
        ? await runTask(os, order.task, { seed: order.seed, signal, emit: calm.emit })
        : await runErrand(os, order.errand, signal);
    calm.flush();
    tellState(os, true);
    tell({ done });
  } catch (thrown) {
    calm.flush();
    const { kind, code, message, hint, zh, details } = toOsError(thrown);
    tell({ failed: { kind, code, message, hint, details: plain(details), ...(zh ? { zh } : {}) } });
  }
}

let told = '';

/** Tells what is in memory when other models are, or anyway. */
function tellState(os: Os, anyway = false): void {
  const open = os.residents();
  if (!anyway && JSON.stringify(open) === told) return;
  told = JSON.stringify(open);
  tell({ state: { open, memory: process.memoryUsage.rss() } satisfies WorkerState });
}

const LOOK = 500; // milliseconds
opening.then((os) => setInterval(() => tellState(os), LOOK).unref()).catch(() => undefined);

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
  // What is committed is committed: a task that does not listen is left in the middle.
  setTimeout(() => process.exit(0), PATIENCE).unref();
  await opening.then((os) => os[Symbol.asyncDispose]()).catch(() => undefined);
  process.exit(0);
});
// The system may die between two words of this process: a pipe that broke is heard as `disconnect`, and is no news of its own.
for (const pipe of [process, process.stdout, process.stderr]) pipe.on('error', () => undefined);
// A terminal's Ctrl-C, or a system going down, reaches the whole group; the desk decides what becomes of its workers.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
