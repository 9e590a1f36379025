/** The agent against a system that answers from a script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SystemEvent } from './api/index.ts';
import { type Asked, eventStream, queuedJob, type Scripted, scriptSystem, verseWork } from './fixture.ts';
import { type JobRunEvent, LLMAgent, LLMAgentError } from './index.ts';

const OTHER = verseWork({ id: 'f'.repeat(16), text: '二' });
const PLAN = verseWork({ id: 'a'.repeat(16), medium: 'plan', text: '' });
const PICTURE = verseWork({ id: 'b'.repeat(16), medium: 'picture', text: '' });

const queued: SystemEvent = { type: 'job-queued', job: 'j1', view: queuedJob() };
const start: SystemEvent = { type: 'job-start', job: 'j1', op: 'verse/compose', seed: 7, cached: false };
const preview: SystemEvent = { type: 'job-preview', job: 'j1', op: 'poem', candidate: 0, text: '一二三' };
const made = (role: string, work = verseWork()): SystemEvent => ({ type: 'job-work', job: 'j1', role, work });
const end = (...works: ReturnType<typeof verseWork>[]): SystemEvent => ({
  type: 'job-end',
  job: 'j1',
  works,
  report: null,
  seed: 7,
  cached: false,
});
const failed = (error: typeof REFUSED): SystemEvent => ({ type: 'job-error', job: 'j1', error });

const REFUSED = {
  kind: 'input',
  code: 'verse/unknown-form',
  message: 'There is no form 八绝.',
  hint: 'Try 七绝.',
  zh: { message: '没有“八绝”这种体裁。', hint: '试试七绝。' },
} as const;

/** A system whose one job tells `events`. */
const telling = (events: readonly SystemEvent[], more: (asked: Asked) => Scripted = () => ({})) =>
  scriptSystem((asked) => {
    if (/^POST \/api\/(create|train|jobs)$/.test(asked.line)) return queuedJob();
    if (asked.line.startsWith('GET /api/events')) return eventStream(events);
    const id = /^GET \/api\/works\/(\w+)$/.exec(asked.line)?.[1];
    return [verseWork(), OTHER, PLAN, PICTURE].find((work) => work.id === id) ?? more(asked);
  });

const writing = () =>
  telling([
    queued,
    start,
    preview,
    made('plan', PLAN),
    made('poem'),
    made('poem', OTHER),
    end(PLAN, verseWork(), OTHER),
  ]);
const agentOf = ({ fetch }: { fetch: typeof globalThis.fetch }): LLMAgent =>
  new LLMAgent({ url: 'http://system', key: 'k', fetch });

test('[SDK5] generateText gives the poem as its string and the work behind it', async () => {
  const system = writing();
  await using agent = agentOf(system);
  const poem = await agent.generateText('写一首关于星空的诗', { maxLength: 100, seed: 7, count: 2 });
  assert.equal(`${poem}`, '一二三四五，六七八九十。');
  assert.equal(poem.text, String(poem));
  assert.equal(poem.work.form, '五绝');
  assert.deepEqual(
    poem.works.map(({ id }) => id),
    [verseWork().id, OTHER.id],
  );
  assert.deepEqual(Object.keys(poem), ['text', 'work', 'works']);
  const { line, json, headers } = system.asked[0]!;
  assert.equal(line, 'POST /api/create');
  assert.deepEqual(json, { brief: '写一首关于星空的诗', arts: ['poem'], seed: 7, count: 2, poem: { maxLength: 100 } });
  assert.equal(headers.get('authorization'), 'Bearer k');
});

test('[SDK6] streamText gives every event from the first, to every listener, and the result', async () => {
  await using agent = agentOf(writing());
  const stream = agent.streamText('星空');
  const result = await stream.result;
  for (let listener = 0; listener < 2; listener++) {
    const seen: JobRunEvent[] = await Array.fromAsync(stream);
    assert.deepEqual(
      seen.map(({ type }) => type),
      ['job-queued', 'job-start', 'job-preview', 'job-work', 'job-work', 'job-work', 'job-end'],
    );
  }
  assert.equal(result.text, '一二三四五，六七八九十。');
});

test('[SDK7] an error arrives with its kind, code, message, hint and its Chinese, at once or later', async () => {
  const later = telling([queued, start, failed(REFUSED)]);
  const atOnce = scriptSystem(() => ({ error: REFUSED }));
  for (const system of [later, atOnce]) {
    await using agent = agentOf(system);
    const stream = agent.streamText('星空', { form: '八绝' });
    await assert.rejects(stream.result, (error: unknown) => {
      assert.ok(error instanceof LLMAgentError);
      assert.deepEqual(error.toJSON(), REFUSED);
      return true;
    });
    const last = (await Array.fromAsync(stream)).at(-1)!;
    assert.ok(last.type === 'job-error' && last.error.code === REFUSED.code);
  }
});

