/**
 * Sketch to picture as two objectives. The painter's loss has three parts: how far each pixel is from the true picture
 * (Isola et al., 2017), how far the discriminator's features are (Wang et al., 2018), and whether it is taken for real.
 */
import { abs, add, concat, scale, slice, sub, type Tensor } from '../graph/index.ts';
import type { InputSpec, Objective } from '../learn/index.ts';
import { type AdversarialLoss, discriminatorLoss, generatorLoss, gradientPenalty } from './adversarial-loss.ts';
import type { PainterConfig } from './config.ts';
import { meanOf } from './layers.ts';
import { painterParameters, paintSketch } from './painter.ts';
import { judgePatches, patchBuffers, patchParameters } from './patch-discriminator.ts';
import { spectralNorm } from './spectral-norm.ts';

/** How a painter is trained. */
export interface PainterObjectiveOptions {
  readonly batch: number;
  /** Width and height of training pictures, a multiple of `painterStep`. */
  readonly size: number;
  /** Default `hinge`. */
  readonly loss?: AdversarialLoss;
  /** Weight of the pixels' distance. Default 10. */
  readonly pixels?: number;
  /** Weight of the features' distance. Default 10. */
  readonly features?: number;
  /** Weight of the judge's word. Default 1. */
  readonly adversarial?: number | undefined;
  /** γ of R1 on one quarter of the batch; default 0, spectral norm does its work. */
  readonly penalty?: number;
}

/** Learns to tell; inputs `sketch` (batch, S, H, W) and `picture` (batch, C, H, W). */
export function patchObjective(config: PainterConfig, options: PainterObjectiveOptions): Objective {
  const { batch, loss: kind = 'hinge', penalty = 0 } = options;
  const buffers = patchBuffers(config);
  return {
    name: 'discriminator',
    parameters: patchParameters(config),
    frozen: painterParameters(config),
    buffers,
    inputs: pairInputs(config, options),
    build: (parts) => {
      const spectral = spectralNorm(parts.weight, buffers);
      const [sketch, picture] = [parts.input('sketch'), parts.input('picture')];
      const fake = paintSketch(config, parts.weight, sketch);
      const twice = concat([sketch, sketch], 0);
      const { logits } = judgePatches(config, spectral.weight, twice, concat([picture, fake], 0));
      const [ofReal, ofFake] = [slice(logits, 0, 0, batch), slice(logits, 0, batch, 2 * batch)];
      const adversarial = discriminatorLoss(kind, ofReal, ofFake);
      const reports = { adversarial, real: meanOf(ofReal), fake: meanOf(ofFake) };
      if (penalty === 0) return { loss: adversarial, reports, buffers: spectral.buffers() };
      const few = Math.max(1, Math.floor(batch / 4));
      const lines = slice(sketch, 0, 0, few);
      const judge = (x: Tensor): Tensor => judgePatches(config, spectral.weight, lines, x).logits;
      const steepness = gradientPenalty(judge, slice(picture, 0, 0, few));
      const loss = add(adversarial, scale(steepness, penalty / 2));
      return { loss, reports: { ...reports, steepness }, buffers: spectral.buffers() };
    },
  };
}

/** Learns to paint; inputs as `patchObjective`. */
export function painterObjective(config: PainterConfig, options: PainterObjectiveOptions): Objective {
  const { loss: kind = 'hinge', pixels = 10, features = 10, adversarial: heard = 1 } = options;
  const buffers = patchBuffers(config);
  return {
    name: 'generator',
    parameters: painterParameters(config),
    frozen: [...patchParameters(config), ...buffers],
    inputs: pairInputs(config, options),
    build: (parts) => {
      const { weight } = spectralNorm(parts.weight, buffers);
      const [sketch, picture] = [parts.input('sketch'), parts.input('picture')];
      const painting = paintSketch(config, parts.weight, sketch);
      const ofFake = judgePatches(config, weight, sketch, painting);
      const ofReal = judgePatches(config, weight, sketch, picture);
      const adversarial = generatorLoss(kind, ofFake.logits);
      const pixelDistance = distance(painting, picture);
      const distances = ofFake.features.map((map, level) => distance(map, ofReal.features[level]!));
      const featureDistance = scale(distances.reduce(add), 1 / distances.length);
      const told = heard === 1 ? adversarial : scale(adversarial, heard);
      const loss = add(add(told, scale(pixelDistance, pixels)), scale(featureDistance, features));
      return { loss, reports: { adversarial, pixels: pixelDistance, features: featureDistance } };
    },
  };
}

/** Mean |a − b|. */
function distance(a: Tensor, b: Tensor): Tensor {
  return meanOf(abs(sub(a, b)));
}

function pairInputs(
  { sketchChannels, channels }: PainterConfig,
  { batch, size }: PainterObjectiveOptions,
): InputSpec[] {
  return [
    { name: 'sketch', type: 'f32', shape: [batch, sketchChannels, size, size] },
    { name: 'picture', type: 'f32', shape: [batch, channels, size, size] },
  ];
}
