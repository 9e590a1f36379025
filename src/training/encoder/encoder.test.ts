import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { judgeModel } from '../evaluation/judge/judge-model.ts';
import type { PackedRows } from '../gpt/batch.ts';
import { createGraph, createSession, gradients, output } from '../graph/index.ts';
import { createEvaluation, createLearner, createParameters, freshLearnerState, lossOf } from '../learn/index.ts';
import { declare, PART, weightFeeds } from '../learn/tensors.ts';
import { runRecipe } from '../loop/courses.ts';
import { learnBytePairs } from '../tokenizer/byte-pair-tokenizer.ts';
import { formatTokenizer } from '../tokenizer/tokenizer-file.ts';
import {
  createEncoder,
  ENCODER_TOKENS,
  encoderConfig,
  encoderObjective,
  encoderParameters,
  guessComputation,
  hiddenComputation,
  loadEncoderFolder,
  maskBatch,
  maskedFeeds,
  wordTokens,
} from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'encoder-'));
after(() => rmSync(root, { recursive: true }));

const REFERENCE: {
  readonly config: object;
  readonly ids: number[][];
  readonly mask: number[][];
  readonly places: number[];
  readonly targets: number[];
  readonly loss: number;
  readonly logits: number[][];
  readonly hidden: number[];
  readonly gradients: Readonly<Record<string, number[]>>;
  readonly names: string[];
} = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8'));

const SHAPE = { rows: 2, length: 6 };
const config = encoderConfig(REFERENCE.config);
const objective = encoderObjective(config, SHAPE);

/** The weights that recipes/pytorch/reference/encoder.py writes into its model. */
const weights = new Map(
  encoderParameters(config).map(({ name, shape }) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const shift = name.endsWith('LayerNorm.weight') ? 1 : 0;
    const phase = name.length + count * 0.1;
    return [name, Float32Array.from({ length: count }, (_, i) => 0.3 * Math.sin(0.7 * i + phase) + shift)];
  }),
);
const feeds = {
  ids: { data: Int32Array.from(REFERENCE.ids.flat()), shape: [12] },
  segments: { data: Int32Array.from(REFERENCE.mask.flat()), shape: [2, 6] },
  places: { data: Int32Array.from(REFERENCE.places), shape: [3] },
  targets: { data: Int32Array.from(REFERENCE.targets), shape: [3] },
  weights: { data: new Float32Array(3).fill(1 / 3), shape: [3] },
};

function close(values: ArrayLike<number>, expected: ArrayLike<number>, within: number, what: string): void {
  assert.equal(values.length, expected.length, what);
  for (let i = 0; i < values.length; i++) {
    assert.ok(Math.abs(values[i]! - expected[i]!) <= within, `${what} ${i}: ${values[i]}, not ${expected[i]}`);
  }
}

test('[TR230] loss, logits and hidden states are those of BertForMaskedLM, under its names', async () => {
  assert.deepEqual(
    encoderParameters(config)
      .map(({ name }) => name)
      .sort(),
    [...REFERENCE.names].sort(),
  );
  const { ids, segments, places } = feeds;
  await using loss = await createEvaluation(lossOf(objective), { threads: 1 });
  close((await loss.run(weights, feeds)).loss as Float32Array, [REFERENCE.loss], 1e-5, 'loss');
  await using guess = await createEvaluation(guessComputation(config, SHAPE), { threads: 1 });
  const { logits } = await guess.run(weights, { ids, segments, places });
  close(logits as Float32Array, REFERENCE.logits.flat(), 1e-5, 'logits');
  await using hidden = await createEvaluation(hiddenComputation(config, SHAPE), { threads: 1 });
  const states = (await hidden.run(weights, { ids, segments })).hidden as Float32Array;
  close(states.subarray(0, 48), REFERENCE.hidden, 1e-5, 'hidden');
});

