import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { add, gemm, mul, reduceSum, reshape, scalar, scale, sub, tanh } from '../graph/index.ts';
import { createEvaluation, lossOf } from './evaluation.ts';
import { createLearner, type Feeds, type Learner, type LearnerOptions } from './learner.ts';
import type { Objective } from './objective.ts';
import { createParameters, type Parameters } from './parameter.ts';
import { freshLearnerState, type LearnerState, parametersOf } from './state.ts';

const normal = { kind: 'normal', deviation: 0.5 } as const;

/** y = tanh(x·w1ᵀ + b1)·w2ᵀ ∘ size, where the size is frozen, with a buffer that counts batches. */
const OBJECTIVE: Objective = {
  name: 'tiny',
  parameters: [
    { name: 'w1', shape: [6, 3], start: normal, kind: 'matrix' },
    { name: 'b1', shape: [6], start: { kind: 'constant', value: 0 }, kind: 'vector' },
    { name: 'w2', shape: [2, 6], start: normal, kind: 'matrix' },
  ],
  frozen: [{ name: 'size', shape: [2], start: { kind: 'constant', value: 1 }, kind: 'vector' }],
  buffers: [{ name: 'seen', shape: [1], start: { kind: 'constant', value: 0 }, kind: 'vector' }],
  inputs: [
    { name: 'x', type: 'f32', shape: ['N', 3] },
    { name: 'y', type: 'f32', shape: ['N', 2] },
    { name: 'share', type: 'f32', shape: [] },
  ],
  build: ({ input, weight }) => {
    const hidden = tanh(add(gemm(input('x'), weight('w1'), { transB: true }), weight('b1')));
    const off = sub(mul(gemm(hidden, weight('w2'), { transB: true }), weight('size')), input('y'));
    const squares = mul(off, off);
    const loss = mul(reshape(reduceSum(squares, [0, 1]), []), input('share'));
    const one = scalar(loss.graph, 1);
    return { loss, reports: { double: scale(loss, 2) }, buffers: { seen: add(weight('seen'), one) } };
  },
};
const FROZEN: Parameters = new Map([['size', Float32Array.of(1, 0.5)]]);
const ADAM: LearnerOptions = { optimiser: { kind: 'adamw', weightDecay: 0.1 }, clip: 0.5, threads: 1 };
const MUON: LearnerOptions = { optimiser: { kind: 'muon', weightDecay: 0.1 }, clip: 0.5, threads: 1 };

const batch = (seed: string, rows = 4): Feeds => {
  const random = createRandom(seed);
  const numbers = (n: number): Float32Array => Float32Array.from({ length: n }, () => random.normal());
  return {
    x: { data: numbers(rows * 3), shape: [rows, 3] },
    y: { data: numbers(rows * 2), shape: [rows, 2] },
    share: { data: Float32Array.of(1 / (rows * 2)), shape: [] },
  };
};
const start = (): LearnerState => freshLearnerState(OBJECTIVE, createParameters(OBJECTIVE.parameters, 'start'));
const bytes = (state: LearnerState): string[] =>
  [...state.tensors].map(
    ([name, { data }]) => `${name} ${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')}`,
  );

function close(values: ArrayLike<number>, expected: ArrayLike<number>, within: number): void {
  assert.equal(values.length, expected.length);
  for (let i = 0; i < values.length; i++) {
    assert.ok(Math.abs(values[i]! - expected[i]!) <= within, `${i}: ${values[i]}, not ${expected[i]}`);
  }
}

async function take(learner: Learner, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let i = from; i < to; i++) losses.push((await learner.step(batch(`batch ${i}`), 0.02, FROZEN)).loss);
  return losses;
}

for (const [name, options] of Object.entries({ ADAM, MUON })) {
  test(`[TR100] ${name}: a learner that goes on from its state ends bit for bit where an unbroken one ends`, async () => {
    await using whole = await createLearner(OBJECTIVE, start(), { ...options, average: 0.9 });
    const losses = await take(whole, 0, 8);
    await using first = await createLearner(OBJECTIVE, start(), { ...options, average: 0.9 });
    await take(first, 0, 3);
    await using second = await createLearner(OBJECTIVE, first.state(), { ...options, average: 0.9 });
    assert.deepEqual(await take(second, 3, 8), losses.slice(3));
    assert.deepEqual(bytes(second.state()), bytes(whole.state()));
    assert.equal(second.state().step, 8);
    second.restore(first.state());
    assert.deepEqual(await take(second, 3, 8), losses.slice(3));
  });
}

