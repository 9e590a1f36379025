/**
 * Measures the verse model on poems it never saw and writes what came out into its card, for programs and for people:
 *
 *   node recipes/verse-zh/score-model.ts DATASET_FOLDER MODEL_FOLDER
 *        [--untrained FOLDER] [--half-trained FOLDER] [--training FACTS.json] [--rows N] [--poems 20] [--threads N]
 *
 *   test rows ─┬─ model, with its wishes and without ─┐
 *              ├─ 5-gram of the training rows ────────┼─▶ card.json, README.md
 *              ├─ untrained, half-trained weights ────┤
 *   briefs ────┴─ seeds 1 … 20, as anyone gets them ──┘
 *
 * The other weights are folders with config.json and model.safetensors. FACTS.json says how the model was trained, in any of
 * the fields of `TRAINING_FACTS`. `--rows` measures only the first rows, for a quick look. A second run replaces the first.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createOs } from '../../src/host/index.ts';
import { measurePerplexity } from '../../src/training/evaluation/perplexity.ts';
import { createEvaluator } from '../../src/training/gpt/evaluator.ts';
import {
  type GptConfig,
  type GroupedPerplexity,
  loadDataset,
  loadModelFolder,
  measureBaseline,
  parameterCount,
  parseCard,
  parseConfig,
  readSafetensors,
  type Weights,
} from '../../src/training/index.ts';
import { findDocuments, groupByForm, perCharacter, type Rows, withoutWishes } from './held-out.ts';
import { formatModelReadme, POEM, type Sample, type Score, type Scores, TRAINING_FACTS } from './model-readme.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    untrained: { type: 'string' },
    'half-trained': { type: 'string' },
    training: { type: 'string' },
    rows: { type: 'string' },
    poems: { type: 'string', default: '20' },
    threads: { type: 'string' },
  },
});
const [datasetFolder, modelFolder] = positionals;
if (datasetFolder === undefined || modelFolder === undefined)
  throw new Error('usage: score-model.ts DATASET_FOLDER MODEL_FOLDER [options]');
const began = performance.now();
const facts = values.training === undefined ? {} : TRAINING_FACTS.parse(readJson(values.training));
const dataset = await loadDataset(datasetFolder);
const vocabulary = dataset.vocabulary!;
const test = await dataset.loadSplit('test');
const rows = Math.min(test.rows, Number(values.rows ?? test.rows));
const { config, weights, digest, card } = await loadModelFolder(modelFolder);

const scores = await measureAll();
say('the 5-gram model learns');
scores.ngram5 = toScore(
  measureBaseline(await dataset.loadSplit('train'), test, dataset.vocabSize, {
    rows,
    groups: groupByForm(test, vocabulary),
  }),
);
say('poems');
const poems = await composeSamples(Number(values.poems));

const written = parseCard(
  JSON.stringify({
    ...card,
    parameters: parameterCount(config),
    training: facts,
    scores: { heldOut: scores },
    poems,
  }),
);
writeFileSync(join(modelFolder, 'card.json'), `${JSON.stringify(written, null, 2)}\n`);
writeFileSync(
  join(modelFolder, 'README.md'),
  formatModelReadme({ card: written, digest, config, facts, scores, poems }),
);
say('card.json and README.md written');

/** Every set of weights on the same rows. */
async function measureAll(): Promise<Scores> {
  const documents = findDocuments(test, vocabulary).filter(({ start }) => start < rows * test.length).length;
  const sizes = { split: 'test', poems: documents, rows };
  say(`${documents} held-out poems in ${rows} rows; the model`);
  const model = await measure(config, weights, test);
  say('the model without wishes');
  const plain = await measure(config, weights, withoutWishes(test, vocabulary));
  const scored: Scores = { ...sizes, model, withoutWishes: { perCharacter: plain.perCharacter } };
  for (const [name, folder] of [
    ['untrained', values.untrained],
    ['halfTrained', values['half-trained']],
  ] as const) {
    if (folder === undefined) continue;
    say(name);
    const other = readWeights(folder);
    scored[name] = await measure(other.config, other.weights, test);
  }
  return scored;
}

async function measure(shape: GptConfig, numbers: Weights, split: Rows): Promise<Score> {
  const threads = values.threads === undefined ? {} : { threads: Number(values.threads) };
  await using evaluator = await createEvaluator(shape, { rows: Math.min(8, rows), length: split.length }, threads);
  return toScore(await measurePerplexity(evaluator, numbers, split, { rows, groups: groupByForm(split, vocabulary) }));
}

function toScore({ perplexity, tokens, groups }: GroupedPerplexity): Score {
  const { byForm, ...all } = perCharacter(groups);
  const forms = Object.entries(byForm).map(([form, one]) => [
    form,
    { perplexity: round(one.perplexity), characters: one.tokens },
  ]);
  return {
    perToken: { perplexity: round(perplexity), tokens },
    perCharacter: {
      perplexity: round(all.perplexity),
      characters: all.tokens,
      byForm: Object.fromEntries(forms) as Score['perCharacter']['byForm'],
    },
  };
}

/** The first poem that anyone gets for the first briefs of the bench with seeds 1, 2, …; nobody picks among them. */
async function composeSamples(count: number): Promise<Sample[]> {
  const briefs = z
    .array(z.object({ brief: z.string() }))
    .parse(readJson(join(import.meta.dirname, '../../bench/relevance-briefs.json')));
  const home = mkdtempSync(join(tmpdir(), 'llmagentos-score-'));
  try {
    mkdirSync(join(home, 'models'));
    symlinkSync(resolve(modelFolder!), join(home, 'models', 'verse-zh'), 'junction');
    await using os = await createOs({ home });
    const samples: Sample[] = [];
    for (const [i, { brief }] of briefs.slice(0, count).entries()) {
      const seed = i + 1;
      const plan = await os.run({ op: 'plan/read', options: { brief }, seed }).result;
      const inputs = plan.works.map(({ id }) => id);
      const made = await os.run({ op: 'verse/compose', inputs, options: { model: 'verse-zh' }, seed }).result;
      samples.push({ seed, brief, ...POEM.parse((await os.load(made.works[0]!.id)).document) });
    }
    return samples;
  } finally {
    rmSync(home, { recursive: true });
  }
}

function readWeights(folder: string): { config: GptConfig; weights: Weights } {
  const stored = readSafetensors(readFileSync(join(folder, 'model.safetensors')), folder);
  return {
    config: parseConfig(readFileSync(join(folder, 'config.json'), 'utf8'), folder),
    weights: new Map([...stored].map(([name, { data }]) => [name, data as Float32Array])),
  };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

function say(what: string): void {
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}\n`);
}
