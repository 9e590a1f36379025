/**
 * Our tokenisers as llama.cpp's byte-level BPE ('gpt2'), with ids unchanged.
 *
 * Byte pairs are what it is made for. A character of our other tokeniser becomes the name of its UTF-8 bytes, and merges
 * join exactly the bytes of one character, lead byte first: since every merge begins with a lead byte and goes on with
 * continuation bytes, no merge ever joins two characters. Two things differ there: a character outside the vocabulary is
 * dropped where ours becomes `<unk>`, and special tokens are recognised only when asked for.
 */
import { BYTE_CHARACTERS, nameOfBytes } from '../tokenizer/bytes.ts';
import { isSpecial, type Tokenizer } from '../tokenizer/tokenizer.ts';
import { isBytePair } from '../tokenizer/tokenizer-file.ts';
import type { GgufValue } from './gguf.ts';
import { specialTokens } from './special-tokens.ts';

const NORMAL = 1;
const CONTROL = 3;

/** The facts `tokenizer.ggml.*` of a tokeniser. */
export function ggufTokenizer(tokenizer: Tokenizer): [string, GgufValue][] {
  const { bos, eos, pad, unk } = specialTokens(tokenizer);
  const ids = Object.entries({ bos, eos, padding: pad, unknown: unk });
  return [
    ['tokenizer.ggml.model', { type: 'string', value: 'gpt2' }],
    ['tokenizer.ggml.pre', { type: 'string', value: 'gpt-2' }],
    ['tokenizer.ggml.tokens', { type: 'array', of: 'string', value: tokenNames(tokenizer) }],
    ['tokenizer.ggml.token_type', { type: 'array', of: 'i32', value: tokenizer.vocabulary.map(typeOf) }],
    ['tokenizer.ggml.merges', { type: 'array', of: 'string', value: mergeLines(tokenizer) }],
    ...ids.flatMap(([name, id]): [string, GgufValue][] =>
      id === undefined ? [] : [[`tokenizer.ggml.${name}_token_id`, { type: 'u32', value: id }]],
    ),
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
    ['tokenizer.ggml.add_space_prefix', { type: 'bool', value: false }],
  ];
}

function typeOf(token: string): number {
  return isSpecial(token) ? CONTROL : NORMAL;
}

function tokenNames(tokenizer: Tokenizer): readonly string[] {
  if (isBytePair(tokenizer)) return tokenizer.vocabulary;
  return tokenizer.vocabulary.map((token) => (isSpecial(token) ? token : nameOfBytes(Buffer.from(token))));
}

function mergeLines(tokenizer: Tokenizer): readonly string[] {
  if (isBytePair(tokenizer)) return tokenizer.merges.map(([left, right]) => `${left} ${right}`);
  const lines = new Set<string>();
  for (const token of tokenizer.vocabulary) {
    const bytes = isSpecial(token) ? Buffer.alloc(0) : Buffer.from(token);
    for (let i = 1; i < bytes.length; i++) {
      lines.add(`${nameOfBytes(bytes.subarray(0, i))} ${BYTE_CHARACTERS[bytes[i]!]}`);
    }
  }
  return [...lines];
}
