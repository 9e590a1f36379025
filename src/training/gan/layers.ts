/** The layers that the networks of this folder are made of: what each declares, and what it computes. */
import {
  add,
  type ConvolutionOptions,
  conv2d,
  gemm,
  groupNorm,
  reduceMean,
  reshape,
  type Tensor,
} from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';

/** Gain of layers that give colours: small, so that tanh starts where it is steep. */
export const COLOUR_GAIN = 0.4;

/** Finds a weight by name. */
export type Weight = (name: string) => Tensor;

/**
 * A convolution `name.weight` (out, in, kernel, kernel) and `name.bias` (out). It starts with outputs of about `gain` times
 * its inputs; the default, √2, makes up for the rectifier that follows (He et al., 2015).
 */
export function convolution(name: string, from: number, to: number, kernel: number, gain = Math.SQRT2): Parameter[] {
  const deviation = gain / Math.sqrt(from * kernel * kernel);
  return [
    { name: `${name}.weight`, shape: [to, from, kernel, kernel], start: { kind: 'normal', deviation }, kind: 'kernel' },
    { name: `${name}.bias`, shape: [to], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
}

/** A dense layer `name.weight` (out, in) and `name.bias` (out) that starts with outputs of about `gain` times its inputs. */
export function denseLayer(name: string, from: number, to: number, gain = 1): Parameter[] {
  const deviation = gain / Math.sqrt(from);
  return [
    { name: `${name}.weight`, shape: [to, from], start: { kind: 'normal', deviation }, kind: 'matrix' },
    { name: `${name}.bias`, shape: [to], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
}

/** A group norm `name.weight` and `name.bias` (channels). */
export function norm(name: string, channels: number): Parameter[] {
  return [
    { name: `${name}.weight`, shape: [channels], start: { kind: 'constant', value: 1 }, kind: 'vector' },
    { name: `${name}.bias`, shape: [channels], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
}

/** x (N, C, H, W) ─▶ (N, O, H′, W′). */
export function convolve(x: Tensor, weight: Weight, name: string, options: ConvolutionOptions): Tensor {
  return conv2d(x, weight(`${name}.weight`), { ...options, bias: weight(`${name}.bias`) });
}

/** x (N, in) ─▶ (N, out). */
export function dense(x: Tensor, weight: Weight, name: string): Tensor {
  return add(gemm(x, weight(`${name}.weight`), { transB: true }), weight(`${name}.bias`));
}

/** Group norm with ε 1e-5. */
export function normalise(x: Tensor, weight: Weight, name: string, groups: number): Tensor {
  return groupNorm(x, groups, weight(`${name}.weight`), weight(`${name}.bias`), 1e-5);
}

/** The mean of all elements, a scalar. */
export function meanOf(x: Tensor): Tensor {
  return reshape(
    reduceMean(
      x,
      x.shape.map((_, axis) => axis),
    ),
    [],
  );
}
