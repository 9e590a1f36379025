/**
 * The process in which a provider is tried: it may hang or abort, and then only this process is lost. Computes a small
 * network (attention, RMSNorm, cross-entropy) with its gradients on the processor and on the provider, and tells the parent
 * how far they are apart. Started by `probeWebGpu`.
 */
import { createRandom } from '../../core/index.ts';
import * as g from './index.ts';

/** What the process tells before it ends. */
export type ProviderReport =
  | { readonly type: 'agreement'; readonly largestDifference: number }
  | { readonly type: 'refusal'; readonly reason: string };

const [T, B, H, D, V] = [4, 2, 2, 8, 11];

/** Builds the network; exported so that a test can hold the rewritten graph to the original. */
export function checkGraph(): g.Graph {
  const graph = g.createGraph();
  const width = H * D;
  const shapes = {
    x: [T * B, width],
    wq: [width, width],
    wk: [width, width],
    wv: [width, width],
    norm: [width],
    table: [V, width],
  };
  const inputs = Object.entries(shapes).map(([name, shape]) => g.input(graph, name, 'f32', shape));
  const [x, wq, wk, wv, norm, table] = inputs as [g.Tensor, g.Tensor, g.Tensor, g.Tensor, g.Tensor, g.Tensor];
  const h = g.rmsNorm(x, norm, 1e-5);
  const heads = (w: g.Tensor): g.Tensor => g.reshape(g.gemm(h, w, { transB: true }), [T, B, H, D]);
  const bias = g.constant(
    graph,
    'f32',
    [1, 1, T, T],
    Float32Array.from({ length: T * T }, (_, i) => (i % T > Math.floor(i / T) ? -1e9 : 0)),
  );
  const y = g.reshape(g.attention(heads(wq), heads(wk), heads(wv), bias), [T * B, width]);
  const targets = g.constant(
    graph,
    'i32',
    [T * B],
    Int32Array.from({ length: T * B }, (_, i) => (3 * i) % V),
  );
  const weights = g.constant(graph, 'f32', [T * B], new Float32Array(T * B).fill(1 / (T * B)));
  const loss = g.crossEntropy(g.add(g.silu(y), x), table, targets, weights);
  g.output('loss', loss);
  for (const [i, gradient] of g.gradients(loss, inputs).entries()) g.output(`gradient ${inputs[i]!.name}`, gradient);
  return graph;
}

/** The numbers that go in. */
export function checkFeeds(graph: g.Graph): Record<string, g.Feed> {
  const random = createRandom('provider check');
  return Object.fromEntries(
    graph.inputs.map(({ name, shape }) => {
      const dims = shape.map(Number);
      const size = dims.reduce((a, b) => a * b, 1);
      return [name, { shape: dims, data: Float32Array.from({ length: size }, () => 0.5 * random.normal()) }];
    }),
  );
}

/** The largest difference between two runs, each output measured by its own largest number. */
export function largestDifference(a: Readonly<Record<string, g.TensorData>>, b: typeof a): number {
  const differences = Object.entries(a).map(([name, values]) => {
    const [left, right] = [Array.from(values, Number), Array.from(b[name]!, Number)];
    const size = left.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
    return (
      left.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - right[i]!) || (value === right[i] ? 0 : Infinity)),
        0,
      ) / size
    );
  });
  return Math.max(...differences);
}

async function check(provider: 'webgpu'): Promise<ProviderReport> {
  try {
    const graph = checkGraph();
    const feeds = checkFeeds(graph);
    const theirs = await g.createSession(graph, { provider });
    const ours = await g.createSession(graph, { threads: 1 });
    return { type: 'agreement', largestDifference: largestDifference(await ours.run(feeds), await theirs.run(feeds)) };
  } catch (error) {
    return { type: 'refusal', reason: error instanceof Error ? error.message : String(error) };
  }
}

if (process.send && process.argv[2] === 'webgpu') {
  const report = await check(process.argv[2]);
  process.send(report, () => process.exit());
}
