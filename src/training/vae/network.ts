/**
 * The convolutional encoder and decoder around either bottleneck:
 *
 *   picture ─▶ patches ─▶ conv ─▶ level 0 ─halve─▶ … level n ─▶ norm ─▶ conv ─▶ latent (KL: means and log variances)
 *   latent ─▶ conv ─▶ level n ─double─▶ … level 0 ─▶ norm ─▶ conv ─▶ patches ─▶ picture
 *
 * A level is a few residual blocks: norm, SiLU, 3×3 convolution, twice. Halving is the mean of four pixels, doubling
 * repeats pixels.
 */
import {
  add,
  averagePool,
  conv2d,
  depthToSpace,
  groupNorm,
  silu,
  spaceToDepth,
  type Tensor,
  upsampleNearest,
} from '../graph/index.ts';
import type { Parameter, Parts, Start } from '../learn/index.ts';
import type { VaeConfig } from './config.ts';

const EPSILON = 1e-5;

/** Parameters of the encoder; names begin with `encoder.`. */
export function encoderParameters(config: VaeConfig): Parameter[] {
  const { picture, patch, latent, bottleneck } = config;
  const widths = levelWidths(config);
  return [
    ...convolution('encoder.input', picture.channels * patch * patch, widths[0]!, 3),
    ...levelParameters('encoder', config, widths),
    ...norm('encoder.output.norm', widths.at(-1)!),
    ...convolution('encoder.output.conv', widths.at(-1)!, bottleneck.kind === 'kl' ? 2 * latent : latent, 3),
  ];
}

/** Parameters of the decoder; names begin with `decoder.`. */
export function decoderParameters(config: VaeConfig): Parameter[] {
  const { picture, patch, latent } = config;
  const widths = levelWidths(config).toReversed();
  return [
    ...convolution('decoder.input', latent, widths[0]!, 3),
    ...levelParameters('decoder', config, widths),
    ...norm('decoder.output.norm', widths.at(-1)!),
    ...convolution('decoder.output.conv', widths.at(-1)!, picture.channels * patch * patch, 3),
  ];
}

/** Pictures (B, C, H, W) ─▶ what the bottleneck takes: (B, 2·latent, h, w) for KL, (B, latent, h, w) for VQ. */
export function encode(parts: Parts, config: VaeConfig, pictures: Tensor): Tensor {
  const { patch } = config;
  const first = convolve(parts, 'encoder.input', patch === 1 ? pictures : spaceToDepth(pictures, patch));
  const last = levels(parts, 'encoder', config, first, (h) => averagePool(h, 2));
  return finish(parts, 'encoder.output', config, last);
}

/** Latents (B, latent, h, w) ─▶ pictures (B, C, H, W), not held to [−1, 1]. */
export function decode(parts: Parts, config: VaeConfig, latents: Tensor): Tensor {
  const { patch } = config;
  const first = convolve(parts, 'decoder.input', latents);
  const last = levels(parts, 'decoder', config, first, (h) => upsampleNearest(h, 2));
  const out = finish(parts, 'decoder.output', config, last);
  return patch === 1 ? out : depthToSpace(out, patch);
}

function levelWidths({ width, multipliers }: VaeConfig): number[] {
  return multipliers.map((multiplier) => width * multiplier);
}

function levelParameters(side: string, { blocks }: VaeConfig, widths: readonly number[]): Parameter[] {
  return widths.flatMap((own, i) =>
    Array.from({ length: blocks }, (_, block) => {
      const name = `${side}.${i}.${block}`;
      const inputs = block === 0 ? (widths[i - 1] ?? own) : own;
      return [
        ...norm(`${name}.norm1`, inputs),
        ...convolution(`${name}.conv1`, inputs, own, 3),
        ...norm(`${name}.norm2`, own),
        ...convolution(`${name}.conv2`, own, own, 3),
        ...(inputs === own ? [] : convolution(`${name}.skip`, inputs, own, 1)),
      ];
    }).flat(),
  );
}

function levels(parts: Parts, side: string, config: VaeConfig, x: Tensor, between: (h: Tensor) => Tensor): Tensor {
  let h = x;
  for (let i = 0; i < config.multipliers.length; i++) {
    if (i > 0) h = between(h);
    for (let block = 0; block < config.blocks; block++) h = residual(parts, `${side}.${i}.${block}`, config, h);
  }
  return h;
}

function residual(parts: Parts, name: string, config: VaeConfig, x: Tensor): Tensor {
  const within = convolve(parts, `${name}.conv1`, active(parts, `${name}.norm1`, config, x));
  const out = convolve(parts, `${name}.conv2`, active(parts, `${name}.norm2`, config, within));
  return add(x.shape[1] === out.shape[1] ? x : convolve(parts, `${name}.skip`, x), out);
}

function finish(parts: Parts, name: string, config: VaeConfig, x: Tensor): Tensor {
  return convolve(parts, `${name}.conv`, active(parts, `${name}.norm`, config, x));
}

function active({ weight }: Parts, name: string, { groups }: VaeConfig, x: Tensor): Tensor {
  return silu(groupNorm(x, groups, weight(`${name}.weight`), weight(`${name}.bias`), EPSILON));
}

function convolve({ weight }: Parts, name: string, x: Tensor): Tensor {
  const kernel = weight(`${name}.weight`);
  return conv2d(x, kernel, { padding: (Number(kernel.shape[2]) - 1) / 2, bias: weight(`${name}.bias`) });
}

function convolution(name: string, inputs: number, outputs: number, size: number): Parameter[] {
  const start: Start = { kind: 'uniform', bound: Math.sqrt(3 / (inputs * size * size)) }; // variance 1 / inputs seen
  return [
    { name: `${name}.weight`, shape: [outputs, inputs, size, size], start, kind: 'kernel' },
    { name: `${name}.bias`, shape: [outputs], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
}

function norm(name: string, channels: number): Parameter[] {
  return [
    { name: `${name}.weight`, shape: [channels], start: { kind: 'constant', value: 1 }, kind: 'vector' },
    { name: `${name}.bias`, shape: [channels], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
}
