import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskView } from '../../kernel/index.ts';
import type { Errand, ErrandAnswer } from '../errand.ts';
import { createErrandQueue, type Going } from './errand-queue.ts';
import { withLongErrands } from './long-errands.ts';
import type { OtherJobs } from './other-jobs.ts';

const quick = (id: string): Errand => ({ errand: 'critique', id });
const long = (id: string): Errand => ({ errand: 'export', id, format: 'png', settings: {} });

/** A queue whose errands end when they are told to. */
function trial(places: { readonly all: number; readonly long: number }) {
  const going = new Map<string, PromiseWithResolvers<ErrandAnswer>>();
  const cancelled: string[] = [];
  const queue = createErrandQueue(places, (errand): Going => {
    const id = 'id' in errand ? errand.id : '';
    const end = Promise.withResolvers<ErrandAnswer>();
    going.set(id, end);
    return { answer: end.promise, cancel: () => cancelled.push(id) };
  });
  const begun = (): string[] => [...going.keys()];
  const end = async (id: string): Promise<void> => {
    going.get(id)!.resolve(id);
    await new Promise(setImmediate);
  };
  return { queue, begun, end, cancelled };
}

test('what is quick never waits for what is long', async () => {
  const { queue, begun, end } = trial({ all: 2, long: 1 });
  const answers = [long('a'), long('b'), quick('c'), quick('d')].map((errand) => queue.send(errand));
  assert.deepEqual(begun(), ['a', 'c']);
  await end('c');
  assert.deepEqual(begun(), ['a', 'c', 'd']);
  await end('a');
  assert.deepEqual(begun(), ['a', 'c', 'd', 'b']);
  await end('b');
  await end('d');
  assert.deepEqual(await Promise.all(answers), ['a', 'b', 'c', 'd']);
});

test('who hangs up is answered at once; what waited is dropped, what runs is asked to stop and keeps its place until it has', async () => {
  const { queue, begun, end, cancelled } = trial({ all: 1, long: 1 });
  const [first, second] = [new AbortController(), new AbortController()];
  const runs = assert.rejects(queue.send(quick('a'), first.signal), { code: 'core/cancelled' });
  const waits = assert.rejects(queue.send(quick('b'), second.signal), { code: 'core/cancelled' });
  const last = queue.send(quick('c'));
  second.abort();
  first.abort();
  await Promise.all([runs, waits]);
  assert.deepEqual([begun(), cancelled], [['a'], ['a']]);
  await end('a');
  assert.deepEqual(begun(), ['a', 'c']);
  await end('c');
  assert.equal(await last, 'c');
  await assert.rejects(queue.send(quick('d'), first.signal), { code: 'core/cancelled' });
});

test('a queue that closes lets nobody wait', async () => {
  const { queue, end } = trial({ all: 1, long: 1 });
  const runs = queue.send(quick('a'));
  const waits = assert.rejects(queue.send(quick('b')), { code: 'core/cancelled' });
  queue.close();
  await waits;
  await assert.rejects(queue.send(quick('c')), { code: 'core/cancelled' });
  await end('a');
  assert.equal(await runs, 'a');
});

test('an errand that goes on for long stands among the jobs, and can be stopped there', async () => {
  const { queue, end, cancelled } = trial({ all: 2, long: 1 });
  const answer = queue.send(long('a'));
  let now = Date.now();
  const kept = { id: 'kept' } as DeskView;
  const others: OtherJobs = { find: async (id) => (id === 'kept' ? kept : undefined), list: async () => [kept] };
  const jobs = withLongErrands(others, queue.going, { now: () => now });
  const ids = async (state?: DeskView['state']): Promise<string[]> =>
    (await jobs.list({ limit: 9, state })).map(({ id }) => id);
  const { id } = queue.going()[0]!;
  assert.deepEqual([await ids(), await jobs.find(id), jobs.cancel(id)], [['kept'], undefined, undefined]);
  now += 60_000;
  assert.deepEqual(await ids(), [id, 'kept']);
  assert.deepEqual(await ids('done'), ['kept']);
  const view = await jobs.find(id);
  assert.deepEqual(
    [view?.state, view?.task.kind === 'op' && view.task.inputs, view?.title.en],
    ['running', ['a'], 'Writing a work as png'],
  );
  assert.equal(jobs.cancel(id)?.state, 'cancelled');
  assert.deepEqual(cancelled, ['a']);
  assert.equal(jobs.cancel('kept'), undefined);
  await end('a');
  await answer;
  assert.deepEqual([await ids(), (await jobs.find('kept'))?.id], [['kept'], 'kept']);
});
