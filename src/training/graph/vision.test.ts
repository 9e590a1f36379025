/**
 * The operations of picture networks, against two judges: what PyTorch recorded (recipes/pytorch/reference/record-vision.py
 * holds the same cases under the same names), and central finite differences of our own values.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as g from './index.ts';
import reference from './vision-reference.json' with { type: 'json' };

interface Reference {
  readonly shapes: readonly (readonly number[])[];
  readonly low?: number;
  readonly power?: boolean;
  readonly y: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly second?: readonly (readonly number[])[];
}

type Build = (...inputs: g.Tensor[]) => g.Tensor;

const BUILDS: Readonly<Record<string, Build>> = {
  conv2d: (x, w, bias) => g.conv2d(x, w, { padding: 1, bias: bias! }),
  'conv2d stride 2': (x, w) => g.conv2d(x, w, { stride: 2, padding: 1 }),
  'conv2d 1x1': (x, w, bias) => g.conv2d(x, w, { bias: bias! }),
  'conv2d 4x4 stride 2': (x, w) => g.conv2d(x, w, { stride: 2, padding: 1 }),
  'conv2d wide': (x, w) => g.conv2d(x, w, { padding: 3 }),
  'conv2d valid': (x, w) => g.conv2d(x, w),
  convTranspose2d: (x, w, bias) => g.convTranspose2d(x, w, { stride: 2, padding: 1, bias: bias! }),
  'convTranspose2d output padding': (x, w) => g.convTranspose2d(x, w, { stride: 2, padding: 1, outputPadding: 1 }),
  'convTranspose2d stride 1': (x, w) => g.convTranspose2d(x, w, { padding: 1 }),
  layerNorm: (x, w, b) => g.layerNorm(x, w, b, 1e-5),
  groupNorm: (x, w, b) => g.groupNorm(x, 3, w, b, 1e-5),
  'groupNorm of one group': (x, w, b) => g.groupNorm(x, 1, w, b, 1e-5),
  'groupNorm far from 0': (x, w, b) => g.groupNorm(g.add(x, g.scalar(x.graph, 30)), 2, w, b, 1e-5),
  upsampleNearest: (x) => g.upsampleNearest(x, 2),
  'upsampleNearest 3': (x) => g.upsampleNearest(x, 3),
  upsampleBilinear: (x) => g.upsampleBilinear(x, 2),
  averagePool: (x) => g.averagePool(x, 2),
  spaceToDepth: (x) => g.spaceToDepth(x, 2),
  depthToSpace: (x) => g.depthToSpace(x, 2),
  gelu: (x) => g.gelu(x),
  'gelu tanh': (x) => g.gelu(x, 'tanh'),
  leakyRelu: (x) => g.leakyRelu(x, 0.2),
  softplus: (x) => g.softplus(g.scale(x, 5)),
  abs: g.abs,
  clamp: (x) => g.clamp(x, -0.6, 0.7),
  sin: g.sin,
  cos: g.cos,
  erf: g.erf,
  pow: (x) => g.pow(x, 1.5),
  'pow 3': (x) => g.pow(x, 3),
  attend: (q, k, v) => g.attend(q, k, v),
  'attend with bias': (q, k, v, bias) => g.attend(q, k, v, bias),
  critic: (x, w, bias, v, u) => {
    const first = g.leakyRelu(g.conv2d(x, w, { padding: 1, bias }), 0.2);
    const last = g.leakyRelu(g.conv2d(first, v, { stride: 2, padding: 1 }), 0.2);
    return g.gemm(g.reshape(g.averagePool(last, 2), [2, 16]), u, { transB: true });
  },
};

/** The formula of the recording script. */
function wave(size: number, k: number, low = -1): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => low + 1 + Math.sin(1.7 * i + 0.9 * k + 0.001 * i * i));
}

const sizeOf = (shape: g.Shape): number => shape.reduce((size: number, dim) => size * Number(dim), 1);

function sumAll(x: g.Tensor): g.Tensor {
  return g.reshape(
    g.reduceSum(
      x,
      x.shape.map((_, i) => i),
    ),
    [],
  );
}

/** Value, sum(value · wave), its gradients and, where recorded, the gradients of that sum + sum(first gradient squared). */
async function compile(name: string, facts: Reference) {
  const graph = g.createGraph();
  const inputs = facts.shapes.map((shape, i) => g.input(graph, `x${i}`, 'f32', shape));
  const y = BUILDS[name]!(...inputs);
  const weights = g.constant(graph, 'f32', y.shape.map(Number), wave(sizeOf(y.shape), 9));
  const total = sumAll(g.mul(facts.power ? g.mul(y, y) : y, weights));
  g.output('y', y);
  g.output('total', total);
  const gradients = g.gradients(total, inputs, { differentiable: facts.second !== undefined });
  gradients.forEach((gradient, i) => {
    g.output(`gradient${i}`, gradient);
  });
  if (facts.second) {
    const penalty = g.add(total, sumAll(g.mul(gradients[0]!, gradients[0]!)));
    g.gradients(penalty, inputs).forEach((gradient, i) => {
      g.output(`second${i}`, gradient);
    });
  }
  const session = await g.createSession(graph, { threads: 1 });
  return async (values: readonly Float32Array[]) => {
    const feeds = Object.fromEntries(values.map((data, i) => [`x${i}`, { data, shape: facts.shapes[i]! }]));
    const results = await session.run(feeds);
    const list = (part: string): Float32Array[] => values.map((_, i) => results[`${part}${i}`] as Float32Array);
    return {
      y: results.y as Float32Array,
      total: results.total![0] as number,
      gradients: list('gradient'),
      second: list('second'),
    };
  };
}

