/** A finished enlarger as a folder: see `saveNetworkFolder`. */
import {
  type LoadedNetwork,
  loadNetworkFolder,
  type StoredNetwork,
  saveNetworkFolder,
} from '../model/network-folder.ts';
import type { Precision } from '../model/safetensors.ts';
import { type EnlargerConfig, parseEnlargerConfig } from './config.ts';
import { enlargerParameters } from './network.ts';

export type StoredEnlarger = StoredNetwork<EnlargerConfig>;
export type LoadedEnlarger = LoadedNetwork<EnlargerConfig>;

/** Writes a folder. Default precision F16. */
export function saveEnlarger(
  folder: string,
  enlarger: StoredEnlarger,
  { precision = 'F16' }: { readonly precision?: Precision } = {},
): Promise<void> {
  return saveNetworkFolder(folder, enlarger, { declared: enlargerParameters(enlarger.config), precision });
}

/** Reads a folder; throws `training/bad-enlarger-config` and as `loadNetworkFolder`. */
export function loadEnlarger(folder: string): Promise<LoadedEnlarger> {
  return loadNetworkFolder(folder, parseEnlargerConfig, enlargerParameters);
}
