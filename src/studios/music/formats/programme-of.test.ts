import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSTRUMENTS } from '../instruments/index.ts';
import { programmeOf } from './programme-of.ts';

test('every instrument that sounds has the same programme in files', () => {
  assert.ok(INSTRUMENTS.length > 40);
  for (const { id, programme } of INSTRUMENTS) assert.equal(programmeOf(id), programme, id);
  assert.equal(programmeOf('gm-40'), 40);
});
