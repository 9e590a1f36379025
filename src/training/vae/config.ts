/** What an autoencoder is: its pictures, its network, its bottleneck. Plain data, `config.json` of a model folder. */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { refusal } from '../refusal.ts';

const count = z.int().positive().max(65536);

/** A Gaussian for every latent number, pulled towards N(0, 1). After Kingma and Welling (2014). */
const KL = z.strictObject({
  kind: z.literal('kl'),
  /** Weight of the divergence beside the squared error, both summed over a picture. Default 0.1. */
  beta: z.number().nonnegative().default(0.1),
  /** Nats per latent channel and place that cost nothing, so that channels stay in use. Default 0. */
  freeBits: z.number().nonnegative().default(0),
});

/** The nearest of a list of codes for every place. After van den Oord, Vinyals and Kavukcuoglu (2017). */
const VQ = z.strictObject({
  kind: z.literal('vq'),
  codes: count,
  /** How strongly the encoder is held to its code. Default 0.25. */
  commitment: z.number().positive().default(0.25),
  /** How codes follow the encoder: by running means of what chose them, or by a loss of their own. Default `average`. */
  learning: z.enum(['average', 'loss']).default('average'),
  /** Decay of the running means. Default 0.99. */
  decay: z.number().gt(0).lt(1).default(0.99),
  /** A code chosen fewer times a step than this, on a running mean, is put where an encoded place is. Default 0.03. */
  revival: z.number().nonnegative().default(0.03),
});

export const VAE_CONFIG = z.strictObject({
  model_type: z.literal('vae').default('vae'),
  picture: z.strictObject({ channels: count, height: count, width: count }),
  /** Squares of patch × patch pixels go in and come out as one pixel with more channels. Default 1. */
  patch: count.max(8).default(1),
  /** Channels of the first level. */
  width: count,
  /** Channels of each level as multiples of `width`; every level after the first has half the height and width. */
  multipliers: z.array(count).min(1).max(6),
  /** Residual blocks on each level. Default 1. */
  blocks: count.max(16).default(1),
  /** Groups of every group norm. Default 8. */
  groups: count.default(8),
  /** Channels of the latent. */
  latent: count,
  bottleneck: z.discriminatedUnion('kind', [KL, VQ]),
});

/** A configuration with its defaults filled in. */
export type VaeConfig = z.output<typeof VAE_CONFIG>;
export type KlConfig = z.output<typeof KL>;
export type VqConfig = z.output<typeof VQ>;

/** Fills in defaults and checks sizes against each other; throws `training/bad-vae-config`. */
export function vaeConfig(given: z.input<typeof VAE_CONFIG>, source = 'config'): VaeConfig {
  const parsed = VAE_CONFIG.safeParse(given);
  if (!parsed.success) throw badConfig(source, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' '));
  const config = parsed.data;
  const { picture, patch, multipliers, width, groups } = config;
  const smallest = patch * 2 ** (multipliers.length - 1);
  if (picture.height % smallest !== 0 || picture.width % smallest !== 0) {
    throw badConfig(source, `${picture.width}×${picture.height} is not a multiple of ${smallest}`);
  }
  const odd = multipliers.find((multiplier) => (width * multiplier) % groups !== 0);
  if (odd !== undefined) throw badConfig(source, `${width * odd} channels do not divide into ${groups} groups`);
  return config;
}

/** Reads the text of a `config.json`; throws `training/bad-vae-config`. */
export function parseVaeConfig(json: string, source = 'config.json'): VaeConfig {
  return vaeConfig(parseJson(json, source) as z.input<typeof VAE_CONFIG>, source);
}

/** Shape of the latent of one picture, (channels, height, width). */
export function latentShape({ picture, patch, multipliers, latent }: VaeConfig): [number, number, number] {
  const shrink = patch * 2 ** (multipliers.length - 1);
  return [latent, picture.height / shrink, picture.width / shrink];
}

function badConfig(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-vae-config',
    {
      en: `'${source}' does not describe an autoencoder: ${reason}.`,
      zh: `“${source}”描述的不是可用的自编码器：${reason}。`,
    },
    { en: 'Correct the sizes named here.', zh: '请修正上面列出的尺寸。' },
  );
}
