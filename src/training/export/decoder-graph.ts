/**
 * A GPT as one ONNX graph of the shape that other runtimes expect from a decoder (transformers.js, Optimum):
 *
 *   input_ids, position_ids (B, T) ──▶ network ──▶ logits (B, T, V)
 *   attention_mask (B, P + T) ─▲  │
 *   past_key_values.N.key, .value ┴──▶ present.N.key, .value    (B, K, P, D) ─▶ (B, K, P + T, D)
 *
 * P may be 0. Our own decoding uses another graph (gpt/inference-graph.ts) that returns new rows only; this one is for
 * runtimes that keep whole caches. Operators are standard ones and those of `com.microsoft` that onnxruntime-web has too.
 */
import { type GptConfig, headSize } from '../gpt/config.ts';
import { forward } from '../gpt/forward.ts';
import { type Arithmetic, joinedLinear, outputLayer, productWith, weightSource } from '../gpt/inference-graph.ts';
import type { Weights } from '../gpt/parameters.ts';
import {
  and,
  cast,
  concat,
  createGraph,
  emit,
  type Graph,
  input,
  integers,
  reshapeTo,
  rotaryTable,
  scalar,
  scale,
  type Tensor,
  where,
} from '../graph/index.ts';

/** Builds the graph around a model's weights. */
export function decoderGraph(config: GptConfig, weights: Weights, arithmetic: Arithmetic = 'F32'): Graph {
  const graph = createGraph();
  const times = productWith(graph, arithmetic);
  const ids = input(graph, 'input_ids', 'i64', ['batch', 'sequence']);
  const mask = input(graph, 'attention_mask', 'i64', ['batch', 'total']);
  const positions = input(graph, 'position_ids', 'i64', ['batch', 'sequence']);
  const frame = sizesOf(ids);
  const flat = (x: Tensor): Tensor => emit('Reshape', [x, integers(graph, [-1])], ['N']);
  const x = forward({
    config,
    ids: flat(ids),
    positions: flat(positions),
    rotary: rotaryTable(graph, config.max_position_embeddings, headSize(config), config.rope_theta),
    weight: weightSource(graph, config, weights),
    linear: joinedLinear(graph, config, weights, times),
    attend: attendWithPast(config, frame, causalBias(ids, mask)),
  });
  const logits = outputLayer(graph, config, weights, arithmetic)(x);
  const shape = concat([frame, integers(graph, [config.vocab_size])], 0);
  named(graph, 'logits', reshapeTo(logits, shape, ['batch', 'sequence', config.vocab_size]));
  return withoutUnused(graph);
}

/**
 * Attention of new positions over the past and themselves; the joined keys and values are results of the graph. Where G
 * queries share a key, they stand on an axis of their own, (B, K, G, T, D), over keys of (B, K, 1, P + T, D).
 */
function attendWithPast(config: GptConfig, frame: Tensor, bias: Tensor) {
  const { graph } = frame;
  const [k, d] = [config.num_key_value_heads, headSize(config)];
  const shared = config.num_attention_heads / k;
  const apart = (x: Tensor, sizes: readonly number[]): Tensor =>
    reshapeTo(x, concat([frame, integers(graph, sizes)], 0), ['batch', 'sequence', ...sizes]);
  const queries = (q: Tensor): Tensor =>
    shared === 1 ? turned(apart(q, [k, d]), [0, 2, 1, 3]) : turned(apart(q, [k, shared, d]), [0, 2, 3, 1, 4]);
  const back = (seen: Tensor): Tensor => turned(seen, shared === 1 ? [0, 2, 1, 3] : [0, 3, 1, 2, 4]);
  const over = (x: Tensor, axis: number): Tensor => (shared === 1 ? x : widened(x, axis));
  const joined = (kind: string, layer: number, fresh: Tensor): Tensor => {
    const past = input(graph, `past_key_values.${layer}.${kind}`, 'f32', ['batch', k, 'past', d]);
    const rows = turned(apart(fresh, [k, d]), [0, 2, 1, 3]);
    const all = emit('Concat', [past, rows], ['batch', k, 'total', d], { attributes: { axis: 2 } });
    named(graph, `present.${layer}.${kind}`, all);
    return all;
  };
  const mask = over(bias, 1);
  return (q: Tensor, key: Tensor, value: Tensor, layer: number): Tensor => {
    const [keys, values, rows] = [joined('key', layer, key), joined('value', layer, value), queries(q)];
    const lead = rows.shape.slice(0, -1); // B, K, (G,) T
    const products = emit('MatMul', [rows, over(turned(keys, [0, 1, 3, 2]), 2)], [...lead, 'total']);
    const scores = emit('Add', [scale(products, 1 / Math.sqrt(d)), mask], products.shape);
    const weights = emit('Softmax', [scores], scores.shape, { attributes: { axis: -1 } });
    const seen = emit('MatMul', [weights, over(values, 2)], rows.shape);
    return emit('Reshape', [back(seen), integers(graph, [-1, config.hidden_size])], ['N', config.hidden_size]);
  };
}

/** 0 where a new position may look, −1e9 at later positions and at padding; (B, 1, T, P + T). */
function causalBias(ids: Tensor, mask: Tensor): Tensor {
  const { graph } = ids;
  const number = (shape: Tensor): Tensor => emit('Squeeze', [shape], []);
  const total = number(axisOf(mask, 1));
  const past = emit('Sub', [total, number(axisOf(ids, 1))], []);
  const [zero, one] = [0, 1].map((value) => number(integers(graph, [value]))) as [Tensor, Tensor];
  const columns = emit('Range', [zero, total, one], ['total']);
  const rows = emit(
    'Unsqueeze',
    [emit('Range', [past, total, one], ['sequence']), integers(graph, [1])],
    ['sequence', 1],
  );
  const causal = emit('LessOrEqual', [columns, rows], ['sequence', 'total'], { type: 'bool' });
  const real = emit('Unsqueeze', [cast(mask, 'bool'), integers(graph, [1, 2])], ['batch', 1, 1, 'total']);
  return where(and(causal, real), scalar(graph, 0), scalar(graph, -1e9));
}

function sizesOf(x: Tensor): Tensor {
  return emit('Shape', [x], [x.shape.length], { type: 'i64' });
}

function axisOf(x: Tensor, axis: number): Tensor {
  return emit('Shape', [x], [1], { type: 'i64', attributes: { start: axis, end: axis + 1 } });
}

function turned(x: Tensor, perm: readonly number[]): Tensor {
  const shape = perm.map((axis) => x.shape[axis]!);
  return emit('Transpose', [x], shape, { attributes: { perm } });
}

/** One more axis of length 1. */
function widened(x: Tensor, axis: number): Tensor {
  return emit('Unsqueeze', [x, integers(x.graph, [axis])], x.shape.toSpliced(axis, 0, 1));
}

/** Gives a result the name under which other runtimes look for it. */
function named(graph: Graph, name: string, tensor: Tensor): void {
  const result: Tensor = { ...tensor, name };
  graph.nodes.push({ op: 'Identity', domain: '', inputs: [tensor], outputs: [result], attributes: {} });
  graph.outputs.push({ name, tensor: result });
}

function withoutUnused(graph: Graph): Graph {
  const used = new Set(graph.nodes.flatMap((node) => node.inputs.map((tensor) => tensor?.name)));
  return { ...graph, constants: graph.constants.filter(({ tensor }) => used.has(tensor.name)) };
}
