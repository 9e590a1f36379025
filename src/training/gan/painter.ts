/**
 * Paints a sketch (Isola et al., 2017): a U-Net of convolutions only, so that one set of weights serves every size.
 *
 *   sketch ─▶ c₀ ────────────────────────────▶ + ─▶ colour ─ tanh ─▶ painting      down: conv 4×4 stride 2, norm, leaky ReLU
 *              └ down ▶ c₁ ────────────▶ + ─ up ┘                                    up: nearest ×2, conv 3×3 over both, norm, ReLU
 *                        └ down ▶ c₂ ─ up ┘
 */
import { concat, leakyRelu, relu, type Tensor, tanh, upsampleNearest } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { PainterConfig } from './config.ts';
import { COLOUR_GAIN, convolution, convolve, norm, normalise, type Weight } from './layers.ts';

const PREFIX = 'generator';

/** All weights of the painter. */
export function painterParameters({ generator, sketchChannels, channels }: PainterConfig): Parameter[] {
  const pairs = generator.slice(1).map((deep, i) => ({ deep, shallow: generator[i]!, level: i + 1 }));
  return [
    ...convolution(`${PREFIX}.first`, sketchChannels, generator[0]!, 3),
    ...pairs.flatMap(({ deep, shallow, level }) => [
      ...convolution(`${PREFIX}.down.${level}`, shallow, deep, 4),
      ...norm(`${PREFIX}.down.${level}.norm`, deep),
    ]),
    ...pairs.flatMap(({ deep, shallow, level }) => [
      ...convolution(`${PREFIX}.up.${level}`, deep + shallow, shallow, 3),
      ...norm(`${PREFIX}.up.${level}.norm`, shallow),
    ]),
    ...convolution(`${PREFIX}.colour`, generator[0]!, channels, 3, COLOUR_GAIN),
  ];
}

/** Width and height of a sketch must be multiples of this. */
export function painterStep({ generator }: PainterConfig): number {
  return 2 ** (generator.length - 1);
}

/** sketch (n, S, H, W) ─▶ painting (n, C, H, W) in [−1, 1]. */
export function paintSketch(config: PainterConfig, weight: Weight, sketch: Tensor): Tensor {
  const { generator, groups } = config;
  const levels = [leakyRelu(convolve(sketch, weight, `${PREFIX}.first`, { padding: 1 }), 0.2)];
  for (let level = 1; level < generator.length; level++) {
    const name = `${PREFIX}.down.${level}`;
    const halved = convolve(levels.at(-1)!, weight, name, { stride: 2, padding: 1 });
    levels.push(leakyRelu(normalise(halved, weight, `${name}.norm`, groups), 0.2));
  }
  let x = levels.at(-1)!;
  for (let level = generator.length - 1; level >= 1; level--) {
    const name = `${PREFIX}.up.${level}`;
    const joined = concat([upsampleNearest(x, 2), levels[level - 1]!], 1);
    x = relu(normalise(convolve(joined, weight, name, { padding: 1 }), weight, `${name}.norm`, groups));
  }
  return tanh(convolve(x, weight, `${PREFIX}.colour`, { padding: 1 }));
}
