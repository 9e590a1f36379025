/** Runs whose data lose a document, and runs that go on with another learning rate: tiny models, real folders. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadDataset } from '../data/dataset.ts';
import { forgetDocument } from '../data/forget-document.ts';
import { MADE_TOKENIZER, makeDocuments } from '../data/made-documents.ts';
import type { Provenance } from '../data/prepared-dataset.ts';
import { tokeniseDocuments } from '../data/tokenise-documents.ts';
import { loadModelFolder } from '../model/model-folder.ts';
import type { TrainingEvent } from './events.ts';
import { readForgotten } from './forgetting.ts';
import type { TrainingOptions } from './options.ts';
import { runTraining } from './run-training.ts';
import { rowOrderOf } from './sample-order.ts';
import { parseTrainLog } from './train-log.ts';

const root = mkdtempSync(join(tmpdir(), 'forgetting-'));
after(() => rmSync(root, { recursive: true }));
const NAMES = Array.from({ length: 14 }, (_, i) => `book#${i}`);
const WHO = { by: 'the artist', at: '2026-01-02T03:04:05Z' };

async function prepare(name: string, names: readonly string[] = NAMES): Promise<string> {
  const folder = join(root, name);
  await tokeniseDocuments(makeDocuments(names), MADE_TOKENIZER, folder, {
    contextLength: 16,
    shards: 4,
    validation: 0.15,
  });
  return folder;
}

const options = (dataset: string, out: string, more: Partial<TrainingOptions> = {}): TrainingOptions => ({
  dataset,
  out: join(root, out),
  model: { hidden_size: 16, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 32 },
  steps: 24,
  batchRows: 2,
  order: 'shards',
  epochs: 2,
  learningRate: 0.02,
  schedule: { warmupSteps: 3 },
  saveEvery: 5,
  threads: 1,
  ...more,
});
const file = (out: string, name: string): Buffer => readFileSync(join(root, out, name));
const checkpoints = (out: string): number[] =>
  readdirSync(join(root, out, 'checkpoints'))
    .sort()
    .map((name) => Number(/\d+/.exec(name)![0]));

/** Trains; returns the step it went on from. */
async function train(given: TrainingOptions, stopAt?: number): Promise<number> {
  const controller = new AbortController();
  let from = -1;
  const onEvent = (event: TrainingEvent): void => {
    if (event.type === 'training-start') from = event.resumedFrom;
    if (event.type === 'training-step' && event.step === stopAt) controller.abort();
  };
  const run = runTraining(given, { onEvent, signal: controller.signal });
  if (stopAt === undefined) await run;
  else await assert.rejects(run, { code: 'core/cancelled' });
  return from;
}

/** Documents of the training split, those of the latest shard last. */
function trained(folder: string): Provenance[] {
  const lines = readFileSync(join(folder, 'provenance.jsonl'), 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as Provenance)
    .filter(({ split }) => split === 'train')
    .toSorted((a, b) => a.shard - b.shard);
}

test('[TR117] trained by shards, a model forgets a document from the last checkpoint before its shard, bit for bit as if it had never been there', async () => {
  const dataset = await prepare('shards');
  const given = options(dataset, 'voice');
  await train(given);
  const before = await loadDataset(dataset);
  const gone = trained(dataset).at(-1)!;
  const { shards, after: digest } = await forgetDocument(dataset, gone.id, WHO);
  assert.deepEqual(shards, [gone.shard]);

  const from = await train(given);
  assert.ok(from > 0 && from < 24, `${from}`);
  const rows = new Set(gone.spans.map(([row]) => row));
  const order = rowOrderOf({ order: 'shards', epochs: 2, seed: 1 }, before.shardRows);
  assert.ok(!order(0, 2 * from).some((row) => rows.has(row)), 'the checkpoint had read no row of the document');
  assert.ok(
    order(0, 2 * 24).some((row) => rows.has(row)),
    'the finished model had',
  );

  const never = await prepare(
    'never',
    NAMES.filter((name) => name !== gone.id),
  );
  assert.equal((await loadDataset(never)).digest, digest);
  await train(options(never, 'never-saw'));
  for (const name of ['model/model.safetensors', 'train.jsonl', 'loss.svg']) {
    assert.ok(file('voice', name).equals(file('never-saw', name)), name);
  }
  const [record] = await readForgotten(join(root, 'voice'));
  const documents = [{ id: gone.id, sha256: gone.sha256, at: WHO.at }];
  assert.deepEqual(record, { from, withdrawn: { documents, before: before.digest, after: digest } });
  const { card } = await loadModelFolder(join(root, 'voice/model'));
  assert.deepEqual(card.withdrawn, [record]);
  assert.equal(await train(given), 24, 'once is enough');
});