/** Every number within `limit` of what is expected, relative to the largest expected one. */
function assertClose(what: string, actual: Float32Array, expected: ArrayLike<number>, limit: number): void {
  assert.equal(actual.length, expected.length, what);
  const most = Array.from(expected).reduce((a, b) => Math.max(a, Math.abs(b)), 1e-3);
  for (let i = 0; i < actual.length; i++) {
    const off = Math.abs(actual[i]! - expected[i]!) / most;
    assert.ok(off < limit, `${what}[${i}]: ${actual[i]} instead of ${expected[i]}`);
  }
}

for (const [name, facts] of Object.entries(reference as Readonly<Record<string, Reference>>)) {
  test(`[TR1] ${name}: value and gradients as PyTorch recorded them, and as finite differences say`, async () => {
    const run = await compile(name, facts);
    const inputs = facts.shapes.map((shape, k) => wave(sizeOf(shape), k, facts.low));
    const { y, gradients, second } = await run(inputs);
    assertClose('value', y, facts.y, 1e-5);
    for (const [i, expected] of facts.gradients.entries()) assertClose(`gradient ${i}`, gradients[i]!, expected, 1e-5);
    for (const [i, expected] of (facts.second ?? []).entries()) assertClose(`second ${i}`, second[i]!, expected, 1e-5);
    for (const [which, values] of inputs.entries()) {
      const slopes = await slopesAlongWaves(run, inputs, which, values.length);
      for (const { slope, wave: along } of slopes) {
        const dot = gradients[which]!.reduce((sum, value, i) => sum + value * along[i]!, 0);
        const scale = Math.max(
          1,
          gradients[which]!.reduce((sum, value, i) => sum + Math.abs(value * along[i]!), 0),
        );
        assert.ok(Math.abs(dot - slope) < 1e-3 * scale, `x${which}: ${dot}, not ${slope}`);
      }
    }
  });
}

test('[TR1] every recorded operation is built here, and every one built here is recorded', () => {
  assert.deepEqual(Object.keys(BUILDS).toSorted(), Object.keys(reference).toSorted());
});

/** Central differences of the total along three fixed directions. */
async function slopesAlongWaves(
  run: (values: readonly Float32Array[]) => Promise<{ total: number }>,
  inputs: readonly Float32Array[],
  which: number,
  size: number,
) {
  const step = 2 ** -8;
  const slopes: { slope: number; wave: Float32Array }[] = [];
  for (const k of [20, 21, 22]) {
    const along = wave(size, k);
    const moved = async (by: number): Promise<number> =>
      (await run(inputs.map((x, i) => (i === which ? x.map((value, at) => value + by * along[at]!) : x)))).total;
    slopes.push({ slope: ((await moved(step)) - (await moved(-step))) / (2 * step), wave: along });
  }
  return slopes;
}

test('[TR1] dropout keeps 1 − rate of the numbers, scaled up, and their gradients', async () => {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [5]);
  const y = g.dropout(x, 0.5, g.input(graph, 'noise', 'f32', [5]));
  g.output('y', y);
  g.output('g', g.gradients(sumAll(g.mul(y, y)), [x])[0]!);
  const session = await g.createSession(graph, { threads: 1 });
  const noise = { data: Float32Array.of(0, 0.49, 0.5, 0.51, 0.99), shape: [5] };
  const results = await session.run({ x: { data: Float32Array.of(1, 2, 3, 4, 5), shape: [5] }, noise });
  assert.deepEqual(Array.from(results.y as Float32Array), [0, 0, 6, 8, 10]);
  assert.deepEqual(Array.from(results.g as Float32Array), [0, 0, 24, 32, 40]);
});

test('[TR1] no gradient flows through stopGradient', async () => {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [1]);
  const [gradient] = g.gradients(g.reshape(g.mul(x, g.stopGradient(x)), []), [x]);
  g.output('g', gradient!);
  const session = await g.createSession(graph, { threads: 1 });
  assert.deepEqual(
    Array.from((await session.run({ x: { data: Float32Array.of(3), shape: [1] } })).g as Float32Array),
    [3],
  );
});

test('[TR3] pictures and kernels that do not fit are refused when the graph is built', () => {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [1, 3, 4, 4]);
  const refused = { code: 'training/shape-mismatch' };
  assert.throws(() => g.conv2d(x, g.input(graph, 'a', 'f32', [2, 4, 3, 3])), refused);
  assert.throws(() => g.conv2d(x, g.input(graph, 'b', 'f32', [2, 3, 5, 5])), refused);
  assert.throws(
    () => g.groupNorm(x, 2, g.input(graph, 'c', 'f32', [3]), g.input(graph, 'd', 'f32', [3]), 1e-5),
    refused,
  );
  assert.throws(() => g.averagePool(x, 3), refused);
});
