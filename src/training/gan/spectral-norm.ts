/**
 * Spectral norm (Miyato et al., 2018): every weight divided by its largest singular value, which one power iteration a
 * step follows. The vector u of each weight is a buffer, carried from step to step without a gradient.
 *
 *   v = Wᵀu / ‖Wᵀu‖     u′ = Wv / ‖Wv‖     σ = u′ᵀWv     W / σ
 */
import {
  div,
  gemm,
  maximum,
  mul,
  reduceSum,
  reshape,
  scalar,
  sqrt,
  stopGradient,
  sumOfSquares,
  type Tensor,
} from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { Weight } from './layers.ts';

const SUFFIX = '.u';
const EPSILON = 1e-12;

/** The buffers for the weights among these parameters: one u (out) for each matrix and kernel. */
export function spectralBuffers(parameters: readonly Parameter[]): Parameter[] {
  return parameters
    .filter(({ kind }) => kind === 'matrix' || kind === 'kernel')
    .map(({ name, shape }) => ({
      name: name + SUFFIX,
      shape: [shape[0]!],
      start: { kind: 'normal', deviation: 1 / Math.sqrt(shape[0]!) },
      kind: 'vector',
    }));
}

/** Weights that have been divided, and the vectors after the iteration. */
export interface SpectralWeights {
  /** Divides on first use; later uses in the same graph share the result. */
  readonly weight: Weight;
  /** New values of the buffers of all weights used so far. */
  readonly buffers: () => Record<string, Tensor>;
}

/** Wraps the lookup of weights; those without a buffer pass through. */
export function spectralNorm(weight: Weight, buffers: readonly Parameter[]): SpectralWeights {
  const vectors = new Set(buffers.map(({ name }) => name));
  const made = new Map<string, { readonly weight: Tensor; readonly next: Tensor }>();
  return {
    weight: (name) => {
      if (!vectors.has(name + SUFFIX)) return weight(name);
      const known = made.get(name) ?? divide(weight(name), weight(name + SUFFIX));
      made.set(name, known);
      return known.weight;
    },
    buffers: () => Object.fromEntries([...made].map(([name, { next }]) => [name + SUFFIX, next])),
  };
}

function divide(weight: Tensor, u: Tensor): { weight: Tensor; next: Tensor } {
  const rows = weight.shape[0] as number;
  const columns = weight.shape.slice(1).reduce<number>((size, dim) => size * (dim as number), 1);
  const matrix = reshape(weight, [rows, columns]);
  const v = stopGradient(unit(gemm(reshape(u, [1, rows]), matrix))); // (1, columns)
  const image = gemm(v, matrix, { transB: true }); // (1, rows)
  const next = stopGradient(unit(image));
  const sigma = reshape(reduceSum(mul(image, next), [0, 1]), []);
  return { weight: div(weight, sigma), next: reshape(next, [rows]) };
}

function unit(vector: Tensor): Tensor {
  return div(vector, maximum(sqrt(sumOfSquares(vector)), scalar(vector.graph, EPSILON)));
}
