/**
 * The graph of one step: one new position of W rows beside P ≥ 1 old ones, with fewer nodes and inputs than the general
 * graph of inference-graph.ts, whose results it repeats: no mask, no scores, shapes that are constants.
 *
 *   ids (W) ──▶ network ──▶ logits (W, V)
 *   old keys, values ─▲ └──▶ new keys and values (2·layers·W, K, D)
 *
 * The Llama shape is written once more for it, since its gains lie between the parts of forward.ts: q, k and v are turned
 * in one operation, as H + 2K tokens of one head each (values stand at position 0, whose angle is 0), and every sum of the
 * residual stream is joined with the norm after it.
 *
 * Tried on verse-zh at 100 positions, one thread of a busy machine, least processor time of a step, and left out: no
 * prepacked weights (F32 2.3 → 3.2 ms, I8 1.0 → 15 ms), no arena and denormals as zero (no clear gain), queries scaled
 * beforehand so that keys need no packing (12 such products alone 128 → 94 µs, the step 578 → 589 µs). Keys and values
 * head by head are read faster with 8 rows (12 products: 799 → 592 and 677 → 361 µs), but their filled part is no view.
 */
import {
  add,
  concat,
  createGraph,
  emit,
  emitMany,
  fusedMatmul,
  type Graph,
  gather,
  input,
  integers,
  mul,
  output,
  rmsNorm,
  rotaryTable,
  split,
  type Tensor,
} from '../graph/index.ts';
import { type GptConfig, headSize } from './config.ts';
import { forward } from './forward.ts';
import {
  type Arithmetic,
  type BlockShelf,
  joinedLinear,
  outputLayer,
  productWith,
  weightSource,
} from './inference-graph.ts';
import type { Weights } from './parameters.ts';

type Attend = (q: Tensor, key: Tensor, value: Tensor, layer: number) => Tensor;

/** What both shapes are built from. */
interface Parts {
  readonly graph: Graph;
  readonly config: GptConfig;
  readonly weights: Weights;
  readonly ids: Tensor;
  readonly times: ReturnType<typeof productWith>;
  readonly attend: Attend;
}

/** Builds the graph around a model's weights; matrices in blocks are taken from `shelf`, or made and put there. */
export function decodeGraph(
  config: GptConfig,
  weights: Weights,
  arithmetic: Arithmetic = 'F32',
  shelf?: BlockShelf,
): Graph {
  const graph = createGraph();
  const kept: Tensor[] = [];
  const times = productWith(graph, arithmetic, shelf);
  const ids = input(graph, 'ids', 'i32', ['W']);
  const parts = { graph, config, weights, ids, times, attend: stepAttention(graph, config, kept) };
  const x = config.model_type === 'llama' ? llama(parts) : general(parts);
  output('logits', outputLayer(graph, config, weights, arithmetic, shelf)(x));
  output('rows', concat(kept, 0));
  return graph;
}

/** The positions that the graph wants for W rows at position `at`: (W), or (W, H + 2K) with 0 for the values. */
export function decodePositions(
  config: GptConfig,
  width: number,
  at: number,
): { data: BigInt64Array; shape: number[] } {
  if (config.model_type !== 'llama') return { data: new BigInt64Array(width).fill(BigInt(at)), shape: [width] };
  const turned = config.num_attention_heads + config.num_key_value_heads;
  const heads = turned + config.num_key_value_heads;
  const data = new BigInt64Array(width * heads);
  for (let row = 0; row < width; row++) data.fill(BigInt(at), row * heads, row * heads + turned);
  return { data, shape: [width, heads] };
}

function general({ graph, config, weights, ids, times, attend }: Parts): Tensor {
  return forward({
    config,
    ids,
    positions: input(graph, 'positions', 'i64', ['W']),
    rotary: rotaryTable(graph, config.max_position_embeddings, headSize(config), config.rope_theta),
    weight: weightSource(graph, config, weights),
    linear: joinedLinear(graph, config, weights, times),
    attend,
  });
}

