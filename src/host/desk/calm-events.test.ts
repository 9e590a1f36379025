import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskEvent } from '../../kernel/index.ts';
import { calmEvents } from './calm-events.ts';

const draft = (text: string, candidate = 0): TaskEvent => ({ type: 'job-preview', op: 'poem', candidate, text });
const step = (done: number): TaskEvent => ({ type: 'job-progress', done });
const start: TaskEvent = { type: 'job-start', op: 'poem', seed: 1, cached: false };

test('[DE15] of a thousand drafts in a second, a reader gets some ten, the first at once and the last for certain', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const heard: TaskEvent[] = [];
  const calm = calmEvents((event) => heard.push(event));
  for (let i = 0; i < 1000; i++) {
    calm.emit(draft(`${i}`));
    t.mock.timers.tick(1);
  }
  assert.deepEqual(heard[0], draft('0'));
  assert.ok(heard.length <= 12, `${heard.length} told`);
  calm.flush();
  assert.deepEqual(heard.at(-1), draft('999'));
});

test('[DE16] the latest of each kind is kept, and nothing overtakes what was told before it', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const heard: TaskEvent[] = [];
  const calm = calmEvents((event) => heard.push(event));
  calm.emit(start);
  for (const event of [step(1), step(2), draft('a'), draft('b', 1), step(3), draft('c')]) calm.emit(event);
  calm.emit(start);
  assert.deepEqual(heard, [start, step(1), draft('b', 1), step(3), draft('c'), start]);
  t.mock.timers.tick(1000);
  calm.emit(step(4));
  assert.deepEqual(heard.at(-1), step(4), 'after a pause the next goes at once');
});
