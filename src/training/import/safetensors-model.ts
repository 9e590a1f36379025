/** A Llama or GPT-2 from a Hugging Face folder: config.json, tokenizer.json and one or several .safetensors. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GptConfig, parseConfig } from '../gpt/config.ts';
import { takeWeights } from '../gpt/stored-weights.ts';
import { readSafetensors, type StoredTensor } from '../model/safetensors.ts';
import { parseTokenizer } from '../tokenizer/tokenizer-file.ts';
import { fillVocabulary } from './fill-vocabulary.ts';
import { type ForeignModel, refused } from './foreign-model.ts';

/** Reads the folder; throws the error of the file that is wrong. */
export async function readSafetensorsModel(folder: string): Promise<ForeignModel> {
  const text = (file: string): Promise<string> =>
    readFile(join(folder, file), 'utf8').catch(() => {
      throw refused('missing', folder, `it has no ${file}`, `缺少 ${file}`);
    });
  const config: GptConfig = parseConfig(await text('config.json'), join(folder, 'config.json'));
  const tokenizer = parseTokenizer(await text('tokenizer.json'), join(folder, 'tokenizer.json'));
  const stored = new Map<string, StoredTensor>();
  const files = (await readdir(folder)).filter((file) => file.endsWith('.safetensors')).sort();
  for (const file of files) {
    const path = join(folder, file);
    for (const [name, tensor] of readSafetensors(await readFile(path), path)) stored.set(name, tensor);
  }
  return {
    config,
    tokenizer: fillVocabulary(tokenizer, config.vocab_size, folder),
    weights: takeWeights(config, stored, folder),
  };
}