test('[TR231] gradients are those of BertForMaskedLM', async () => {
  const graph = createGraph();
  const list = { part: PART.parameter, list: objective.parameters };
  const parts = declare(graph, [list], objective.inputs, 'encoder');
  const targets = objective.parameters.map(({ name }) => parts.weight(name));
  const found = gradients(objective.build(parts).loss, targets);
  for (const [i, { name }] of objective.parameters.entries()) output(name, found[i]!);
  await using session = await createSession(graph, { threads: 1 });
  const results = await session.run({ ...weightFeeds(list, weights, 'encoder'), ...feeds });
  for (const { name } of objective.parameters) {
    close(results[name] as Float32Array, REFERENCE.gradients[name]!, 1e-5, name);
  }
});

test('[TR232] of hidden tokens most become the mask, some another word, some stay; special tokens never', () => {
  const random = createRandom('mask');
  const length = 2000;
  const tokens = Uint16Array.from({ length }, (_, i) => (i === 0 ? 1 : 4 + random.integer(90)));
  const split: PackedRows = {
    rows: 1,
    length,
    tokens,
    segments: new Uint8Array(length).fill(1),
    predict: new Uint8Array(length),
  };
  const masking = { mask: 3, firstWord: 4, vocabSize: 94 };
  const batch = maskBatch(split, [0], masking, createRandom('a'));
  assert.deepEqual(maskBatch(split, [0], masking, createRandom('a')), batch);
  const { ids, places, targets } = batch;
  const share = (test: (i: number) => boolean): number =>
    [...places].filter((place) => test(place)).length / places.length;
  assert.ok(Math.abs(places.length / length - 0.15) < 0.02 && !places.includes(0));
  assert.ok(Math.abs(share((i) => ids[i] === 3) - 0.8) < 0.06);
  assert.ok(Math.abs(share((i) => ids[i] === tokens[i]) - 0.1) < 0.05);
  assert.deepEqual(
    [...targets],
    [...places].map((i) => tokens[i]),
  );
});

test('[TR233] a tiny encoder learns its few sentences by heart', async () => {
  const small = encoderConfig({
    ...REFERENCE.config,
    vocab_size: 16,
    hidden_size: 16,
    intermediate_size: 32,
    initializer_range: 0.2,
  });
  const tiny = encoderObjective(small, { rows: 4, length: 6 });
  const rows = [
    [1, 4, 5, 6, 7, 2],
    [1, 8, 9, 10, 11, 2],
    [1, 12, 13, 14, 15, 2],
    [1, 7, 10, 13, 4, 2],
  ];
  const split: PackedRows = {
    rows: 4,
    length: 6,
    tokens: Uint16Array.from(rows.flat()),
    segments: new Uint8Array(24).fill(1),
    predict: new Uint8Array(24),
  };
  const masking = { mask: 3, firstWord: 4, vocabSize: 16, share: 0.25 };
  const optimiser = { kind: 'adamw', weightDecay: 0 } as const;
  const start = freshLearnerState(tiny, createParameters(tiny.parameters, 'tiny'));
  await using learner = await createLearner(tiny, start, { optimiser, clip: 1, threads: 1 });
  for (let i = 0; i < 300; i++) {
    const batch = maskBatch(split, [0, 1, 2, 3], masking, createRandom(`b${i}`));
    await learner.step(maskedFeeds(batch, 4), 0.005 * (1 - i / 300));
  }
  await using guess = await createEvaluation(guessComputation(small, { rows: 1, length: 6 }), { threads: 1 });
  let right = 0;
  for (const row of rows) {
    for (let place = 1; place < 5; place++) {
      const ids = Int32Array.from(row, (token, i) => (i === place ? 3 : token));
      const { logits } = await guess.run(learner.parameters(), {
        ids: { data: ids, shape: [6] },
        segments: { data: new Int32Array(6).fill(1), shape: [1, 6] },
        places: { data: Int32Array.of(place), shape: [1] },
      });
      const scores = [...(logits as Float32Array)];
      right += Number(scores.indexOf(Math.max(...scores)) === row[place]);
    }
  }
  assert.ok(right >= 15, `${right} of 16 hidden tokens guessed`);
});

