/** From a folder of texts to a new model with a tokeniser of its own, in our engine alone. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeFolder } from '../../../test/own-work-fixture.ts';
import { loadModelFolder } from '../model/model-folder.ts';
import { isBytePair } from '../tokenizer/tokenizer-file.ts';
import type { TrainingOptions } from './options.ts';
import { runTraining } from './run-training.ts';
import { parseTrainLog } from './train-log.ts';

const root = mkdtempSync(join(tmpdir(), 'texts-'));
after(() => rmSync(root, { recursive: true }));
const options = (dataset: string, more: Partial<TrainingOptions> = {}): TrainingOptions => ({
  dataset,
  texts: { vocabSize: 500, contextLength: 48, validation: 0.2, shards: 2 },
  out: join(root, 'out'),
  model: { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 32 },
  steps: 12,
  batchRows: 4,
  learningRate: 0.02,
  schedule: { warmupSteps: 3 },
  threads: 1,
  ...more,
});

test('[TR122] a folder of texts and a vocabulary size are enough for a new model on byte-level BPE of its own', async () => {
  const texts = writeFolder(join(root, 'texts'), 8, 60);
  const { model: folder } = await runTraining(options(texts));
  const { tokenizer, config } = await loadModelFolder(folder);
  assert.ok(isBytePair(tokenizer));
  assert.deepEqual([tokenizer.vocabulary.length, config.vocab_size, config.max_position_embeddings], [500, 500, 48]);
  assert.ok(tokenizer.merges.length === 500 - 256 - 5);
  assert.ok(existsSync(join(root, 'out/data/corpus.html')), 'what was left out, and why');
  const text = '老周在河边 waits.';
  assert.equal(tokenizer.decode(tokenizer.encode(text)), text);
  assert.ok(tokenizer.encode('老周在河边').length < 15, 'pieces of words, not bytes');
  const log = parseTrainLog(readFileSync(join(root, 'out/train.jsonl'), 'utf8'));
  assert.ok(log.at(-1)!.loss < 0.95 * log[0]!.loss, `${log[0]!.loss} to ${log.at(-1)!.loss}`);
});

test('[TR123] the dataset is made once: a run goes on with the data it began with; other tokens are another run', async () => {
  const texts = writeFolder(join(root, 'texts'), 9, 60);
  await runTraining(options(texts));
  const other = { vocabSize: 480, contextLength: 48, validation: 0.2, shards: 2 };
  await assert.rejects(runTraining(options(texts, { texts: other })), { code: 'training/other-run' });
  const wrong = options(texts, { out: join(root, 'wrong'), texts: { vocabSize: 100 } });
  await assert.rejects(runTraining(wrong), { code: 'training/bad-options' });
  mkdirSync(join(root, 'empty'));
  const empty = options(join(root, 'empty'), { out: join(root, 'none') });
  await assert.rejects(runTraining(empty), (error: { kind: string; code: string }) => {
    return ['input', 'missing'].includes(error.kind) && error.code.startsWith('training/');
  });
});
