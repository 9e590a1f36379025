/** Autoencoders against PyTorch (recipes/pytorch/reference/record-vae.py), and whether they learn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGraph, createSession, gradients, output, sqrt, sumOfSquares } from '../graph/index.ts';
import { createLearner, createParameters, freshLearnerState, type Objective } from '../learn/index.ts';
import { declare, weightFeeds } from '../learn/tensors.ts';
import { type VaeConfig, vaeConfig } from './config.ts';
import { createVaeRunner } from './model.ts';
import { vaeObjective, vaeParameters } from './objective.ts';
import reference from './reference.json' with { type: 'json' };

const SIZES = {
  picture: { channels: 3, height: 16, width: 8 },
  patch: 2,
  width: 4,
  multipliers: [1, 2],
  blocks: 2,
  groups: 2,
  latent: 3,
};
const KL = vaeConfig({ ...SIZES, bottleneck: { kind: 'kl', freeBits: 0.4 } });
const VQ = vaeConfig({ ...SIZES, bottleneck: { kind: 'vq', codes: 7, learning: 'loss' } });

/** The formula of the recording script. */
function wave(size: number, k: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + 0.9 * k + 0.001 * i * i));
}

function filled(config: VaeConfig): Map<string, Float32Array> {
  return new Map(
    vaeParameters(config).map(({ name, shape }, k) => {
      const size = shape.reduce((a, b) => a * b, 1);
      if (name === 'codebook') return [name, wave(size, 52).map((value) => 0.5 * value)];
      const isNorm = /norm\d?\.weight$/.test(name);
      return [name, wave(size, k).map((value) => (isNorm ? 1 + 0.1 * value : 0.4 * value))];
    }),
  );
}

function assertClose(
  what: string,
  actual: ArrayLike<number | bigint>,
  expected: readonly number[],
  limit = 1e-5,
): void {
  assert.equal(actual.length, expected.length, what);
  const most = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-3);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(Number(actual[i]) - value) < limit * most, `${what}[${i}]: ${actual[i]} instead of ${value}`);
  });
}

const numbers = (size: number, k: number, shape: readonly number[]) => ({ data: wave(size, k), shape });

/** Loss, reports and the length of every gradient. */
async function measure(objective: Objective, parameters: ReadonlyMap<string, Float32Array>, feeds: object) {
  const graph = createGraph();
  const weights = { part: '', list: objective.parameters };
  const parts = declare(graph, [weights], objective.inputs, objective.name);
  const { loss, reports = {} } = objective.build(parts);
  output('loss', loss);
  for (const [name, tensor] of Object.entries(reports)) output(name, tensor);
  gradients(
    loss,
    objective.parameters.map(({ name }) => parts.weight(name)),
  ).forEach((gradient, i) => {
    output(`gradient${i}`, sqrt(sumOfSquares(gradient)));
  });
  const session = await createSession(graph, { threads: 1 });
  const results = await session.run({ ...weightFeeds(weights, parameters, 'test'), ...feeds });
  const one = (name: string): number => Number(results[name]![0]);
  return { one, lengths: objective.parameters.map((_, i) => one(`gradient${i}`)) };
}

test('[TR4] the KL autoencoder computes what PyTorch does, and learns along the same gradients', async () => {
  const [parameters, expected] = [filled(KL), reference.kl];
  assert.deepEqual([...parameters.keys()], expected.names);
  const feeds = {
    pictures: numbers(768, 50, [2, 3, 16, 8]),
    noise: numbers(48, 51, [2, 3, 4, 2]),
    beta: { data: Float32Array.of(0.3), shape: [] },
  };
  const { one, lengths } = await measure(vaeObjective(KL, 2), parameters, feeds);
  assertClose('loss', [one('loss')], [expected.loss]);
  assertClose('divergence', [one('divergence')], expected.divergence);
  assertClose('gradients', lengths, expected.gradientLengths);
  await using runner = createVaeRunner(KL, () => parameters, { threads: 1 });
  assertClose('mean', await runner.encode(wave(768, 50)), expected.mean);
});

