/**
 * A finished diffusion model is a folder:
 *
 *   config.json         pictures, network, process, labels (config.ts)
 *   model.safetensors   weights (the moving average), usually F16
 *   card.json           what people should know
 *   vae/                where the network makes latents: the autoencoder that decodes them
 */
import { join } from 'node:path';
import { hashJson, type Sha256, sha256 } from '../../core/index.ts';
import type { Parameters } from '../learn/index.ts';
import { type ModelCard, parseCard } from '../model/card.ts';
import { writeDurably } from '../model/durable.ts';
import { readModelPart } from '../model/read-part.ts';
import { formatSafetensors, type Precision, readSafetensors } from '../model/safetensors.ts';
import { refusal } from '../refusal.ts';
import { loadVaeFolder, type StoredVae, saveVaeFolder } from '../vae/index.ts';
import { type DiffusionConfig, parseDiffusionConfig } from './config.ts';
import { createDecoder } from './latents.ts';
import { createDiffusionSampler, type DiffusionSampler, type SamplerOptions, type Samples } from './model.ts';
import { diffusionParameterCount, diffusionParameters } from './network.ts';

/** What a folder holds. */
const FILES = ['config.json', 'model.safetensors', 'card.json'];

const VAE = 'vae';

/** A diffusion model in memory. */
export interface StoredDiffusion {
  readonly config: DiffusionConfig;
  readonly parameters: Parameters;
  readonly card: ModelCard;
  /** The autoencoder of a network that makes latents. */
  readonly vae?: StoredVae | undefined;
}

/** A diffusion model read from a folder. */
export interface LoadedDiffusion extends StoredDiffusion {
  /** SHA-256 over the digests of config.json and model.safetensors. */
  readonly digest: Sha256;
}

/** A model that makes pictures. */
export interface DiffusionModel extends DiffusionSampler {
  readonly config: DiffusionConfig;
  readonly card: ModelCard;
  readonly digest: Sha256;
  /** Turns latents into pictures, where the network makes latents. */
  readonly decode: ((made: Samples) => Promise<Samples>) | undefined;
}

/** Loads a folder and makes it ready; throws as `loadDiffusionFolder`. */
export async function createDiffusionModel(folder: string, options: SamplerOptions = {}): Promise<DiffusionModel> {
  const { config, card, digest, parameters } = await loadDiffusionFolder(folder);
  const decoder = config.decoder ? createDecoder(await loadVaeFolder(join(folder, VAE)), options) : undefined;
  const sampler = createDiffusionSampler(config, () => parameters, { decode: decoder?.decode, ...options });
  return {
    config,
    card,
    digest,
    decode: decoder?.decode,
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
  { config, parameters, card, vae }: StoredDiffusion,
  options: { readonly precision?: Precision } = {},
): Promise<void> {
  const stored = new Map(
    diffusionParameters(config).map(({ name, shape }) => [name, { shape, data: parameters.get(name)! }]),
  );
  const whole: ModelCard = { ...card, parameters: diffusionParameterCount(config) };
  const precision = options.precision ?? 'F16';
  if (vae) await saveVaeFolder(join(folder, VAE), vae, { precision });
  await writeDurably(join(folder, 'model.safetensors'), formatSafetensors(stored, { precision }));
  await writeDurably(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  await writeDurably(join(folder, 'card.json'), `${JSON.stringify(whole, null, 2)}\n`);
}

/** Reads a model folder; throws `training/model-missing`, `training/weights-mismatch` or the error of the broken file. */
export async function loadDiffusionFolder(folder: string): Promise<LoadedDiffusion> {
  const [config, safetensors, card] = await Promise.all(FILES.map((file) => readModelPart(folder, file, FILES)));
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
  const parsed = parseDiffusionConfig(text(config), join(folder, 'config.json'));
  const path = join(folder, 'model.safetensors');
  const stored = readSafetensors(safetensors!, path);
  const parameters = diffusionParameters(parsed).map(({ name, shape }): [string, Float32Array] => {
    const tensor = stored.get(name);
    if (`${tensor?.shape}` !== `${shape}`) throw mismatch(path, name, shape);
    return [name, tensor!.data];
  });
  return {
    config: parsed,
    parameters: new Map(parameters),
    card: parseCard(text(card), join(folder, 'card.json')),
    digest: hashJson({ config: sha256(config!), weights: sha256(safetensors!) }),
  };
}

function mismatch(path: string, name: string, shape: readonly number[]): Error {
  return refusal(
    'input',
    'training/weights-mismatch',
    {
      en: `'${path}' holds no '${name}' of shape [${shape}], which config.json asks for.`,
      zh: `“${path}”中没有形状为 [${shape}] 的“${name}”，而 config.json 需要它。`,
    },
    {
      en: 'Take config.json and model.safetensors from the same model.',
      zh: '请使用同一个模型的 config.json 和 model.safetensors。',
    },
  );
}
