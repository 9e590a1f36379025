import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunningTask, Task, TaskEvent, TaskRunner } from '../../kernel/index.ts';
import type { Errand } from '../errand.ts';
import { createWorkers } from './workers.ts';

const STUBBORN = new URL('./stubborn-worker.ts', import.meta.url);
const taskOf = (op: string): Task => ({ kind: 'op', op, inputs: [], options: null, fresh: false });

/** Starts a task and waits until its worker has told of it. */
async function begin(workers: TaskRunner, op: string): Promise<RunningTask> {
  const heard = Promise.withResolvers<TaskEvent>();
  const running = workers.start(taskOf(op), 5, heard.resolve);
  assert.deepEqual(await heard.promise, { type: 'job-start', op, seed: 5, cached: false });
  return running;
}

test('[DE10] a worker is kept for the next task, and grows by none of them', async (t) => {
  await using workers = createWorkers({ home: '' }, 1, STUBBORN);
  const warned = t.mock.fn();
  process.on('warning', warned);
  t.after(() => process.off('warning', warned));
  workers.warm?.();
  const pids = new Set<unknown>();
  for (let i = 0; i < 12; i++) pids.add((await (await begin(workers, 'trial/go')).result).report);
  assert.equal(pids.size, 1, 'the same process');
  await new Promise(setImmediate);
  assert.equal(warned.mock.callCount(), 0, 'no listener is left behind');
});

test('[DE11] a worker that ends without a word has failed, and another takes its place', async () => {
  await using workers = createWorkers({ home: '' }, 1, STUBBORN);
  const { result } = await begin(workers, 'trial/die');
  await assert.rejects(result, { code: 'host/worker-died', kind: 'unavailable', message: /exit 3/ });
  assert.ok((await (await begin(workers, 'trial/go')).result).report);
});

test('[DE12] who is asked to stop stops; who does not listen is killed', async () => {
  await using workers = createWorkers({ home: '' }, 2, STUBBORN);
  for (const op of ['trial/obey', 'trial/hang']) {
    const running = await begin(workers, op);
    running.cancel();
    await assert.rejects(running.result, { code: 'core/cancelled' });
  }
});

test('[DE13] a stop that comes when the task is done does not meet the next one', async () => {
  await using workers = createWorkers({ home: '' }, 1, STUBBORN);
  const first = await begin(workers, 'trial/go');
  await first.result;
  const second = await begin(workers, 'trial/obey');
  first.cancel();
  const third = await begin(workers, 'trial/go');
  await third.result;
  second.cancel();
  await assert.rejects(second.result, { code: 'core/cancelled' });
});

test('[DE14] nobody outlives the runner', async () => {
  const workers = createWorkers({ home: '' }, 1, STUBBORN);
  const running = await begin(workers, 'trial/hang');
  const lost = assert.rejects(running.result, { code: 'host/worker-died' });
  await workers[Symbol.asyncDispose]();
  await lost;
});

const critique = (id: string): Errand => ({ errand: 'critique', id });
const exported = (id: string): Errand => ({ errand: 'export', id, format: 'png', settings: {} });

test('errands are done in another process, also while every place is taken, and it tells what it has open', async () => {
  await using workers = createWorkers({ home: '' }, 1, STUBBORN);
  const task = await begin(workers, 'trial/hang');
  const lost = assert.rejects(task.result, { code: 'host/worker-died' });
  const pid = await workers.send(critique('go'));
  assert.ok(typeof pid === 'number' && pid !== process.pid);
  const [hung, went] = workers.processes();
  assert.equal(hung?.doing, 'trial/hang');
  assert.deepEqual([went?.pid, went?.doing, went?.memory, went?.open[0]?.model], [pid, null, 9, 'go']);
  assert.equal(await workers.send(critique('again')), pid, 'who is free goes again');
  await workers[Symbol.asyncDispose]();
  await lost;
});

test('an errand that nobody waits for any more is stopped: by a word, or by the end of its worker', async () => {
  await using workers = createWorkers({ home: '' }, 1, STUBBORN);
  for (const id of ['obey', 'hang']) {
    const controller = new AbortController();
    const answer = workers.send(exported(id), controller.signal);
    controller.abort();
    await assert.rejects(answer, { code: 'core/cancelled' });
    // The one place for long errands is free when the worker has really stopped.
    assert.equal(typeof (await workers.send(exported('go'))), 'number');
  }
});
