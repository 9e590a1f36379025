import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { hashJson, sha256 } from '../../core/index.ts';
import { createBatch, isTarget } from '../gpt/batch.ts';
import { loadDataset } from './dataset.ts';
import { forgetDocument, listWithdrawals } from './forget-document.ts';
import { MADE_TOKENIZER, makeDocuments } from './made-documents.ts';
import { packDocuments, unpackDocument } from './pack-documents.ts';
import { createShardOrder, shardSamples, untaintedCheckpoints } from './shard-order.ts';
import { splitDocuments } from './split-documents.ts';
import { type TokeniseOptions, tokeniseDocuments } from './tokenise-documents.ts';

const root = mkdtempSync(join(tmpdir(), 'forget-'));
after(() => rmSync(root, { recursive: true }));
let made = 0;
const NAMES = Array.from({ length: 14 }, (_, i) => `book${i % 3}#${i}`);
const OPTIONS: TokeniseOptions = { contextLength: 16, shards: 4, validation: 0.15 };
const WHO = { by: 'the artist', at: '2026-01-02T03:04:05Z' };

async function prepare(names: readonly string[], options: Partial<TokeniseOptions> = {}): Promise<string> {
  const folder = join(root, String(made++));
  await tokeniseDocuments(makeDocuments(names), MADE_TOKENIZER, folder, { ...OPTIONS, ...options });
  return folder;
}

const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file !== 'withdrawals.jsonl')
      .sort()
      .map((file) => [file, sha256(readFileSync(join(folder, file)))]),
  );

const tokenDocuments = fc.array(
  fc.record({
    prefix: fc.array(fc.integer({ min: 900, max: 999 }), { maxLength: 2 }),
    tokens: fc.array(fc.integer({ min: 1, max: 800 }), { minLength: 2, maxLength: 70 }),
  }),
  { maxLength: 12 },
);

