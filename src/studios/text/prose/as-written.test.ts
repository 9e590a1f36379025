import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputWork } from '../../../kernel/index.ts';
import { proseAsWritten } from './as-written.ts';
import { joinProse } from './prose.ts';

test('[PR5] what a model wrote is told apart from the opening it was given', () => {
  const read = (document: object) => proseAsWritten({ document } as unknown as InputWork);
  assert.deepEqual(read(joinProse('夜', '春江', '潮水。')), { prompt: '春江', title: '夜', answer: '潮水。' });
  assert.deepEqual(read(joinProse('', '', '潮水。')), { prompt: '', title: '', answer: '潮水。' });
  assert.equal(read(joinProse('', '春江', '')), undefined);
  assert.equal(read({ kind: 'poem' }), undefined);
});
