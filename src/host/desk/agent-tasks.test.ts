/** Agents as tasks of the desk: told as they go on, stopped and led; crash.test.ts kills them. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import { type Desk, type DeskEvent, defineOp, defineStudio, type Studio } from '../../kernel/index.ts';
import { planStudio } from '../../studios/plan/index.ts';
import { createOs } from '../create-os.ts';
import type { Os } from '../os.ts';
import { createInProcessRunner } from './index.ts';
import { runKeptAgent } from './run-agent-task.ts';

const brief = '写一首关于星空的诗';

/** A gate that a poem waits at; `reached` when one does. */
function createGate() {
  const open = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  return { open, reached };
}

/** Poems that take no model, and wait at the gate. */
function poems({ open, reached }: ReturnType<typeof createGate>): Studio {
  const compose = defineOp({
    name: 'verse/compose',
    version: 1,
    summary: { en: 'composes', zh: '作诗' },
    inputs: [{ name: 'plan', medium: 'plan' }],
    options: z.object({ count: z.int().default(1) }),
    run: async ({ seed, signal, preview }) => {
      preview({ text: '第' });
      reached.resolve();
      const stopped = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')), { once: true }),
      );
      await Promise.race([open.promise, stopped]);
      return { works: [{ medium: 'verse', title: '诗', document: { lines: [`第${seed}首`] } }] };
    },
  });
  return defineStudio({ name: 'text', medium: 'verse', ops: [compose], formats: [], critique: () => [] });
}

async function openHome(t: TestContext): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'agent-tasks-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

async function openHouse(t: TestContext, gate: ReturnType<typeof createGate>): Promise<{ os: Os; desk: Desk }> {
  const studios = [planStudio, poems(gate)];
  const os = await createOs({ home: await openHome(t), studios, runner: createInProcessRunner });
  t.after(() => os[Symbol.asyncDispose]());
  return { os, desk: await os.desk() };
}

/** What is told of a job until its end. */
async function heard(desk: Desk, job: string): Promise<DeskEvent[]> {
  const events: DeskEvent[] = [];
  for await (const { event } of desk.events({ after: 'oldest' })) {
    if ('job' in event && event.job === job) events.push(event);
    if ((event.type === 'job-end' || event.type === 'job-error') && event.job === job) return events;
  }
  return events;
}

test('[DE40] an agent is a job: its steps, previews and works are told, and its ops are no jobs of their own', async (t) => {
  const gate = createGate();
  gate.open.resolve();
  const { os, desk } = await openHouse(t, gate);
  const { agent, job } = await desk.startAgent({ role: 'poet', brief });
  const events = await heard(desk, job.id);
  const types = events.map(({ type }) => type);
  assert.deepEqual(types.slice(0, 2), ['job-queued', 'job-start']);
  assert.ok(types.includes('job-progress') && types.includes('job-preview'), `${types}`);
  const end = events.at(-1)!;
  assert.ok(end.type === 'job-end');
  assert.equal((end.report as { phase: string }).phase, 'done');
  const { phase, works } = await os.agents.get(agent.id);
  assert.deepEqual(
    [phase, end.works.map(({ id }) => id), end.works.map(({ medium }) => medium)],
    ['done', works, ['plan', 'verse']],
  );
  assert.equal(types.filter((type) => type === 'job-work').length, 2);
  assert.deepEqual(
    (await desk.list()).map(({ id }) => id),
    [job.id],
  );
  await assert.rejects(desk.startAgent({ role: 'none', brief }), { code: 'agent/no-such-role' });
  await assert.rejects(desk.startAgent({ role: 'poet', brief, model: 'none' }), { code: 'host/model-missing' });
  assert.equal((await os.agents.list()).length, 1, 'what is refused is not kept');
});

test('[DE41] a cancelled agent stands where it was; going on leads to the same works', async (t) => {
  const gate = createGate();
  const { os, desk } = await openHouse(t, gate);
  const { agent, job } = await desk.startAgent({ role: 'poet', brief });
  await gate.reached.promise;
  assert.equal(desk.jobOfAgent(agent.id)?.id, job.id);
  await desk.cancel(job.id);
  const told = (await heard(desk, job.id)).at(-1)!;
  assert.ok(told.type === 'job-error' && told.error.kind === 'cancelled');
  assert.equal((await os.agents.get(agent.id)).phase, 'ready');
  assert.equal(desk.jobOfAgent(agent.id), undefined);
  gate.open.resolve();
  await desk.leadAgent(agent.id, { do: 'resume' });
  const second = desk.jobOfAgent(agent.id)!;
  assert.notEqual(second.id, job.id);
  const end = (await heard(desk, second.id)).at(-1)!;
  assert.ok(end.type === 'job-end');
  assert.equal(end.works.length, 2, 'the plan of before, and the poem');
  await assert.rejects(desk.leadAgent(agent.id, { do: 'resume' }), { code: 'agent/not-now' });
});

test('[DE42] paused in the midst of an act it stops after it, those below too; let go on before that, it runs once', async (t) => {
  const gate = createGate();
  const { os, desk } = await openHouse(t, gate);
  const { agent, job } = await desk.startAgent({ role: 'director', brief });
  await gate.reached.promise;
  await desk.leadAgent(agent.id, { do: 'pause' });
  gate.open.resolve();
  const end = (await heard(desk, job.id)).at(-1)!;
  assert.ok(end.type === 'job-end');
  assert.equal((end.report as { phase: string }).phase, 'paused');
  const [poet] = await os.agents.below(agent.id);
  assert.deepEqual([poet?.role, poet?.phase], ['poet', 'paused']);
  await desk.leadAgent(agent.id, { do: 'tell', text: '要短' });
  assert.equal(desk.jobOfAgent(agent.id), undefined, 'being told something lets nobody go on');
  await desk.leadAgent(agent.id, { do: 'resume' });
  // Whether the loop has seen the pause or not, one job goes on, never two.
  await desk.leadAgent(agent.id, { do: 'pause' });
  await desk.leadAgent(agent.id, { do: 'resume' });
  assert.ok(desk.load().running + desk.load().queued <= 1);
  for (let next = desk.jobOfAgent(agent.id); next; next = desk.jobOfAgent(agent.id)) await heard(desk, next.id);
  assert.equal((await os.agents.get(agent.id)).phase, 'done');
});

test('[DE44] an agent that a dying process still holds is waited for; cancelling ends the wait', async (t) => {
  const { os } = await openHouse(t, createGate());
  const { id } = await os.agents.create({ role: 'poet', brief });
  const held = new OsError({ kind: 'conflict', code: 'agent/elsewhere', message: 'held', hint: 'wait' });
  const controller = new AbortController();
  let asked = 0;
  const holding = (times: number): Os => ({
    ...os,
    agents: {
      ...os.agents,
      run: async (name) => {
        asked += 1;
        if (asked === 5 && times > 5) controller.abort();
        if (asked <= times) throw held;
        return { ...(await os.agents.get(name)), phase: 'done' };
      },
    },
  });
  const context = { signal: controller.signal, emit: () => undefined, follow: () => assert.fail('no op is run') };
  const { report } = await runKeptAgent(holding(2), id, context);
  assert.deepEqual([asked, (report as { phase: string }).phase], [3, 'done']);
  asked = 0;
  await assert.rejects(runKeptAgent(holding(1000), id, context), { code: 'core/cancelled' });
  assert.equal(asked, 5);
});