function llama(parts: Parts): Tensor {
  const { graph, config, weights, ids } = parts;
  const { rms_norm_eps: epsilon, num_hidden_layers: layers } = config;
  const weight = weightSource(graph, config, weights);
  const qkv = turnedHeads(parts);
  let x = gather(weight('model.embed_tokens.weight'), ids);
  let normed = rmsNorm(x, weight(layerName(0, 'input_layernorm')), epsilon);
  const addAndNorm = (y: Tensor, norm: string): void => {
    [x, normed] = sumAndNorm(x, y, weight(norm), epsilon);
  };
  for (let layer = 0; layer < layers; layer++) {
    const [q, key, value] = qkv(normed, layer) as [Tensor, Tensor, Tensor];
    const seen = parts.attend(q, key, value, layer);
    addAndNorm(product(parts, seen, layer, ['self_attn.o_proj']), layerName(layer, 'post_attention_layernorm'));
    const inner = gated(product(parts, normed, layer, ['mlp.gate_proj', 'mlp.up_proj']));
    const next = layer + 1 < layers ? layerName(layer + 1, 'input_layernorm') : 'model.norm.weight';
    addAndNorm(product(parts, inner, layer, ['mlp.down_proj']), next);
  }
  return normed;
}

function layerName(layer: number, part: string): string {
  return `model.layers.${layer}.${part}.weight`;
}

function product({ weights, times }: Parts, x: Tensor, layer: number, parts: readonly string[]): Tensor {
  const names = parts.map((part) => layerName(layer, part));
  const width = Number(x.shape[1]);
  const size = names.reduce((sum, name) => sum + weights.get(name)!.length, 0);
  return times(size / width, width, names, weights)(x);
}

/** q (W, H, D), k and v (W, K, D) of a layer; q and k turned by their position. */
function turnedHeads(parts: Parts) {
  const { graph, config } = parts;
  const [h, k, d] = [config.num_attention_heads, config.num_key_value_heads, headSize(config)];
  const { cos, sin } = rotaryTable(graph, config.max_position_embeddings, d, config.rope_theta);
  const positions = input(graph, 'positions', 'i64', ['W', h + 2 * k]);
  return (x: Tensor, layer: number): Tensor[] => {
    const flat = product(parts, x, layer, ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj']);
    const heads = emit('Reshape', [flat, integers(graph, [-1, h + 2 * k, d])], ['W', h + 2 * k, d]);
    const turned = emit('RotaryEmbedding', [heads, positions, cos, sin], heads.shape, { domain: 'com.microsoft' });
    return split(turned, [h, k, k], 1, integers(graph, [h, k, k]));
  };
}

/** x + y, and its RMSNorm. */
function sumAndNorm(x: Tensor, y: Tensor, weight: Tensor, epsilon: number): [sum: Tensor, normed: Tensor] {
  const attributes = { epsilon: { float: epsilon } };
  const shapes = [x.shape, ['W', 1], ['W', 1], x.shape];
  const [normed, , , sum] = emitMany('SkipSimplifiedLayerNormalization', [x, y, weight], shapes, {
    domain: 'com.microsoft',
    attributes,
  });
  return [sum!, normed!];
}

/** silu(gate) ∘ up of both in one matrix. */
function gated(both: Tensor): Tensor {
  const half = Number(both.shape[1]) / 2;
  const [gate, up] = split(both, [half, half], 1, integers(both.graph, [half, half])) as [Tensor, Tensor];
  const attributes = { alpha: { float: 1 } };
  return mul(emit('QuickGelu', [gate], gate.shape, { domain: 'com.microsoft', attributes }), up);
}

/** Attention of one new position over the old ones and itself; where G queries share a key, they are G rows of a product. */
function stepAttention(graph: Graph, config: GptConfig, kept: Tensor[]): Attend {
  const [k, d] = [config.num_key_value_heads, headSize(config)];
  const g = config.num_attention_heads / k;
  const cut = input(graph, 'cut', 'i64', [2]); // P, 1
  const alpha = 1 / Math.sqrt(d);
  const asRows = (x: Tensor, rows: number): Tensor =>
    emit('Reshape', [x, integers(graph, [-1, k, rows, d])], ['W', k, rows, d]);
  return (q, key, value, layer) => {
    kept.push(key, value);
    const [q4, k4, v4] = [asRows(q, g), asRows(key, 1), asRows(value, 1)];
    const oldK = input(graph, `k${layer}`, 'f32', ['P', 'W', k, d]);
    const oldV = input(graph, `v${layer}`, 'f32', ['P', 'W', k, d]);
    const toOld = fusedMatmul(q4, oldK, { transBatchB: true, transB: true, alpha }); // (W, K, G, P)
    const scores = concat([toOld, fusedMatmul(q4, k4, { transB: true, alpha })], 3);
    const p = emit('Softmax', [scores], scores.shape, { attributes: { axis: -1 } });
    const [pOld, pNew] = split(p, ['P', 1], 3, cut);
    const sum = add(fusedMatmul(pOld!, oldV, { transBatchB: true }), mul(pNew!, v4));
    return emit('Reshape', [sum, integers(graph, [-1, config.hidden_size])], ['W', config.hidden_size]);
  };
}
