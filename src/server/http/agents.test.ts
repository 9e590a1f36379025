/** Agents over HTTP: called with a budget that has ends, run as jobs, led, and allowed by nobody but the artist. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { agentSchema } from '../../../sdk/src/api/index.ts';
import type { Body, LLMAgent, LLMAgentError } from '../../../sdk/src/index.ts';
import { LLMAgent as Agent } from '../../../sdk/src/index.ts';
import { defineOp, defineStudio } from '../../kernel/index.ts';
import { planStudio } from '../../studios/plan/index.ts';
import { type Served, withServer } from './test-server.ts';

const BRIEF = '写一首关于星空的诗';

/** Poems that take no model. */
const poems = defineStudio({
  name: 'text',
  medium: 'verse',
  ops: [
    defineOp({
      name: 'verse/compose',
      version: 1,
      summary: { en: 'composes', zh: '作诗' },
      inputs: [{ name: 'plan', medium: 'plan' }],
      options: z.object({ count: z.int().default(1) }),
      run: ({ seed }) => ({ works: [{ medium: 'verse', title: '诗', document: { lines: [`第${seed}首`] } }] }),
    }),
  ],
  formats: [],
  critique: () => [],
});

const serve = (use: (served: Served) => Promise<void>): Promise<void> =>
  withServer(use, { studios: [planStudio, poems] });

/** Waits for the end of a job, and answers what was told. */
const heard = async ({ client }: Served, job: string): Promise<string[]> =>
  (await Array.fromAsync(client.events({ job }))).map(({ type }) => type);

test('[HT60] a brief becomes an agent and its job; both are seen while they go on, and the works when they are made', () =>
  serve(async (served) => {
    const { client } = served;
    const { agent, job } = await client.startAgent({ brief: BRIEF, role: 'director', seed: 5 });
    assert.deepEqual(
      [agent.role, agent.phase, agent.model, agent.job, job.op],
      ['director', 'ready', null, job.id, 'agent'],
    );
    assert.deepEqual([job.title.zh, job.options, job.seed], [BRIEF, { agent: agent.id }, 5]);
    const told = await heard(served, job.id);
    for (const type of ['job-start', 'job-progress', 'job-work', 'job-end']) assert.ok(told.includes(type), `${told}`);
    const ended = await client.agent(agent.id);
    assert.deepEqual(agentSchema.parse(ended), ended);
    assert.deepEqual([ended.phase, ended.job, ended.given], ['done', undefined, 0]);
    // This house can neither paint nor compose: that is said, and the rest is done.
    assert.deepEqual(
      ended.below?.map(({ role, phase }) => `${role} ${phase}`),
      ['poet done', 'painter failed', 'composer failed', 'critic done'],
    );
    assert.deepEqual((await client.job(job.id)).works, ended.works);
    assert.deepEqual(
      (await client.agents()).agents.map(({ id, below }) => [id, below]),
      [[agent.id, undefined]],
    );
  }));

test('[HT61] what no agent could do is refused before it is kept, in both languages', () =>
  serve(async ({ client, server }) => {
    const refused = async (body: Body<'startAgent'>, code: string): Promise<void> => {
      await assert.rejects(client.startAgent(body), (thrown: LLMAgentError) => {
        assert.deepEqual([thrown.code, /\p{Script=Han}/u.test(thrown.zh?.message ?? '')], [code, true]);
        return true;
      });
    };
    await refused({ brief: ' ' }, 'host/empty-brief');
    await refused({ brief: BRIEF, role: 'singer' }, 'agent/no-such-role');
    await refused({ brief: BRIEF, model: 'none' }, 'host/model-missing');
    await refused({ brief: BRIEF, models: { poet: 'none' } }, 'host/model-missing');
    await refused({ brief: BRIEF, works: ['ffffffff'] }, 'storage/work-missing');
    for (const budget of [
      { steps: 0 },
      { steps: 201 },
      { seconds: 14_401 },
      { tokens: 2_000_001 },
      { money: 101 },
      { money: -1 },
    ])
      await refused({ brief: BRIEF, budget }, 'http/bad-request');
    await refused({ brief: BRIEF, budget: { context: 1 } } as never, 'http/bad-request');
    assert.deepEqual((await client.agents()).agents, []);
    const keyless = await fetch(`${server.url}/api/agents`, {
      method: 'POST',
      body: JSON.stringify({ brief: BRIEF }),
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(keyless.status, 401);
  }));

test('[HT62] the budget is kept; what was not given is as usual', () =>
  serve(async (served) => {
    const { client } = served;
    const { agent, job } = await client.startAgent({ brief: BRIEF, role: 'poet', budget: { steps: 1, tokens: 10 } });
    assert.deepEqual(
      [agent.budget.steps, agent.budget.tokens, agent.budget.seconds, agent.budget.money],
      [1, 10, 900, 0],
    );
    await heard(served, job.id);
    const { phase, used, outcome } = await client.agent(agent.id);
    assert.deepEqual([phase, used.steps, outcome], ['spent', 1, '已达到步数上限；此前完成的都已保留。']);
  }));

test('[HT63] an agent is led; only the cookie of the studio allows it to send or spend, the key of a program does not', () =>
  serve(async (served) => {
    const { client, server, get } = served;
    const { agent, job } = await client.startAgent({ brief: BRIEF, role: 'poet' });
    await heard(served, job.id);
    await assert.rejects(client.controlAgent(agent.id, { do: 'pause' }), { code: 'agent/not-now' });
    await assert.rejects(client.controlAgent('0123456789abcdef', { do: 'pause' }), { code: 'agent/missing' });
    await assert.rejects(client.controlAgent(agent.id, { do: 'grant', allow: true }), {
      code: 'agent/grant-by-hand',
      kind: 'denied',
    });
    await assert.rejects(client.controlAgent(agent.id, { do: 'grant', allow: false }), { code: 'agent/not-now' });
    const opened = await get(server.link().slice(server.url.length));
    const byHand = await fetch(`${server.url}/api/agents/${agent.id}`, {
      method: 'POST',
      body: JSON.stringify({ do: 'grant', allow: true }),
      headers: { 'content-type': 'application/json', cookie: opened.headers.get('set-cookie')!.split(';')[0]! },
    });
    assert.equal(
      ((await byHand.json()) as { error: { code: string } }).error.code,
      'agent/not-now',
      'nothing is asked here',
    );
  }));

test('[HT64] the SDK gives a brief to an agent, hears its works and answers how it ended', () =>
  serve(async ({ server }) => {
    const sdk: LLMAgent = new Agent({ url: server.url, key: server.key });
    const going = sdk.runAgent(BRIEF, { role: 'poet', budget: { steps: 6 } });
    const media: string[] = [];
    for await (const event of going) if (event.type === 'job-work') media.push(event.work.medium);
    const { agent, works } = await going.result;
    assert.deepEqual([media, agent.phase, agent.budget.steps], [['plan', 'verse'], 'done', 6]);
    assert.deepEqual(
      works.map(({ id }) => id),
      agent.works,
    );
    await assert.rejects(sdk.runAgent(BRIEF, { role: 'singer' }).result, { code: 'agent/no-such-role' });
    await sdk.close();
  }));
