/**
 * A finished diffusion model is a folder:
 *
 *   config.json         pictures, network, process, labels (config.ts)
 *   model.safetensors   weights (the moving average), usually F16
 *   card.json           what people should know
 *   vae/                where the network makes latents: the autoencoder that decodes them
 *   words/              where it listens to words: the vectors it knows them by
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../../core/index.ts';
import type { ModelCard } from '../model/card.ts';
import {
  type LoadedNetwork,
  loadNetworkFolder,
  type StoredNetwork,
  saveNetworkFolder,
} from '../model/network-folder.ts';
import type { Precision } from '../model/safetensors.ts';
import { loadVaeFolder, type StoredVae, saveVaeFolder } from '../vae/index.ts';
import type { WordVectors } from '../words/index.ts';
import { loadWordFolder } from '../words/index.ts';
import { type DiffusionConfig, parseDiffusionConfig } from './config.ts';
import { createDecoder } from './latents.ts';
import { createDiffusionSampler, type DiffusionSampler, type SamplerOptions } from './model.ts';
import { diffusionParameters } from './network.ts';
import { createPromptRow } from './prompt.ts';
import type { Samples } from './request.ts';

const VAE = 'vae';
const WORDS = 'words';

/** A diffusion model in memory. */
export interface StoredDiffusion extends StoredNetwork<DiffusionConfig> {
  /** The autoencoder of a network that makes latents. */
  readonly vae?: StoredVae | undefined;
  /** Folder of the word vectors of a network that listens to words. */
  readonly words?: string | undefined;
}

/** A diffusion model read from a folder. */
export type LoadedDiffusion = LoadedNetwork<DiffusionConfig>;

/** A model that makes pictures. */
export interface DiffusionModel extends DiffusionSampler {
  readonly config: DiffusionConfig;
  readonly card: ModelCard;
  readonly digest: Sha256;
  /** Turns latents into pictures, where the network makes latents. */
  readonly decode: ((made: Samples) => Promise<Samples>) | undefined;
  /** What its pictures are like, for people: those of the decoder where it has one. */
  readonly pictures: { readonly channels: number; readonly height: number; readonly width: number };
  /** The words it knows, where it listens to words. */
  readonly words: WordVectors | undefined;
}

/** Loads a folder and makes it ready; throws as `loadDiffusionFolder`. */
export async function createDiffusionModel(folder: string, options: SamplerOptions = {}): Promise<DiffusionModel> {
  const { config, card, digest, parameters } = await loadDiffusionFolder(folder);
  const vae = config.decoder ? await loadVaeFolder(join(folder, VAE)) : undefined;
  const decoder = vae && createDecoder(vae, options);
  const words = config.words ? loadWordFolder(join(folder, WORDS)).vectors : undefined;
  const promptRow = config.words && words ? createPromptRow(config.words, words) : undefined;
  const coding = { decode: decoder?.decode, encode: decoder?.encode };
  const sampler = createDiffusionSampler(config, () => parameters, { ...coding, promptRow, ...options });
  return {
    config,
    card,
    digest,
    decode: decoder?.decode,
    pictures: vae?.config.picture ?? config.picture,
    words,
    sample: sampler.sample,
    [Symbol.asyncDispose]: async () => {
      await sampler[Symbol.asyncDispose]();
      await decoder?.[Symbol.asyncDispose]();
    },
  };
}

/** Writes a model folder; the card comes last, so that a folder with a card is whole. Default precision F16. */
export async function saveDiffusionFolder(
  folder: string,
  { vae, words, ...network }: StoredDiffusion,
  { precision = 'F16' }: { readonly precision?: Precision } = {},
): Promise<void> {
  if (vae) await saveVaeFolder(join(folder, VAE), vae, { precision });
  if (words) await cp(words, join(folder, WORDS), { recursive: true });
  await saveNetworkFolder(folder, network, { declared: diffusionParameters(network.config), precision });
}

/** Reads a model folder; throws as `loadNetworkFolder`. */
export function loadDiffusionFolder(folder: string): Promise<LoadedDiffusion> {
  return loadNetworkFolder(folder, parseDiffusionConfig, diffusionParameters);
}

/** The autoencoder of a model folder whose network makes latents; undefined where it makes pictures. Throws as `loadVaeFolder`. */
export async function loadDecoderFolder(folder: string): Promise<StoredVae | undefined> {
  const { config } = await loadDiffusionFolder(folder);
  return config.decoder ? loadVaeFolder(join(folder, VAE)) : undefined;
}
