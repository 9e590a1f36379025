/**
 * The bottleneck of codes: every place of the latent takes the nearest of K vectors, and the gradient passes straight
 * through the choice.
 *
 *   z ─▶ nearest code ─▶ e      decoder sees z + stop(e − z)
 *                               commitment |z − stop(e)|² holds the encoder to its codes
 *                               codes follow by running means (van den Oord 2017, appendix A), or by |stop(z) − e|²
 *
 * Codes that nobody chooses any more are put onto encoded places of the present batch; as their counts begin at 0, so are
 * all codes on the first step, which saves a start by hand.
 */
import {
  add,
  constant,
  div,
  emit,
  exp,
  gather,
  gemm,
  greater,
  log,
  mul,
  neg,
  reduceMean,
  reduceSum,
  reshape,
  scalar,
  scale,
  scatterAdd,
  stopGradient,
  sub,
  type Tensor,
  transpose,
  unrecorded,
  where,
} from '../graph/index.ts';
import type { Parameter, Parts } from '../learn/index.ts';
import type { VaeConfig, VqConfig } from './config.ts';

/** Name of the codes, (K, latent), among the parameters, or among the buffers when they are running means. */
export const CODEBOOK = 'codebook';
const COUNTS = 'codebook.counts';
const SUMS = 'codebook.sums';

/** The codes as they begin; uniform in ±1/K as in the original. */
export function codebookParameter({ latent }: VaeConfig, { codes }: VqConfig): Parameter {
  return { name: CODEBOOK, shape: [codes, latent], start: { kind: 'uniform', bound: 1 / codes }, kind: 'embedding' };
}

/** What running means carry from step to step. */
export function codebookBuffers(config: VaeConfig, vq: VqConfig): Parameter[] {
  if (vq.learning === 'loss') return [];
  const start = { kind: 'constant', value: 0 } as const;
  return [
    codebookParameter(config, vq),
    { name: COUNTS, shape: [vq.codes], start, kind: 'vector' },
    { name: SUMS, shape: [vq.codes, config.latent], start, kind: 'embedding' },
  ];
}

/** A batch through the bottleneck. */
export interface Quantised {
  /** What the decoder sees, (B, latent, h, w). */
  readonly latents: Tensor;
  /** Index of the chosen code for every place, (B·h·w), 64-bit. */
  readonly indices: Tensor;
  /** Mean squared distances, as scalars: encoder to codes, and codes to encoder. */
  readonly commitment: Tensor;
  readonly pull: Tensor;
  /** How many codes are in use, e^entropy, between 1 and K. */
  readonly perplexity: Tensor;
  /** The encoder's vectors, (B·h·w, latent). */
  readonly rows: Tensor;
}

/** Takes the nearest code for every place of z (B, latent, h, w). */
export function quantise({ weight }: Parts, z: Tensor): Quantised {
  const [b, c, h, w] = z.shape as [number, number, number, number];
  const codebook = weight(CODEBOOK);
  const rows = reshape(transpose(z, [0, 2, 3, 1]), [b * h * w, c]);
  const indices = nearestCodes(rows, codebook);
  const chosen = gather(codebook, indices); // (B·h·w, latent)
  const through = add(rows, stopGradient(sub(chosen, rows)));
  const square = (x: Tensor): Tensor => reshape(reduceMean(mul(x, x), [0, 1]), []);
  return {
    latents: transpose(reshape(through, [b, h, w, c]), [0, 3, 1, 2]),
    indices,
    commitment: square(sub(rows, stopGradient(chosen))),
    pull: square(sub(stopGradient(rows), chosen)),
    perplexity: unrecorded(z.graph, () => perplexityOf(indices, Number(codebook.shape[0]))),
    rows,
  };
}

/** Index of the row of `codebook` (K, C) nearest to each of `rows` (N, C); the first among equals. */
export function nearestCodes(rows: Tensor, codebook: Tensor): Tensor {
  return unrecorded(rows.graph, () => {
    const lengths = reshape(reduceSum(mul(codebook, codebook), [1]), [1, codebook.shape[0]!]);
    const distances = add(gemm(rows, codebook, { transB: true, alpha: -2 }), lengths);
    return emit('ArgMin', [distances], [rows.shape[0]!], { type: 'i64', attributes: { axis: 1, keepdims: 0 } });
  });
}

/** The code vectors of indices (B·h·w) as latents (B, latent, h, w). */
export function latentsOf({ weight }: Parts, indices: Tensor, shape: readonly number[]): Tensor {
  const [b, c, h, w] = shape as [number, number, number, number];
  return transpose(reshape(gather(weight(CODEBOOK), indices), [b, h, w, c]), [0, 3, 1, 2]);
}

/**
 * Running means after a batch. `candidates` (K), 64-bit, says which encoded place would replace each code: drawn by the
 * caller, so that a step can be repeated.
 */
export function followRows(
  { weight }: Parts,
  found: Quantised,
  vq: VqConfig,
  candidates: Tensor,
): Record<string, Tensor> {
  const { indices, rows } = found;
  return unrecorded(rows.graph, () => {
    const { decay, revival } = vq;
    const share = (old: Tensor, fresh: Tensor): Tensor => add(scale(old, decay), scale(fresh, 1 - decay));
    const counts = share(weight(COUNTS), chosenCounts(indices, vq.codes));
    const zero = scale(weight(SUMS), 0);
    const sums = share(weight(SUMS), scatterAdd(zero, indices, rows));
    const alive = greater(counts, scalar(rows.graph, revival)); // (K)
    const aliveRows = reshape(alive, [vq.codes, 1]);
    const revived = scalar(rows.graph, 1);
    const nextCounts = where(alive, counts, revived);
    const nextSums = where(aliveRows, sums, gather(rows, candidates));
    return {
      [COUNTS]: nextCounts,
      [SUMS]: nextSums,
      [CODEBOOK]: div(nextSums, reshape(nextCounts, [vq.codes, 1])),
    };
  });
}

function chosenCounts(indices: Tensor, codes: number): Tensor {
  const places = Number(indices.shape[0]);
  const ones = constant(indices.graph, 'f32', [places], new Float32Array(places).fill(1));
  return scatterAdd(constant(indices.graph, 'f32', [codes], new Float32Array(codes)), indices, ones);
}

function perplexityOf(indices: Tensor, codes: number): Tensor {
  const shares = scale(chosenCounts(indices, codes), 1 / Number(indices.shape[0]));
  const terms = mul(shares, log(add(shares, scalar(indices.graph, 1e-10))));
  return exp(neg(reshape(reduceSum(terms, [0]), [])));
}
