/** Second derivatives: the gradient of ‖∇ₓ f(x, w)‖² for x and w against central finite differences of that norm. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import * as g from './index.ts';

type Build = (x: g.Tensor, w: g.Tensor) => g.Tensor;

/** x (3, 4) and w (4, 2) or as given, both positive where an operation asks for it. */
const CASES: Readonly<Record<string, Build>> = {
  'tanh of gemm': (x, w) => g.tanh(g.gemm(x, w)),
  'gemm with transposed operands': (x, w) => g.tanh(g.gemm(w, x, { transA: true, transB: true, alpha: 0.5 })),
  'two layers with shared weights': (x, w) => g.gemm(g.sigmoid(g.gemm(x, w)), w, { transB: true }),
  'silu, bias broadcast': (x, w) => g.silu(g.add(g.gemm(x, w), g.reshape(g.slice(w, 0, 1, 2), [2]))),
  softmax: (x, w) => g.softmax(g.gemm(x, w)),
  'exp, log, sqrt and division': (x, w) =>
    g.div(
      g.exp(g.scale(x, 0.3)),
      g.sqrt(g.log(g.add(g.matmul(x, g.matmul(w, w, { transB: true })), g.scalar(x.graph, 3)))),
    ),
  'batched products': (x, w) => g.tanh(g.matmul(g.reshape(x, [3, 1, 4]), g.expand(g.reshape(w, [1, 4, 2]), [3, 4, 2]))),
  'slice, concat, transpose': (x, w) => {
    const wide = g.concat([g.slice(x, 1, 1, 3), g.tanh(x)], 1); // (3, 6)
    return g.gemm(g.mul(wide, wide), g.concat([w, g.slice(w, 0, 0, 2)], 0));
  },
  'gather with a repeated row': (x, w) => {
    const rows = g.gather(x, g.constant(x.graph, 'i32', [3], Int32Array.of(2, 0, 2)));
    return g.mul(g.tanh(g.gemm(rows, w)), g.gemm(g.mul(rows, rows), w));
  },
  'where, mean over axes': (x, w) => {
    const y = g.gemm(x, w);
    const bent = g.where(g.greater(y, g.scalar(y.graph, 0.2)), g.mul(y, y), g.scale(y, 0.2));
    return g.sub(bent, g.reduceMean(g.mul(bent, bent), [0]));
  },
};
const SHAPES = [
  [3, 4],
  [4, 2],
] as const;

const total = (y: g.Tensor): g.Tensor =>
  g.reshape(
    g.reduceSum(
      y,
      y.shape.map((_, axis) => axis),
    ),
    [],
  );

/** Builds ‖∇ₓ Σ f²‖² with its gradients for x and w. */
async function compile(build: Build) {
  const graph = g.createGraph();
  const inputs = SHAPES.map((shape, i) => g.input(graph, `x${i}`, 'f32', shape)) as [g.Tensor, g.Tensor];
  const y = build(...inputs);
  const [slope] = g.gradients(total(g.mul(y, y)), [inputs[0]], { differentiable: true });
  const norm = total(g.mul(slope!, slope!));
  g.output('norm', norm);
  for (const [i, gradient] of g.gradients(norm, inputs).entries()) g.output(`g${i}`, gradient);
  const session = await g.createSession(graph, { threads: 1 });
  return async (values: readonly (readonly number[])[]) => {
    const feeds = values.map((data, i) => [`x${i}`, { data: Float32Array.from(data), shape: SHAPES[i]! }]);
    const results = await session.run(Object.fromEntries(feeds));
    return { norm: results.norm![0] as number, slopes: [results.g0!, results.g1!] };
  };
}

for (const [name, build] of Object.entries(CASES)) {
  test(`[TR5] ${name}: the gradient of a squared gradient norm is as in finite differences`, async () => {
    const run = await compile(build);
    const random = createRandom(name);
    const at = SHAPES.map((shape) =>
      Array.from({ length: shape[0] * shape[1] }, () => Math.fround(0.2 + random.next())),
    );
    const { norm, slopes } = await run(at);
    const step = 2 ** -8;
    for (const [which, values] of at.entries()) {
      for (const i of values.keys()) {
        const moved = async (by: number): Promise<number> =>
          (await run(at.map((x, k) => (k === which ? x.with(i, x[i]! + by) : x)))).norm;
        const expected = ((await moved(step)) - (await moved(-step))) / (2 * step);
        const slope = Number(slopes[which]![i]);
        assert.ok(
          Math.abs(slope - expected) < 2e-3 * (norm + Math.abs(expected)),
          `x${which}[${i}]: ${slope}, not ${expected}`,
        );
      }
    }
  });
}

test('[TR6] an operation with a hand-written reverse pass is refused a second derivative, not answered wrongly', () => {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [3, 4]);
  const w = g.input(graph, 'w', 'f32', [4]);
  const code = 'training/no-second-derivative';
  assert.throws(() => g.gradients(total(g.swiglu(x, x)), [x], { differentiable: true }), { code });
  assert.throws(() => g.gradients(total(g.rmsNorm(x, w, 1e-5)), [x], { differentiable: true }), { code });
  assert.equal(g.gradients(total(g.rmsNorm(x, w, 1e-5)), [x]).length, 1);
});

test('[TR7] a reverse pass that is not asked to be differentiable leaves no trace on the tape', () => {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [3, 4]);
  const loss = total(g.tanh(g.mul(x, x)));
  const before = graph.tape.length;
  g.gradients(loss, [x]);
  assert.equal(graph.tape.length, before);
});
