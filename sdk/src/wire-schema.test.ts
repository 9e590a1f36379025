import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientMessageSchema, PROTOCOL, serverMessageSchema, textOptionsSchema } from './protocol/index.ts';
import { formatWireSchema } from './wire-schema.ts';

const PINNED = join(import.meta.dirname, '..', 'wire.schema.json');

// To change the wire on purpose: UPDATE_WIRE_SCHEMA=1 npm test -- sdk/src/wire-schema; raise PROTOCOL when old clients would break.
test('[SDK1] the wire is the one that was published', () => {
  if (process.env.UPDATE_WIRE_SCHEMA === '1') writeFileSync(PINNED, formatWireSchema());
  assert.deepEqual(JSON.parse(formatWireSchema()), JSON.parse(readFileSync(PINNED, 'utf8')));
  assert.equal(PROTOCOL, 1);
});

test('[SDK2] every option says what it does or is a known sampling parameter', () => {
  const sampling = ['temperature', 'topK', 'topP', 'minP', 'typicalP', 'repetitionPenalty'];
  for (const [name, option] of Object.entries(textOptionsSchema.shape)) {
    assert.ok(option.description !== undefined || sampling.includes(name), name);
  }
});

test('[SDK3] a misspelt option or method is refused, not dropped', () => {
  const ask = (options: object): object => ({ id: 1, method: 'text/write', params: { brief: '星空', options } });
  assert.equal(clientMessageSchema.safeParse(ask({ form: '七绝', seed: 7, maxLength: 100 })).success, true);
  assert.equal(clientMessageSchema.safeParse(ask({ froms: '七绝' })).success, false);
  assert.equal(clientMessageSchema.safeParse({ id: 1, method: 'text/wirte', params: {} }).success, false);
});

test('[SDK4] a newer server may say more than an older client knows', () => {
  const event = { type: 'job-progress', job: 'j', done: 1, mood: 'calm' };
  assert.deepEqual(serverMessageSchema.parse({ id: 1, event, hint: 'new' }), { id: 1, event, hint: 'new' });
  assert.equal(serverMessageSchema.safeParse({ id: 1 }).success, false);
});
