/**
 * Optimisers as graph nodes: they take a gradient and write the parameter and its moments after the step.
 *
 *   AdamW (Loshchilov and Hutter, 2019)   p − rate · (m̂ / (√v̂ + ε) + decay · p)          decay pulls matrices and kernels
 *   Muon (Jordan et al., 2024)            p − rate · √max(1, out/in) · orthogonal(g + momentum) − rate · decay · p
 *
 * Muon turns matrices, and kernels (out, in, height, width) as matrices (out, in·height·width); embeddings and vectors
 * are left to AdamW. What is the same for all elements (rates, corrections, clipping) is joined into scalars first.
 */
import {
  add,
  div,
  type Feed,
  type Graph,
  gemm,
  input,
  mul,
  output,
  reshape,
  scalar,
  scale,
  sqrt,
  sub,
  sumOfSquares,
  type Tensor,
} from '../graph/index.ts';
import type { Parameter } from './parameter.ts';
import { NEXT, PART } from './tensors.ts';

/** Constants of AdamW; all but the kind have defaults. */
export interface AdamW {
  readonly kind: 'adamw';
  /** Default 0.9. */
  readonly beta1?: number;
  /** Default 0.95. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Pulls matrices and kernels towards 0; default 0. */
  readonly weightDecay?: number;
}

/** Constants of Muon, and of the AdamW that trains what Muon does not. */
export interface Muon extends Omit<AdamW, 'kind'> {
  readonly kind: 'muon';
  /** Default 0.95. */
  readonly momentum?: number;
  /** Learning rate of the matrices as a multiple of the step's learning rate; default 5. */
  readonly matrixRate?: number;
}

export type Optimiser = AdamW | Muon;

/** Scalars that differ from step to step, as graph inputs. */
export interface Rates {
  /** Learning rate. */
  readonly rate: Tensor;
  /** Learning rate over 1 − beta1ᵗ. */
  readonly firstRate: Tensor;
  /** 1 / √(1 − beta2ᵗ). */
  readonly secondScale: Tensor;
}

/** Declares the inputs that `rateFeeds` fills. */
export function rateInputs(graph: Graph): Rates {
  const one = (name: string): Tensor => input(graph, name, 'f32', []);
  return { rate: one('rate:plain'), firstRate: one('rate:first'), secondScale: one('rate:second') };
}

/** The scalars of a step counted from 1, with the corrections for moments that started at 0. */
export function rateFeeds(optimiser: Optimiser, step: number, learningRate: number): Record<string, Feed> {
  const { beta1, beta2 } = complete(optimiser);
  const one = (value: number): Feed => ({ data: Float32Array.of(value), shape: [] });
  return {
    'rate:plain': one(learningRate),
    'rate:first': one(learningRate / (1 - beta1 ** step)),
    'rate:second': one(1 / Math.sqrt(1 - beta2 ** step)),
  };
}

/** Whether Muon, not AdamW, moves this parameter. */
export function isTurned(optimiser: Optimiser, { kind }: Parameter): boolean {
  return optimiser.kind === 'muon' && (kind === 'matrix' || kind === 'kernel');
}

/** The tensors an optimiser carries along for a parameter, as prefixes of its name. */
export function momentsOf(optimiser: Optimiser, parameter: Parameter): readonly string[] {
  return isTurned(optimiser, parameter) ? [PART.firstMoment] : [PART.firstMoment, PART.secondMoment];
}

/** One parameter and its gradient. */
export interface Moving {
  readonly parameter: Parameter;
  readonly value: Tensor;
  readonly gradient: Tensor;
}

/**
 * The parameter after a step. Reads the moments from inputs and writes them as outputs. `shrink` is a scalar factor on
 * AdamW's gradient (clipping); Muon's update has a length of its own.
 */
export function move(moving: Moving, rates: Rates, optimiser: Optimiser, shrink: Tensor | undefined): Tensor {
  if (isTurned(optimiser, moving.parameter)) return turn(moving, rates, optimiser as Muon);
  return adamW(moving, rates, optimiser, shrink);
}

function adamW(moving: Moving, rates: Rates, optimiser: Optimiser, shrink: Tensor | undefined): Tensor {
  const { parameter, value, gradient } = moving;
  const { graph } = value;
  const { beta1, beta2, epsilon, weightDecay } = complete(optimiser);
  const m = input(graph, PART.firstMoment + parameter.name, 'f32', parameter.shape);
  const v = input(graph, PART.secondMoment + parameter.name, 'f32', parameter.shape);
  const clipped = shrink ? mul(gradient, shrink) : gradient;
  const nextM = add(scale(m, beta1), scale(clipped, 1 - beta1));
  const nextV = add(scale(v, beta2), mul(clipped, scale(clipped, 1 - beta2)));
  output(NEXT + m.name, nextM);
  output(NEXT + v.name, nextV);
  const deviation = add(mul(sqrt(nextV), rates.secondScale), scalar(graph, epsilon));
  const decay = parameter.kind === 'matrix' || parameter.kind === 'kernel' ? weightDecay : 0;
  return sub(decayed(value, rates.rate, decay), mul(div(nextM, deviation), rates.firstRate));
}

function turn({ parameter, value, gradient }: Moving, rates: Rates, muon: Muon): Tensor {
  const { graph } = value;
  const { momentum, matrixRate, weightDecay } = complete(muon);
  const m = input(graph, PART.firstMoment + parameter.name, 'f32', parameter.shape);
  const nextM = add(scale(m, momentum), scale(gradient, 1 - momentum));
  output(NEXT + m.name, nextM);
  const ahead = add(scale(gradient, 1 - momentum), scale(nextM, momentum)); // Nesterov
  const rows = parameter.shape[0]!;
  const columns = parameter.shape.slice(1).reduce((a, b) => a * b, 1);
  const update = reshape(orthogonal(reshape(ahead, [rows, columns])), parameter.shape);
  const rate = scale(rates.rate, matrixRate);
  return sub(decayed(value, rate, weightDecay), mul(update, scale(rate, Math.sqrt(Math.max(1, rows / columns)))));
}

/** About the nearest orthogonal matrix to g (rows, columns): five Newton–Schulz steps of Jordan et al. (2024). */
export function orthogonal(g: Tensor): Tensor {
  const [a, b, c] = [3.4445, -4.775, 2.0315];
  const tall = (g.shape[0] as number) > (g.shape[1] as number);
  let x = div(g, add(sqrt(sumOfSquares(g)), scalar(g.graph, 1e-7)));
  for (let i = 0; i < 5; i++) {
    // s is the smaller of x·xᵀ and xᵀ·x: a·x + (b·s + c·s·s)·x, or the mirror image for a tall matrix.
    const s = gemm(x, x, tall ? { transA: true } : { transB: true });
    const polynomial = add(scale(s, b), gemm(s, s, { alpha: c }));
    x = add(scale(x, a), tall ? gemm(x, polynomial) : gemm(polynomial, x));
  }
  return x;
}

function decayed(value: Tensor, rate: Tensor, decay: number): Tensor {
  return decay === 0 ? value : mul(value, sub(scalar(value.graph, 1), scale(rate, decay)));
}

function complete(optimiser: Optimiser) {
  const { beta1 = 0.9, beta2 = 0.95, epsilon = 1e-8, weightDecay = 0 } = optimiser;
  const { momentum = 0.95, matrixRate = 5 } = optimiser.kind === 'muon' ? optimiser : {};
  return { beta1, beta2, epsilon, weightDecay, momentum, matrixRate };
}
