import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputWork } from '../../kernel/index.ts';
import { modelStudio } from './index.ts';

const inputOf = (medium: string, document: object): InputWork =>
  ({ work: { id: 'w1', medium, title: 't' }, bytes: new Uint8Array(), document }) as unknown as InputWork;

test('[MO45] every op has a summary in both languages, and takes only works of its media', () => {
  assert.deepEqual(
    modelStudio.ops.map(({ name, inputs = [] }) => [name, inputs.map(({ medium }) => medium).join('+')]),
    [
      ['corpus/collect', ''],
      ['corpus/clean', 'corpus'],
      ['corpus/forget', 'corpus'],
      ['dataset/tokenise', 'corpus'],
      ['model/train', 'dataset'],
      ['model/retrain', 'corpus'],
      ['preferences/collect', ''],
      ['model/prefer', 'preferences'],
      ['model/evaluate', 'model+dataset'],
      ['model/publish', 'model+evaluation'],
    ],
  );
  for (const { summary } of modelStudio.ops) assert.ok(/[a-z]/.test(summary.en) && /[一-鿿]/.test(summary.zh));
});

test('[MO45] names that could leave the models folder, or hide in it, are no names', () => {
  const publish = modelStudio.ops.find(({ name }) => name === 'model/publish')!;
  const good = (name: string): boolean => publish.options.safeParse({ name }).success;
  for (const name of ['my-voice', '我的声音', 'a.b_2', '9']) assert.ok(good(name), name);
  const bad = ['', '.', '..', '../x', 'a/b', 'a\\b', '.hidden', '-x', 'a b', 'a\n', 'a\0', 'x'.repeat(65)];
  for (const name of bad) assert.ok(!good(name), JSON.stringify(name));
});

test('[MO46] what is made goes out as facts, and as a page where there is one', () => {
  const write = (name: string, medium: string, document: object): string => {
    const format = modelStudio.formats.find((one) => one.name === name && one.medium === medium)!;
    return new TextDecoder().decode(format.write(inputOf(medium, document)) as Uint8Array);
  };
  assert.deepEqual(JSON.parse(write('json', 'model', { digest: 'd', loss: 3 })), { digest: 'd', loss: 3 });
  assert.equal(write('html', 'corpus', { digest: 'd', page: '<html></html>' }), '<html></html>');
  assert.throws(() => write('html', 'corpus', { digest: 'd' }), { code: 'model/no-page', kind: 'missing' });
});

test('[MO46] measures are the numbers among the facts, and no others', async () => {
  const measured = await modelStudio.critique(
    inputOf('evaluation', { perplexity: 20.5, basePerplexity: 30, page: '', rows: 'x' }),
  );
  assert.deepEqual(
    measured.map(({ name, value }) => [name, value]),
    [
      ['perplexity', 20.5],
      ['basePerplexity', 30],
    ],
  );
  assert.deepEqual(await modelStudio.critique(inputOf('model', { digest: 'd' })), []);
});
