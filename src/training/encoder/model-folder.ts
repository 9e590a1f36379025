/**
 * A finished encoder is a folder that transformers' BertForMaskedLM loads too:
 *
 *   config.json  tokenizer.json  tokenizer_config.json  model.safetensors  card.json  centre.safetensors (ours alone)
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from '../model/card.ts';
import { writeDurably } from '../model/durable.ts';
import { loadNetworkFolder, saveNetworkFolder } from '../model/network-folder.ts';
import { readModelPart } from '../model/read-part.ts';
import { formatSafetensors, type Precision, readSafetensors } from '../model/safetensors.ts';
import { formatTokenizer, formatTokenizerConfig, parseTokenizer } from '../tokenizer/tokenizer-file.ts';
import { parseEncoderConfig } from './config.ts';
import type { EncoderModel } from './encoder.ts';
import { encoderParameters } from './network.ts';
import { MASK } from './tokens.ts';

/** What a folder holds besides the files of every network. */
const FILES = ['tokenizer.json', 'centre.safetensors'];

/** Writes a folder, the card last. Default precision F16. */
export async function saveEncoderFolder(
  folder: string,
  model: EncoderModel & { readonly card: ModelCard },
  precision: Precision = 'F16',
): Promise<void> {
  const { config, tokenizer, parameters, centre, card } = model;
  const pooling = new Map([['centre', { shape: [centre.length], data: centre }]]);
  const named = JSON.parse(formatTokenizerConfig(tokenizer, config.max_position_embeddings)) as object;
  const tokens = `${JSON.stringify({ ...named, mask_token: MASK }, null, 2)}\n`;
  await mkdir(folder, { recursive: true });
  await writeDurably(join(folder, 'centre.safetensors'), formatSafetensors(pooling));
  await writeDurably(join(folder, 'tokenizer.json'), formatTokenizer(tokenizer));
  await writeDurably(join(folder, 'tokenizer_config.json'), tokens);
  await saveNetworkFolder(folder, { config, parameters, card }, { declared: encoderParameters(config), precision });
}

/** Reads a folder; throws as `loadNetworkFolder`. */
export async function loadEncoderFolder(folder: string): Promise<EncoderModel & { readonly card: ModelCard }> {
  const { config, parameters, card } = await loadNetworkFolder(folder, parseEncoderConfig, encoderParameters);
  const [tokens, pooling] = await Promise.all(FILES.map((file) => readModelPart(folder, file, FILES)));
  const centre = readSafetensors(pooling!, join(folder, 'centre.safetensors')).get('centre');
  return {
    config,
    parameters,
    card,
    tokenizer: parseTokenizer(new TextDecoder().decode(tokens), join(folder, 'tokenizer.json')),
    centre: centre?.data ?? new Float32Array(config.hidden_size),
  };
}
