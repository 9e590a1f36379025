/**
 * Makes pictures larger: all the work is done on the small picture, and only the last step is large (Shi et al., 2016;
 * residual blocks without norms after Lim et al., 2017).
 *
 *   small ─▶ first ─┬─ block … block ─ last ─▶ + ─▶ colour ─ depth to space ─▶ what interpolation leaves out
 *                   └──────────────────────────┘
 *
 * What comes out is added to the picture as bicubic interpolation (bicubic.ts) enlarges it.
 */
import { add, conv2d, depthToSpace, leakyRelu, scale, type Tensor } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { EnlargerConfig } from './config.ts';

/** Finds a weight by name. */
type Weight = (name: string) => Tensor;

const COLOURS = 3;
const SLOPE = 0.1;
/** Blocks start as small changes, so that deep ones learn at once. */
const BLOCK_SHARE = 0.3;

/** All weights of an enlarger. */
export function enlargerParameters({ scale: factor, width, blocks }: EnlargerConfig): Parameter[] {
  const each = Array.from({ length: blocks }, (_, i) => [
    ...convolution(`block.${i}.in`, width, width, Math.SQRT2),
    ...convolution(`block.${i}.out`, width, width, 1),
  ]);
  return [
    ...convolution('first', COLOURS, width, 1),
    ...each.flat(),
    ...convolution('last', width, width, 1),
    ...convolution('colour', width, COLOURS * factor * factor, 0.1),
  ];
}

/** Pixels around each output, counted on the small picture, that it depends on. */
export function enlargerReach({ blocks }: EnlargerConfig): number {
  return 2 * blocks + 3;
}

/** small (n, 3, H, W) in [−1, 1] ─▶ (n, 3, scale·H, scale·W), to be added to the interpolated picture. */
export function enlargerDetail(config: EnlargerConfig, weight: Weight, small: Tensor): Tensor {
  const first = convolve(small, weight, 'first');
  let x = first;
  for (let i = 0; i < config.blocks; i++) {
    const within = leakyRelu(convolve(x, weight, `block.${i}.in`), SLOPE);
    x = add(x, scale(convolve(within, weight, `block.${i}.out`), BLOCK_SHARE));
  }
  const seen = leakyRelu(add(first, convolve(x, weight, 'last')), SLOPE);
  return depthToSpace(convolve(seen, weight, 'colour'), config.scale);
}

function convolve(x: Tensor, weight: Weight, name: string): Tensor {
  return conv2d(x, weight(`${name}.weight`), { padding: 1, bias: weight(`${name}.bias`) });
}

function convolution(name: string, from: number, to: number, gain: number): Parameter[] {
  const deviation = gain / Math.sqrt(9 * from);
  return [
    { name: `${name}.weight`, shape: [to, from, 3, 3], start: { kind: 'normal', deviation }, kind: 'kernel' },
    { name: `${name}.bias`, shape: [to], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
}
