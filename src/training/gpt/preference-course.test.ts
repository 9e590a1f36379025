/** A made-up taste: of two answers the one with 月 is liked, whatever the prompt. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { runRecipe } from '../loop/courses.ts';
import { createRandomModelFolder, loadModelFolder } from '../model/model-folder.ts';
import { parsePreferences, splitPreferences } from './preference-pairs.ts';
import { chosenText, packPreferences } from './preference-rows.ts';

const root = mkdtempSync(join(tmpdir(), 'preferences-'));
after(() => rmSync(root, { recursive: true, force: true }));

const WORDS = [...'山水云雨风花鸟树'];
const base = join(root, 'base');
const pairsFile = join(root, 'pairs.jsonl');

function makePairs(count: number) {
  const random = createRandom('taste');
  const text = (length: number): string => Array.from({ length }, () => random.pick(WORDS)).join('');
  return Array.from({ length: count }, () => {
    const [body, at] = [text(6), random.integer(6)];
    const put = (character: string): string => body.slice(0, at) + character + body.slice(at + 1);
    return { prompt: text(3), chosen: put('月'), rejected: put('日') };
  });
}

async function prepare(): Promise<void> {
  const vocabulary = ['<pad>', '<s>', '</s>', '<unk>', '月', '日', ...WORDS];
  const sizes = { hidden_size: 16, num_hidden_layers: 1, intermediate_size: 32, max_position_embeddings: 24 };
  await createRandomModelFolder(base, { vocabulary, ...sizes, boldness: 0.3 });
  writeFileSync(
    pairsFile,
    makePairs(60)
      .map((pair) => `${JSON.stringify(pair)}\n`)
      .join(''),
  );
}
const ready = prepare();

const recipe = (out: string, more: object = {}) => ({
  kind: 'preference',
  pairs: pairsFile,
  initFrom: base,
  out: join(root, out),
  steps: 40,
  learningRate: 0.01,
  threads: 1,
  precision: 'F32',
  saveEvery: 10,
  ...more,
});

for (const [way, more] of [
  ['in full', {}],
  ['by adapters', { adapter: { rank: 4 }, learningRate: 0.03 }],
] as const) {
  test(`[TR272] a preference is learned ${way}: held-out pairs it had by chance before are right after`, async () => {
    await ready;
    const { validation } = await runRecipe(recipe(way, more));
    const { accuracy, accuracyBefore, moved, margin, perplexity, perplexityBefore, pairs } = validation!;
    assert.equal(pairs, 12);
    assert.ok(accuracyBefore! < 0.9, `${accuracyBefore}`);
    assert.ok(
      accuracy! > accuracyBefore! && accuracy! >= 0.9 && moved! >= 0.9 && margin! > 1,
      JSON.stringify(validation),
    );
    assert.ok(perplexity! > 1 && perplexityBefore! > 1 && perplexity !== perplexityBefore);
    const made = await loadModelFolder(join(root, way, 'model'));
    assert.deepEqual((made.card.scores!.preferences as { accuracy: number }).accuracy, accuracy);
  });
}

test('[TR272] a run that was stopped goes on from its checkpoint and ends byte for byte like an unbroken one', async () => {
  await ready;
  const more = { adapter: { rank: 2 }, steps: 12, saveEvery: 5 };
  await runRecipe(recipe('whole', more));
  const stop = new AbortController();
  const stopped = runRecipe(recipe('broken', more), {
    signal: stop.signal,
    onEvent: (event) => event.type === 'training-step' && event.step === 7 && stop.abort(),
  });
  await assert.rejects(stopped, { code: 'core/cancelled' });
  let from = 0;
  await runRecipe(recipe('broken', more), {
    onEvent: (event) => {
      if (event.type === 'training-start') from = event.resumedFrom;
    },
  });
  assert.equal(from, 7);
  const weights = (run: string): Buffer => readFileSync(join(root, run, 'model/model.safetensors'));
  assert.ok(weights('whole').equals(weights('broken')));
});

test('[TR273] lines that are no pairs are named, and too few pairs are refused with how many are missing', async () => {
  await ready;
  const line = (value: unknown): string =>
    `${JSON.stringify(makePairs(1)[0])}\n\n${typeof value === 'string' ? value : JSON.stringify(value)}\n`;
  for (const [value, reason] of [
    ['{', /line 3: not JSON/],
    [{ prompt: 'a', chosen: 'b' }, /line 3: 'rejected'/],
    [{ prompt: 'a', chosen: 'b', rejected: '' }, /line 3: 'rejected'/],
    [{ prompt: 'a', chosen: 'b', rejected: 'b' }, /line 3: chosen and rejected are the same/],
    ['[]', /line 3/],
  ] as const) {
    assert.throws(() => parsePreferences(line(value), 'p.jsonl'), {
      code: 'training/bad-preferences',
      message: reason,
    });
  }
  const few = makePairs(10);
  assert.throws(() => splitPreferences(few, 1), { code: 'training/too-few-preferences', message: /10 pairs/ });
  assert.equal(parsePreferences([...few, ...few].map((pair) => JSON.stringify(pair)).join('\r\n'), 'p').length, 10);
});

test('[TR273] no prompt is both learned from and measured on, as long as there are enough of them', () => {
  const pairs = makePairs(100).map((pair, i) => ({ ...pair, prompt: `p${i % 20}` }));
  const { train, heldOut, by } = splitPreferences(pairs, 7);
  assert.equal(by, 'prompt');
  assert.deepEqual([train.length, heldOut.length], [80, 20]);
  const held = new Set(heldOut.map(({ prompt }) => prompt));
  assert.ok(train.every(({ prompt }) => !held.has(prompt)));
  assert.equal(
    splitPreferences(
      pairs.map((pair) => ({ ...pair, prompt: 'one' })),
      7,
    ).by,
    'pair',
  );
});

test('[TR273] rows hold prompt and answer, only the answer counts, and what is too long is cut', async () => {
  await ready;
  const { tokenizer } = await loadModelFolder(base);
  const pair = { prompt: '山水', chosen: '月<s>', rejected: '云'.repeat(30) };
  const { rows, cut } = packPreferences([pair], tokenizer, 24);
  assert.deepEqual([rows.rows, rows.length, cut], [2, 24, 1]);
  const ids = (...tokens: string[]): number[] => tokens.map((token) => tokenizer.find(token)!);
  assert.deepEqual([...rows.tokens.subarray(0, 4)], ids('<s>', '山', '水', '月'));
  assert.notEqual(rows.tokens[4], tokenizer.find('<s>'), 'control tokens in an answer are plain text');
  assert.deepEqual([...rows.predict.subarray(0, 4)], [0, 0, 0, 1]);
  assert.equal(
    rows.predict.subarray(24).reduce((a, b) => a + b, 0),
    21,
  );
  assert.equal(chosenText(rows).tokens.length, 24);
});
