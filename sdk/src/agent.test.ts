import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LLMAgentError } from './error.ts';
import { scriptServer, verseWork } from './fixture.ts';
import { type JobRunEvent, LLMAgent } from './index.ts';
import type { ClientMessage } from './protocol/messages.ts';

const idOf = (message: ClientMessage): number => ('id' in message ? message.id : message.cancel);
const REFUSED = {
  kind: 'input',
  code: 'verse/unknown-form',
  message: 'There is no form 八绝.',
  hint: 'Try 七绝.',
  zh: { message: '没有“八绝”这种体裁。', hint: '试试七绝。' },
} as const;

const start = { type: 'job-start', job: 'j1', op: 'verse/compose', seed: 7, cached: false };
const preview = { type: 'job-preview', job: 'j1', candidate: 0, text: '一二三' };
const end = { type: 'job-end', job: 'j1', works: [verseWork()], seed: 7, cached: false };

const writing = () =>
  scriptServer((message, answer) => {
    const id = idOf(message);
    for (const event of [start, preview, end]) answer({ id, event });
    answer({ id, result: { works: [verseWork(), verseWork({ id: 'f'.repeat(16), text: '二' })] } });
  });

test('[SDK5] generateText gives the poem as its string and the work behind it', async () => {
  const server = writing();
  await using agent = new LLMAgent({ transport: server.open });
  const poem = await agent.generateText('写一首关于星空的诗', { maxLength: 100, seed: 7 });
  assert.equal(`${poem}`, '一二三四五，六七八九十。');
  assert.equal(poem.text, String(poem));
  assert.equal(poem.work.form, '五绝');
  assert.equal(poem.works.length, 2);
  assert.deepEqual(Object.keys(poem), ['text', 'work', 'works']);
  assert.deepEqual(server.received, [
    { id: 1, method: 'text/write', params: { brief: '写一首关于星空的诗', options: { maxLength: 100, seed: 7 } } },
  ]);
});

test('[SDK6] streamText gives every event from the first, to every listener, and the result', async () => {
  await using agent = new LLMAgent({ transport: writing().open });
  const stream = agent.streamText('星空');
  const result = await stream.result;
  for (let listener = 0; listener < 2; listener++) {
    const seen: JobRunEvent[] = [];
    for await (const event of stream) seen.push(event);
    assert.deepEqual(seen, [start, preview, end]);
  }
  assert.equal(result.text, '一二三四五，六七八九十。');
});

test('[SDK7] an error arrives with its kind, code, message, hint and its Chinese', async () => {
  const server = scriptServer((message, answer) => answer({ id: idOf(message), error: REFUSED }));
  await using agent = new LLMAgent({ transport: server.open });
  await assert.rejects(agent.generateText('星空', { form: '八绝' }), (error: unknown) => {
    assert.ok(error instanceof LLMAgentError);
    assert.deepEqual(error.toJSON(), REFUSED);
    return true;
  });
  const seen: JobRunEvent[] = [];
  for await (const event of agent.streamText('星空')) seen.push(event);
  assert.equal(seen.length, 1);
  assert.ok(seen[0]?.type === 'job-error' && seen[0].error.code === 'verse/unknown-form');
});

test('[SDK8] aborting asks the server to stop, and the promise rejects as cancelled', async () => {
  const server = scriptServer((message, answer) => {
    if ('cancel' in message) {
      answer({ id: message.cancel, error: { kind: 'cancelled', code: 'core/cancelled', message: 'm', hint: 'h' } });
    }
  });
  await using agent = new LLMAgent({ transport: server.open });
  const controller = new AbortController();
  const poem = agent.generateText('星空', { signal: controller.signal });
  controller.abort();
  await assert.rejects(poem, { kind: 'cancelled' });
  assert.deepEqual(server.received.at(-1), { cancel: 1 });
  await assert.rejects(agent.generateText('星空', { signal: AbortSignal.abort() }), { code: 'core/cancelled' });
  assert.equal(server.received.length, 2);
});

test('[SDK9] answers find their requests in any order, and the program is held only while somebody waits', async () => {
  const server = scriptServer(() => undefined);
  await using agent = new LLMAgent({ transport: server.open });
  const first = agent.works.get('aa');
  const second = agent.works.list({ medium: 'verse', limit: 2 });
  assert.equal(server.holding(), true);
  server.answer({ id: 2, result: { works: [] } });
  assert.deepEqual(await second, []);
  assert.equal(server.holding(), true);
  server.answer({ id: 1, result: { work: verseWork() } });
  assert.equal((await first).title, '夜望');
  assert.equal(server.holding(), false);
  assert.deepEqual(server.received[1], { id: 2, method: 'works/list', params: { medium: 'verse', limit: 2 } });
});

test('[SDK10] replay answers whether the same came out', async () => {
  const replay = { id: 'aa', equal: true, expected: 'c', found: 'c' };
  const server = scriptServer((message, answer) => answer({ id: idOf(message), result: replay }));
  await using agent = new LLMAgent({ transport: server.open });
  assert.deepEqual(await agent.replay('aa'), replay);
});

test('[SDK11] an answer that breaks the protocol is an error, not a surprise', async () => {
  for (const answer of [{ result: { works: 'none' } }, { result: { works: [] } }, { nothing: true }]) {
    const server = scriptServer((message, reply) => reply({ id: idOf(message), ...answer }));
    await using agent = new LLMAgent({ transport: server.open });
    await assert.rejects(agent.generateText('星空'), { kind: 'bug', code: 'sdk/bad-answer' });
  }
  const stranger = scriptServer(() => undefined, 99);
  await using agent = new LLMAgent({ transport: stranger.open });
  await assert.rejects(agent.generateText('星空'), /protocol 99/);
  await assert.rejects(agent.generateText('星空'), /protocol 99/);
});

test('[SDK12] when the server dies, what was open fails with the reason, and the next request opens anew', async () => {
  const server = scriptServer(() => undefined);
  await using agent = new LLMAgent({ transport: server.open });
  const lost = agent.works.list();
  server.die(new LLMAgentError({ kind: 'unavailable', code: 'sdk/server-gone', message: 'm', hint: 'h' }));
  await assert.rejects(lost, { code: 'sdk/server-gone' });
  const next = agent.works.list();
  server.answer({ id: 2, result: { works: [verseWork()] } });
  assert.equal((await next).length, 1);
  assert.equal(server.opened(), 2);
});

test('[SDK13] a closed agent says so, and closing cancels what is open', async () => {
  const server = scriptServer(() => undefined);
  const agent = new LLMAgent({ transport: server.open });
  const open = agent.works.list();
  await agent.close();
  await agent.close();
  await assert.rejects(open, { code: 'core/cancelled' });
  await assert.rejects(agent.generateText('星空'), { code: 'sdk/closed', kind: 'input' });
});
