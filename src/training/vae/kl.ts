/** The Gaussian bottleneck: a mean and a log variance for every latent number, drawn from and pulled towards N(0, 1). */
import {
  add,
  clamp,
  exp,
  greater,
  mul,
  reduceMean,
  reduceSum,
  reshape,
  scalar,
  scale,
  slice,
  sub,
  type Tensor,
  where,
} from '../graph/index.ts';
import type { KlConfig } from './config.ts';

/** What an encoder says of a batch; both (B, latent, h, w). */
export interface Posterior {
  readonly mean: Tensor;
  readonly logVariance: Tensor;
}

/** Cuts (B, 2·latent, h, w) into means and log variances, the latter held to [−30, 20]. */
export function posterior(moments: Tensor): Posterior {
  const half = Number(moments.shape[1]) / 2;
  return { mean: slice(moments, 1, 0, half), logVariance: clamp(slice(moments, 1, half, 2 * half), -30, 20) };
}

/** mean + noise · deviation, with noise from N(0, 1) of the same shape. */
export function draw({ mean, logVariance }: Posterior, noise: Tensor): Tensor {
  return add(mean, mul(noise, exp(scale(logVariance, 0.5))));
}

/** KL(q ‖ N(0, 1)) = ½(μ² + σ² − 1 − ln σ²) in nats, summed over a picture and averaged over the batch; a scalar. */
export function divergence({ mean, logVariance }: Posterior): Tensor {
  const batch = Number(mean.shape[0]);
  return scale(reshape(reduceSum(each({ mean, logVariance }), [0, 1, 2, 3]), []), 1 / batch);
}

/** As `divergence`, but a channel whose mean over batch and places is below `freeBits` costs `freeBits`, without a pull. */
export function chargedDivergence(q: Posterior, { freeBits }: KlConfig): Tensor {
  if (freeBits === 0) return divergence(q);
  const [, , h, w] = q.mean.shape.map(Number) as [number, number, number, number];
  const channels = reduceMean(each(q), [0, 2, 3]); // (1, latent, 1, 1)
  const least = scalar(q.mean.graph, freeBits);
  return scale(reshape(reduceSum(where(greater(channels, least), channels, least), [1]), []), h * w);
}

function each({ mean, logVariance }: Posterior): Tensor {
  const one = scalar(mean.graph, 1);
  return scale(sub(add(mul(mean, mean), exp(logVariance)), add(logVariance, one)), 0.5);
}
