import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runTyped } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'train-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, 'data');
const recipe = join(folder, 'recipe.json');

const VOCABULARY = ['<pad>', '<s>', '</s>', '<unk>', '日', '出', '月', '落'];
/** Two sentences a row: 日出 and 月落. */
const ROW = [1, 4, 5, 2, 1, 6, 7, 2];

/** Writes a dataset of eight equal rows a split, and a recipe for a model of a few thousand numbers. */
function writeTask(): void {
  mkdirSync(data);
  const splits = Object.fromEntries(
    ['train', 'validation'].map((name) => {
      const rows = Array.from({ length: 8 }, () => ROW).flat();
      writeFileSync(join(data, `${name}.tokens.u16`), Uint16Array.from(rows));
      writeFileSync(
        join(data, `${name}.segments.u8`),
        Uint8Array.from(rows, (_, i) => (i % 8 < 4 ? 1 : 2)),
      );
      writeFileSync(
        join(data, `${name}.predict.u8`),
        Uint8Array.from(rows, (_, i) => (i % 4 === 0 ? 0 : 1)),
      );
      return [name, { rows: 8, tokens: 48 }];
    }),
  );
  const description = { contextLength: 8, vocabSize: VOCABULARY.length, splits, digest: 'made up' };
  writeFileSync(join(data, 'dataset.json'), JSON.stringify(description));
  writeFileSync(join(data, 'vocabulary.json'), JSON.stringify(VOCABULARY));
  const model = { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 32 };
  const training = { batchRows: 4, learningRate: 0.01, warmupSteps: 2, validateEvery: 10, gradientScaling: true };
  writeFileSync(recipe, JSON.stringify({ name: 'tiny', seed: 1, model, training }));
}

test('[CL25] train ends with a model folder, says what it passed over, and eval measures the model beside 5-grams', async () => {
  writeTask();
  const out = join(folder, 'run');
  const trained = await runTyped(['train', recipe, '-d', data, '-o', out, '--steps', '20', '--threads', '1', '--json']);
  assert.equal(trained.exitCode, 0, trained.err + trained.out);
  const { training } = JSON.parse(trained.out) as {
    training: { steps: number; model: string; validation: { perplexity: number }; passedOver: string[] };
  };
  assert.deepEqual([training.steps, training.passedOver], [20, ['gradientScaling']]);
  assert.equal(JSON.parse(readFileSync(join(training.model, 'card.json'), 'utf8')).name, 'tiny');
  const { exitCode, out: table } = await runTyped(['eval', training.model, '--data', data]);
  assert.equal(exitCode, 0);
  const [, measured] = /5-gram baseline\nall +48 +(\d\.\d\d) +\d\.\d\d/.exec(table) ?? [];
  // The folder holds the weights in half precision.
  assert.ok(Math.abs(Number(measured) - training.validation.perplexity) < 0.02, table);
});

test('[CL41] eval leaves a page beside the model in its run, takes a run for a model, and says what it lacks', async () => {
  const run = join(folder, 'run');
  const page = join(folder, 'page');
  const { exitCode, out, err } = await runTyped(['eval', run, '-d', data, '-o', page, '--no-baseline', '--json']);
  assert.equal(exitCode, 0, err);
  assert.equal(JSON.parse(out).evaluation.page, join(page, 'index.html'));
  for (const place of [page, join(run, 'page')]) {
    assert.match(readFileSync(join(place, 'index.html'), 'utf8'), /<h1>.*语言模型 tiny.*Language model tiny/s);
    assert.equal(JSON.parse(readFileSync(join(place, 'report.json'), 'utf8')).sections[0].kind, 'table');
  }
  const lacking = await runTyped(['eval', run]);
  assert.match(lacking.err, /training\/judge-needs/);
  assert.equal(lacking.exitCode, 64);
});

test('[CL26] what training needs and does not get is told', async () => {
  const told = async (...argv: readonly string[]): Promise<string> => {
    const { exitCode, err } = await runTyped(['train', ...argv]);
    return `${exitCode} ${/\[(.*)\]/.exec(err)?.[1]}`;
  };
  assert.equal(await told(join(folder, 'none.json'), '-d', data, '-o', folder), '66 cli/recipe-missing');
  writeFileSync(join(folder, 'poem.json'), '白日依山尽');
  assert.equal(await told(join(folder, 'poem.json'), '-d', data, '-o', folder), '64 cli/bad-recipe');
  assert.equal(await told(recipe, '-o', folder), '64 cli/missing-option');
  assert.equal(await told(recipe, '-d', data, '-o', join(folder, 'x')), '64 cli/missing-option');
});
