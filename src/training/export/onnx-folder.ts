/**
 * Writes a model as the folder that transformers.js loads:
 *
 *   config.json  generation_config.json  tokenizer.json  tokenizer_config.json  card.json
 *   onnx/model.onnx              32-bit floats      dtype 'fp32'
 *   onnx/model_quantized.onnx    8-bit blocks       dtype 'q8'
 *   onnx/model_q4.onnx           4-bit blocks       dtype 'q4'
 */
import { join } from 'node:path';
import { formatConfig } from '../gpt/config.ts';
import type { Arithmetic } from '../gpt/inference-graph.ts';
import { encodeOnnx } from '../graph/index.ts';
import { writeDurably } from '../model/durable.ts';
import type { Model } from '../model/model-folder.ts';
import { refusal } from '../refusal.ts';
import { formatTokenizer, formatTokenizerConfig } from '../tokenizer/tokenizer-file.ts';
import { decoderGraph } from './decoder-graph.ts';
import { specialTokens } from './special-tokens.ts';

/** What to write. */
export interface OnnxExportOptions {
  /** One file each; default `F32` alone. */
  readonly arithmetics?: readonly Arithmetic[];
}

const FILES: Readonly<Record<Arithmetic, string>> = {
  F32: 'model.onnx',
  I8: 'model_quantized.onnx',
  I4: 'model_q4.onnx',
};

/** A protocol buffer may not be longer. */
const LONGEST = 2 ** 31 - 1;

/** Writes the folder; returns the paths of the ONNX files. Throws `training/export-too-large`. */
export async function exportOnnx(folder: string, model: Model, options: OnnxExportOptions = {}): Promise<string[]> {
  const { config, tokenizer, weights, card } = model;
  const paths: string[] = [];
  for (const arithmetic of options.arithmetics ?? ['F32']) {
    const bytes = encodeOnnx(decoderGraph(config, weights, arithmetic));
    if (bytes.length > LONGEST) throw tooLarge(bytes.length);
    const path = join(folder, 'onnx', FILES[arithmetic]);
    await writeDurably(path, bytes);
    paths.push(path);
  }
  const special = specialTokens(tokenizer);
  await writeDurably(join(folder, 'tokenizer.json'), formatTokenizer(tokenizer));
  const length = config.max_position_embeddings;
  await writeDurably(join(folder, 'tokenizer_config.json'), formatTokenizerConfig(tokenizer, length));
  await writeDurably(join(folder, 'generation_config.json'), formatGeneration(special, length));
  await writeDurably(join(folder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  await writeDurably(join(folder, 'config.json'), formatConfig(config, special));
  return paths;
}

function formatGeneration(special: ReturnType<typeof specialTokens>, length: number): string {
  const settings = {
    ...(special.bos === undefined ? {} : { bos_token_id: special.bos }),
    ...(special.eos === undefined ? {} : { eos_token_id: special.eos }),
    ...(special.pad === undefined ? {} : { pad_token_id: special.pad }),
    max_length: length,
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function tooLarge(length: number): Error {
  return refusal(
    'input',
    'training/export-too-large',
    {
      en: `The model would be an ONNX file of ${length} bytes; such a file holds at most ${LONGEST}.`,
      zh: `该模型的 ONNX 文件将有 ${length} 字节，而这种文件最多 ${LONGEST} 字节。`,
    },
    { en: 'Export with 8-bit or 4-bit weights, or as GGUF.', zh: '请以 8 位或 4 位权重导出，或导出为 GGUF。' },
  );
}
