import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { z } from 'zod';
import { type DeskEvent, defineOp, defineStudio, type NumberedEvent, type Studio } from '../../kernel/index.ts';
import { createOs } from '../create-os.ts';
import type { Os } from '../os.ts';
import { createInProcessRunner } from './index.ts';

/** A studio that writes what it is told, waits until it is let go, or fails. */
function trialStudio(gate: { readonly open: Promise<void> }): Studio {
  const write = defineOp({
    name: 'trial/write',
    version: 1,
    summary: { en: 'Writes.', zh: '写。' },
    options: z.object({ text: z.string() }),
    run: (context, _inputs, { text }) => {
      context.preview({ text });
      return { works: [{ medium: 'text', title: text, document: { text } }] };
    },
  });
  const wait = defineOp({
    name: 'trial/wait',
    version: 1,
    summary: { en: 'Waits.', zh: '等。' },
    options: z.object({ text: z.string().default('') }),
    run: async ({ signal }, _inputs, { text }) => {
      const stopped = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')), { once: true }),
      );
      await Promise.race([gate.open, stopped]);
      return { works: [{ medium: 'text', title: text, document: { text } }] };
    },
  });
  return defineStudio({ name: 'trial', medium: 'text', ops: [write, wait], formats: [], critique: () => [] });
}

async function openTrial(t: TestContext, gate = { open: Promise.resolve() }): Promise<{ os: Os; home: string }> {
  const home = await mkdtemp(join(tmpdir(), 'desk-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  const os = await createOs({ home, studios: [trialStudio(gate)], runner: (inside) => createInProcessRunner(inside) });
  t.after(() => os[Symbol.asyncDispose]());
  return { os, home };
}

/** Collects events until one fits. */
async function until(
  events: AsyncIterable<NumberedEvent>,
  fits: (event: DeskEvent) => boolean,
): Promise<NumberedEvent[]> {
  const seen: NumberedEvent[] = [];
  for await (const one of events) {
    seen.push(one);
    if (fits(one.event)) return seen;
  }
  return seen;
}

const isEnd =
  (job: string) =>
  (event: DeskEvent): boolean =>
    (event.type === 'job-end' || event.type === 'job-error') && event.job === job;

test('a task is kept, queued, run, and told from first to last; listening may begin anywhere', async (t) => {
  const { os } = await openTrial(t);
  const desk = await os.desk();
  const view = await desk.submit({ op: 'trial/write', options: { text: '月' }, seed: 7 });
  assert.equal(view.state, 'queued');
  const seen = await until(desk.events({ after: 'oldest' }), isEnd(view.id));
  assert.deepEqual(
    seen.map(({ event }) => event.type),
    ['job-queued', 'job-start', 'job-preview', 'job-end'],
  );
  const ended = await desk.find(view.id);
  assert.equal(ended?.state, 'done');
  assert.equal((await os.works.get(ended!.works[0]!)).title, '月');
  const [again] = await until(desk.events({ after: seen.at(-2)!.id }), isEnd(view.id));
  assert.equal(again?.event.type, 'job-end');
  const later = await until(desk.events({ after: 0 }), () => true);
  assert.equal(later[0]?.event.type, 'reset');
});

test('what no worker could do is refused before it is kept', async (t) => {
  const { os } = await openTrial(t);
  const desk = await os.desk();
  await assert.rejects(desk.submit({ op: 'trial/nothing' }), { code: 'kernel/unknown-op' });
  await assert.rejects(desk.submit({ op: 'trial/write', options: { text: 1 } }), { code: 'kernel/bad-options' });
  await assert.rejects(desk.create({ brief: ' ' }), { code: 'host/empty-brief' });
  await assert.rejects(desk.train({ name: 'mine' }), { code: 'host/nothing-to-learn-from' });
  await assert.rejects(desk.cancel('none'), { code: 'host/job-missing' });
  assert.deepEqual(await desk.list(), []);
});

test('tasks run in their order, as many at once as there are places; what waits or runs can be cancelled', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { os } = await openTrial(t, { open: promise });
  const desk = await os.desk();
  const [first, second, third] = await Promise.all(
    ['1', '2', '3'].map((text) => desk.submit({ op: 'trial/wait', options: { text } })),
  );
  assert.deepEqual(desk.load(), { queued: 2, running: 1, workers: 1 });
  assert.equal((await desk.find(third!.id))?.ahead, 1);
  assert.equal((await desk.cancel(second!.id)).state, 'cancelled');
  const stopped = until(desk.events(), isEnd(first!.id));
  await desk.cancel(first!.id);
  await stopped;
  assert.equal((await desk.find(first!.id))?.state, 'cancelled');
  const ended = until(desk.events(), isEnd(third!.id));
  resolve();
  await ended;
  assert.equal((await desk.find(third!.id))?.state, 'done');
  assert.equal((await desk.list({ state: 'cancelled' })).length, 2);
});

test('what a closed desk left waiting goes on with the next', async (t) => {
  const never = { open: new Promise<void>(() => undefined) };
  const { os, home } = await openTrial(t, never);
  const desk = await os.desk();
  const ids = [];
  for (const text of ['a', 'b']) ids.push((await desk.submit({ op: 'trial/wait', options: { text }, seed: 3 })).id);
  await os[Symbol.asyncDispose]();
  // The rows still name this process, which is alive: only a later process may take them.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  using db = new DatabaseSync(join(home, 'llmagentos.sqlite'));
  db.exec(`UPDATE desk SET owner = 'x' || owner`);
  db.exec(`UPDATE desk SET owner = substr(owner, 2, instr(owner, ':') - 1) || '999999999:0' `);
  const again = await createOs({
    home,
    studios: [trialStudio({ open: Promise.resolve() })],
    runner: (inside) => createInProcessRunner(inside),
  });
  t.after(() => again[Symbol.asyncDispose]());
  const later = await again.desk();
  await until(later.events({ after: 'oldest' }), isEnd(ids[1]!));
  assert.deepEqual(
    (await later.list()).map(({ state, works }) => [state, works.length]),
    [
      ['done', 1],
      ['done', 1],
    ],
  );
});
