/**
 * Every operation: its value against plain arithmetic written here, its gradient against central finite differences.
 * The loss of each case is Σ result · fixed random weights, so that every element of the gradient is seen.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import * as g from './index.ts';

type Numbers = readonly number[];

interface Case {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly build: (inputs: readonly g.Tensor[], graph: g.Graph) => g.Tensor;
  /** The result in plain arithmetic, row-major. */
  readonly value: (...inputs: readonly Numbers[]) => Numbers;
  /** Smallest value of an input; default −1. All lie below `low + 2`. */
  readonly low?: number;
}

const ints = (graph: g.Graph, values: Numbers): g.Tensor =>
  g.constant(graph, 'i32', [values.length], Int32Array.from(values));
const longs = (graph: g.Graph, values: Numbers): g.Tensor =>
  g.constant(
    graph,
    'i64',
    [values.length],
    BigInt64Array.from(values, (value) => BigInt(value)),
  );

/** a (2,3) with b (3): the commonest broadcast. */
const rowWise = (f: (x: number, y: number) => number) => (a: Numbers, b: Numbers) => a.map((x, i) => f(x, b[i % 3]!));
const each = (f: (x: number) => number) => (a: Numbers) => a.map(f);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const product = (
  m: number,
  k: number,
  n: number,
  a: (i: number, l: number) => number,
  b: (l: number, j: number) => number,
) =>
  Array.from({ length: m * n }, (_, at) => {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a(Math.floor(at / n), l) * b(l, at % n);
    return sum;
  });
