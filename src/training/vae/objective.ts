/** An autoencoder as something to learn and as something to ask. */
import { add, mul, reduceMean, reshape, scale, sub, type Tensor } from '../graph/index.ts';
import type { Built, Computation, InputSpec, Objective, Parameter } from '../learn/index.ts';
import { type KlConfig, latentShape, type VaeConfig, type VqConfig } from './config.ts';
import { chargedDivergence, divergence, draw, posterior } from './kl.ts';
import { decode, decoderParameters, encode, encoderParameters } from './network.ts';
import { codebookBuffers, codebookParameter, followRows, latentsOf, quantise } from './vq.ts';

/** All numbers that make up a finished model, the codes included. */
export function vaeParameters(config: VaeConfig): Parameter[] {
  const { bottleneck } = config;
  return [
    ...encoderParameters(config),
    ...decoderParameters(config),
    ...(bottleneck.kind === 'vq' ? [codebookParameter(config, bottleneck)] : []),
  ];
}

/** Numbers in the model. */
export function vaeParameterCount(config: VaeConfig): number {
  return vaeParameters(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

/**
 * What is learned. KL: (Σ squared error + beta·KL) / numbers in a picture; inputs `pictures` (B, C, H, W), `noise` (B, latent,
 * h, w), `beta` (). VQ: mean squared error + commitment; inputs `pictures` and, with running means, `candidates` (K), 64-bit.
 */
export function vaeObjective(config: VaeConfig, batch: number): Objective {
  const { bottleneck } = config;
  return bottleneck.kind === 'kl' ? klObjective(config, bottleneck, batch) : vqObjective(config, bottleneck, batch);
}

function klObjective(config: VaeConfig, kl: KlConfig, batch: number): Objective {
  const { channels, height, width } = config.picture;
  return {
    name: 'vae',
    parameters: vaeParameters(config),
    inputs: [
      pictureInput(config, batch),
      { name: 'noise', type: 'f32', shape: [batch, ...latentShape(config)] },
      { name: 'beta', type: 'f32', shape: [] },
    ],
    build: (parts) => {
      const pictures = parts.input('pictures');
      const q = posterior(encode(parts, config, pictures));
      const error = meanSquare(sub(decode(parts, config, draw(q, parts.input('noise'))), pictures));
      const charge = mul(chargedDivergence(q, kl), parts.input('beta'));
      return {
        loss: add(error, scale(charge, 1 / (channels * height * width))),
        reports: { error, divergence: divergence(q) },
      };
    },
  };
}

function vqObjective(config: VaeConfig, vq: VqConfig, batch: number): Objective {
  const buffers = codebookBuffers(config, vq);
  const averaged = vq.learning === 'average';
  const candidates: InputSpec = { name: 'candidates', type: 'i64', shape: [vq.codes] };
  return {
    name: 'vae',
    parameters: vaeParameters(config).filter(({ name }) => !buffers.some((buffer) => buffer.name === name)),
    buffers,
    inputs: averaged ? [pictureInput(config, batch), candidates] : [pictureInput(config, batch)],
    build: (parts): Built => {
      const pictures = parts.input('pictures');
      const found = quantise(parts, encode(parts, config, pictures));
      const error = meanSquare(sub(decode(parts, config, found.latents), pictures));
      const held = add(error, scale(found.commitment, vq.commitment));
      const reports = { error, commitment: found.commitment, perplexity: found.perplexity };
      if (!averaged) return { loss: add(held, found.pull), reports };
      return { loss: held, reports, buffers: followRows(parts, found, vq, parts.input('candidates')) };
    },
  };
}

/**
 * Pictures ─▶ latents: `mean` and `logVariance` (B, latent, h, w) for KL; `latents` and the chosen `indices` (B·h·w), 64-bit,
 * for VQ. Input `pictures`.
 */
export function encoding(config: VaeConfig, batch: number): Computation {
  return {
    name: 'vae encoder',
    parameters: vaeParameters(config).filter(({ name }) => !name.startsWith('decoder.')),
    inputs: [pictureInput(config, batch)],
    build: (parts): Readonly<Record<string, Tensor>> => {
      const z = encode(parts, config, parts.input('pictures'));
      if (config.bottleneck.kind === 'kl') return { ...posterior(z) };
      const { latents, indices } = quantise(parts, z);
      return { latents, indices };
    },
  };
}

/** Latents (B, latent, h, w), input `latents`, or for VQ code indices (B·h·w), input `indices`, ─▶ `pictures`. */
export function decoding(config: VaeConfig, batch: number, from: 'latents' | 'indices' = 'latents'): Computation {
  const shape = [batch, ...latentShape(config)];
  const places = batch * shape[2]! * shape[3]!;
  const used = (name: string): boolean => name.startsWith('decoder.') || (from === 'indices' && name === 'codebook');
  return {
    name: 'vae decoder',
    parameters: vaeParameters(config).filter(({ name }) => used(name)),
    inputs: [
      from === 'latents' ? { name: 'latents', type: 'f32', shape } : { name: 'indices', type: 'i64', shape: [places] },
    ],
    build: (parts) => {
      const latents = from === 'latents' ? parts.input('latents') : latentsOf(parts, parts.input('indices'), shape);
      return { pictures: decode(parts, config, latents) };
    },
  };
}

function pictureInput({ picture }: VaeConfig, batch: number): InputSpec {
  return { name: 'pictures', type: 'f32', shape: [batch, picture.channels, picture.height, picture.width] };
}

function meanSquare(x: Tensor): Tensor {
  return reshape(reduceMean(mul(x, x), [0, 1, 2, 3]), []);
}
