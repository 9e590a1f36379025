/** A finished autoencoder as a folder (see `saveNetworkFolder`): its moving average and codes, usually F16. */
import {
  type LoadedNetwork,
  loadNetworkFolder,
  type StoredNetwork,
  saveNetworkFolder,
} from '../model/network-folder.ts';
import type { Precision } from '../model/safetensors.ts';
import { parseVaeConfig, type VaeConfig } from './config.ts';
import { vaeParameters } from './objective.ts';

/** An autoencoder in memory. */
export type StoredVae = StoredNetwork<VaeConfig>;
/** An autoencoder read from a folder. */
export type LoadedVae = LoadedNetwork<VaeConfig>;

/** Writes a model folder. Default precision F16. */
export function saveVaeFolder(
  folder: string,
  vae: StoredVae,
  { precision = 'F16' }: { readonly precision?: Precision } = {},
): Promise<void> {
  return saveNetworkFolder(folder, vae, { declared: vaeParameters(vae.config), precision });
}

/** Reads a model folder; throws as `loadNetworkFolder`. */
export function loadVaeFolder(folder: string): Promise<LoadedVae> {
  return loadNetworkFolder(folder, parseVaeConfig, vaeParameters);
}
