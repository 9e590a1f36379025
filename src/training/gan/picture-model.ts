/**
 * A finished picture model is a folder:
 *
 *   config.json         kind and widths
 *   model.safetensors   weights of the generator (the moving average), F32 or F16
 *   card.json           what people should know
 */
import type { Sha256 } from '../../core/index.ts';
import type { Parameter, Parameters } from '../learn/index.ts';
import type { ModelCard } from '../model/card.ts';
import { loadNetworkFolder, saveNetworkFolder } from '../model/network-folder.ts';
import type { Precision } from '../model/safetensors.ts';
import { type GanConfig, type PainterConfig, parsePictureConfig } from './config.ts';
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

/** The weights that a model of this configuration has. */
export function pictureParameters(config: GanConfig | PainterConfig): Parameter[] {
  return config.kind === 'gan' ? generatorParameters(config) : painterParameters(config);
}

/** Writes a model folder. Default precision F32. */
export function savePictureModel(
  folder: string,
  { config, weights, card }: PictureModel,
  { precision = 'F32' }: { readonly precision?: Precision } = {},
): Promise<void> {
  const network = { config, parameters: weights, card };
  return saveNetworkFolder(folder, network, { declared: pictureParameters(config), precision });
}

/** Reads a model folder; throws `training/bad-picture-model` for a config of another kind, and as `loadNetworkFolder`. */
export async function loadPictureModel(folder: string): Promise<LoadedPictureModel> {
  const { parameters: weights, ...network } = await loadNetworkFolder(folder, parsePictureConfig, pictureParameters);
  return { ...network, weights };
}