const softmaxOf = (row: Numbers): number[] => {
  const most = Math.max(...row);
  const powers = row.map((x) => Math.exp(x - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((x) => x / sum);
};
const rows = (a: Numbers, width: number): number[][] =>
  Array.from({ length: a.length / width }, (_, i) => a.slice(i * width, i * width + width) as number[]);

const CASES: readonly Case[] = [
  { name: 'add', shapes: [[2, 3], [3]], build: ([a, b]) => g.add(a!, b!), value: rowWise((x, y) => x + y) },
  { name: 'sub', shapes: [[2, 3], [3]], build: ([a, b]) => g.sub(a!, b!), value: rowWise((x, y) => x - y) },
  { name: 'mul', shapes: [[2, 3], [3]], build: ([a, b]) => g.mul(a!, b!), value: rowWise((x, y) => x * y) },
  {
    name: 'div',
    shapes: [
      [2, 3],
      [1, 3],
    ],
    low: 0.5,
    build: ([a, b]) => g.div(a!, b!),
    value: rowWise((x, y) => x / y),
  },
  { name: 'scale', shapes: [[4]], build: ([a]) => g.scale(a!, -2.5), value: each((x) => -2.5 * x) },
  { name: 'neg', shapes: [[4]], build: ([a]) => g.neg(a!), value: each((x) => -x) },
  { name: 'exp', shapes: [[4]], build: ([a]) => g.exp(a!), value: each(Math.exp) },
  { name: 'log', shapes: [[4]], low: 0.5, build: ([a]) => g.log(a!), value: each(Math.log) },
  { name: 'sqrt', shapes: [[4]], low: 0.5, build: ([a]) => g.sqrt(a!), value: each(Math.sqrt) },
  { name: 'tanh', shapes: [[4]], build: ([a]) => g.tanh(a!), value: each(Math.tanh) },
  { name: 'relu', shapes: [[4]], low: 0.1, build: ([a]) => g.relu(g.scale(a!, -1)), value: each(() => 0) },
  { name: 'relu of positive', shapes: [[4]], low: 0.1, build: ([a]) => g.relu(a!), value: each((x) => x) },
  { name: 'sigmoid', shapes: [[4]], build: ([a]) => g.sigmoid(a!), value: each(sigmoid) },
  { name: 'silu', shapes: [[4]], build: ([a]) => g.silu(a!), value: each((x) => x * sigmoid(x)) },
  {
    name: 'swiglu',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    build: ([a, b]) => g.swiglu(a!, b!),
    value: (a, b) => a.map((x, i) => x * sigmoid(x) * b[i]!),
  },
  {
    name: 'where',
    shapes: [[2, 3], [3]],
    build: ([a, b], graph) => g.where(g.equal(ints(graph, [1, 0, 1]), ints(graph, [1, 1, 1])), a!, b!),
    value: (a, b) => a.map((x, i) => (i % 3 === 1 ? b[1]! : x)),
  },
  {
    name: 'reduceSum',
    shapes: [[2, 3]],
    build: ([a]) => g.reduceSum(a!, [1]),
    value: (a) => rows(a, 3).map((row) => row.reduce((x, y) => x + y)),
  },
  {
    name: 'reduceMean',
    shapes: [[2, 3]],
    build: ([a]) => g.reduceMean(a!, [0, 1]),
    value: (a) => [a.reduce((x, y) => x + y) / 6],
  },
  { name: 'softmax', shapes: [[2, 4]], build: ([a]) => g.softmax(a!), value: (a) => rows(a, 4).flatMap(softmaxOf) },
  {
    name: 'expand',
    shapes: [[2, 1]],
    build: ([a]) => g.expand(a!, [2, 3]),
    value: (a) => a.flatMap((x) => [x, x, x]),
  },
  { name: 'reshape', shapes: [[2, 3]], build: ([a]) => g.reshape(a!, [3, 2]), value: (a) => a },
  {
    name: 'transpose',
    shapes: [[2, 3, 2]],
    build: ([a]) => g.transpose(a!, [1, 2, 0]),
    value: (a) => Array.from({ length: 12 }, (_, i) => a[(i % 2) * 6 + Math.floor(i / 2)]!),
  },
  {
    name: 'slice',
    shapes: [[2, 4]],
    build: ([a]) => g.slice(a!, 1, 1, 3),
    value: (a) => rows(a, 4).flatMap((row) => row.slice(1, 3)),
  },
  {
    name: 'concat',
    shapes: [
      [2, 2],
      [2, 1],
    ],
    build: ([a, b]) => g.concat([a!, b!], 1),
    value: (a, b) => [a[0]!, a[1]!, b[0]!, a[2]!, a[3]!, b[1]!],
  },
  {
    name: 'gather with a repeated index',
    shapes: [[4, 2]],
    build: ([a], graph) => g.gather(a!, ints(graph, [3, 1, 3])),
    value: (a) => [3, 1, 3].flatMap((i) => [a[2 * i]!, a[2 * i + 1]!]),
  },
  ...[0, 1, 2, 3].map((mode): Case => {
    const [transA, transB] = [mode % 2 === 1, mode > 1];
    return {
      name: `gemm transA ${transA} transB ${transB}`,
      shapes: [transA ? [4, 2] : [2, 4], transB ? [3, 4] : [4, 3]],
      build: ([a, b]) => g.gemm(a!, b!, { transA, transB, alpha: 0.5 }),
      value: (a, b) =>
        product(
          2,
          4,
          3,
          (i, l) => 0.5 * a[transA ? l * 2 + i : i * 4 + l]!,
          (l, j) => b[transB ? j * 4 + l : l * 3 + j]!,
        ),
    };
  }),
  ...[0, 1, 2, 3].map((mode): Case => {
    const [transA, transB] = [mode % 2 === 1, mode > 1];
    return {
      name: `matmul transA ${transA} transB ${transB}`,
      shapes: [transA ? [2, 4, 2] : [2, 2, 4], transB ? [2, 3, 4] : [2, 4, 3]],
      build: ([a, b]) => g.matmul(a!, b!, { transA, transB, alpha: 2 }),
      value: (a, b) =>
        [0, 1].flatMap((s) =>
          product(
            2,
            4,
            3,
            (i, l) => 2 * a[s * 8 + (transA ? l * 2 + i : i * 4 + l)]!,
            (l, j) => b[s * 12 + (transB ? j * 4 + l : l * 3 + j)]!,
          ),
        ),
    };
  }),
  {
    name: 'rmsNorm',
    shapes: [[3, 4], [4]],
    build: ([a, b]) => g.rmsNorm(a!, b!, 1e-5),
    value: (a, b) =>
      rows(a, 4).flatMap((row) => {
        const r = 1 / Math.sqrt(row.reduce((sum, x) => sum + x * x, 0) / 4 + 1e-5);
        return row.map((x, i) => x * r * b[i]!);
      }),
  },
  {
    name: 'rotary',
    shapes: [[3, 8]],
    build: ([a], graph) => g.rotary(a!, longs(graph, [0, 5, 2]), g.rotaryTable(graph, 6, 4, 10000)),
    value: (a) =>
      rows(a, 8).flatMap((row, n) =>
        row.map((x, at) => {
          const i = at % 4;
          const angle = [0, 5, 2][n]! * 10000 ** ((-2 * (i % 2)) / 4);
          const partner = i < 2 ? -row[at + 2]! : row[at - 2]!; // rotate_half
          return x * Math.cos(angle) + partner * Math.sin(angle);
        }),
      ),
  },
  {
    name: 'attention',
    shapes: [
      [3, 2, 2, 4],
      [3, 2, 2, 4],
      [3, 2, 2, 4],
    ],
    build: ([q, k, v], graph) =>
      g.attention(q!, k!, v!, g.constant(graph, 'f32', [2, 1, 3, 3], Float32Array.from(BIAS))),
    value: (q, k, v) => attend(q, k, v),
  },
  {
    name: 'cross-entropy',
    shapes: [
      [3, 4],
      [5, 4],
    ],
    build: ([x, e], graph) =>
      g.crossEntropy(x!, e!, ints(graph, [2, 4, 2]), g.constant(graph, 'f32', [3], Float32Array.of(0.5, 0, 0.25))),
    value: (x, e) => {
      const logits = rows(
        product(
          3,
          4,
          5,
          (i, l) => x[i * 4 + l]!,
          (l, j) => e[j * 4 + l]!,
        ),
        5,
      );
      const nll = (n: number, target: number): number => -Math.log(softmaxOf(logits[n]!)[target]!);
      return [0.5 * nll(0, 2) + 0.25 * nll(2, 2)];
    },
  },
];

/** Causal for the first sequence; for the second the last two positions form a segment of their own. */
const BIAS = [0, -1e9, -1e9, 0, 0, -1e9, 0, 0, 0, 0, -1e9, -1e9, -1e9, 0, -1e9, -1e9, 0, 0];

function attend(q: Numbers, k: Numbers, v: Numbers): Numbers {
  const out = new Array<number>(48).fill(0);
  const at = (t: number, b: number, h: number, d: number): number => ((t * 2 + b) * 2 + h) * 4 + d;
  for (const [b, h, t] of [0, 1].flatMap((b) => [0, 1].flatMap((h) => [0, 1, 2].map((t) => [b, h, t] as const)))) {
    const scores = [0, 1, 2].map((s) => {
      const dot = [0, 1, 2, 3].reduce((sum, d) => sum + q[at(t, b, h, d)]! * k[at(s, b, h, d)]!, 0);
      return dot / 2 + BIAS[(b * 3 + t) * 3 + s]!;
    });
    softmaxOf(scores).forEach((p, s) => {
      for (let d = 0; d < 4; d++) out[at(t, b, h, d)]! += p * v[at(s, b, h, d)]!;
    });
  }
  return out;
}

/** Compiles Σ build(inputs) · weights with its value and gradients, as one function of the inputs. */
async function compile(
  one: Case,
): Promise<(inputs: readonly Numbers[]) => Promise<{ loss: number; y: Numbers; grads: Numbers[] }>> {
  const graph = g.createGraph();
  const inputs = one.shapes.map((shape, i) => g.input(graph, `x${i}`, 'f32', shape));
  const y = one.build(inputs, graph);
  const random = createRandom(one.name);
  const size = y.shape.reduce((a: number, b) => a * Number(b), 1);
  const weights = g.constant(
    graph,
    'f32',
    y.shape.map(Number),
    Float32Array.from({ length: size }, () => random.normal()),
  );
  const loss =
    y.shape.length === 0
      ? y
      : g.reshape(
          g.reduceSum(
            g.mul(y, weights),
            y.shape.map((_, i) => i),
          ),
          [],
        );
  g.output('y', y);
  g.output('loss', loss);
  g.gradients(loss, inputs).forEach((gradient, i) => {
    g.output(`g${i}`, gradient);
  });
  const session = await g.createSession(graph, { threads: 1 });
  return async (values) => {
    const feeds = Object.fromEntries(
      values.map((data, i) => [`x${i}`, { data: Float32Array.from(data), shape: one.shapes[i]! }]),
    );
    const results = await session.run(feeds);
    const numbers = (name: string): number[] => Array.from(results[name] as Float32Array);
    return { loss: numbers('loss')[0]!, y: numbers('y'), grads: values.map((_, i) => numbers(`g${i}`)) };
  };
}

for (const one of CASES) {
  test(`[TR1] ${one.name}: value as in plain arithmetic, gradient as in finite differences`, async () => {
    const run = await compile(one);
    const random = createRandom(`${one.name} inputs`);
    const inputs = one.shapes.map((shape) =>
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.fround((one.low ?? -1) + 2 * random.next())),
    );
    const { y, grads } = await run(inputs);
    const expected = one.value(...inputs);
    assert.equal(y.length, expected.length);
    expected.forEach((value, i) => {
      assert.ok(Math.abs(y[i]! - value) < 1e-5 * (1 + Math.abs(value)), `value ${i}: ${y[i]} instead of ${value}`);
    });
    const step = 2 ** -7;
    for (const [which, values] of inputs.entries()) {
      for (const at of values.keys()) {
        const moved = async (by: number): Promise<number> =>
          (await run(inputs.map((x, i) => (i === which ? x.with(at, x[at]! + by) : x)))).loss;
        const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
        const gradient = grads[which]![at]!;
        assert.ok(
          Math.abs(gradient - slope) < 2e-3 * (1 + Math.abs(slope)),
          `x${which}[${at}]: ${gradient}, not ${slope}`,
        );
      }
    }
  });
}

test('[TR2] a tensor used twice gets both gradients, and one that is not asked for none', async () => {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [2]);
  const w = g.input(graph, 'w', 'f32', [2]);
  const loss = g.reshape(g.reduceSum(g.add(g.mul(x, w), g.mul(x, x)), [0]), []);
  const [gradient] = g.gradients(loss, [x]);
  g.output('g', gradient!);
  const session = await g.createSession(graph, { threads: 1 });
  const feed = (...values: number[]) => ({ data: Float32Array.from(values), shape: [2] });
  assert.deepEqual(Array.from((await session.run({ x: feed(1, 2), w: feed(3, 4) })).g as Float32Array), [5, 8]);
  assert.throws(() => g.gradients(loss, [g.input(graph, 'z', 'f32', [2])]), { code: 'training/shape-mismatch' });
});

test('[TR3] shapes that do not fit are refused when the graph is built', () => {
  const graph = g.createGraph();
  const a = g.input(graph, 'a', 'f32', [2, 3]);
  assert.throws(() => g.add(a, g.input(graph, 'b', 'f32', [2])), { code: 'training/shape-mismatch' });
  assert.throws(() => g.gemm(a, a), { code: 'training/shape-mismatch' });
});
