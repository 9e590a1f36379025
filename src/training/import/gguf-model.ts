/** A Llama or GPT-2 out of a GGUF file: weights dequantised, rows of q and k put back into our order, tokens named anew. */
import { z } from 'zod';
import { type GgufFile, readGguf } from '../export/gguf.ts';
import { unpackBlocks } from '../export/gguf-blocks.ts';
import { gatherRows, ggufPlaces } from '../export/gguf-layout.ts';
import { type GptConfig, gptConfig } from '../gpt/config.ts';
import { checkWeights, type Weights } from '../gpt/parameters.ts';
import { createBytePairTokenizer } from '../tokenizer/byte-pair-tokenizer.ts';
import { bytesOfName } from '../tokenizer/bytes.ts';
import { createCharacterTokenizer } from '../tokenizer/character-tokenizer.ts';
import { isSpecial, type Tokenizer } from '../tokenizer/tokenizer.ts';
import { type ForeignModel, refused } from './foreign-model.ts';

/** Reads the bytes of a file; throws `training/bad-gguf`, `training/import-refused`, `training/weights-mismatch`. */
export function readGgufModel(bytes: Uint8Array, source: string): ForeignModel {
  const file = readGguf(bytes, source);
  const facts = Object.fromEntries([...file.metadata].map(([key, { value }]) => [key, value]));
  const config = readConfig(facts, file, source);
  const claim = facts['general.license'];
  return {
    config,
    tokenizer: readTokenizer(facts, config.vocab_size, source),
    weights: readWeights(config, file, source),
    ...(typeof claim === 'string' ? { claimedLicence: claim } : {}),
  };
}

const count = z.number().int().positive().max(1_000_000);

function readConfig(facts: Record<string, unknown>, { tensors }: GgufFile, source: string): GptConfig {
  const shape = z.enum(['llama', 'gpt2']).safeParse(facts['general.architecture']);
  if (!shape.success) {
    const found = String(facts['general.architecture']);
    throw refused(
      'input',
      source,
      `the architecture '${found}' is neither llama nor gpt2`,
      `架构“${found}”不是 llama 或 gpt2`,
    );
  }
  const name = shape.data;
  const sizes = z.object({
    [`${name}.context_length`]: count,
    [`${name}.embedding_length`]: count,
    [`${name}.block_count`]: count.max(1000),
    [`${name}.feed_forward_length`]: count,
    [`${name}.attention.head_count`]: count,
    [`${name}.attention.head_count_kv`]: count.optional(),
    [`${name}.attention.layer_norm_${name === 'llama' ? 'rms_' : ''}epsilon`]: z.number().positive(),
    'llama.rope.freq_base': z.number().positive().optional(),
  });
  const parsed = sizes.safeParse(facts);
  if (!parsed.success) {
    const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
    throw refused('input', source, reason, reason);
  }
  const fact = (key: string): number | undefined =>
    (parsed.data as Record<string, number | undefined>)[`${name}.${key}`];
  const scaling = facts[`${name}.rope.scaling.type`];
  if ((scaling !== undefined && scaling !== 'none') || tensors.has('rope_freqs.weight')) {
    throw refused('input', source, 'its rotary positions are scaled', '其旋转位置编码带缩放');
  }
  const heads = fact('attention.head_count')!;
  return gptConfig({
    model_type: name,
    hidden_size: fact('embedding_length')!,
    num_hidden_layers: fact('block_count')!,
    num_attention_heads: heads,
    num_key_value_heads: fact('attention.head_count_kv') ?? heads,
    intermediate_size: fact('feed_forward_length')!,
    vocab_size: tensors.get('token_embd.weight')?.shape[0] ?? 1,
    max_position_embeddings: fact('context_length')!,
    rms_norm_eps: shortest(fact('attention.layer_norm_rms_epsilon') ?? fact('attention.layer_norm_epsilon')!),
    rope_theta: shortest(fact('rope.freq_base') ?? 10000),
    tie_word_embeddings: !tensors.has('output.weight'),
  });
}

/** The shortest decimal that is the same 32-bit float: 0.00001 and not 0.000009999999747378752. */
function shortest(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}

function readWeights(config: GptConfig, { tensors }: GgufFile, source: string): Weights {
  const places = ggufPlaces(config);
  const found = places.flatMap(({ ours, theirs }) => {
    const tensor = tensors.get(theirs);
    return tensor ? [[ours, tensor] as const] : [];
  });
  checkWeights(config, new Map(found), source);
  return new Map(
    places.map(({ ours, theirs, shape, dealt }) => {
      const { type, bytes } = tensors.get(theirs)!;
      const values = unpackBlocks(type, bytes);
      return [ours, dealt > 0 ? gatherRows(values, dealt, shape[1]!) : values];
    }),
  );
}

const TOKENS = z.object({
  'tokenizer.ggml.model': z.literal('gpt2'),
  'tokenizer.ggml.tokens': z.array(z.string()),
  'tokenizer.ggml.merges': z.array(z.string()).default([]),
});

/** Byte pairs; or single characters, where every plain token is the bytes of one character and bytes alone are not tokens. */
function readTokenizer(facts: Record<string, unknown>, size: number, source: string): Tokenizer {
  const parsed = TOKENS.safeParse(facts);
  if (!parsed.success) throw refused('input', source, 'its tokens are not byte-level BPE', '其分词器不是字节级 BPE');
  const { 'tokenizer.ggml.tokens': names, 'tokenizer.ggml.merges': merges } = parsed.data;
  if (names.length !== size)
    throw refused('input', source, `${names.length} tokens for ${size} rows`, `${names.length} 个词元对应 ${size} 行`);
  const known = new Set(names);
  const characters = names.map((name) => (isSpecial(name) ? name : textOf(name)));
  const single = characters.every((text) => text !== undefined && (isSpecial(text) || [...text].length === 1));
  if (single && known.has('<unk>')) return createCharacterTokenizer(characters as string[], source);
  const pairs = merges.map((line): [string, string] => {
    const cut = line.indexOf(' ', 1);
    return [line.slice(0, cut), line.slice(cut + 1)];
  });
  return createBytePairTokenizer(names, pairs, source);
}

function textOf(name: string): string | undefined {
  const bytes = bytesOfName(name);
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // a piece of a character
  }
}