test('[TR101] the same batch again and again is learned, by AdamW and by Muon', async () => {
  for (const options of [ADAM, MUON]) {
    await using learner = await createLearner(OBJECTIVE, start(), {
      ...options,
      optimiser: { ...options.optimiser, weightDecay: 0 },
    });
    const losses: number[] = [];
    for (let i = 0; i < 150; i++) losses.push((await learner.step(batch('one'), 0.03 * (1 - i / 150), FROZEN)).loss);
    assert.ok(losses.at(-1)! < 0.1 * losses[0]!, `${options.optimiser.kind}: ${losses[0]} to ${losses.at(-1)}`);
  }
});

test('[TR102] several batches a step move the weights as one large batch does, and the buffers once for each', async () => {
  const large = batch('large', 8);
  const half = (from: number): Feeds => ({
    x: { data: (large.x!.data as Float32Array).subarray(from * 3, (from + 4) * 3), shape: [4, 3] },
    y: { data: (large.y!.data as Float32Array).subarray(from * 2, (from + 4) * 2), shape: [4, 2] },
    share: { data: Float32Array.of(1 / 8), shape: [] },
  });
  await using one = await createLearner(OBJECTIVE, start(), ADAM);
  await using two = await createLearner(OBJECTIVE, start(), { ...ADAM, accumulation: 2 });
  for (let i = 0; i < 3; i++) {
    const [a, b] = [await one.step(large, 0.05, FROZEN), await two.step([half(0), half(4)], 0.05, FROZEN)];
    assert.ok(Math.abs(a.loss - b.loss) < 1e-5 * a.loss, `${a.loss} ${b.loss}`);
    assert.ok(Math.abs(a.gradientNorm - b.gradientNorm) < 1e-5 * a.gradientNorm);
    assert.ok(Math.abs(b.reports.double! - 2 * b.loss) < 1e-5);
  }
  for (const [name, values] of one.parameters()) {
    close(two.parameters().get(name)!, values, 1e-5);
  }
  assert.deepEqual([one.buffers().get('seen')![0], two.buffers().get('seen')![0]], [3, 6]);
  await assert.rejects(two.step(large, 0.1), { code: 'training/shape-mismatch' });
});

test('[TR103] the average follows the weights: (1 + t) / (10 + t) of it stays at first, then its decay', async () => {
  await using learner = await createLearner(OBJECTIVE, start(), { ...ADAM, average: 0.2 });
  let expected = start().tensors.get('p.w1')!.data;
  for (let t = 1; t <= 3; t++) {
    await take(learner, t, t + 1);
    const kept = Math.min(0.2, (1 + t) / (10 + t));
    const now = learner.parameters().get('w1')!;
    expected = expected.map((value, i) => kept * value + (1 - kept) * now[i]!);
  }
  close(learner.average()!.get('w1')!, expected, 1e-6);
  assert.deepEqual(parametersOf(learner.state(), 'average'), learner.average());
});

test('[TR104] a loss that is not a number is refused, and the state stays as it was', async () => {
  await using learner = await createLearner(OBJECTIVE, start(), ADAM);
  await take(learner, 0, 2);
  const before = bytes(learner.state());
  const bad = { ...batch('bad'), share: { data: Float32Array.of(Number.NaN), shape: [] } };
  await assert.rejects(learner.step(bad, 0.1), { code: 'training/diverged' });
  assert.deepEqual(bytes(learner.state()), before);
  assert.equal(learner.state().step, 2);
});

test('[TR105] an evaluation computes the same loss and leaves everything as it is', async () => {
  await using learner = await createLearner(OBJECTIVE, start(), ADAM);
  await using evaluation = await createEvaluation(lossOf(OBJECTIVE), { threads: 1 });
  const weights = new Map([...learner.parameters(), ...learner.buffers(), ...FROZEN]);
  const { loss } = await evaluation.run(weights, batch('one'));
  assert.ok(Math.abs((loss![0] as number) - (await learner.step(batch('one'), 0.1, FROZEN)).loss) < 1e-7);
  await assert.rejects(evaluation.run(FROZEN, batch('one')), { code: 'training/undeclared-tensor' });
});
