/**
 * Tells real pictures from made ones: convolutions that halve the size down to 4×4, a map of how much a few neighbouring
 * pictures differ (which betrays a generator that repeats itself; Karras et al., 2018), one number in the end.
 */
import {
  add,
  concat,
  expand,
  leakyRelu,
  mul,
  reduceMean,
  reshape,
  scalar,
  sqrt,
  sub,
  type Tensor,
} from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { GanConfig } from './config.ts';
import { convolution, convolve, dense, denseLayer, type Weight } from './layers.ts';
import { spectralBuffers } from './spectral-norm.ts';

const PREFIX = 'discriminator';

/** All weights of the discriminator. */
export function discriminatorParameters({ discriminator, channels }: GanConfig): Parameter[] {
  const last = discriminator.at(-1)!;
  return [
    ...discriminator.flatMap((width, level) =>
      convolution(`${PREFIX}.${level}`, discriminator[level - 1] ?? channels, width, 4),
    ),
    ...convolution(`${PREFIX}.last`, last + 1, last, 3),
    ...denseLayer(`${PREFIX}.judge`, last * 16, 1),
  ];
}

/** Its buffers: the vectors of spectral norm, or none. */
export function discriminatorBuffers(config: GanConfig): Parameter[] {
  return config.spectralNorm ? spectralBuffers(discriminatorParameters(config)) : [];
}

/** x (n, C, H, W) ─▶ logits (n, 1). Each `deviationGroup` of neighbours is judged together, so it divides n (or n is smaller). */
export function discriminate(config: GanConfig, weight: Weight, x: Tensor): Tensor {
  const { discriminator, deviationGroup } = config;
  let h = x;
  discriminator.forEach((_, level) => {
    h = leakyRelu(convolve(h, weight, `${PREFIX}.${level}`, { stride: 2, padding: 1 }), 0.2);
  });
  const n = x.shape[0] as number;
  const joined = concat([h, deviation(h, Math.min(deviationGroup, n))], 1);
  const seen = leakyRelu(convolve(joined, weight, `${PREFIX}.last`, { padding: 1 }), 0.2);
  return dense(reshape(seen, [n, discriminator.at(-1)! * 16]), weight, `${PREFIX}.judge`);
}

/** The mean deviation over each group of neighbouring pictures, as one map (n, 1, H, W). */
function deviation(h: Tensor, group: number): Tensor {
  const [n, c, height, width] = h.shape as [number, number, number, number];
  const grouped = reshape(h, [n / group, group, c * height * width]);
  const centred = sub(grouped, reduceMean(grouped, [1]));
  const spread = sqrt(add(reduceMean(mul(centred, centred), [1]), scalar(h.graph, 1e-8)));
  const mean = reduceMean(spread, [2]); // (n / group, 1, 1)
  return reshape(expand(mean, [n / group, group, height * width]), [n, 1, height, width]);
}
