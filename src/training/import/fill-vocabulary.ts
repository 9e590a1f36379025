/** Models are often padded to a round number of tokens; a tokeniser here names every one. */
import { createBytePairTokenizer } from '../tokenizer/byte-pair-tokenizer.ts';
import { createCharacterTokenizer } from '../tokenizer/character-tokenizer.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { isBytePair } from '../tokenizer/tokenizer-file.ts';

/** The tokeniser with `<unused-N>` for each number up to `size` that it does not name. */
export function fillVocabulary(tokenizer: Tokenizer, size: number, source: string): Tokenizer {
  const { vocabulary } = tokenizer;
  if (vocabulary.length >= size) return tokenizer;
  const unused = Array.from({ length: size - vocabulary.length }, (_, i) => `<unused-${vocabulary.length + i}>`);
  const all = [...vocabulary, ...unused];
  return isBytePair(tokenizer)
    ? createBytePairTokenizer(all, tokenizer.merges, source)
    : createCharacterTokenizer(all, source);
}
