/** Held to PyTorch's recorded numbers: what a model says of packed rows, and where three steps of AdamW take it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLearner, freshLearnerState, type Learner, type LearnerOptions } from '../learn/index.ts';
import { type Batch, createBatch, type PackedRows } from './batch.ts';
import { type GptConfig, gptConfig } from './config.ts';
import { createEvaluator } from './evaluator.ts';
import { gptFeeds, gptObjective } from './objective.ts';
import { createWeights, type Weights } from './parameters.ts';
import { loadReference, REFERENCES, type Reference, referenceWeights } from './reference.ts';
import { storeWeights } from './stored-weights.ts';

const reference = loadReference();
const rows: PackedRows = {
  rows: 2,
  length: 12,
  tokens: Uint16Array.from(reference.tokens.flat()),
  segments: Uint8Array.from(reference.segments.flat()),
  predict: Uint8Array.from(reference.predict.flat()),
};
const { lr, clip, ...constants } = reference.adam;
const close = (a: ArrayLike<number>, b: ArrayLike<number>, within: number, what: string): void => {
  assert.equal(a.length, b.length, what);
  for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) <= within, `${what} ${i}: ${a[i]}, not ${b[i]}`);
};

/** A learner with the reference's AdamW. */
function createReferenceLearner(config: GptConfig, weights: Weights, accumulation = 1): Promise<Learner> {
  const objective = gptObjective(config, { rows: 2 / accumulation, length: 12 });
  const options: LearnerOptions = { optimiser: { kind: 'adamw', ...constants }, clip, accumulation, threads: 1 };
  return createLearner(objective, freshLearnerState(objective, weights), options);
}

for (const name of REFERENCES) {
  test(`[TR30] packed rows give the log probabilities that PyTorch gives, segments and padding included: ${name}`, () =>
    compareScores(loadReference(name)));
}

async function compareScores(reference: Reference): Promise<void> {
  const { config } = reference;
  await using evaluator = await createEvaluator(config, rows, { threads: 1 });
  const batch = createBatch(rows, [0, 1]);
  const scores = await evaluator.scores(referenceWeights(reference), batch);
  const rowMajor = [...batch.predicted.keys()].sort(
    (a, b) => (batch.predicted[a]! % 2) - (batch.predicted[b]! % 2) || batch.predicted[a]! - batch.predicted[b]!,
  );
  close(
    rowMajor.map((i) => scores[i]!),
    reference.logProbabilities,
    2e-5,
    'ln P',
  );
}

for (const [name, accumulation] of [...REFERENCES.map((name) => [name, 1] as const), ['reference', 2] as const]) {
  test(`[TR31] three steps of AdamW end where PyTorch ends, ${accumulation} batches a step: ${name}`, () =>
    compareSteps(loadReference(name), accumulation));
}

async function compareSteps(reference: Reference, accumulation: number): Promise<void> {
  const { config } = reference;
  await using learner = await createReferenceLearner(config, referenceWeights(reference), accumulation);
  const batches = accumulation === 1 ? [createBatch(rows, [0, 1])] : [createBatch(rows, [0]), createBatch(rows, [1])];
  for (const expected of reference.steps) {
    const { loss, gradientNorm } = await learner.step(gptFeeds(batches), lr);
    assert.ok(Math.abs(loss - expected.loss) < 1e-5 * expected.loss, `loss ${loss}, not ${expected.loss}`);
    assert.ok(Math.abs(gradientNorm - expected.gradientNorm) < 1e-4 * expected.gradientNorm, `norm ${gradientNorm}`);
  }
  for (const [name, { data: values }] of storeWeights(config, learner.parameters())) {
    const { head, size } = reference.after[name]!;
    close(values.slice(0, head.length), head, 2e-5, name);
    // A bias of keys moves all scores of a row alike: its gradient is rounding, which AdamW blows up to full steps.
    if (name.endsWith('c_attn.bias')) continue;
    const sum = values.reduce((total, x) => total + Math.abs(x), 0);
    assert.ok(Math.abs(sum - size) < 1e-5 * size, `${name}: ${sum}, not ${size}`);
  }
}

test('[TR32] untied output layers are trained too', async () => {
  const untied = gptConfig({ ...reference.config, tie_word_embeddings: false });
  const weights = createWeights(untied, 1);
  await using learner = await createReferenceLearner(untied, weights);
  const batch = createBatch(rows, [0, 1]);
  const losses: number[] = [];
  for (let i = 0; i < 20; i++) losses.push((await learner.step(gptFeeds([batch]), 0.02)).loss);
  assert.ok(losses.at(-1)! < 0.5 * losses[0]!, `${losses}`);
  assert.notDeepEqual(learner.parameters().get('lm_head.weight'), weights.get('lm_head.weight'));
});

test('[TR33] a batch without a token to predict is refused', () => {
  const batch: Batch = createBatch({ ...rows, predict: new Uint8Array(24) }, [0, 1]);
  assert.throws(() => gptFeeds([batch]), { code: 'training/nothing-to-predict' });
});
