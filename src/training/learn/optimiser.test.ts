import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import {
  add,
  createGraph,
  createSession,
  gemm,
  input,
  mul,
  output,
  reduceMean,
  reshape,
  sub,
  tanh,
} from '../graph/index.ts';
import { createLearner } from './learner.ts';
import type { Objective } from './objective.ts';
import { orthogonal } from './optimiser.ts';
import { freshLearnerState } from './state.ts';

const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as {
  readonly x: number[];
  readonly y: number[];
  readonly losses: number[];
  readonly start: Readonly<Record<string, number[]>>;
  readonly after: Readonly<Record<string, number[]>>;
};
const start = { kind: 'constant', value: 0 } as const;

/** The network of recipes/pytorch/reference/muon.py. */
const OBJECTIVE: Objective = {
  name: 'muon reference',
  parameters: [
    { name: 'kernel', shape: [6, 3, 2, 2], start, kind: 'kernel' },
    { name: 'bias', shape: [6], start, kind: 'vector' },
    { name: 'matrix', shape: [2, 6], start, kind: 'matrix' },
  ],
  inputs: [
    { name: 'x', type: 'f32', shape: [4, 12] },
    { name: 'y', type: 'f32', shape: [4, 2] },
  ],
  build: ({ input: given, weight }) => {
    const hidden = tanh(add(gemm(given('x'), reshape(weight('kernel'), [6, 12]), { transB: true }), weight('bias')));
    const off = sub(gemm(hidden, weight('matrix'), { transB: true }), given('y'));
    return { loss: reshape(reduceMean(mul(off, off), [0, 1]), []) };
  },
};

test('[TR106] three steps of Muon, kernels as flat matrices and the bias by AdamW, end where PyTorch ends', async () => {
  const weights = new Map(Object.entries(reference.start).map(([name, values]) => [name, Float32Array.from(values)]));
  const optimiser = { kind: 'muon', weightDecay: 0.1 } as const;
  await using learner = await createLearner(OBJECTIVE, freshLearnerState(OBJECTIVE, weights), {
    optimiser,
    threads: 1,
  });
  const feeds = {
    x: { data: Float32Array.from(reference.x), shape: [4, 12] },
    y: { data: Float32Array.from(reference.y), shape: [4, 2] },
  };
  for (const expected of reference.losses) {
    const { loss } = await learner.step(feeds, 0.02);
    assert.ok(Math.abs(loss - expected) < 1e-5 * expected, `${loss}, not ${expected}`);
  }
  for (const [name, expected] of Object.entries(reference.after)) {
    const values = learner.parameters().get(name)!;
    expected.forEach((value, i) => {
      assert.ok(
        Math.abs(values[i]! - value) < 1e-5 * (1 + Math.abs(value)),
        `${name} ${i}: ${values[i]}, not ${value}`,
      );
    });
  }
});

test('[TR107] an orthogonalised matrix, wide or tall, has singular values about 1', async () => {
  for (const [rows, columns] of [
    [3, 5],
    [5, 3],
  ] as const) {
    const graph = createGraph();
    const x = orthogonal(input(graph, 'x', 'f32', [rows, columns]));
    output('square', gemm(x, x, rows < columns ? { transB: true } : { transA: true })); // (3, 3), about the identity
    await using session = await createSession(graph, { threads: 1 });
    const random = createRandom('orthogonal');
    const data = Float32Array.from({ length: 15 }, () => random.normal());
    const { square } = await session.run({ x: { data, shape: [rows, columns] } });
    for (let i = 0; i < 3; i++) {
      assert.ok(Number(square![4 * i]) > 0.4 && Number(square![4 * i]) < 1.6, `${square}`);
    }
  }
});
