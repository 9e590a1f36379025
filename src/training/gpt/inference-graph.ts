/**
 * One graph for reading a prompt, writing token by token and scoring: T new positions of W rows beside P old ones.
 *
 *   ids (T·W) ──▶ network ──▶ logits of the rows in `pick`       (R, V)
 *   old keys, values ─▲ │ ──▶ ln P(target) of the rows in `ask`  (S, 1)
 *                       └───▶ new keys and values                (2·layers·T·W, K·D)
 *
 * Keys and values are position-major (P, W, K, D), so that the caller keeps them in one array per layer, passes the
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
import { type Blocks, blockProduct, quantiseBlocks } from './block-product.ts';
import { type GptConfig, headSize } from './config.ts';
import { forward, outputTable } from './forward.ts';
import { biasName } from './network-parts.ts';
import { parameterShapes, type Weights } from './parameters.ts';

/**
 * Numbers that products are computed with: `F32`, or weights in 8 or 4 bits by blocks (faster, slightly different
 * results; with `I4` the output layer keeps 8). What it costs in perplexity: docs/benchmarks.md.
 */
export type Arithmetic = 'F32' | 'I8' | 'I4';

/** Builds the graph around a model's weights; matrices in blocks are taken from `shelf`, or made and put there. */
export function inferenceGraph(
  config: GptConfig,
  weights: Weights,
  arithmetic: Arithmetic = 'F32',
  shelf?: BlockShelf,
): Graph {
  const graph = createGraph();
  const times = productWith(graph, arithmetic, shelf);
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
  const table = outputLayer(graph, config, weights, arithmetic, shelf);
  const logits = (rows: Tensor): Tensor => table(gather(x, rows));
  output('logits', logits(input(graph, 'pick', 'i32', ['R'])));
  output('scores', logProbability(logits(input(graph, 'ask', 'i32', ['S'])), input(graph, 'targets', 'i32', ['S'])));
  output('rows', concat(kept, 0));
  return graph;
}

/** The product with the output layer's weight. */
export function outputLayer(
  graph: Graph,
  config: GptConfig,
  weights: Weights,
  arithmetic: Arithmetic,
  shelf?: BlockShelf,
): (x: Tensor) => Tensor {
  const name = outputTable(config);
  const times = productWith(graph, arithmetic === 'I4' ? 'I8' : arithmetic, shelf);
  return times(config.vocab_size, config.hidden_size, [name], weights);
}

/** Weights as constants, each written once. */
export function weightSource(graph: Graph, config: GptConfig, weights: Weights): (name: string) => Tensor {
  const shapes = new Map(parameterShapes(config).map(({ name, shape }) => [name, shape]));
  return (name) => once(graph, name, () => constant(graph, 'f32', shapes.get(name)!, weights.get(name)!, name));
}

