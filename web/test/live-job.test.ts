/** Two voices tell of a job, and do not keep step. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, WorkCard } from '@llmagentos/sdk/client';
import { after, live, merged, unheard } from '../src/api/live-job.ts';

const job = (state: Job['state'], works: string[] = []): Job =>
  ({ id: 'j1', op: 'plan/read', state, works, title: { en: 'Plan', zh: '构思' }, createdAt: '2026-01-01' }) as Job;
const work = (id: string): WorkCard => ({ id, medium: 'plan' }) as WorkCard;

test('[WEB11] what is heard late does not bring a job back that has ended', () => {
  const done = live(job('done', ['w1']));
  const late = [
    { type: 'job-start', job: 'j1', op: 'plan/read', seed: 1, cached: false },
    { type: 'job-progress', job: 'j1', done: 1, total: 2 },
    { type: 'job-work', job: 'j1', role: 'plan', work: work('w1') },
  ] as const;
  const told = late.reduce((now, event) => after(now, event as Parameters<typeof after>[1]), done);
  assert.equal(told.state, 'done');
  assert.deepEqual(told.works, ['w1'], 'the work is counted once');
  assert.equal(told.made.length, 1);
  assert.equal(merged(done, job('running')).state, 'done', 'nor does a list that was written before');
});

test('[WEB11] a job that was interrupted begins anew, and a list that knows its end ends it', () => {
  const waiting = merged(live(job('running')), job('queued'));
  assert.equal(waiting.state, 'queued');
  assert.equal(merged(waiting, job('done', ['w1'])).state, 'done');
});

test('[WEB11] works made while the page heard nothing are known to be missing, one by one', () => {
  const told = after(live(job('running')), { type: 'job-work', job: 'j1', role: 'plan', work: work('w1') });
  const away = merged(told, job('done', ['w1', 'w2', 'w3']));
  assert.deepEqual(unheard(away), ['w2', 'w3']);
  assert.deepEqual(unheard(told), []);
});

test('[WEB11] what only the end tells of plays its part all the same', () => {
  const tune = { id: 'w2', medium: 'music', op: 'music/set-words' } as WorkCard;
  const ended = after(live(job('running')), { type: 'job-end', job: 'j1', works: [work('w1'), tune], report: null });
  assert.deepEqual(
    ended.made.map(({ role }) => role),
    ['plan', 'tune'],
  );
});
