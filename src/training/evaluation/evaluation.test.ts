import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { TINY_VOCABULARY, writeTinyDataset } from '../data/tiny-dataset.ts';
import type { PackedRows } from '../gpt/batch.ts';
import { createRandomModelFolder } from '../model/model-folder.ts';
import { distinctDocuments } from './distinct-documents.ts';
import { evaluateModel, measureBaseline } from './evaluate-model.ts';
import { learnNgrams } from './ngram-model.ts';
import { createNgramTable } from './ngram-table.ts';

const root = mkdtempSync(join(tmpdir(), 'evaluation-'));
after(() => rmSync(root, { recursive: true }));

/** One segment per row, everything predicted but the first token. */
function packed(rows: readonly (readonly number[])[]): PackedRows {
  const length = Math.max(...rows.map((row) => row.length));
  const cells = rows.length * length;
  const split = {
    rows: rows.length,
    length,
    tokens: new Uint16Array(cells),
    segments: new Uint8Array(cells),
    predict: new Uint8Array(cells),
  };
  rows.forEach((row, r) => {
    row.forEach((token, i) => {
      split.tokens[r * length + i] = token;
      split.segments[r * length + i] = 1;
      split.predict[r * length + i] = i > 0 ? 1 : 0;
    });
  });
  return split;
}

test('[TR60] ids of n-grams are dense and found again, through many growths', () => {
  const table = createNgramTable();
  const pairs = Array.from({ length: 5000 }, (_, i) => [i * 977, (i * 31) % 6000] as const);
  pairs.forEach(([prefix, token], i) => {
    assert.equal(table.insert(prefix, token), i);
  });
  pairs.forEach(([prefix, token], i) => {
    assert.equal(table.find(prefix, token), i);
    assert.equal(table.insert(prefix, token), i);
  });
  assert.equal(table.find(1, 1), -1);
  assert.equal(table.size, 5000);
});

test('[TR61] the n-gram model is a distribution in every context', () => {
  const random = createRandom('ngrams');
  const vocabSize = 7;
  const rows = Array.from({ length: 40 }, () =>
    Array.from({ length: 4 + random.integer(8) }, () => random.integer(vocabSize - 1)),
  );
  const ngrams = learnNgrams(packed(rows), vocabSize);
  for (const context of [[0], [1, 2], [3, 3, 3], [0, 1, 2, 3], [5, 4, 3, 2, 1], [6, 6, 6, 6, 6]]) {
    const sum = Array.from({ length: vocabSize }, (_, token) =>
      ngrams.probability(packed([[...context, token]]), context.length),
    ).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-12, `${context}: ${sum}`);
  }
});

test('[TR62] order 2 on a small text gives the Kneser–Ney numbers worked out by hand', () => {
  // Pairs: 0→1 twice, 0→2 once, 1→2 twice, 2→1 once. Each row starts with 0, which is not predicted.
  const ngrams = learnNgrams(
    packed([
      [0, 1, 2],
      [0, 1, 2],
      [0, 2, 1],
    ]),
    4,
    2,
  );
  // Pairs seen once: 0→2, 2→1; twice: 0→1, 1→2. D₂ = 2 / (2 + 2·2) = 1/3.
  // Followers: 1 after {0, 2}, 2 after {0, 1}: counts 2 and 2, total 4, D₁ = 0.5 as nothing was counted once.
  const unigram = (token: number): number => ((token === 1 || token === 2 ? 1.5 : 0) + 0.5 * 2 * (1 / 4)) / 4;
  const of = (context: number, token: number): number => ngrams.probability(packed([[context, token]]), 1);
  const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-12, `${a}, not ${b}`);
  near(of(0, 1), (2 - 1 / 3 + (1 / 3) * 2 * unigram(1)) / 3);
  near(of(0, 3), ((1 / 3) * 2 * unigram(3)) / 3);
  near(of(1, 2), (2 - 1 / 3 + (1 / 3) * unigram(2)) / 2);
  near(of(3, 2), unigram(2));
});

test('[TR63] the baseline learns what can be learned: a fixed text is predicted, noise is not', () => {
  const counting = Array.from({ length: 20 }, (_, i) => Array.from({ length: 12 }, (_, j) => (i + j) % 20));
  assert.ok(measureBaseline(packed(counting), packed(counting), 20).perplexity < 1.5);
  const random = createRandom('noise');
  const noise = (): PackedRows =>
    packed(Array.from({ length: 200 }, () => Array.from({ length: 12 }, () => random.integer(6))));
  const { perplexity, tokens } = measureBaseline(noise(), noise(), 6);
  assert.ok(perplexity > 5.9 && perplexity < 9, `${perplexity}`);
  assert.equal(tokens, 2200);
});

test('[TR64] model and baseline are measured over the same tokens, also by group; an untrained model knows nothing', async () => {
  const data = join(root, 'data');
  writeTinyDataset(data);
  const folder = join(root, 'model');
  await createRandomModelFolder(folder, { vocabulary: TINY_VOCABULARY, max_position_embeddings: 16 });
  const { model, baseline } = await evaluateModel(folder, data, { groupBy: 1, threads: 1 });
  assert.equal(model.tokens, baseline!.tokens);
  assert.deepEqual(Object.keys(model.groups), ['<夜>', '<昼>'].sort());
  for (const [name, group] of Object.entries(model.groups)) assert.equal(group.tokens, baseline!.groups[name]!.tokens);
  assert.equal(
    Object.values(model.groups).reduce((sum, group) => sum + group.tokens, 0),
    model.tokens,
  );
  assert.ok(Math.abs(model.perplexity - TINY_VOCABULARY.length) < 2, `${model.perplexity}`);
  assert.ok(baseline!.perplexity < 8, `${baseline!.perplexity}`);
  const few = await evaluateModel(folder, data, { rows: 2, baseline: false, threads: 1 });
  assert.ok(few.model.tokens < model.tokens && few.baseline === undefined);
});

test('[TR66] of equal documents only the first is learned from', () => {
  const split = packed([
    [0, 1, 2],
    [0, 2, 1],
    [0, 1, 2],
  ]);
  assert.deepEqual([...distinctDocuments(split).predict], [0, 1, 1, 0, 1, 1, 0, 0, 0]);
  assert.equal(split.predict[7], 1);
});

test('[TR65] a model with other tokens is refused', async () => {
  const data = join(root, 'data-2');
  writeTinyDataset(data);
  const folder = join(root, 'model-2');
  await createRandomModelFolder(folder, { vocabulary: [...TINY_VOCABULARY].reverse() });
  await assert.rejects(evaluateModel(folder, data), { code: 'training/model-does-not-fit' });
});
