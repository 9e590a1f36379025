/** What a diffusion model is: its pictures, its network, its process, and the labels it listens to. Plain data. */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { refusal } from '../refusal.ts';
import { PREDICTIONS } from './prediction.ts';
import { promptWidth } from './prompt.ts';

const count = z.int().positive().max(65536);

/** The U-Net of Ho et al. (2020), in sizes for small pictures. */
const UNET = z.strictObject({
  kind: z.literal('unet'),
  /** Channels at full size. */
  width: count,
  /** Channels of each level as multiples of `width`; every level after the first has half the height and width. */
  multipliers: z.array(count).min(1).max(6),
  /** Residual blocks on each level, down and up. */
  blocks: count.max(16),
  /** Levels (from 0) whose blocks are followed by self-attention; the middle always has it. */
  attention: z.array(z.int().nonnegative()),
  heads: count,
  /** Groups of every group norm. */
  groups: count,
  /** Pixels along an edge of what the network takes for one; absent: 1. */
  patch: count.max(16).optional(),
  /** `width`: the right edge meets the left one, as in a loop of sound, and any width will do; absent: nothing beyond edges. */
  wrap: z.literal('width').optional(),
});

/** The Transformer of Peebles and Xie (2023). */
const DIT = z.strictObject({
  kind: z.literal('dit'),
  /** Pixels along an edge of a token. */
  patch: count,
  width: count,
  depth: count.max(64),
  heads: count,
  /** One layer tells all blocks the time and the condition, each adds numbers of its own (Chen et al. 2023); absent: a layer each. */
  shared: z.boolean().optional(),
});

export const DIFFUSION_CONFIG = z.strictObject({
  model_type: z.literal('diffusion').default('diffusion'),
  picture: z.strictObject({ channels: count, height: count, width: count }),
  network: z.discriminatedUnion('kind', [UNET, DIT]),
  process: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['linear', 'cosine']), steps: count }),
    z.strictObject({
      kind: z.literal('flow'),
      mean: z.number().optional(),
      deviation: z.number().positive().optional(),
    }),
  ]),
  prediction: z.enum(PREDICTIONS),
  /** What pictures may be asked for: classes or tags, in any language. Empty: nothing. */
  labels: z.array(z.string().min(1)).max(16384).default([]),
  /** Listens to words of any kind instead (prompt.ts), by the word vectors in the folder's `words/`. */
  words: z
    .strictObject({ dimensions: count, styles: z.array(z.string().min(1)).max(64) })
    .nullable()
    .default(null),
  /** Bound of what the network takes for the picture, 1 for pixels in [−1, 1]; null: none, as for latents. */
  clip: z.number().positive().nullable().default(1),
  /** What the data's numbers are brought to before the network sees them: (value − mean) / deviation, by channel. */
  scaling: z
    .strictObject({ mean: z.array(z.number()), deviation: z.array(z.number().positive()) })
    .nullable()
    .default(null),
  /** What turns the network's pictures into pictures to look at: the autoencoder in the folder's `vae/`, or nothing. */
  decoder: z.literal('vae').nullable().default(null),
});

/** A configuration with its defaults filled in. */
export type DiffusionConfig = z.output<typeof DIFFUSION_CONFIG>;
export type UnetConfig = z.infer<typeof UNET>;
export type DitConfig = z.infer<typeof DIT>;

/** Fills in defaults and checks sizes against each other; throws `training/bad-diffusion-config`. */
export function diffusionConfig(given: z.input<typeof DIFFUSION_CONFIG>, source = 'config'): DiffusionConfig {
  const parsed = DIFFUSION_CONFIG.safeParse(given);
  if (!parsed.success) throw badConfig(source, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' '));
  const { network, picture, labels, scaling } = parsed.data;
  const fault = network.kind === 'unet' ? unetFault(network, picture) : ditFault(network, picture);
  if (fault) throw badConfig(source, fault);
  if (scaling && [scaling.mean, scaling.deviation].some(({ length }) => length !== picture.channels)) {
    throw badConfig(source, `scaling is not for ${picture.channels} channels`);
  }
  if (labels.length > 0 && parsed.data.words) throw badConfig(source, 'it listens to labels or to words, not to both');
  if (new Set(labels).size < labels.length) throw badConfig(source, 'a label stands twice in the list');
  return parsed.data;
}

/** Reads the text of a `config.json`; throws `training/bad-diffusion-config`. */
export function parseDiffusionConfig(json: string, source = 'config.json'): DiffusionConfig {
  return diffusionConfig(parseJson(json, source) as z.input<typeof DIFFUSION_CONFIG>, source);
}

/** Numbers in one picture. */
export function pictureSize({ channels, height, width }: DiffusionConfig['picture']): number {
  return channels * height * width;
}

/** Numbers in one row of a condition; 0 where the model listens to nothing. */
export function conditionWidth({ labels, words }: DiffusionConfig): number {
  if (words) return promptWidth(words);
  return labels.length === 0 ? 0 : labels.length + 1;
}

/** Widths of pictures are whole numbers of so many pixels. */
export function widthStep({ network }: DiffusionConfig): number {
  return network.kind === 'dit' ? network.patch : (network.patch ?? 1) * 2 ** (network.multipliers.length - 1);
}

type Picture = DiffusionConfig['picture'];

function unetFault(network: UnetConfig, picture: Picture): string | undefined {
  const { width, multipliers, groups, heads, attention, patch = 1 } = network;
  const smallest = patch * 2 ** (multipliers.length - 1); // as widthStep
  if (picture.height % smallest !== 0 || picture.width % smallest !== 0) {
    return `${picture.width}×${picture.height} is not a whole number of ${smallest} × ${smallest}`;
  }
  const odd = multipliers.find((multiplier) => (width * multiplier) % groups !== 0);
  if (odd !== undefined) return `${width * odd} channels do not divide into ${groups} groups`;
  const attended = [...attention.map((level) => multipliers[level]), multipliers.at(-1)];
  const uneven = attended.find((multiplier) => multiplier === undefined || (width * multiplier) % heads !== 0);
  if (attended.includes(undefined)) return 'attention names a level that is not there';
  return uneven === undefined ? undefined : `${width * uneven} channels do not divide into ${heads} heads`;
}

function ditFault({ patch, width, heads }: DitConfig, picture: Picture): string | undefined {
  if (picture.height % patch !== 0 || picture.width % patch !== 0) {
    return `${picture.width}×${picture.height} does not divide into patches of ${patch}`;
  }
  return width % (4 * heads) === 0 ? undefined : `a width of ${width} is not a multiple of 4 × ${heads} heads`;
}

function badConfig(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-diffusion-config',
    {
      en: `'${source}' does not describe a diffusion model: ${reason}.`,
      zh: `“${source}”描述的不是可用的扩散模型：${reason}。`,
    },
    { en: 'Correct the sizes named here.', zh: '请修正上面列出的尺寸。' },
  );
}
