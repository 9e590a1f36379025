/** `config.json` of both shapes: read into our words, written as transformers reads it. */
import { z } from 'zod';
import { formatGpt2Config, readGpt2Config } from './gpt2-config.ts';
import { formatLlamaConfig, readLlamaConfig } from './llama-config.ts';
import { badConfig, checkConfig, type GptConfig } from './sizes.ts';

export { type GptConfig, type GptSizes, gptConfig, headSize, keyWidth } from './sizes.ts';

/** Reads the text of a `config.json`; throws `training/bad-config` for anything that is not a plain Llama or GPT-2. */
export function parseConfig(json: string, source = 'config.json'): GptConfig {
  const raw = parseJson(json, source);
  const named = z.looseObject({ model_type: z.enum(['llama', 'gpt2']) }).safeParse(raw);
  if (!named.success) throw badConfig(source, 'model_type is neither llama nor gpt2');
  const reading = named.data.model_type === 'gpt2' ? readGpt2Config(raw) : readLlamaConfig(raw);
  if ('reason' in reading) throw badConfig(source, reading.reason);
  return checkConfig(reading.sizes, source);
}

/** Token numbers that transformers wants to know. */
export interface SpecialTokens {
  readonly bos?: number;
  readonly eos?: number;
}

/** The text of a `config.json` that transformers reads as LlamaForCausalLM or GPT2LMHeadModel. */
export function formatConfig(config: GptConfig, special: SpecialTokens = {}): string {
  const fields = config.model_type === 'gpt2' ? formatGpt2Config(config) : formatLlamaConfig(config);
  const ends = { bos_token_id: special.bos ?? null, eos_token_id: special.eos ?? null };
  return `${JSON.stringify({ ...fields, ...ends, torch_dtype: 'float16', use_cache: true }, null, 2)}\n`;
}

/** Parses JSON from a file; throws `training/bad-config`. */
export function parseJson(json: string, source: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw badConfig(source, cause instanceof Error ? cause.message : 'not JSON');
  }
}
