import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventRing, type DeskEvent, type EventRing, type ListenOptions, type NumberedEvent } from './index.ts';

const changed = (n: number): DeskEvent => ({ type: 'works-changed', works: [`${n}`] });
const draft = (job: string, text: string, candidate = 0): DeskEvent => ({
  type: 'job-preview',
  job,
  op: 'verse/compose',
  candidate,
  text,
});

/** The next `count` events. */
async function hear(ring: EventRing, count: number, options: ListenOptions = {}): Promise<NumberedEvent[]> {
  const heard: NumberedEvent[] = [];
  for await (const one of ring.listen(options)) if (heard.push(one) === count) break;
  return heard;
}

test('[DE1] everybody hears all that comes, in order, with numbers that grow by one', async () => {
  const ring = createEventRing(100);
  ring.push(changed(0));
  const listeners = Promise.all(Array.from({ length: 200 }, () => hear(ring, 3)));
  // The listeners have their places once they were asked for the first event.
  await Promise.resolve();
  for (let n = 1; n <= 3; n++) ring.push(changed(n));
  for (const heard of await listeners) {
    assert.deepEqual(
      heard,
      [1, 2, 3].map((n) => ({ id: 100 + n, event: changed(n) })),
    );
  }
});

test('[DE2] whoever was away hears what was missed, from the number last heard on', async () => {
  const ring = createEventRing(100);
  for (let n = 0; n < 5; n++) ring.push(changed(n));
  assert.deepEqual(
    (await hear(ring, 2, { after: 102 })).map(({ id }) => id),
    [103, 104],
  );
});

test('[DE3] what is no longer known is said to be so: from an earlier start, from before the ring, from a future', async () => {
  const ring = createEventRing(1000, 8);
  for (let n = 0; n < 40; n++) ring.push(changed(n));
  for (const after of [3, 1010, 5000]) {
    const [first] = await hear(ring, 1, { after });
    assert.deepEqual(first, { id: 1039, event: { type: 'reset' } });
  }
  assert.equal((await hear(ring, 1, { after: 1037 }))[0]!.id, 1038);
});

test('[DE4] of the drafts of one candidate only the latest is kept, and none of a job that has ended', async () => {
  const ring = createEventRing(0);
  ring.push(draft('a', 'one'));
  ring.push(draft('a', 'other', 1));
  ring.push(draft('a', 'two'));
  ring.push(draft('b', 'three'));
  const left = await hear(ring, 3, { after: -1 });
  assert.deepEqual(
    left.map(({ id }) => id),
    [1, 2, 3],
  );
  ring.push({ type: 'job-end', job: 'a', works: [], report: null, seed: 1, cached: false });
  assert.deepEqual(
    (await hear(ring, 2, { after: -1 })).map(({ id }) => id),
    [3, 4],
  );
});

test('[DE5] a listener ends with its signal, though nothing happens', async () => {
  const ring = createEventRing(0);
  const controller = new AbortController();
  const all = Array.fromAsync(ring.listen({ signal: controller.signal }));
  await Promise.resolve();
  controller.abort();
  assert.deepEqual(await all, []);
});
