/** The director knows tunes by name without asking the text studio (studios never meet); this keeps the two lists one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findForms, listForms } from '../src/studios/text/index.ts';

const file = join(import.meta.dirname, '../src/studios/plan/lexicon/tunes.table.json');
const known = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);

test('every tune the director recognises can be written, and every tune that can be written is recognised', () => {
  assert.deepEqual(
    known.filter((name) => findForms(name).length === 0),
    [],
  );
  const tunes = new Set(listForms().flatMap(({ family, name }) => (family === 'tune' ? [name] : [])));
  assert.deepEqual(
    [...tunes].filter((name) => !known.includes(name)),
    [],
  );
});
