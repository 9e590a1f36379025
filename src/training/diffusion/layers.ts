/** Layers that both networks are built of, and how their parameters are declared and begin. */
import { add, concat, constant, emit, type Graph, gemm, mul, reshape, silu, type Tensor } from '../graph/index.ts';
import type { Parameter, Parts, Start } from '../learn/index.ts';
import { conditionWidth, type DiffusionConfig } from './config.ts';

export const ZERO: Start = { kind: 'constant', value: 0 };
export const ONE: Start = { kind: 'constant', value: 1 };

/** Uniform numbers of variance 1 / inputs. */
export function evenStart(inputs: number): Start {
  return { kind: 'uniform', bound: Math.sqrt(3 / inputs) };
}

/** A matrix (out, in) and a bias (out). */
export function linearParameters(
  name: string,
  inputs: number,
  outputs: number,
  start = evenStart(inputs),
): Parameter[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], start, kind: 'matrix' },
    { name: `${name}.bias`, shape: [outputs], start: ZERO, kind: 'vector' },
  ];
}

/** x (N, in) · weightᵀ + bias, (N, out). */
export function linear({ weight }: Parts, name: string, x: Tensor): Tensor {
  return add(gemm(x, weight(`${name}.weight`), { transB: true }), weight(`${name}.bias`));
}

/** A kernel (out, in, size, size) and a bias (out). */
export function convolutionParameters(
  name: string,
  inputs: number,
  outputs: number,
  size: number,
  start = evenStart(inputs * size * size),
): Parameter[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs, size, size], start, kind: 'kernel' },
    { name: `${name}.bias`, shape: [outputs], start: ZERO, kind: 'vector' },
  ];
}

/** Weight and bias of a norm over `channels`. */
export function normParameters(name: string, channels: number): Parameter[] {
  return [
    { name: `${name}.weight`, shape: [channels], start: ONE, kind: 'vector' },
    { name: `${name}.bias`, shape: [channels], start: ZERO, kind: 'vector' },
  ];
}

/**
 * What tells a network the time and the condition: sinusoids ─▶ linear ─▶ SiLU ─▶ linear, plus a row for each label, or of
 * words ─▶ linear ─▶ SiLU ─▶ linear.
 */
export function embeddingParameters(features: number, width: number, config: DiffusionConfig): Parameter[] {
  const inputs = conditionWidth(config);
  return [
    ...linearParameters('time.0', features, width),
    ...linearParameters('time.2', width, width),
    ...(config.words
      ? [...linearParameters('condition.0', inputs, width), ...linearParameters('condition.2', width, width)]
      : labelParameters(inputs, width)),
  ];
}

function labelParameters(inputs: number, width: number): Parameter[] {
  if (inputs === 0) return [];
  const start: Start = { kind: 'normal', deviation: 0.5 };
  return [{ name: 'condition.weight', shape: [inputs, width], start, kind: 'embedding' }];
}

/** Time (B) and condition (B, conditionWidth) as one vector (B, width). */
export function embed(parts: Parts, features: number, config: DiffusionConfig): Tensor {
  const hidden = silu(linear(parts, 'time.0', sinusoids(parts.input('time'), features)));
  const time = linear(parts, 'time.2', hidden);
  if (conditionWidth(config) === 0) return time;
  const asked = parts.input('condition');
  if (!config.words) return add(time, gemm(asked, parts.weight('condition.weight')));
  return add(time, linear(parts, 'condition.2', silu(linear(parts, 'condition.0', asked))));
}

/** Cosines and sines of time (B) at `features` / 2 frequencies from 1 down to 1/10000, (B, features). No gradient. */
export function sinusoids(time: Tensor, features: number): Tensor {
  const half = features / 2;
  const frequencies = Float32Array.from({ length: half }, (_, i) => Math.exp((-Math.log(10000) * i) / half));
  const angles = mul(reshape(time, [time.shape[0]!, 1]), row(time.graph, frequencies));
  return concat([emit('Cos', [angles], angles.shape), emit('Sin', [angles], angles.shape)], 1);
}

function row(graph: Graph, values: Float32Array): Tensor {
  return constant(graph, 'f32', [1, values.length], values);
}
