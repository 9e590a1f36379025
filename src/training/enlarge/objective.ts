/** An enlarger as something to learn: small pictures, and what interpolation leaves out of the large ones. */
import { add, mul, reduceMean, reshape, scalar, slice, sqrt, sub, type Tensor } from '../graph/index.ts';
import type { Objective } from '../learn/index.ts';
import type { EnlargerConfig } from './config.ts';
import { enlargerDetail, enlargerParameters } from './network.ts';

/** Small pixels at every side of a training piece that are not judged: the zeros around the piece are no picture. */
const MARGIN = 4;
const SOFTNESS = 1e-3;

/**
 * The Charbonnier distance (Lai et al., 2017), a mean of √(d² + ε²). Inputs: `small` (batch, 3, size, size) and `detail`
 * (batch, 3, scale·size, scale·size), the large picture less the interpolated one. Reports the mean squared error.
 */
export function enlargerObjective(config: EnlargerConfig, { batch, size }: { batch: number; size: number }): Objective {
  const large = size * config.scale;
  const margin = Math.min(MARGIN, size >> 2) * config.scale;
  return {
    name: 'enlarger',
    parameters: enlargerParameters(config),
    inputs: [
      { name: 'small', type: 'f32', shape: [batch, 3, size, size] },
      { name: 'detail', type: 'f32', shape: [batch, 3, large, large] },
    ],
    build: ({ weight, input }) => {
      const off = inner(sub(enlargerDetail(config, weight, input('small')), input('detail')), margin);
      const squared = mul(off, off);
      const softness = scalar(squared.graph, SOFTNESS * SOFTNESS);
      return { loss: mean(sqrt(add(squared, softness))), reports: { error: mean(squared) } };
    },
  };
}

function inner(x: Tensor, margin: number): Tensor {
  const [height, width] = [Number(x.shape[2]), Number(x.shape[3])];
  return slice(slice(x, 2, margin, height - margin), 3, margin, width - margin);
}

function mean(x: Tensor): Tensor {
  return reshape(reduceMean(x, [0, 1, 2, 3]), []);
}
