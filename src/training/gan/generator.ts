/**
 * Makes pictures from noise z (n, latent): from 4×4 the size doubles level by level, and every level adds its share of
 * colour (after Karras et al., 2020).
 *
 *   z ─ dense ─▶ (n, C₀, 4, 4) ─▶ level ─ up ─▶ level ─ up ─▶ level ─▶ …      level: conv 3×3, group norm, ·(1 + A·z), leaky ReLU
 *                                  │             │             │
 *                               colour ─ up ─▶ + colour ─ up ─▶ + colour ─ tanh ─▶ (n, C, H, W)
 */
import { add, leakyRelu, mul, reshape, scalar, type Tensor, tanh, upsampleNearest } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { GanConfig } from './config.ts';
import { COLOUR_GAIN, convolution, convolve, dense, denseLayer, norm, normalise, type Weight } from './layers.ts';

const PREFIX = 'generator';

/** All weights of the generator. */
export function generatorParameters({ latent, generator, channels }: GanConfig): Parameter[] {
  const first = generator[0]!;
  const levels = generator.flatMap((width, level) => [
    ...convolution(`${PREFIX}.${level}.conv`, generator[level - 1] ?? first, width, 3),
    ...norm(`${PREFIX}.${level}.norm`, width),
    ...denseLayer(`${PREFIX}.${level}.style`, latent, width, 0.5),
    ...convolution(`${PREFIX}.${level}.colour`, width, channels, 1, COLOUR_GAIN),
  ]);
  return [...denseLayer(`${PREFIX}.start`, latent, first * 16), ...levels];
}

/** z (n, latent) ─▶ pictures (n, C, H, W) in [−1, 1]. */
export function generate(config: GanConfig, weight: Weight, z: Tensor): Tensor {
  const n = z.shape[0]!;
  let x = reshape(dense(z, weight, `${PREFIX}.start`), [n, config.generator[0]!, 4, 4]);
  let picture: Tensor | undefined;
  config.generator.forEach((width, level) => {
    const name = `${PREFIX}.${level}`;
    const convolved = convolve(level === 0 ? x : upsampleNearest(x, 2), weight, `${name}.conv`, { padding: 1 });
    const style = add(dense(z, weight, `${name}.style`), scalar(z.graph, 1));
    const styled = mul(normalise(convolved, weight, `${name}.norm`, config.groups), reshape(style, [n, width, 1, 1]));
    x = leakyRelu(styled, 0.2);
    const colour = convolve(x, weight, `${name}.colour`, {});
    picture = picture ? add(upsampleNearest(picture, 2), colour) : colour;
  });
  return tanh(picture!);
}