test('[TR4] the VQ autoencoder chooses the codes PyTorch does, and learns along the same gradients', async () => {
  const [parameters, expected] = [filled(VQ), reference.vq];
  assert.deepEqual([...parameters.keys()], expected.names);
  const { one, lengths } = await measure(vaeObjective(VQ, 2), parameters, {
    pictures: numbers(768, 50, [2, 3, 16, 8]),
  });
  assertClose('loss', [one('loss')], [expected.loss]);
  assertClose('perplexity', [one('perplexity')], expected.perplexity);
  assertClose('gradients', lengths, expected.gradientLengths);
  await using runner = createVaeRunner(VQ, () => parameters, { threads: 1 });
  const codes = await runner.codes(wave(768, 50));
  assertClose('codes', [...codes], expected.indices);
  const held = expected.pictures.map((value) => Math.max(-1, Math.min(1, value)));
  assertClose('pictures', await runner.decodeCodes(codes), held);
});

/** Eight pictures of 8 × 8: a bright square in one of eight places on a coloured ground. */
function eightPictures(): Float32Array {
  return Float32Array.from({ length: 8 * 3 * 64 }, (_, at) => {
    const [n, c, y, x] = [Math.floor(at / 192), Math.floor(at / 64) % 3, Math.floor(at / 8) % 8, at % 8];
    const inside = y >> 1 === n >> 1 && x >> 2 === (n & 1);
    return inside ? 0.9 : ((n >> c) & 1) - 0.5;
  });
}

const TINY = {
  picture: { channels: 3, height: 8, width: 8 },
  width: 16,
  multipliers: [1, 2],
  groups: 4,
  latent: 4,
};

/** Mean squared error of the reconstructions after so many steps on eight pictures. */
async function learnEight(config: VaeConfig, steps: number, more: (step: number) => object) {
  const objective = vaeObjective(config, 8);
  const start = freshLearnerState(objective, createParameters(objective.parameters, 1));
  const optimiser = { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;
  await using learner = await createLearner(objective, start, { optimiser, threads: 1 });
  const pictures = { data: eightPictures(), shape: [8, 3, 8, 8] };
  let reports: Readonly<Record<string, number>> = {};
  for (let i = 0; i < steps; i++) ({ reports } = await learner.step({ pictures, ...more(i) }, 0.004));
  const all = new Map([...learner.parameters(), ...learner.buffers()]);
  await using runner = createVaeRunner(config, () => all, { threads: 1 });
  const back = await runner.decode(await runner.encode(pictures.data));
  const error = back.reduce((sum, value, i) => sum + (value - pictures.data[i]!) ** 2, 0) / back.length;
  return { error, reports };
}

test('[TR5] a KL autoencoder learns eight pictures by heart', async () => {
  const config = vaeConfig({ ...TINY, bottleneck: { kind: 'kl', beta: 0.01 } });
  const noise = { data: new Float32Array(8 * 4 * 16), shape: [8, 4, 4, 4] };
  const beta = { data: Float32Array.of(0.01), shape: [] };
  const { error } = await learnEight(config, 150, (step) => ({ beta, noise: { ...noise, data: wave(512, step) } }));
  assert.ok(error < 0.01, `mean squared error ${error}`);
});

test('[TR5] a VQ autoencoder learns eight pictures by heart, with codes that stay in use', async () => {
  const config = vaeConfig({ ...TINY, bottleneck: { kind: 'vq', codes: 32 } });
  const { error, reports } = await learnEight(config, 150, (step) => ({
    candidates: { data: BigInt64Array.from({ length: 32 }, (_, i) => BigInt((i * 37 + step * 11) % 128)), shape: [32] },
  }));
  assert.ok(error < 0.02, `mean squared error ${error}`);
  assert.ok(reports.perplexity! > 6, `${reports.perplexity} codes in use`);
});
