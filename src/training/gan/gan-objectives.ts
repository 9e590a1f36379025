/**
 * A GAN as two objectives that learn against each other. In the discriminator's step the generator is frozen and makes
 * pictures inside the graph; in the generator's step the discriminator and its buffers are frozen.
 *
 * R1 costs about as much as the rest of the discriminator's step, so the course takes it every few steps only, that much
 * stronger (Karras et al., 2020): two objectives over the same parameters, one with and one without.
 */
import { add, concat, scale, slice, type Tensor } from '../graph/index.ts';
import type { InputSpec, Objective, Parts } from '../learn/index.ts';
import { type AdversarialLoss, discriminatorLoss, generatorLoss, gradientPenalty } from './adversarial-loss.ts';
import { type GanConfig, pictureSize } from './config.ts';
import { discriminate, discriminatorBuffers, discriminatorParameters } from './discriminator.ts';
import { generate, generatorParameters } from './generator.ts';
import { meanOf } from './layers.ts';
import { spectralNorm } from './spectral-norm.ts';

/** How the two networks are set against each other. */
export interface AdversarialOptions {
  /** Pictures a step. */
  readonly batch: number;
  /** Default `non-saturating`. */
  readonly loss?: AdversarialLoss;
  /** γ of R1; 0 leaves it out. Default 1. */
  readonly penalty?: number;
  /** Real pictures of a batch that R1 looks at. Default: all. */
  readonly penaltyPictures?: number;
}

/** Learns to tell; inputs `real` (batch, C, H, W) and `noise` (batch, latent). */
export function discriminatorObjective(config: GanConfig, options: AdversarialOptions): Objective {
  const { batch, loss: kind = 'non-saturating', penalty = 1, penaltyPictures = batch } = options;
  const size = pictureSize(config);
  const buffers = discriminatorBuffers(config);
  return {
    name: 'discriminator',
    parameters: discriminatorParameters(config),
    frozen: generatorParameters(config),
    buffers,
    inputs: [{ name: 'real', type: 'f32', shape: [batch, config.channels, size, size] }, noiseInput(config, batch)],
    build: (parts) => {
      const spectral = spectralNorm(parts.weight, buffers);
      const judge = (x: Tensor): Tensor => discriminate(config, spectral.weight, x);
      const real = parts.input('real');
      const fake = generate(config, parts.weight, parts.input('noise'));
      const logits = judge(concat([real, fake], 0));
      const [ofReal, ofFake] = [slice(logits, 0, 0, batch), slice(logits, 0, batch, 2 * batch)];
      const adversarial = discriminatorLoss(kind, ofReal, ofFake);
      const reports = { adversarial, real: meanOf(ofReal), fake: meanOf(ofFake) };
      if (penalty === 0) return { loss: adversarial, reports, buffers: spectral.buffers() };
      const steepness = gradientPenalty(judge, slice(real, 0, 0, penaltyPictures));
      const loss = add(adversarial, scale(steepness, penalty / 2));
      return { loss, reports: { ...reports, steepness }, buffers: spectral.buffers() };
    },
  };
}

/** Learns to deceive; input `noise` (batch, latent). */
export function generatorObjective(config: GanConfig, options: AdversarialOptions): Objective {
  const { batch, loss = 'non-saturating' } = options;
  const buffers = discriminatorBuffers(config);
  return {
    name: 'generator',
    parameters: generatorParameters(config),
    frozen: [...discriminatorParameters(config), ...buffers],
    inputs: [noiseInput(config, batch)],
    build: (parts: Parts) => {
      const spectral = spectralNorm(parts.weight, buffers);
      const fake = generate(config, parts.weight, parts.input('noise'));
      return { loss: generatorLoss(loss, discriminate(config, spectral.weight, fake)) };
    },
  };
}

function noiseInput({ latent }: GanConfig, batch: number): InputSpec {
  return { name: 'noise', type: 'f32', shape: [batch, latent] };
}
