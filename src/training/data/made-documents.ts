/** For tests: made-up documents, and a tokeniser of single characters. */
import { createRandom, sha256 } from '../../core/index.ts';
import type { EncodingTokenizer, TextDocument } from './tokenise-documents.ts';

const LETTERS = '日月星云山水花鸟明出落飞<s>/|';

/** Characters as tokens, with `<s>` and `</s>` recognised where they are written. */
export const MADE_TOKENIZER: EncodingTokenizer = createCharacters([
  '<pad>',
  '<s>',
  '</s>',
  '<unk>',
  '<林>',
  ...LETTERS,
]);

function createCharacters(vocabulary: readonly string[]): EncodingTokenizer {
  const ids = new Map(vocabulary.map((token, id) => [token, id]));
  const pieces = (text: string): string[] => text.match(/<(?:pad|s|\/s|unk|林)>|[\s\S]/gu) ?? [];
  return {
    vocabulary,
    find: (token) => ids.get(token),
    encode: (text) => pieces(text).map((piece) => ids.get(piece) ?? 3),
  };
}

/** Documents of 1 to `longest` characters; the same name gives the same document. */
export function makeDocuments(names: readonly string[], longest = 60): TextDocument[] {
  return names.map((name) => {
    const random = createRandom(`document ${name}`);
    const text = Array.from({ length: 1 + random.integer(longest) }, () => random.pick([...LETTERS].slice(0, 12))).join(
      '',
    );
    const licence = { name: 'CC0-1.0', from: 'recipe' } as const;
    return { id: name, source: `${name.split('#')[0]}`, title: name, text, licence, sha256: sha256(name + text) };
  });
}
