/** Serves a model folder that our own engine made through the kernel's port to token models. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelIdentity, TokenModel } from '../../kernel/ports/token-model.ts';
import {
  createGptRunner,
  identifyModelFolder,
  loadModelFolder,
  type ModelCard,
  type RunnerOptions,
} from '../../training/index.ts';

/**
 * Loads a model folder (config.json, tokenizer.json, model.safetensors, card.json). The same calls give the same numbers
 * on the same machine; another kind of processor may differ in the last digits. Throws the `training/…` error of a
 * broken or missing file.
 */
export async function createHouseTokenModel(folder: string, options: RunnerOptions = {}): Promise<TokenModel> {
  const { config, tokenizer, weights, card, digest } = await loadModelFolder(folder);
  const runner = await createGptRunner(config, weights, options);
  return {
    identity: identity(card, digest, options),
    vocabulary: tokenizer.vocabulary,
    encode: tokenizer.encode,
    decode: tokenizer.decode,
    bytes: tokenizer.bytes,
    contextLength: config.max_position_embeddings,
    companion: (name) => readCompanion(folder, name),
    open: runner.open,
    score: runner.score,
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}

/** The identity of a model folder, without loading its weights. Throws `training/model-missing` and `training/bad-card`. */
export async function identifyHouseModel(folder: string, options: RunnerOptions = {}): Promise<ModelIdentity> {
  const { card, digest } = await identifyModelFolder(folder);
  return identity(card, digest, options);
}

/** Models computed in 8 bits give other numbers, so their engine has another name. */
function identity(card: ModelCard, digest: string, { arithmetic }: RunnerOptions): ModelIdentity {
  const engine = arithmetic === 'I8' ? 'house/onnxruntime-int8' : 'house/onnxruntime';
  return { name: card.name, digest, engine, licence: card.licence, reproducible: true };
}

/** A file of the folder itself; names that lead elsewhere count as absent. */
function readCompanion(folder: string, name: string): Uint8Array | undefined {
  if (!/^\w[\w.-]*$/.test(name)) return undefined;
  try {
    return readFileSync(join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