test('[SDK8] aborting asks the system to stop, and the promise rejects as cancelled', async () => {
  const controller = new AbortController();
  const cancelled = { kind: 'cancelled', code: 'core/cancelled', message: 'm', hint: 'h' } as const;
  const stopped = Promise.withResolvers<void>();
  const system = scriptSystem(async ({ line }) => {
    if (line === 'POST /api/create') return queuedJob();
    if (line === 'DELETE /api/jobs/j1') {
      stopped.resolve();
      return queuedJob({ state: 'cancelled' });
    }
    controller.abort();
    await stopped.promise;
    return eventStream([queued, { type: 'job-error', job: 'j1', error: cancelled }]);
  });
  await using agent = agentOf(system);
  await assert.rejects(agent.generateText('星空', { signal: controller.signal }), { kind: 'cancelled' });
  assert.ok(system.asked.some(({ line }) => line === 'DELETE /api/jobs/j1'));
  const before = system.asked.length;
  await assert.rejects(agent.generateText('星空', { signal: AbortSignal.abort() }), { code: 'core/cancelled' });
  assert.equal(system.asked.length, before);
});

test('[SDK9] pictures, music, and works that belong together', async () => {
  const file = (): Response =>
    new Response('PNG', { headers: { 'content-disposition': 'attachment; filename="x.png"' } });
  const system = telling(
    [made('plan', PLAN), made('poem'), made('picture', PICTURE), end(PLAN, verseWork(), PICTURE)],
    file,
  );
  await using agent = agentOf(system);
  const picture = await agent.generateImage('雪夜', { seed: 3, width: 256 });
  assert.equal(picture.work.id, PICTURE.id);
  assert.equal((await picture.file('png')).name, 'x.png');
  assert.deepEqual(system.asked[0]!.json, { brief: '雪夜', arts: ['picture'], seed: 3, picture: { width: 256 } });
  await assert.rejects(agent.composeMusic('雪夜'), { code: 'sdk/bad-answer' });
  const creation = agent.create('雪夜', { count: 1 });
  const { plan, poem, tune } = await creation.result;
  assert.deepEqual([plan?.id, poem?.id, tune], [PLAN.id, verseWork().id, undefined]);
  const roles = (await Array.fromAsync(creation)).flatMap((event) => (event.type === 'job-work' ? [event.role] : []));
  assert.deepEqual(roles, ['plan', 'poem', 'picture']);
});

test('[SDK10] works are listed and found, replay answers whether the same came out', async () => {
  const replay = { id: 'aa', equal: true, expected: 'c', found: 'c' };
  const system = scriptSystem(({ line }) =>
    line.startsWith('POST') ? replay : line.includes('?') ? { works: [verseWork()], total: 1 } : verseWork(),
  );
  await using agent = agentOf(system);
  assert.deepEqual(await agent.works.list({ medium: 'verse', limit: 2 }), [verseWork()]);
  assert.equal((await agent.works.get('0123')).title, '夜望');
  assert.deepEqual(await agent.replay('aa'), replay);
  assert.deepEqual(
    system.asked.map(({ line }) => line),
    ['GET /api/works?medium=verse&limit=2', 'GET /api/works/0123', 'POST /api/works/aa/replay'],
  );
});

test('[SDK11] a model is trained on files that are sent, or on a folder', async () => {
  const system = telling([end()], ({ line }) =>
    line === 'POST /api/files' ? { file: verseWork({ id: 'cccc', medium: 'file' }), job: null } : {},
  );
  await using agent = agentOf(system);
  const files = [{ name: '一.txt', content: '天地玄黄' }];
  assert.equal((await agent.train(files, { name: 'mine', steps: 5 }).result).name, 'mine');
  await agent.train({ folder: '/poems' }, { name: 'mine' }).result;
  const asked = system.asked.filter(({ line }) => line === 'POST /api/train').map(({ json }) => json);
  assert.deepEqual(asked, [
    { name: 'mine', steps: 5, files: ['cccc'] },
    { name: 'mine', folder: '/poems' },
  ]);
  assert.equal(system.asked[0]!.headers.get('x-file-name'), encodeURIComponent('一.txt'));
});

test('[SDK13] a closed agent says so, and closing cancels what is open', async () => {
  const cancelled = { kind: 'cancelled', code: 'core/cancelled', message: 'm', hint: 'h' } as const;
  const stopped = Promise.withResolvers<void>();
  const running = Promise.withResolvers<void>();
  const system = scriptSystem(async ({ line }) => {
    if (line === 'DELETE /api/jobs/j1') stopped.resolve();
    if (!line.startsWith('GET /api/events')) return queuedJob();
    running.resolve();
    await stopped.promise;
    return eventStream([{ type: 'job-error', job: 'j1', error: cancelled }]);
  });
  const agent = agentOf(system);
  const open = agent.generateText('星空');
  await running.promise;
  await agent.close();
  await agent.close();
  await assert.rejects(open, { code: 'core/cancelled' });
  await assert.rejects(agent.works.list(), { code: 'sdk/closed', kind: 'input' });
});
