import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  createLearner,
  createParameters,
  freshLearnerState,
  type LearnerOptions,
  type Parameters,
} from '../learn/index.ts';
import { stepGraph } from '../learn/learning-graph.ts';
import { type AdapterOptions, adapterParameters, mergeAdapter } from './adapter.ts';
import { loadAdapter, saveAdapter } from './adapter-folder.ts';
import { createBatch, type PackedRows } from './batch.ts';
import { type GptConfig, gptConfig } from './config.ts';
import { dpoFeeds, dpoObjective, measureGaps } from './dpo.ts';
import { createEvaluator } from './evaluator.ts';
import { type GptObjectiveOptions, gptFeeds, gptNoise, gptObjective } from './objective.ts';
import { createWeights } from './parameters.ts';
import { loadReference, REFERENCES, type Reference, referenceWeights } from './reference.ts';

const root = mkdtempSync(join(tmpdir(), 'adapter-'));
after(() => rmSync(root, { recursive: true }));
const small = { vocab_size: 23, hidden_size: 16, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 24 };
const llama = gptConfig(small);
const gpt2 = gptConfig({ ...small, model_type: 'gpt2' });
const adamw: LearnerOptions = { optimiser: { kind: 'adamw' }, threads: 1 };

function packed({ tokens, segments, predict }: Pick<Reference, 'tokens' | 'segments' | 'predict'>): PackedRows {
  const bytes = (values: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(values.flat());
  const { length } = tokens[0]!;
  return {
    rows: tokens.length,
    length,
    tokens: Uint16Array.from(tokens.flat()),
    segments: bytes(segments),
    predict: bytes(predict),
  };
}
const rows = packed(loadReference());
const batch = createBatch(rows, [0, 1]);

for (const name of REFERENCES) {
  test(`[TR226] the learner's loss and gradient are those of PyTorch: ${name}`, async () => {
    const reference = loadReference(name);
    const objective = gptObjective(reference.config, rows);
    const start = freshLearnerState(objective, referenceWeights(reference));
    await using learner = await createLearner(objective, start, adamw);
    const { loss, gradientNorm } = await learner.step(gptFeeds([batch])[0]!, 0.01);
    const [first] = reference.steps;
    assert.ok(Math.abs(loss - first!.loss) < 1e-5 * first!.loss, `${loss}, not ${first!.loss}`);
    assert.ok(Math.abs(gradientNorm - first!.gradientNorm) < 1e-5 * first!.gradientNorm, `norm ${gradientNorm}`);
  });
}

/** Weights whose frozen embedding is strong enough that the products before it can decide the next token. */
function boldWeights(config: GptConfig): Map<string, Float32Array> {
  const fresh = createWeights(config, 'base');
  return new Map(
    [...fresh].map(([name, values]) => [name, /embed|wte/.test(name) ? values.map((x) => 40 * x) : values]),
  );
}

/** Steps on one batch; returns the losses and what was learned. */
async function learn(
  config: GptConfig,
  options: GptObjectiveOptions & { readonly steps: number; readonly rate?: number; readonly from?: Parameters },
  learnerOptions = adamw,
): Promise<{ losses: number[]; learned: Parameters }> {
  const objective = gptObjective(config, rows, options);
  const base = options.adapter ? boldWeights(config) : createWeights(config, 'base');
  const own = options.from ?? (options.adapter ? createParameters(objective.parameters, 'adapter') : base);
  await using learner = await createLearner(objective, freshLearnerState(objective, own), learnerOptions);
  const noise = gptNoise(config, rows, options, 'seed');
  const losses: number[] = [];
  for (let step = 0; step < options.steps; step++) {
    const feeds = { ...gptFeeds([batch])[0]!, ...noise(step) };
    losses.push((await learner.step(feeds, options.rate ?? 0.01, base)).loss);
  }
  return { losses, learned: learner.parameters() };
}

for (const [name, config] of Object.entries({ llama, gpt2 })) {
  test(`[TR227] a tiny ${name} learns a batch by heart, with AdamW and with Muon`, async () => {
    for (const optimiser of [{ kind: 'adamw' }, { kind: 'muon' }] as const) {
      const { losses } = await learn(config, { steps: 60 }, { optimiser, threads: 1 });
      assert.ok(losses[0]! > 2.5 && losses.at(-1)! < 0.1, `${optimiser.kind}: ${losses.at(-1)}`);
    }
  });

  test(`[TR220] dropout repeats for a seed, differs by step, and disturbs what is learned: ${name}`, async () => {
    const noise = gptNoise(config, rows, { dropout: 0.25 }, 1);
    const copy = (feeds: ReturnType<typeof noise>) =>
      Object.fromEntries(Object.entries(feeds).map(([key, feed]) => [key, (feed.data as Float32Array).slice()]));
    const [first, second] = [copy(noise(7)), copy(noise(8))];
    assert.deepEqual(copy(gptNoise(config, rows, { dropout: 0.25 }, 1)(7)), first);
    assert.notDeepEqual(second, first);
    const sites = ['embedding', ...[0, 1].flatMap((i) => [`attention.${i}`, `attended.${i}`, `fed.${i}`])];
    assert.deepEqual(Object.keys(first).sort(), sites.map((site) => `noise:${site}`).sort());
    assert.notDeepEqual(first['noise:fed.0'], first['noise:fed.1']);
    const dropped = await learn(config, { steps: 3, dropout: 0.25 });
    assert.deepEqual((await learn(config, { steps: 3, dropout: 0.25 })).losses, dropped.losses);
    const plain = await learn(config, { steps: 3 });
    assert.ok(dropped.losses.every((loss, i) => loss !== plain.losses[i]));
    assert.deepEqual((await learn(config, { steps: 3, dropout: 0 })).losses, plain.losses);
  });

  test(`[TR230] with its layers computed again a network learns what it learns without, dropout and adapter included: ${name}`, async () => {
    const all = { dropout: 0.25, adapter: { rank: 2, dropout: 0.25 } };
    for (const options of [{}, { dropout: 0.25 }, all]) {
      const kept = await learn(config, { steps: 4, ...options });
      const again = await learn(config, { steps: 4, ...options, checkpointing: true });
      kept.losses.forEach((loss, i) => {
        assert.ok(Math.abs(again.losses[i]! - loss) < 1e-5, `step ${i}: ${again.losses[i]}, not ${loss}`);
      });
    }
    const nodes = (checkpointing: boolean): number => {
      const objective = gptObjective(config, rows, { checkpointing });
      return stepGraph(objective, { optimiser: { kind: 'adamw' } }).nodes.length;
    };
    assert.ok(nodes(true) > nodes(false), 'something is computed twice');
  });

  test(`[TR221] an adapter learns beside a frozen base, and merged it gives the same probabilities: ${name}`, async () => {
    const adapter: AdapterOptions = { rank: 4, alpha: 12 };
    const base = boldWeights(config);
    const before = [...base].map(([key, values]) => [key, values.slice()]);
    const { losses, learned } = await learn(config, { steps: 80, rate: 0.02, adapter });
    assert.ok(losses.at(-1)! < 0.7 * losses[0]!, `${losses.at(-1)}`);
    assert.deepEqual([...base], before);
    const merged = mergeAdapter(config, base, learned, adapter);
    await using evaluator = await createEvaluator(config, rows, { threads: 1 });
    const scores = await evaluator.scores(merged, batch);
    const mean = -scores.reduce((a, b) => a + b, 0) / scores.length;
    const again = await learn(config, { steps: 1, adapter, from: learned });
    assert.ok(Math.abs(mean - again.losses[0]!) < 1e-5, `${mean}, not ${again.losses[0]}`);
    const untouched = mergeAdapter(config, base, createParameters(adapterParameters(config, adapter), 1), adapter);
    assert.deepEqual([...untouched], [...base]);
    const dropping = await learn(config, { steps: 2, adapter: { ...adapter, dropout: 0.5 }, from: learned });
    assert.notEqual(dropping.losses[0], again.losses[0]);
  });

  test(`[TR222] an adapter folder is read back; one for another model is refused: ${name}`, async () => {
    const options = { rank: 2, alpha: 4, dropout: 0.1, targets: config === llama ? ['q_proj', 'v_proj'] : ['c_attn'] };
    const weights = createParameters(adapterParameters(config, options), 3);
    const folder = join(root, name);
    await saveAdapter(folder, config, { options, weights, base: 'abc' });
    assert.deepEqual(await loadAdapter(folder, config), { options, weights, base: 'abc' });
    const wrong = { code: 'training/bad-adapter' };
    await assert.rejects(loadAdapter(join(root, 'nowhere'), config), wrong);
    await assert.rejects(loadAdapter(folder, config === llama ? gpt2 : llama), wrong);
    await assert.rejects(loadAdapter(folder, gptConfig({ ...config, hidden_size: 32 })), wrong);
    assert.throws(() => adapterParameters(config, { rank: 0 }), wrong);
  });
}

test('[TR223] only marked tokens teach: with the prompt unmarked the model learns the answer and not the prompt', async () => {
  const tokens = [[1, 5, 9, 2, 7, 8, 3, 6]];
  const row = packed({ tokens, segments: [tokens[0]!.map(() => 1)], predict: [[0, 0, 0, 0, 1, 1, 1, 1]] });
  const objective = gptObjective(llama, row);
  const start = freshLearnerState(objective, createWeights(llama, 1));
  await using learner = await createLearner(objective, start, adamw);
  const answer = createBatch(row, [0]);
  for (let step = 0; step < 60; step++) await learner.step(gptFeeds([answer])[0]!, 0.01);
  const all = createBatch({ ...row, predict: new Uint8Array(8).fill(1) }, [0]);
  await using evaluator = await createEvaluator(llama, row, { threads: 1 });
  const scores = [...(await evaluator.scores(learner.parameters(), all))];
  assert.ok(Math.min(...scores.slice(3)) > -0.2, `answer ${scores.slice(3)}`);
  assert.ok(Math.max(...scores.slice(0, 3)) < -2, `prompt ${scores.slice(0, 3)}`);
});

test('[TR224] accumulated batches of unequal size weigh every predicted token the same', async () => {
  const objective = gptObjective(llama, { rows: 1, length: 12 });
  const start = freshLearnerState(objective, createWeights(llama, 1));
  await using learner = await createLearner(objective, start, { ...adamw, accumulation: 2 });
  const { loss } = await learner.step(gptFeeds([createBatch(rows, [0]), createBatch(rows, [1])]), 0.01);
  const whole = gptObjective(llama, rows);
  await using at = await createLearner(whole, freshLearnerState(whole, createWeights(llama, 1)), adamw);
  assert.ok(Math.abs(loss - (await at.step(gptFeeds([batch])[0]!, 0.01)).loss) < 1e-5);
});

for (const adapter of [undefined, { rank: 4 }]) {
  test(`[TR225] preference tuning turns the model's choice around${adapter ? ', with an adapter' : ''}`, async () => {
    const prompt = [1, 5, 9];
    const answers = [
      [7, 8, 3],
      [4, 4, 3],
      [7, 8, 3],
      [4, 4, 3],
    ];
    const tokens = answers.map((answer, i) => [...(i < 2 ? prompt : [1, 6, 2]), ...answer]);
    const base = boldWeights(llama);
    const pairs = (turned: boolean) => {
      const order = turned ? [1, 0, 3, 2] : [0, 1, 2, 3];
      const marks = tokens.map(() => [0, 0, 0, 1, 1, 1]);
      return createBatch(packed({ tokens, segments: tokens.map((t) => t.map(() => 1)), predict: marks }), order);
    };
    // whichever answer the fresh model likes less is declared the better one
    const [fresh] = await measureGaps(llama, base, [pairs(false)], { threads: 1 });
    const preferred = pairs(fresh![0]! > 0);
    const [reference] = await measureGaps(llama, base, [preferred], { threads: 1 });
    assert.ok(reference![0]! < 0);
    const objective = dpoObjective(llama, preferred, { beta: 0.5, ...(adapter ? { adapter } : {}) });
    const own = adapter ? createParameters(objective.parameters, 1) : base;
    await using learner = await createLearner(objective, freshLearnerState(objective, own), adamw);
    let last = await learner.step(dpoFeeds(preferred, reference!), 0.01, base);
    assert.ok(Math.abs(last.loss - Math.LN2) < 1e-6 && Math.abs(last.reports.margin!) < 1e-6);
    for (let step = 0; step < 30; step++) last = await learner.step(dpoFeeds(preferred, reference!), 0.01);
    assert.equal(last.reports.accuracy, 1);
    assert.ok(last.loss < 0.2 && last.reports.margin! > 1, `${last.loss}`);
    const tuned = adapter ? mergeAdapter(llama, base, learner.parameters(), adapter) : learner.parameters();
    const [after] = await measureGaps(llama, tuned, [preferred], { threads: 1 });
    assert.ok(
      after!.every((gap) => gap > 0),
      `${after}`,
    );
  });
}
