import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createKeyRing } from './index.ts';

const home = mkdtempSync(join(tmpdir(), 'keys-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('[KY1] a key comes from the environment first, then from a file of its owner alone; lists hold names', () => {
  const file = join(home, 'keys.json');
  const keys = createKeyRing(file, { OPENAI_API_KEY: 'from-outside', EMPTY_KEY: '', PATH: '/bin' });
  assert.deepEqual(keys.list(), []);
  keys.set('OPENAI_API_KEY', 'from-file');
  keys.set('HF_TOKEN', 'hf_planted');
  assert.equal(keys.get('OPENAI_API_KEY'), 'from-outside');
  assert.equal(keys.get('HF_TOKEN'), 'hf_planted');
  assert.equal(keys.get('EMPTY_KEY'), undefined);
  assert.equal(keys.get('PATH'), undefined, 'a card cannot ask for what is no key');
  assert.deepEqual(keys.list(), [
    { name: 'HF_TOKEN', from: 'file' },
    { name: 'OPENAI_API_KEY', from: 'environment' },
  ]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual([keys.remove('HF_TOKEN'), keys.remove('HF_TOKEN')], [true, false]);
});

test('[KY2] a file that others can read is refused, and so are names and keys that are none; no error repeats a key', () => {
  const file = join(home, 'open.json');
  const keys = createKeyRing(file, {});
  writeFileSync(file, '{"A_KEY":"planted-key"}');
  for (const mode of [0o640, 0o604, 0o622]) {
    chmodSync(file, mode);
    assert.throws(() => keys.get('A_KEY'), { code: 'keys/too-open' });
  }
  chmodSync(file, 0o600);
  assert.equal(keys.get('A_KEY'), 'planted-key');
  writeFileSync(file, 'planted-key');
  assert.throws(
    () => keys.get('A_KEY'),
    (error: Error) => !JSON.stringify(error).includes('planted') && !error.cause,
  );
  for (const name of ['a_key', 'PATH', '__proto__', 'KEY OF MINE']) {
    assert.throws(() => keys.set(name, 'planted-key'), { code: 'keys/bad-name' });
  }
  for (const key of ['', 'two words', 'a\nb', '密钥'])
    assert.throws(() => keys.set('B_KEY', key), { code: 'keys/bad-key' });
});
