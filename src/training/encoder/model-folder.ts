/**
 * A finished encoder is a folder that transformers' BertForMaskedLM loads too:
 *
 *   config.json  tokenizer.json  tokenizer_config.json  model.safetensors  card.json  centre.safetensors (ours alone)
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelCard, parseCard } from '../model/card.ts';
import { writeDurably } from '../model/durable.ts';
import { formatSafetensors, type Precision, readSafetensors } from '../model/safetensors.ts';
import { refusal } from '../refusal.ts';
import { formatTokenizer, formatTokenizerConfig, parseTokenizer } from '../tokenizer/tokenizer-file.ts';
import { parseEncoderConfig } from './config.ts';
import type { EncoderModel } from './encoder.ts';
import { encoderParameterCount, encoderParameters } from './network.ts';
import { MASK } from './tokens.ts';

/** Writes a folder, the card last. Default precision F16. */
export async function saveEncoderFolder(
  folder: string,
  model: EncoderModel & { readonly card: ModelCard },
  precision: Precision = 'F16',
): Promise<void> {
  const { config, tokenizer, parameters, centre, card } = model;
  const stored = new Map(
    encoderParameters(config).map(({ name, shape }) => [name, { shape, data: parameters.get(name)! }]),
  );
  const pooling = new Map([['centre', { shape: [centre.length], data: centre }]]);
  const named = JSON.parse(formatTokenizerConfig(tokenizer, config.max_position_embeddings)) as object;
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  await mkdir(folder, { recursive: true });
  await writeDurably(join(folder, 'model.safetensors'), formatSafetensors(stored, { precision }));
  await writeDurably(join(folder, 'centre.safetensors'), formatSafetensors(pooling));
  await writeDurably(join(folder, 'config.json'), json(config));
  await writeDurably(join(folder, 'tokenizer.json'), formatTokenizer(tokenizer));
  await writeDurably(join(folder, 'tokenizer_config.json'), json({ ...named, mask_token: MASK }));
  await writeDurably(join(folder, 'card.json'), json({ ...card, parameters: encoderParameterCount(config) }));
}

/** Reads a folder; throws `training/model-missing`, `training/weights-mismatch` or the error of the broken file. */
export async function loadEncoderFolder(folder: string): Promise<EncoderModel & { readonly card: ModelCard }> {
  const read = async (file: string): Promise<Buffer> => {
    try {
      return await readFile(join(folder, file));
    } catch (cause) {
      throw missing(folder, file, cause);
    }
  };
  const config = parseEncoderConfig((await read('config.json')).toString(), join(folder, 'config.json'));
  const path = join(folder, 'model.safetensors');
  const stored = readSafetensors(await read('model.safetensors'), path);
  const parameters = encoderParameters(config).map(({ name, shape }): [string, Float32Array] => {
    const tensor = stored.get(name);
    if (`${tensor?.shape}` !== `${shape}`) throw mismatch(path, name, shape);
    return [name, tensor!.data];
  });
  const pooling = readSafetensors(await read('centre.safetensors'), 'centre.safetensors');
  return {
    config,
    tokenizer: parseTokenizer((await read('tokenizer.json')).toString(), join(folder, 'tokenizer.json')),
    parameters: new Map(parameters),
    centre: pooling.get('centre')?.data ?? new Float32Array(config.hidden_size),
    card: parseCard((await read('card.json')).toString(), join(folder, 'card.json')),
  };
}

function missing(folder: string, file: string, cause: unknown): Error {
  return refusal(
    'missing',
    'training/model-missing',
    { en: `The model folder '${folder}' has no ${file}.`, zh: `模型文件夹“${folder}”缺少 ${file}。` },
    { en: 'Name the folder of a finished encoder.', zh: '请指定训练完成的编码器文件夹。' },
    cause,
  );
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