/** Several weights as one taller matrix: one product for q, k, v and one for gate, up; biases are joined likewise. */
export function joinedLinear(graph: Graph, config: GptConfig, weights: Weights, times: ReturnType<typeof productWith>) {
  const shapes = new Map(parameterShapes(config).map(({ name, shape }) => [name, shape]));
  return (x: Tensor, names: readonly string[], pieces = 1): Tensor[] => {
    const heights = names.map((name) => shapes.get(name)![0]!);
    const [height, width] = [heights.reduce((a, b) => a + b, 0), shapes.get(names[0]!)![1]!];
    const product = times(height, width, names, weights)(x);
    const bias = config.bias ? joined(names.map((name) => weights.get(biasName(name))!)) : undefined;
    const y = bias ? add(product, constant(graph, 'f32', [height], bias)) : product;
    const results = heights.flatMap((one) => new Array<number>(pieces).fill(one / pieces));
    return results.length === 1 ? [y] : split(y, results, 1, integers(graph, results));
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Matrices in blocks by the names of their weights: two graphs of one model quantise each once. */
export type BlockShelf = Map<string, Blocks>;

/** Products x·Wᵀ of x (N, width) with a constant W (height, width), the named weights on top of each other. */
export function productWith(graph: Graph, arithmetic: Arithmetic, shelf: BlockShelf = new Map()) {
  return (height: number, width: number, names: readonly string[], weights: Weights): ((x: Tensor) => Tensor) => {
    const data = (): Float32Array => joined(names.map((name) => weights.get(name)!));
    if (arithmetic === 'F32') {
      const weight = constant(graph, 'f32', [height, width], data());
      return (x) => gemm(x, weight, { transB: true });
    }
    const bits = arithmetic === 'I8' ? 8 : 4;
    const key = names.join();
    const blocks = shelf.get(key) ?? quantiseBlocks(height, width, data(), bits);
    shelf.set(key, blocks);
    return blockProduct(graph, height, width, blocks, bits);
  };
}

/**
 * Attention over old and new positions; `kept` gathers the new keys and values, layer by layer. Where G queries share a
 * key, they stand as further rows: (T, W, K·G, D) becomes (T·G, W, K, D), and the mask has a row for each.
 */
function cachedAttention(graph: Graph, config: GptConfig, kept: Tensor[]) {
  const [k, d] = [config.num_key_value_heads, headSize(config)];
  const shared = config.num_attention_heads / k;
  const rows = shared === 1 ? 'T' : 'T*G';
  const mask = input(graph, 'mask', 'f32', [rows, 'P+T']);
  const frame = input(graph, 'frame', 'i64', [4]); // T, W, K, D
  const cut = input(graph, 'cut', 'i64', [2]); // P, T
  const over = { transBatchA: true, transBatchB: true, transB: true, alpha: 1 / Math.sqrt(d) };
  const grouped = shared === 1 ? undefined : groupFrames(graph);
  const queries = (q: Tensor): Tensor => {
    if (!grouped) return reshapeTo(q, frame, ['T', 'W', k, d]);
    const five = turned(reshapeTo(q, grouped.apart, ['T', 'W', k, shared, d]), [0, 3, 1, 2, 4]);
    return reshapeTo(five, grouped.asRows, ['T*G', 'W', k, d]);
  };
  const back = (seen: Tensor): Tensor => {
    const first = turned(seen, [2, 0, 1, 3]); // (T·G, W, K, D)
    const five = grouped
      ? turned(reshapeTo(first, grouped.backApart, ['T', shared, 'W', k, d]), [0, 2, 3, 1, 4])
      : first;
    return emit('Reshape', [five, integers(graph, [-1, config.hidden_size])], ['N', config.hidden_size]);
  };
  return (q: Tensor, key: Tensor, value: Tensor, layer: number): Tensor => {
    kept.push(key, value);
    const [k4, v4] = [key, value].map((x) => reshapeTo(x, frame, ['T', 'W', k, d])) as [Tensor, Tensor];
    const q4 = queries(q);
    const oldK = input(graph, `k${layer}`, 'f32', ['P', 'W', k, d]);
    const oldV = input(graph, `v${layer}`, 'f32', ['P', 'W', k, d]);
    const scores = concat([fusedMatmul(q4, oldK, over), fusedMatmul(q4, k4, over)], 3); // (W, K, T·G, P+T)
    const p = emit('Softmax', [add(scores, mask)], scores.shape, { attributes: { axis: -1 } });
    const [pOld, pNew] = split(p, ['P', 'T'], 3, cut);
    return back(add(fusedMatmul(pOld!, oldV, { transBatchB: true }), fusedMatmul(pNew!, v4, { transBatchB: true })));
  };
}

function groupFrames(graph: Graph) {
  return {
    /** T, W, K, G, D. */
    apart: input(graph, 'apart', 'i64', [5]),
    /** T·G, W, K, D. */
    asRows: input(graph, 'asRows', 'i64', [4]),
    /** T, G, W, K, D. */
    backApart: input(graph, 'backApart', 'i64', [5]),
  };
}

function turned(x: Tensor, perm: readonly number[]): Tensor {
  const shape = perm.map((axis) => x.shape[axis]!);
  return emit('Transpose', [x], shape, { attributes: { perm } });
}

function once(graph: Graph, name: string, make: () => Tensor): Tensor {
  return graph.constants.find(({ tensor }) => tensor.name === name)?.tensor ?? make();
}
