/** What happens, as listeners hear it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, SystemEvent } from '../../../../sdk/src/api/index.ts';
import { createEventsAnswer, STREAM_LIMITS } from './answer-events.ts';
import { type Broadcast, createBroadcast } from './broadcast.ts';

const job = (id: string, state: Job['state'] = 'running'): Job => ({
  id,
  op: 'verse/compose',
  title: { en: 't', zh: 't' },
  state,
  inputs: [],
  options: {},
  seed: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  works: [],
});
const queued = (id: string): SystemEvent => ({ type: 'job-queued', job: id, view: job(id, 'queued') });
const progress = (id: string, done: number): SystemEvent => ({ type: 'job-progress', job: id, done });
const preview = (id: string, text: string): SystemEvent => ({
  type: 'job-preview',
  job: id,
  op: 'o',
  candidate: 0,
  text,
});
const end = (id: string): SystemEvent => ({
  type: 'job-end',
  job: id,
  works: [],
  report: null,
  seed: 1,
  cached: false,
});

interface Opened {
  readonly broadcast: Broadcast;
  tell(event: SystemEvent): void;
  ask(request?: { job?: string; lastEventId?: string; signal?: AbortSignal }): Promise<Response>;
}

function open(standing: Readonly<Record<string, Job>> = {}, limits = STREAM_LIMITS): Opened {
  const broadcast = createBroadcast(100, { events: 6, size: 1e6 });
  let id = 100;
  const answer = createEventsAnswer({
    broadcast,
    findJob: async (name) =>
      standing[name] && { view: standing[name], end: standing[name].state === 'done' ? end(name) : undefined },
    limits,
  });
  return {
    broadcast,
    tell: (event) => {
      id += 1;
      broadcast.tell(id, event);
    },
    ask: ({ job: name, lastEventId, signal = new AbortController().signal } = {}) =>
      answer({ job: name, lastEventId, signal }),
  };
}

/** The events of a stream that ends, as `id type`. */
async function read(response: Response): Promise<string[]> {
  return listed(await response.text());
}

function listed(text: string): string[] {
  return text
    .split('\n\n')
    .filter((message) => message.includes('data:'))
    .map((message) => `${/^id: (.*)$/m.exec(message)?.[1]} ${/^event: (.*)$/m.exec(message)?.[1]}`);
}

/** The first events of a stream that goes on. */
async function readSome(response: Response, count: number): Promise<string[]> {
  const reader = response.body!.getReader();
  let text = '';
  while (listed(text).length < count) text += new TextDecoder().decode((await reader.read()).value);
  await reader.cancel();
  return listed(text);
}

test('[HT30] a job is told from its first event to its last, to those who come late too', async () => {
  const { tell, ask } = open({ a: job('a') });
  tell(queued('a'));
  tell(queued('b'));
  tell(preview('a', '一'));
  tell(preview('a', '一二'));
  const early = ask({ job: 'a' });
  tell(progress('b', 1));
  const late = await ask({ job: 'a' });
  await early;
  tell(end('a'));
  assert.deepEqual(await read(await early), ['101 job-queued', '104 job-preview', '106 job-end']);
  assert.deepEqual(await read(late), ['101 job-queued', '104 job-preview', '106 job-end']);
  assert.deepEqual(await read(await ask({ job: 'a' })), ['101 job-queued', '106 job-end']);
  assert.deepEqual(await read(await ask({ job: 'a', lastEventId: '101' })), ['106 job-end']);
});

test('[HT31] a job whose beginning is forgotten is told as it stands', async () => {
  const { tell, ask } = open({ old: job('old', 'done'), on: job('on') });
  tell(queued('on'));
  for (let i = 0; i < 10; i++) tell(progress('x', i));
  assert.deepEqual(await read(await ask({ job: 'old' })), ['111 job-queued', '111 job-end']);
  const on = await ask({ job: 'on' });
  tell(end('on'));
  assert.deepEqual(await read(on), ['111 job-queued', '112 job-end']);
  await assert.rejects(ask({ job: 'none' }), { code: 'host/job-missing', kind: 'missing' });
});

test('[HT32] who comes back hears what was missed, or that it is no longer known', async () => {
  const { tell, ask } = open();
  for (let i = 0; i < 4; i++) tell(progress('a', i));
  assert.deepEqual(await readSome(await ask({ lastEventId: '102' }), 2), ['103 job-progress', '104 job-progress']);
  for (let i = 0; i < 6; i++) tell(progress('a', i));
  assert.deepEqual(
    await readSome(await ask({ lastEventId: '104' }), 6),
    [105, 106, 107, 108, 109, 110].map((id) => `${id} job-progress`),
  );
  for (const lost of ['103', '99', '5000', 'x', '-1']) {
    assert.deepEqual(await readSome(await ask({ lastEventId: lost }), 1), ['110 reset'], lost);
  }
  tell({ type: 'reset' });
  assert.deepEqual(await readSome(await ask({ lastEventId: '110' }), 1), ['111 reset']);
});

test('[HT33] a reader who does not read is let go, the others hear everything; closed streams are no longer counted', async () => {
  const { tell, ask, broadcast } = open({}, { ...STREAM_LIMITS, streams: 2, buffer: 2000 });
  const slow = await ask();
  const quick = await ask();
  await assert.rejects(ask(), { code: 'http/too-many-streams' });
  const reader = quick.body!.getReader();
  for (let i = 0; i < 100; i++) {
    tell(progress('a', i));
    await reader.read();
  }
  await assert.rejects(slow.text(), /too slow/);
  const controller = new AbortController();
  const third = await ask({ signal: controller.signal });
  controller.abort();
  await third.text();
  await reader.cancel();
  await Promise.all([ask(), ask()]);
  assert.equal(broadcast.latest(), 200);
});

test('[HT34] while nothing happens, a heartbeat does', async () => {
  const { ask } = open({}, { ...STREAM_LIMITS, heartbeat: 5 });
  const keep = setInterval(() => undefined, 1000);
  const reader = (await ask()).body!.getReader();
  let text = '';
  while (!text.includes(': still here')) text += new TextDecoder().decode((await reader.read()).value);
  clearInterval(keep);
  await reader.cancel();
});