test('every token of a document is predicted once, from its own document, and can be read back', () => {
  fc.assert(
    fc.property(
      tokenDocuments,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 13, max: 40 }),
      (list, overlap, length) => {
        const documents = list.map((one, i) => ({ id: String(i), ...one }));
        const packed = packDocuments(documents, { length, overlap });
        documents.forEach(({ prefix, tokens }, i) => {
          assert.deepEqual(unpackDocument(packed.tokens, packed.spans[i]!, prefix.length, length), { prefix, tokens });
          const predicted = packed.spans[i]!.flatMap(([row, at, cells]) =>
            Array.from({ length: cells }, (_, c) => row * length + at + c).filter(
              (cell) => cell % length > 0 && isTarget({ ...packed, length }, cell),
            ),
          );
          const seen = predicted.map((cell) => packed.tokens[cell]);
          assert.deepEqual(seen, prefix.length > 0 ? tokens : tokens.slice(1));
        });
        const cells = packed.spans.flat().reduce((sum, [, , size]) => sum + size, 0);
        assert.equal(
          packed.segments.filter((segment) => segment > 0).length,
          cells,
          'no two windows lie on each other',
        );
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

test('a document keeps its split and shard when others come or go', () => {
  const digests = Array.from({ length: 400 }, (_, i) => sha256(String(i)));
  const options = { validation: 0.1, test: 0.05, shards: 5, seed: 's' };
  const all = splitDocuments(digests, options);
  assert.deepEqual(splitDocuments(digests.slice(100), options), all.slice(100));
  const share = (split: string): number => all.filter((one) => one.split === split).length / 400;
  assert.ok(Math.abs(share('validation') - 0.1) < 0.05 && Math.abs(share('test') - 0.05) < 0.04);
  assert.equal(new Set(all.map(({ shard }) => shard)).size, 5);
  const few = splitDocuments(digests.slice(0, 3), options).map(({ split }) => split);
  assert.deepEqual([...few].sort(), ['test', 'train', 'validation']);
  assert.deepEqual(
    splitDocuments(digests.slice(0, 1), { ...options, validation: 0.5 }).map(({ split }) => split),
    ['train'],
  );
});

test('a dataset is written that training can read, with where each document lies', async () => {
  const folder = await prepare(NAMES, { prefix: () => '<林>' });
  const dataset = await loadDataset(folder);
  assert.deepEqual([dataset.contextLength, dataset.splitNames], [16, ['train', 'validation']]);
  const train = await dataset.loadSplit('train');
  assert.equal(dataset.shardRows.length, 4);
  assert.equal(
    dataset.shardRows.reduce((a, b) => a + b),
    train.rows,
  );
  const lines = readFileSync(join(folder, 'provenance.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ id }) => id),
    NAMES,
  );
  const first = lines.find(({ split }) => split === 'train');
  const [row, at] = first.spans[0];
  assert.deepEqual([...train.tokens.subarray(row * 16 + at, row * 16 + at + 2)], [4, 1], 'prefix, then <s>');
  assert.deepEqual(bytesOf(await prepare(NAMES, { prefix: () => '<林>' })), bytesOf(folder));
});

test('control tokens written in a text stay plain text', async () => {
  const text = '日<s>月</s>';
  const documents = makeDocuments(['a', 'b']).map((document, i) => (i === 0 ? { ...document, text } : document));
  const folder = join(root, 'plain');
  await tokeniseDocuments(documents, MADE_TOKENIZER, folder, { contextLength: 64, validation: 0 });
  const { tokens, predict } = await (await loadDataset(folder)).loadSplit('train');
  assert.equal(tokens.filter((token, i) => token === 1 && predict[i] === 1).length, 2);
  assert.equal(tokens.filter((token) => token === 2).length, 2);
});

test('a dataset that forgot a document is byte for byte the one that never held it, whichever it is', async () => {
  for (const [i, name] of NAMES.entries()) {
    const prefix = i % 2 === 0 ? { prefix: () => '<林>' } : {};
    const folder = await prepare(NAMES, prefix);
    const record = await forgetDocument(folder, name, WHO);
    assert.deepEqual(
      bytesOf(folder),
      bytesOf(
        await prepare(
          NAMES.filter((one) => one !== name),
          prefix,
        ),
      ),
      name,
    );
    assert.ok(record.shards.length <= 1 && record.splits.length >= 1);
  }
  const folder = await prepare(NAMES);
  const before = (await loadDataset(folder)).shardRows;
  await forgetDocument(folder, 'book1', WHO); // a whole file
  await forgetDocument(folder, 'book0#0', WHO);
  const left = NAMES.filter((name) => !name.startsWith('book1') && name !== 'book0#0');
  assert.deepEqual(bytesOf(folder), bytesOf(await prepare(left)));
  assert.notDeepEqual((await loadDataset(folder)).shardRows, before);
  const records = await listWithdrawals(folder);
  assert.deepEqual(
    records.map(({ by, documents }) => [by, documents.length]),
    [
      ['the artist', 5],
      ['the artist', 1],
    ],
  );
  assert.equal(records[0]!.after, records[1]!.before);
});

test('with so few documents that the held-out one goes, another takes its place, as if it had been so from the start', async () => {
  const names = ['a', 'b', 'c', 'd'];
  for (const name of names) {
    const folder = await prepare(names, { validation: 0.001 });
    await forgetDocument(folder, name, WHO);
    assert.deepEqual(
      bytesOf(folder),
      bytesOf(
        await prepare(
          names.filter((one) => one !== name),
          { validation: 0.001 },
        ),
      ),
    );
  }
});

/** A stand-in for a network: its state is a digest of every batch it has read, in order. */
async function train(
  folder: string,
  from: { step: number; state: string },
  keep: (step: number, state: string) => void,
) {
  const dataset = await loadDataset(folder);
  const rows = await dataset.loadSplit('train');
  const order = createShardOrder(dataset.shardRows, 3, 'run');
  const steps = Math.ceil(shardSamples(dataset.shardRows, 3) / 2);
  let { step, state } = from;
  for (; step < steps; step++) {
    keep(step, state);
    const { ids, segments, targets } = createBatch(rows, order(step * 2, 2));
    state = hashJson([state, ...[ids, segments, targets].map((part) => [...part])]);
  }
  return { state, read: { order, samplesPerStep: 2, steps } };
}

test('retraining from the last untainted checkpoint ends as training that never saw the document', async () => {
  const [early, spoilt]: [string[], string[]] = [[], []];
  for (const name of NAMES.slice(0, 6)) {
    const folder = await prepare(NAMES);
    const kept = new Map<number, string>();
    const { read } = await train(folder, { step: 0, state: '' }, (step, state) => {
      if (step % 3 === 0) kept.set(step, state);
    });
    const run = { model: 'voice', checkpoints: [...kept.keys()], ...read };
    const { retrain, shards } = await forgetDocument(folder, name, { ...WHO, runs: [run] });
    const never = await prepare(NAMES.filter((one) => one !== name));
    const clean = await train(never, { step: 0, state: '' }, () => {});
    if (shards.length === 0) {
      assert.deepEqual(retrain, [], 'a document held out taints nothing');
      continue;
    }
    const { resumeFrom, tainted } = retrain[0]!;
    const resumed = await train(folder, { step: resumeFrom, state: kept.get(resumeFrom)! }, () => {});
    assert.equal(resumed.state, clean.state, name);
    if (resumeFrom > 0) early.push(name);
    const late = tainted[0];
    if (late === undefined) continue;
    const wrong = await train(folder, { step: late, state: kept.get(late)! }, () => {});
    if (wrong.state !== clean.state) spoilt.push(name);
  }
  assert.ok(early.length >= 1, 'some documents leave early checkpoints usable');
  assert.ok(spoilt.length >= 3, 'a tainted checkpoint would not have done');
});

test('a checkpoint is tainted from the step after the first that read a row', () => {
  const read = { order: createShardOrder([4, 4], 1, 's'), samplesPerStep: 2, steps: 4 };
  const second = new Set([4, 5, 6, 7]);
  assert.deepEqual(untaintedCheckpoints(read, second, [1, 2, 3, 4]), {
    untainted: [1, 2],
    tainted: [3, 4],
    resumeFrom: 2,
  });
  assert.deepEqual(untaintedCheckpoints(read, new Set(), [1, 4]), { untainted: [1, 4], tainted: [], resumeFrom: 4 });
});

test('a withdrawal cut off at any moment is finished when the folder is next opened', async () => {
  const whole = await prepare(NAMES);
  const done = join(root, 'done');
  cpSync(whole, done, { recursive: true });
  const record = await forgetDocument(done, NAMES[0]!, WHO);
  const files = Object.keys(bytesOf(done));
  for (let moved = 0; moved <= files.length; moved++) {
    const cut = join(root, `cut-${moved}`);
    cpSync(whole, cut, { recursive: true });
    for (const file of files) cpSync(join(done, file), join(cut, `${file}.next`));
    writeFileSync(join(cut, 'withdrawal.pending.json'), JSON.stringify({ replace: files, remove: [], record }));
    for (const file of files.slice(0, moved)) renameSync(join(cut, `${file}.next`), join(cut, file));
    if (moved === files.length) cpSync(join(done, 'withdrawals.jsonl'), join(cut, 'withdrawals.jsonl'));
    await loadDataset(cut);
    assert.deepEqual(bytesOf(cut), bytesOf(done));
    assert.equal((await listWithdrawals(cut)).length, 1);
  }
});

test('what cannot be forgotten or tokenised is refused with the reason', async () => {
  const folder = await prepare(['a', 'b']);
  await assert.rejects(forgetDocument(folder, 'nobody', WHO), { code: 'training/document-unknown', kind: 'missing' });
  await forgetDocument(folder, 'a', WHO);
  await assert.rejects(forgetDocument(folder, 'a', WHO), { message: /withdrawn on 2026/ });
  await assert.rejects(forgetDocument(folder, 'b', WHO), { code: 'training/nothing-would-remain' });
  const copied = join(root, 'copied');
  const documents = makeDocuments(['a', 'b']).map((one) => ({ ...one, copies: [`${one.id}-again`] }));
  await tokeniseDocuments(documents, MADE_TOKENIZER, copied, OPTIONS);
  await assert.rejects(forgetDocument(copied, 'a-again', WHO), { code: 'training/document-was-copy', hint: /'a'/ });
  const bad = await prepare(NAMES);
  const rows = readFileSync(join(bad, 'train.tokens.u16'));
  rows[rows.findIndex((byte) => byte > 5)]! = 5;
  writeFileSync(join(bad, 'train.tokens.u16'), rows);
  await assert.rejects(forgetDocument(bad, NAMES[0]!, WHO), { code: 'training/bad-dataset', kind: 'conflict' });
  const wrong = { code: 'training/bad-tokenise-options' };
  for (const options of [
    { contextLength: 3 },
    { overlap: 8 },
    { shards: 0 },
    { validation: 0.9 },
    { begin: '<x>' },
    { prefix: () => '日月星云山水花鸟' },
  ]) {
    await assert.rejects(prepare(NAMES, options), wrong, JSON.stringify(options));
  }
  await assert.rejects(prepare([]), { code: 'training/nothing-to-tokenise' });
});
