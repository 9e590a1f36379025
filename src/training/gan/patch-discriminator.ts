/** Judges whether each patch of a painting belongs to its sketch: a map of logits, and the features on the way to it. */
import { concat, leakyRelu, type Tensor } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { PainterConfig } from './config.ts';
import { convolution, convolve, type Weight } from './layers.ts';
import { spectralBuffers } from './spectral-norm.ts';

const PREFIX = 'discriminator';

/** All weights of the patch discriminator. */
export function patchParameters({ discriminator, sketchChannels, channels }: PainterConfig): Parameter[] {
  const widths = [sketchChannels + channels, ...discriminator];
  const last = discriminator.length - 1;
  return [
    ...discriminator.flatMap((width, level) =>
      convolution(`${PREFIX}.${level}`, widths[level]!, width, level === last ? 3 : 4),
    ),
    ...convolution(`${PREFIX}.judge`, widths.at(-1)!, 1, 3),
  ];
}

/** Its buffers: the vectors of spectral norm, or none. */
export function patchBuffers(config: PainterConfig): Parameter[] {
  return config.spectralNorm ? spectralBuffers(patchParameters(config)) : [];
}

/** What the discriminator makes of a painting. */
export interface Judgement {
  /** (n, 1, H′, W′), one for each patch. */
  readonly logits: Tensor;
  /** The maps of every level. */
  readonly features: readonly Tensor[];
}

/** sketch (n, S, H, W) and painting (n, C, H, W) ─▶ logits of overlapping patches. */
export function judgePatches(config: PainterConfig, weight: Weight, sketch: Tensor, painting: Tensor): Judgement {
  const features: Tensor[] = [];
  let h = concat([sketch, painting], 1);
  config.discriminator.forEach((_, level) => {
    const stride = level === config.discriminator.length - 1 ? 1 : 2;
    h = leakyRelu(convolve(h, weight, `${PREFIX}.${level}`, { stride, padding: 1 }), 0.2);
    features.push(h);
  });
  return { logits: convolve(h, weight, `${PREFIX}.judge`, { padding: 1 }), features };
}
