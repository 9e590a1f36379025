/**
 * A finished autoencoder is a folder:
 *
 *   config.json         pictures, network, bottleneck (config.ts)
 *   model.safetensors   weights (the moving average) and codes, usually F16
 *   card.json           what people should know
 */
import { join } from 'node:path';
import { hashJson, type Sha256, sha256 } from '../../core/index.ts';
import type { Parameters } from '../learn/index.ts';
import { type ModelCard, parseCard } from '../model/card.ts';
import { writeDurably } from '../model/durable.ts';
import { readModelPart } from '../model/read-part.ts';
import { formatSafetensors, type Precision, readSafetensors } from '../model/safetensors.ts';
import { refusal } from '../refusal.ts';
import { parseVaeConfig, type VaeConfig } from './config.ts';
import { vaeParameterCount, vaeParameters } from './objective.ts';

/** What a folder holds. */
const FILES = ['config.json', 'model.safetensors', 'card.json'];

/** An autoencoder in memory. */
export interface StoredVae {
  readonly config: VaeConfig;
  readonly parameters: Parameters;
  readonly card: ModelCard;
}

/** An autoencoder read from a folder. */
export interface LoadedVae extends StoredVae {
  /** SHA-256 over the digests of config.json and model.safetensors. */
  readonly digest: Sha256;
}

/** Writes a model folder; the card comes last, so that a folder with a card is whole. Default precision F16. */
export async function saveVaeFolder(
  folder: string,
  { config, parameters, card }: StoredVae,
  options: { readonly precision?: Precision } = {},
): Promise<void> {
  const stored = new Map(
    vaeParameters(config).map(({ name, shape }) => [name, { shape, data: parameters.get(name)! }]),
  );
  const whole: ModelCard = { ...card, parameters: vaeParameterCount(config) };
  const precision = options.precision ?? 'F16';
  await writeDurably(join(folder, 'model.safetensors'), formatSafetensors(stored, { precision }));
  await writeDurably(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  await writeDurably(join(folder, 'card.json'), `${JSON.stringify(whole, null, 2)}\n`);
}

/** Reads a model folder; throws `training/model-missing`, `training/weights-mismatch` or the error of the broken file. */
export async function loadVaeFolder(folder: string): Promise<LoadedVae> {
  const [config, safetensors, card] = await Promise.all(FILES.map((file) => readModelPart(folder, file, FILES)));
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
  const parsed = parseVaeConfig(text(config), join(folder, 'config.json'));
  const path = join(folder, 'model.safetensors');
  const stored = readSafetensors(safetensors!, path);
  const parameters = vaeParameters(parsed).map(({ name, shape }): [string, Float32Array] => {
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
    { en: 'Take config.json and model.safetensors from the same model.', zh: '请使用同一个模型的两个文件。' },
  );
}
