/**
 * One graph for reading a prompt, writing token by token and scoring: T new positions of W rows beside P old ones.
 *
 *   ids (T·W) ──▶ network ──▶ logits of the rows in `pick`       (R, V)
 *   old keys, values ─▲ │ ──▶ ln P(target) of the rows in `ask`  (S, 1)
 *                       └───▶ new keys and values                (2·layers·T·W, C)
 *
 * Keys and values are position-major (P, W, H, D), so that the caller keeps them in one array per layer, passes the
 * filled part as a view and appends what comes back. P must not be 0 (ONNX Runtime would end the process): a first call
 * passes one zero position and masks it. Weights are constants of the graph, and products that share an input are joined.
 */
import {
  add,
  concat,
  constant,
  createGraph,
  emit,
  fusedMatmul,
  type Graph,
  gather,
  gemm,
  input,
  integers,
  logProbability,
  output,
  reshapeTo,
  rotaryTable,
  split,
  type Tensor,
} from '../graph/index.ts';
import { blockProduct } from './block-product.ts';
import { type GptConfig, headSize } from './config.ts';
import { forward, outputTable } from './forward.ts';
import { parameterShapes, sizeOf, type Weights } from './parameters.ts';

/**
 * Numbers that products are computed with: `F32`, or weights in 8 or 4 bits by blocks (faster, slightly different
 * results; with `I4` the output layer keeps 8). What it costs in perplexity: docs/benchmarks.md.
 */
export type Arithmetic = 'F32' | 'I8' | 'I4';

/** Builds the graph around a model's weights. */
export function inferenceGraph(config: GptConfig, weights: Weights, arithmetic: Arithmetic = 'F32'): Graph {
  const graph = createGraph();
  const times = productWith(graph, arithmetic);
  const last = productWith(graph, arithmetic === 'I4' ? 'I8' : arithmetic);
  const kept: Tensor[] = [];
  const x = forward({
    config,
    ids: input(graph, 'ids', 'i32', ['N']),
    positions: input(graph, 'positions', 'i64', ['N']),
    rotary: rotaryTable(graph, config.max_position_embeddings, headSize(config), config.rope_theta),
    weight: weightSource(graph, config, weights),
    linear: joinedLinear(graph, config, weights, times),
    attend: cachedAttention(graph, config, kept),
  });
  const table = last(config.vocab_size, config.hidden_size, weights.get(outputTable(config))!);
  const logits = (rows: Tensor): Tensor => table(gather(x, rows));
  output('logits', logits(input(graph, 'pick', 'i32', ['R'])));
  output('scores', logProbability(logits(input(graph, 'ask', 'i32', ['S'])), input(graph, 'targets', 'i32', ['S'])));
  output('rows', concat(kept, 0));
  return graph;
}

/** Weights as constants, each written once. */
export function weightSource(graph: Graph, config: GptConfig, weights: Weights): (name: string) => Tensor {
  const shapes = new Map(parameterShapes(config).map(({ name, shape }) => [name, shape]));
  return (name) => once(graph, name, () => constant(graph, 'f32', shapes.get(name)!, weights.get(name)!, name));
}

/** Several weights as one taller matrix: one product for q, k, v and one for gate, up. */
export function joinedLinear(graph: Graph, config: GptConfig, weights: Weights, times: ReturnType<typeof productWith>) {
  const shapes = new Map(parameterShapes(config).map(({ name, shape }) => [name, shape]));
  return (x: Tensor, names: readonly string[]): Tensor[] => {
    const heights = names.map((name) => shapes.get(name)![0]!);
    const [n, width] = [heights.reduce((a, b) => a + b, 0), shapes.get(names[0]!)![1]!];
    const joined = new Float32Array(n * width);
    let at = 0;
    for (const name of names) {
      joined.set(weights.get(name)!, at);
      at += sizeOf(shapes.get(name)!);
    }
    const y = times(n, width, joined)(x);
    return names.length === 1 ? [y] : split(y, heights, 1, integers(graph, heights));
  };
}

/** Products x·Wᵀ of x (N, width) with a constant W (height, width). */
export function productWith(graph: Graph, arithmetic: Arithmetic) {
  return (height: number, width: number, data: Float32Array): ((x: Tensor) => Tensor) => {
    if (arithmetic !== 'F32') return blockProduct(graph, height, width, data, arithmetic === 'I8' ? 8 : 4);
    const weight = constant(graph, 'f32', [height, width], data);
    return (x) => gemm(x, weight, { transB: true });
  };
}

/** Attention over old and new positions; `kept` gathers the new keys and values, layer by layer. */
function cachedAttention(graph: Graph, config: GptConfig, kept: Tensor[]) {
  const [h, d] = [config.num_attention_heads, headSize(config)];
  const mask = input(graph, 'mask', 'f32', ['T', 'P+T']);
  const frame = input(graph, 'frame', 'i64', [4]); // T, W, H, D
  const cut = input(graph, 'cut', 'i64', [2]); // P, T
  const alpha = 1 / Math.sqrt(d);
  const over = { transBatchA: true, transBatchB: true, transB: true, alpha };
  return (q: Tensor, k: Tensor, v: Tensor, layer: number): Tensor => {
    kept.push(k, v);
    const [q4, k4, v4] = [q, k, v].map((x) => reshapeTo(x, frame, ['T', 'W', h, d])) as [Tensor, Tensor, Tensor];
    const oldK = input(graph, `k${layer}`, 'f32', ['P', 'W', h, d]);
    const oldV = input(graph, `v${layer}`, 'f32', ['P', 'W', h, d]);
    const scores = concat([fusedMatmul(q4, oldK, over), fusedMatmul(q4, k4, over)], 3); // (W, H, T, P+T)
    const p = emit('Softmax', [add(scores, mask)], scores.shape, { attributes: { axis: -1 } });
    const [pOld, pNew] = split(p, ['P', 'T'], 3, cut);
    const seen = add(fusedMatmul(pOld!, oldV, { transBatchB: true }), fusedMatmul(pNew!, v4, { transBatchB: true }));
    const back = emit('Transpose', [seen], ['T', 'W', h, d], { attributes: { perm: [2, 0, 1, 3] } });
    return emit('Reshape', [back, integers(graph, [-1, h * d])], ['N', h * d]);
  };
}

function once(graph: Graph, name: string, make: () => Tensor): Tensor {
  return graph.constants.find(({ tensor }) => tensor.name === name)?.tensor ?? make();
}
