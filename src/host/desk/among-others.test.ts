/** A desk among other processes on the same home: other desks, and commands. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { type DeskEvent, defineOp, defineStudio, type NumberedEvent, type TaskRunner } from '../../kernel/index.ts';
import { createOs } from '../create-os.ts';
import type { Os } from '../os.ts';
import { createInProcessRunner } from './index.ts';

const write = defineOp({
  name: 'trial/write',
  version: 1,
  summary: { en: 'Writes.', zh: '写。' },
  options: z.object({ text: z.string() }),
  run: (_context, _inputs, { text }) => ({ works: [{ medium: 'text', title: text, document: { text } }] }),
});
const wait = defineOp({
  name: 'trial/wait',
  version: 1,
  summary: { en: 'Waits until it is stopped.', zh: '等到停止。' },
  options: z.object({}),
  run: ({ signal }) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')), { once: true });
    }),
});
const trial = defineStudio({ name: 'trial', medium: 'text', ops: [write, wait], formats: [], critique: () => [] });

async function makeHome(t: TestContext): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'desks-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  return home;
}

async function openOs(t: TestContext, home: string, runner?: (os: Os) => TaskRunner): Promise<Os> {
  const os = await createOs({ home, studios: [trial], runner: runner ?? ((inside) => createInProcessRunner(inside)) });
  t.after(() => os[Symbol.asyncDispose]());
  return os;
}

async function first<T extends DeskEvent['type']>(
  events: AsyncIterable<NumberedEvent>,
  type: T,
): Promise<Extract<DeskEvent, { readonly type: T }>> {
  for await (const { event } of events)
    if (event.type === type) return event as Extract<DeskEvent, { readonly type: T }>;
  throw new Error('the events ended');
}

test('[DE30] the jobs of commands stand in the same list, with what they made; theirs to stop', async (t) => {
  const home = await makeHome(t);
  const [server, command] = [await openOs(t, home), await openOs(t, home)];
  const desk = await server.desk();
  const { job, works } = await command.run({ op: 'trial/write', options: { text: 'at the command line' } }).result;
  const [seen] = await desk.list();
  assert.deepEqual([seen?.id, seen?.state, seen?.works, seen?.seed], [job, 'done', [works[0]!.id], null]);
  assert.equal(seen?.title.en, 'Writes.');

  const controller = new AbortController();
  const running = command.run({ op: 'trial/wait', signal: controller.signal });
  for await (const event of running) if (event.type === 'job-start') break;
  while ((await desk.find(running.id))?.state !== 'running') await new Promise(setImmediate);
  await assert.rejects(desk.cancel(running.id), { code: 'host/job-elsewhere', kind: 'conflict' });
  controller.abort();
  await assert.rejects(running.result);
  const stopped = await desk.find(running.id);
  assert.deepEqual([stopped?.state, stopped?.error?.kind], ['cancelled', 'cancelled']);
});

test('[DE31] works that come from another process are told by their names', async (t) => {
  const home = await makeHome(t);
  const [server, command] = [await openOs(t, home), await openOs(t, home)];
  const desk = await server.desk();
  await command.run({ op: 'trial/write', options: { text: 'before' } }).result;
  const { works } = await command.run({ op: 'trial/write', options: { text: 'here' } }).result;
  const told: string[] = [];
  for await (const { event } of desk.events({ after: 'oldest' })) {
    if (event.type === 'works-changed') told.push(...event.works);
    if (told.includes(works[0]!.id)) break;
  }
  assert.ok(told.includes(works[0]!.id));
});

test('[DE32] a task is cancelled from another desk on the same home, waiting or running', async (t) => {
  const home = await makeHome(t);
  const [one, other] = [await openOs(t, home), await openOs(t, home)];
  const [desk, elsewhere] = [await one.desk(), await other.desk()];
  const started = first(desk.events(), 'job-start');
  const running = await desk.submit({ op: 'trial/wait' });
  const waiting = await desk.submit({ op: 'trial/write', options: { text: 'never' } });
  await started;
  assert.equal((await elsewhere.cancel(waiting.id)).state, 'cancelled');
  const ended = first(desk.events(), 'job-error');
  assert.equal((await elsewhere.cancel(running.id)).state, 'cancelled');
  assert.equal((await ended).job, running.id);
  while (desk.load().running > 0) await new Promise(setImmediate);
  assert.deepEqual(
    (await desk.list()).map(({ state }) => state),
    ['cancelled', 'cancelled'],
  );
  assert.deepEqual(await one.works.list(), []);
});

test('[DE33] where there are several places, training leaves one to the others', async (t) => {
  const started: string[] = [];
  const runner: TaskRunner = {
    places: 2,
    start: (task) => {
      started.push(task.kind);
      return { result: new Promise(() => undefined), cancel: () => undefined };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const os = await openOs(t, await makeHome(t), () => runner);
  const desk = await os.desk();
  const folder = '/nowhere';
  for (const name of ['one', 'two']) await desk.train({ name, folder });
  await desk.submit({ op: 'trial/write', options: { text: 'quick' } });
  while (started.length < 2) await new Promise(setImmediate);
  assert.deepEqual(started, ['train', 'op']);
  assert.deepEqual(desk.load(), { queued: 1, running: 2, workers: 2 });
});

test('[DE34] what a task had made when it failed stays with it', async (t) => {
  const home = await makeHome(t);
  const os = await openOs(t, home, (inside) => ({
    places: 1,
    start: (_task, _seed, emit) => {
      const result = inside.run({ op: 'trial/write', options: { text: 'half' } }).result.then(({ works }) => {
        emit({ type: 'job-work', role: 'poem', work: works[0]! });
        throw new Error('the ink ran out');
      });
      return { result, cancel: () => undefined };
    },
    [Symbol.asyncDispose]: async () => undefined,
  }));
  const desk = await os.desk();
  const ended = first(desk.events(), 'job-error');
  const { id } = await desk.create({ brief: 'a poem and a picture' });
  await ended;
  const kept = await desk.find(id);
  assert.equal(kept?.state, 'failed');
  assert.equal((await os.works.get(kept.works[0]!)).title, 'half');
});

test('[DE35] a desk that closes begins nothing more, and leaves what runs and waits to the next', async (t) => {
  const { promise, reject } = Promise.withResolvers<never>();
  const start = t.mock.fn<TaskRunner['start']>(() => ({ result: promise, cancel: () => undefined }));
  const end = async (): Promise<void> => reject(new Error('the worker is gone'));
  const os = await openOs(t, await makeHome(t), () => ({ places: 1, start, [Symbol.asyncDispose]: end }));
  const desk = await os.desk();
  for (const text of ['first', 'second']) await desk.submit({ op: 'trial/write', options: { text } });
  while (start.mock.callCount() === 0) await new Promise(setImmediate);
  await desk[Symbol.asyncDispose]();
  while (desk.load().running > 0) await new Promise(setImmediate);
  assert.equal(start.mock.callCount(), 1);
  assert.deepEqual((await desk.list()).map(({ state }) => state).toSorted(), ['queued', 'running']);
  await assert.rejects(desk.submit({ op: 'trial/write', options: { text: 'late' } }), { code: 'host/closing' });
});
