import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createBatch } from '../gpt/batch.ts';
import { loadDataset } from './dataset.ts';
import { createRowOrder } from './row-order.ts';
import { TINY_VOCABULARY, writeTinyDataset } from './tiny-dataset.ts';

const root = mkdtempSync(join(tmpdir(), 'dataset-'));
after(() => rmSync(root, { recursive: true }));
const whole = join(root, 'whole');
writeTinyDataset(whole, { rows: 5, length: 12 });

test('[TR50] a dataset is opened with its vocabulary, and its splits are read whole', async () => {
  const dataset = await loadDataset(whole);
  assert.deepEqual(dataset.vocabulary, TINY_VOCABULARY);
  assert.deepEqual([dataset.contextLength, dataset.vocabSize, dataset.splitNames], [12, 18, ['train', 'validation']]);
  const train = await dataset.loadSplit('train');
  assert.deepEqual([train.rows, train.length, train.tokens.length], [5, 12, 60]);
  await assert.rejects(dataset.loadSplit('test'), { code: 'training/bad-dataset' });
});

test('[TR51] a broken dataset is refused with the fact that is wrong', async () => {
  const spoil = async (file: string, change: (old: Buffer) => Uint8Array | string): Promise<unknown> => {
    const folder = join(root, `spoilt-${file}`);
    cpSync(whole, folder, { recursive: true });
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file))));
    return (await loadDataset(folder)).loadSplit('train');
  };
  const bad = { code: 'training/bad-dataset', kind: 'input' };
  await assert.rejects(loadDataset(join(root, 'nowhere')), { code: 'training/dataset-missing', kind: 'missing' });
  await assert.rejects(
    spoil('dataset.json', () => '{'),
    bad,
  );
  await assert.rejects(
    spoil('dataset.json', (old) => old.toString().replace('"rows":5', '"rows":0')),
    bad,
  );
  await assert.rejects(
    spoil('dataset.json', (old) => old.toString().replace('"rows":5', '"rows":6')),
    bad,
  );
  await assert.rejects(
    spoil('vocabulary.json', () => '["<unk>"]'),
    bad,
  );
  await assert.rejects(
    spoil('train.tokens.u16', (old) => old.subarray(1)),
    bad,
  );
  await assert.rejects(
    spoil('train.tokens.u16', (old) => old.fill(200)),
    bad,
  );
  await assert.rejects(
    spoil('train.predict.u8', (old) => old.fill(0)),
    bad,
  );
});

test('[TR52] a batch predicts the next token within a segment where it is marked, and nothing else', () => {
  const rows = {
    rows: 2,
    length: 4,
    tokens: Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    segments: Uint8Array.of(1, 1, 2, 2, 1, 1, 0, 0),
    predict: Uint8Array.of(1, 1, 1, 1, 1, 0, 1, 1),
  };
  const batch = createBatch(rows, [1, 0]);
  assert.deepEqual([...batch.ids], [5, 1, 6, 2, 7, 3, 8, 4]);
  assert.deepEqual([...batch.targets], [2, 4]);
  assert.deepEqual([...batch.predicted], [1, 5]);
});

test('[TR53] every epoch visits every row once, in an order of its own that depends on the seed alone', () => {
  const order = createRowOrder(7, 'seed');
  const sorted = (rows: number[]): number[] => rows.toSorted((a, b) => a - b);
  const all = [0, 1, 2, 3, 4, 5, 6];
  assert.deepEqual(sorted(order(0, 7)), all);
  assert.deepEqual(sorted(order(7, 7)), all);
  assert.notDeepEqual(order(0, 7), order(7, 7));
  assert.deepEqual(createRowOrder(7, 'seed')(5, 4), [...order(5, 2), ...order(7, 2)]);
  assert.notDeepEqual(createRowOrder(7, 'other')(0, 7), order(0, 7));
});
