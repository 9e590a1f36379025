import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import * as g from './index.ts';

const [ROWS, WIDTH, DEPTH] = [4, 8, 5];

/** x through tanh layers, each wrapped or not; the squared result as loss, gradients for x and all weights. */
function network(wrap: boolean, second = false): g.Graph {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [ROWS, WIDTH]);
  const weights = Array.from({ length: DEPTH }, (_, i) => g.input(graph, `w${i}`, 'f32', [WIDTH, WIDTH]));
  const layer = (w: g.Tensor) => (h: g.Tensor) => g.add(h, g.tanh(g.gemm(g.sigmoid(g.gemm(h, w)), w)));
  const y = weights.reduce((h, w) => (wrap ? g.checkpoint(layer(w), [h]) : layer(w)(h)), x);
  const total = (t: g.Tensor): g.Tensor => g.reshape(g.reduceSum(g.mul(t, t), [0, 1]), []);
  let loss = total(y);
  if (second) loss = total(g.gradients(loss, [x], { differentiable: true })[0]!);
  g.output('loss', loss);
  for (const [i, gradient] of g.gradients(loss, [x, ...weights]).entries()) g.output(`g${i}`, gradient);
  return graph;
}

async function run(graph: g.Graph): Promise<Record<string, number[]>> {
  await using session = await g.createSession(graph, { threads: 1 });
  const random = createRandom('checkpointing');
  const feeds = graph.inputs.map(({ name, shape }) => {
    const dims = shape.map(Number);
    return [name, { shape: dims, data: Float32Array.from({ length: dims[0]! * dims[1]! }, () => random.normal() / 3) }];
  });
  const results = await session.run(Object.fromEntries(feeds));
  return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, Array.from(values, Number)]));
}

test('[TR8] segments computed again give the gradients that kept ones give, also for weights they use unasked', async () => {
  const [kept, again] = [await run(network(false)), await run(network(true))];
  assert.equal(Object.keys(kept).length, DEPTH + 2);
  for (const [name, values] of Object.entries(kept)) {
    values.forEach((value, i) => {
      assert.ok(
        Math.abs(value - again[name]![i]!) <= 1e-6 * (1 + Math.abs(value)),
        `${name} ${i}: ${again[name]![i]}, not ${value}`,
      );
    });
  }
});

test('[TR9] they can be differentiated twice', async () => {
  const [kept, again] = [await run(network(false, true)), await run(network(true, true))];
  for (const [name, values] of Object.entries(kept)) {
    values.forEach((value, i) => {
      assert.ok(
        Math.abs(value - again[name]![i]!) <= 1e-5 * (1 + Math.abs(value)),
        `${name} ${i}: ${again[name]![i]}, not ${value}`,
      );
    });
  }
});

test('[TR10] what needs no gradient is not computed again for one', () => {
  const build = (targets: readonly string[]): number => {
    const graph = g.createGraph();
    const [x, w] = ['x', 'w'].map((name) => g.input(graph, name, 'f32', [4, 4])) as [g.Tensor, g.Tensor];
    const y = g.checkpoint((h) => g.gemm(g.tanh(h), w), [x]);
    g.gradients(
      g.reshape(g.reduceSum(y, [0, 1]), []),
      targets.map((name) => ({ x, w })[name]!),
    );
    return graph.nodes.filter(({ op }) => op === 'Gemm').length;
  };
  assert.equal(build(['x', 'w']) - build(['x']), 1);
});
