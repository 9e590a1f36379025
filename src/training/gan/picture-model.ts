/**
 * A finished picture model is a folder:
 *
 *   config.json         kind and widths
 *   model.safetensors   weights of the generator (the moving average), F32 or F16
 *   card.json           what people should know
 */
import { join } from 'node:path';
import { hashJson, type Sha256, sha256 } from '../../core/index.ts';
import type { Parameter, Parameters } from '../learn/index.ts';
import { type ModelCard, parseCard } from '../model/card.ts';
import { writeDurably } from '../model/durable.ts';
import { readModelPart } from '../model/read-part.ts';
import { formatSafetensors, type Precision, readSafetensors } from '../model/safetensors.ts';
import { badModel, type GanConfig, type PainterConfig, parsePictureConfig } from './config.ts';
import { generatorParameters } from './generator.ts';
import { painterParameters } from './painter.ts';

/** A picture model in memory. */
export interface PictureModel<C extends GanConfig | PainterConfig = GanConfig | PainterConfig> {
  readonly config: C;
  /** Weights of the generator. */
  readonly weights: Parameters;
  readonly card: ModelCard;
}

/** A picture model read from a folder. */
export interface LoadedPictureModel extends PictureModel {
  /** SHA-256 over the digests of config.json and model.safetensors. */
  readonly digest: Sha256;
}

const FILES = ['config.json', 'model.safetensors', 'card.json'];

/** The weights that a model of this configuration has. */
export function pictureParameters(config: GanConfig | PainterConfig): Parameter[] {
  return config.kind === 'gan' ? generatorParameters(config) : painterParameters(config);
}

/** Writes a model folder; the card comes last, so that a folder with a card is whole. Default precision F32. */
export async function savePictureModel(
  folder: string,
  { config, weights, card }: PictureModel,
  options: { readonly precision?: Precision } = {},
): Promise<void> {
  const list = pictureParameters(config);
  const stored = new Map(list.map(({ name, shape }) => [name, { shape, data: weights.get(name)! }]));
  const parameters = [...stored.values()].reduce((sum, { data }) => sum + data.length, 0);
  await writeDurably(join(folder, 'model.safetensors'), formatSafetensors(stored, options));
  await writeDurably(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  await writeDurably(join(folder, 'card.json'), `${JSON.stringify({ ...card, parameters }, null, 2)}\n`);
}

/** Reads a model folder; throws `training/model-missing`, `training/bad-picture-model` or the error of the broken file. */
export async function loadPictureModel(folder: string): Promise<LoadedPictureModel> {
  const [config, safetensors, card] = await Promise.all(FILES.map((file) => readModelPart(folder, file, FILES)));
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
  const parsed = parsePictureConfig(text(config), join(folder, 'config.json'));
  const path = join(folder, 'model.safetensors');
  const stored = readSafetensors(safetensors!, path);
  const weights = pictureParameters(parsed).map(({ name, shape }): [string, Float32Array] => {
    const tensor = stored.get(name);
    if (`${tensor?.shape}` !== `${shape}`) throw badModel(path, `'${name}' should have shape [${shape}]`);
    return [name, tensor!.data];
  });
  return {
    config: parsed,
    weights: new Map(weights),
    card: parseCard(text(card), join(folder, 'card.json')),
    digest: hashJson({ config: sha256(config!), weights: sha256(safetensors!) }),
  };
}
