/**
 * The graphs that learn and that measure, over B rows of T tokens with fixed sizes:
 *
 *   training    parameters, moments, batch ─▶ loss ─▶ gradients ─▶ clip ─▶ AdamW ─▶ new parameters and moments
 *   gradient    parameters, running gradients, batch ─▶ loss, running gradients      (for gradient accumulation)
 *   evaluation  parameters, batch ─▶ ln P of every predicted token
 *
 * Several documents may share a row: a token sees earlier tokens of its own segment only. Hidden states are multiplied
 * with the vocabulary only where a token is to be predicted. Parameters are fed, not built in, so the same arrays serve
 * all three graphs.
 */
import {
  add,
  and,
  attention,
  cast,
  constant,
  createGraph,
  crossEntropy,
  div,
  equal,
  type Graph,
  gather,
  gemm,
  gradients,
  input,
  logProbability,
  minimum,
  mul,
  output,
  reshape,
  rotaryTable,
  scalar,
  scale,
  sqrt,
  sub,
  sumOfSquares,
  type Tensor,
  where,
} from '../graph/index.ts';
import { type GptConfig, headSize } from './config.ts';
import { forward, outputTable } from './forward.ts';
import { parameterShapes } from './parameters.ts';

/** Sizes of a batch. */
export interface BatchShape {
  /** Sequences, B. */
  readonly rows: number;
  /** Tokens in each, T. */
  readonly length: number;
}

/** Constants of AdamW (Loshchilov and Hutter, 2019) and of clipping. */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Pulls matrices, not norms, towards 0. */
  readonly weightDecay: number;
  /** The longest gradient, over all parameters; longer ones are shortened to it. */
  readonly clip: number;
}

/** Prefixes of fed and returned tensors; parameters are fed under their own names. */
export const NEXT = 'next:';
export const RUNNING = 'gradient:';
export const FIRST_MOMENT = 'm:';
export const SECOND_MOMENT = 'v:';

/**
 * Forward, backward, clipping and AdamW in one graph. Outputs `loss`, `gradientNorm` and, under their input names
 * after `next:`, all parameters and moments after the step. `accumulates`: running gradients are fed and added first.
 */
export function trainingGraph(config: GptConfig, shape: BatchShape, adam: AdamOptions, accumulates = false): Graph {
  const { graph, parameters, sums } = reversePass(config, shape, accumulates);
  const squares = sums.map(sumOfSquares).reduce((a, b) => add(a, b));
  const norm = sqrt(squares);
  output('gradientNorm', norm);
  const shrink = minimum(div(scalar(graph, adam.clip), add(norm, scalar(graph, 1e-6))), scalar(graph, 1));
  const rates = { shrink, ...adamInputs(graph) };
  parameters.forEach((parameter, i) => {
    updateParameter(parameter, sums[i]!, rates, adam);
  });
  return graph;
}

/** Forward and backward only: outputs `loss` and, after `next:`, the running gradients. */
export function gradientGraph(config: GptConfig, shape: BatchShape): Graph {
  const { graph, parameters, sums } = reversePass(config, shape, true);
  parameters.forEach((parameter, i) => {
    output(NEXT + RUNNING + parameter.name, sums[i]!);
  });
  return graph;
}

/** Outputs `scores` (R, 1): ln P of each target. */
export function evaluationGraph(config: GptConfig, shape: BatchShape): Graph {
  const graph = createGraph();
  const { chosen, table, targets } = network(graph, config, shape);
  output('scores', logProbability(gemm(chosen, table, { transB: true }), targets));
  return graph;
}

function reversePass(config: GptConfig, shape: BatchShape, accumulates: boolean) {
  const graph = createGraph();
  const { chosen, table, targets, parameters } = network(graph, config, shape);
  const loss = crossEntropy(chosen, table, targets, input(graph, 'weights', 'f32', ['R']));
  output('loss', loss);
  const fresh = gradients(loss, parameters);
  const sums = accumulates
    ? fresh.map((gradient, i) => add(input(graph, RUNNING + parameters[i]!.name, 'f32', gradient.shape), gradient))
    : fresh;
  return { graph, parameters, sums };
}

