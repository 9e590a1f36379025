/**
 * The graphs that learn and that measure, over B rows of T tokens with fixed sizes:
 *
 *   training    parameters, moments, batch ─▶ loss ─▶ gradients ─▶ clip ─▶ AdamW ─▶ new parameters and moments
 *   gradient    parameters, running gradients, batch ─▶ loss, running gradients      (for gradient accumulation)
 *   evaluation  parameters, batch ─▶ ln P of every predicted token
 *
 * The network itself is in batch-network.ts.
 */
import {
  add,
  createGraph,
  crossEntropy,
  div,
  type Graph,
  gemm,
  gradients,
  input,
  logProbability,
  minimum,
  mul,
  output,
  scalar,
  scale,
  sqrt,
  sub,
  sumOfSquares,
  type Tensor,
} from '../graph/index.ts';
import type { BatchShape } from './batch.ts';
import { batchInputs, batchNetwork } from './batch-network.ts';
import type { GptConfig } from './config.ts';
import { parameterShapes } from './parameters.ts';

export type { BatchShape } from './batch.ts';

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

/** The network with its parameters and its batch as inputs of the graph. */
function network(graph: Graph, config: GptConfig, shape: BatchShape) {
  const parameters = parameterShapes(config).map(({ name, shape: dims }) => input(graph, name, 'f32', dims));
  const fed = batchInputs(shape).map(({ name, type, shape: dims }) => input(graph, name, type, dims));
  const byName = new Map([...parameters, ...fed].map((tensor) => [tensor.name, tensor]));
  const find = (name: string): Tensor => byName.get(name)!;
  return { ...batchNetwork({ config, shape, input: find, weight: find }), targets: find('targets'), parameters };
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
