/**
 * A finished network as a folder, the same for every kind:
 *
 *   config.json         sizes, by the kind's own schema
 *   model.safetensors   weights by name
 *   card.json           what people should know; written last, so that a folder with a card is whole
 */
import { join } from 'node:path';
import { hashJson, type Sha256, sha256 } from '../../core/index.ts';
import type { Parameter, Parameters } from '../learn/index.ts';
import { refusal } from '../refusal.ts';
import { type ModelCard, parseCard } from './card.ts';
import { writeDurably } from './durable.ts';
import { readModelPart } from './read-part.ts';
import { formatSafetensors, type Precision, readSafetensors } from './safetensors.ts';

const FILES = ['config.json', 'model.safetensors', 'card.json'];

/** A network in memory. */
export interface StoredNetwork<Config> {
  readonly config: Config;
  readonly parameters: Parameters;
  readonly card: ModelCard;
}

/** A network read from a folder. */
export interface LoadedNetwork<Config> extends StoredNetwork<Config> {
  /** SHA-256 over the digests of config.json and model.safetensors. */
  readonly digest: Sha256;
}

/** Writes a folder; the card is told how many numbers there are. */
export async function saveNetworkFolder<Config>(
  folder: string,
  { config, parameters, card }: StoredNetwork<Config>,
  { declared, precision }: { readonly declared: readonly Parameter[]; readonly precision: Precision },
): Promise<void> {
  const stored = new Map(declared.map(({ name, shape }) => [name, { shape, data: parameters.get(name)! }]));
  const count = declared.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  await writeDurably(join(folder, 'model.safetensors'), formatSafetensors(stored, { precision }));
  await writeDurably(join(folder, 'config.json'), json(config));
  await writeDurably(join(folder, 'card.json'), json({ ...card, parameters: count }));
}

/** Reads a folder; throws `training/model-missing`, `training/weights-mismatch` or the error of the broken file. */
export async function loadNetworkFolder<Config>(
  folder: string,
  parse: (json: string, source: string) => Config,
  declare: (config: Config) => readonly Parameter[],
): Promise<LoadedNetwork<Config>> {
  const [json, safetensors, card] = await Promise.all(FILES.map((file) => readModelPart(folder, file, FILES)));
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
  const config = parse(text(json), join(folder, 'config.json'));
  const path = join(folder, 'model.safetensors');
  const stored = readSafetensors(safetensors!, path);
  const parameters = declare(config).map(({ name, shape }): [string, Float32Array] => {
    const tensor = stored.get(name);
    if (`${tensor?.shape}` !== `${shape}`) throw mismatch(path, name, shape);
    return [name, tensor!.data];
  });
  return {
    config,
    parameters: new Map(parameters),
    card: parseCard(text(card), join(folder, 'card.json')),
    digest: hashJson({ config: sha256(json!), weights: sha256(safetensors!) }),
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