/** The network over a batch: inputs `ids` (T·B), `segments` (B, T), `predicted` and `targets` (R). */
function network(graph: Graph, config: GptConfig, { rows, length }: BatchShape) {
  const size = rows * length;
  const shapes = parameterShapes(config);
  const parameters = shapes.map(({ name, shape }) => input(graph, name, 'f32', shape));
  const byName = new Map(parameters.map((tensor) => [tensor.name, tensor]));
  const weight = (name: string): Tensor => byName.get(name)!;
  const places = BigInt64Array.from({ length: size }, (_, n) => BigInt(Math.floor(n / rows)));
  const bias = segmentBias(input(graph, 'segments', 'i32', [rows, length]), rows, length);
  const split = [length, rows, config.num_attention_heads, headSize(config)];
  const hidden = forward({
    config,
    ids: input(graph, 'ids', 'i32', [size]),
    positions: constant(graph, 'i64', [size], places),
    rotary: rotaryTable(graph, length, headSize(config), config.rope_theta),
    weight,
    linear: (x, names) => names.map((name) => gemm(x, weight(name), { transB: true })),
    attend: (q, k, v) =>
      reshape(attention(reshape(q, split), reshape(k, split), reshape(v, split), bias), [size, config.hidden_size]),
  });
  return {
    chosen: gather(hidden, input(graph, 'predicted', 'i32', ['R'])),
    table: weight(outputTable(config)),
    targets: input(graph, 'targets', 'i32', ['R']),
    parameters,
  };
}

/** 0 where a token may look, −1e9 elsewhere: (B, 1, T, T), causal and within segments. */
function segmentBias(segments: Tensor, rows: number, length: number): Tensor {
  const { graph } = segments;
  const causal = new Uint8Array(length * length);
  for (let t = 0; t < length; t++) causal.fill(1, t * length, t * length + t + 1);
  const same = equal(reshape(segments, [rows, 1, length, 1]), reshape(segments, [rows, 1, 1, length]));
  const earlier = cast(constant(graph, 'u8', [1, 1, length, length], causal), 'bool');
  return where(and(same, earlier), scalar(graph, 0), scalar(graph, -1e9));
}

function adamInputs(graph: Graph) {
  return {
    /** Learning rate. */
    rate: input(graph, 'rate', 'f32', []),
    /** Learning rate over 1 − beta1ᵗ. */
    firstRate: input(graph, 'firstRate', 'f32', []),
    /** 1 / √(1 − beta2ᵗ). */
    secondScale: input(graph, 'secondScale', 'f32', []),
  };
}

interface AdamRates extends ReturnType<typeof adamInputs> {
  readonly shrink: Tensor;
}

/** p − rate·(m̂ / (√v̂ + ε) + decay·p), with everything that is the same for all elements joined beforehand. */
function updateParameter(parameter: Tensor, gradient: Tensor, rates: AdamRates, adam: AdamOptions): void {
  const { graph, name, shape } = parameter;
  const decay = shape.length > 1 ? adam.weightDecay : 0;
  const m = input(graph, FIRST_MOMENT + name, 'f32', shape);
  const v = input(graph, SECOND_MOMENT + name, 'f32', shape);
  const clipped = mul(gradient, rates.shrink);
  const nextM = add(scale(m, adam.beta1), scale(clipped, 1 - adam.beta1));
  const nextV = add(scale(v, adam.beta2), mul(clipped, scale(clipped, 1 - adam.beta2)));
  const deviation = add(mul(sqrt(nextV), rates.secondScale), scalar(graph, adam.epsilon));
  const kept = decay === 0 ? parameter : mul(parameter, sub(scalar(graph, 1), scale(rates.rate, decay)));
  output(NEXT + name, sub(kept, mul(div(nextM, deviation), rates.firstRate)));
  output(NEXT + FIRST_MOMENT + name, nextM);
  output(NEXT + SECOND_MOMENT + name, nextV);
}