test('[TR234] a course ends in a folder that loads, embeds and guesses, broken off or not', async () => {
  const texts = [
    '春江潮水连海平，海上明月共潮生。',
    'The moon rises over the sea tonight.',
    '滟滟随波千万里，何处春江无月明。',
  ];
  const tokenizer = learnBytePairs(texts, { vocabSize: 300, special: [...ENCODER_TOKENS] });
  const data = join(root, 'data');
  mkdirSync(data);
  const length = 24;
  const rows = texts.map((text) => wordTokens(tokenizer, text, length));
  const cells = rows.flatMap((row) => Array.from({ length }, (_, i) => row[i] ?? 0));
  const segments = rows.flatMap((row) => Array.from({ length }, (_, i) => Number(i < row.length)));
  for (const name of ['train', 'validation']) {
    writeFileSync(join(data, `${name}.tokens.u16`), Uint16Array.from(cells));
    writeFileSync(join(data, `${name}.segments.u8`), Uint8Array.from(segments));
    writeFileSync(join(data, `${name}.predict.u8`), Uint8Array.from(segments));
  }
  const tokens = segments.reduce((a, b) => a + b, 0);
  const splits = { train: { rows: 3, tokens }, validation: { rows: 3, tokens } };
  const vocabSize = tokenizer.vocabulary.length;
  writeFileSync(join(data, 'dataset.json'), JSON.stringify({ contextLength: length, vocabSize, splits, digest: 'x' }));
  writeFileSync(join(data, 'tokenizer.json'), formatTokenizer(tokenizer));
  const model = { hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16 };
  const recipe = (out: string) => ({
    ...{ kind: 'encoder', name: 'tiny', out: join(root, out), dataset: data, model, steps: 4, batch: 2, threads: 1 },
    ...{ saveEvery: 1, validateEvery: 4, sampleEvery: 4, precision: 'F32', probes: ['春江<mask>水'] },
  });
  await runRecipe(recipe('whole'));
  const stop = new AbortController();
  const onEvent = (event: { type: string; step?: number }): void => {
    if (event.type === 'training-step' && event.step === 2) stop.abort();
  };
  await assert.rejects(runRecipe(recipe('broken'), { signal: stop.signal, onEvent }), { code: 'core/cancelled' });
  await runRecipe(recipe('broken'));
  const bytes = (out: string): Buffer => readFileSync(join(root, out, 'model/model.safetensors'));
  assert.ok(bytes('whole').equals(bytes('broken')));
  const loaded = await loadEncoderFolder(join(root, 'whole/model'));
  assert.ok((loaded.card.scores!.validation as { perplexity: number }).perplexity > 1);
  await using encoder = await createEncoder(loaded, { threads: 1 });
  assert.ok(Math.abs((await encoder.relevance(texts[0]!, texts[0]!)) - 1) < 1e-5);
  const guesses = await encoder.fillMask('春江<mask>水', 3);
  assert.ok(guesses.length === 3 && guesses[0]!.probability >= guesses[1]!.probability);
  assert.deepEqual(await encoder.fillMask('春江'), []);
  await assert.rejects(loadEncoderFolder(join(root, 'nowhere')), { code: 'training/model-missing' });
  const { kind, report } = await judgeModel(join(root, 'whole/model'), { data, threads: 1 });
  assert.equal(kind, 'encoder');
  const [measured] = report.sections;
  assert.ok(measured?.kind === 'table' && measured.rows.length === 3);
  const perplexities = measured.rows.map(({ values }) => values[1]!);
  assert.ok(
    perplexities.every((value) => value > 1 && value < 10_000),
    `${perplexities}`,
  );
  await assert.rejects(judgeModel(join(root, 'whole/model')), { code: 'training/judge-needs' });
});
