/**
 * A tokeniser that gives every character its own token; special tokens such as `<s>` or `<title>` are recognised. In
 * `tokenizer.json` (tokenizer-file.ts) it is a BPE without merges. Ids are dense and are the places in the vocabulary.
 */
import { badTokenizer } from './byte-pair-tokenizer.ts';
import { isSpecial, type Tokenizer } from './tokenizer.ts';

export type CharacterTokenizer = Tokenizer;

const UNKNOWN = '<unk>';

/** A tokeniser over a vocabulary; it must hold `<unk>`, single characters and special tokens, none twice. */
export function createCharacterTokenizer(vocabulary: readonly string[], source = 'vocabulary'): CharacterTokenizer {
  const ids = new Map(vocabulary.map((token, id) => [token, id]));
  const unknown = ids.get(UNKNOWN);
  if (unknown === undefined) throw badTokenizer(source, `it has no ${UNKNOWN}`);
  if (ids.size !== vocabulary.length) throw badTokenizer(source, 'it holds a token twice');
  const odd = vocabulary.find((token) => !isSpecial(token) && [...token].length !== 1);
  if (odd !== undefined) throw badTokenizer(source, `'${odd}' is neither one character nor a special token`);
  return {
    vocabulary,
    find: (token) => ids.get(token),
    encode: (text) => {
      const parts = text.match(/<[^<>]+>|./gsu) ?? [];
      return parts.flatMap((part) => (ids.has(part) ? [part] : [...part])).map((part) => ids.get(part) ?? unknown);
    },
    bytes: (id) => (isSpecial(vocabulary[id] ?? UNKNOWN) ? new Uint8Array() : new TextEncoder().encode(vocabulary[id])),
    decode: (tokens) => tokens.map((id) => vocabulary[id] ?? UNKNOWN).join(''),
  };
}