test('[TR118] stopped while it forgets, it goes on forgetting, and a second document is forgotten too', async () => {
  const dataset = await prepare('twice');
  const given = options(dataset, 'twice-voice');
  await train(given);
  const [late, early] = [trained(dataset).at(-1)!, trained(dataset).find(({ shard }) => shard > 0)!];
  await forgetDocument(dataset, late.id, WHO);
  const from = await train(given, 22);
  assert.ok(!existsSync(join(root, 'twice-voice/model')), 'the old model is gone before the new one is there');
  await forgetDocument(dataset, early.id, WHO);
  const again = await train(given);
  assert.ok(again > 0 && again < from, `${again} before ${from}`);
  const never = await prepare(
    'never-either',
    NAMES.filter((name) => ![late.id, early.id].includes(name)),
  );
  await train(options(never, 'saw-neither'));
  assert.ok(file('twice-voice', 'model/model.safetensors').equals(file('saw-neither', 'model/model.safetensors')));
  const records = await readForgotten(join(root, 'twice-voice'));
  assert.deepEqual(
    records.map((record) => record.from),
    [from, again],
  );
});

test('[TR119] trained in shuffled order, it is trained again from the start, and what had read the document is gone', async () => {
  const dataset = await prepare('shuffled');
  const given = options(dataset, 'shuffled-voice', { order: 'shuffled' });
  await train(given);
  const gone = trained(dataset)[0]!;
  await forgetDocument(dataset, gone.id, WHO);
  assert.equal(await train(given, 2), 0);
  assert.deepEqual(checkpoints('shuffled-voice'), [2]);
  assert.equal(await train(given), 2);
  const { card } = await loadModelFolder(join(root, 'shuffled-voice/model'));
  assert.deepEqual(
    (card.withdrawn as { from: number }[]).map(({ from }) => from),
    [0],
  );
});

test('[TR120] other data without a record of a withdrawal are another run', async () => {
  const dataset = await prepare('unrecorded');
  await train(options(dataset, 'unrecorded-voice'), 6);
  await forgetDocument(dataset, trained(dataset).at(-1)!.id, WHO);
  const moved = join(root, 'moved');
  cpSync(dataset, moved, { recursive: true });
  rmSync(join(moved, 'withdrawals.jsonl'));
  await assert.rejects(runTraining(options(moved, 'unrecorded-voice')), { code: 'training/other-run' });
  await assert.rejects(runTraining(options(dataset, 'unrecorded-voice', { epochs: 3 })), {
    code: 'training/other-run',
  });
  writeFileSync(join(moved, 'withdrawals.jsonl'), readFileSync(join(dataset, 'withdrawals.jsonl')));
  await train(options(moved, 'unrecorded-voice'));
});

test('[TR121] an unfinished run goes on with another learning rate, which the log notes, and with nothing else changed', async () => {
  const dataset = await prepare('rates');
  const given = options(dataset, 'rates-run');
  await train(given, 8);
  await assert.rejects(runTraining({ ...given, learningRate: 0.005, seed: 2 }), { code: 'training/other-run' });
  assert.equal(await train({ ...given, learningRate: 0.005, schedule: { warmupSteps: 4 } }), 8);
  const lines = parseTrainLog(file('rates-run', 'train.jsonl').toString());
  assert.deepEqual(lines[8]!.changed, { learningRate: [0.02, 0.005], warmupSteps: [3, 4] });
  assert.deepEqual(
    lines.filter(({ changed }) => changed).map(({ step }) => step),
    [9],
  );
  assert.ok(lines[8]!.learningRate < 0.3 * lines[7]!.learningRate);
  await assert.rejects(runTraining(given), { code: 'training/other-run' }, 'a finished run has its rate');
});
