/**
 * A byte-level BPE tokeniser: any text can be written, whatever its script, and nothing is unknown.
 *
 *   text ─▶ special tokens apart ─▶ words (GPT-2's rule) ─▶ bytes ─▶ merges, best first ─▶ ids
 *
 * Kept as Hugging Face's `tokenizer.json` (tokenizer-file.ts), read by transformers, transformers.js and llama.cpp.
 */
import { refusal } from '../refusal.ts';
import { BYTE_CHARACTERS, bytesOfName, nameOfBytes } from './bytes.ts';
import type { CountedWord } from './learn-merges.ts';
import { learnMerges } from './learn-merges.ts';
import { isSpecial, type Tokenizer } from './tokenizer.ts';
import { splitWords } from './words.ts';

export interface BytePairTokenizer extends Tokenizer {
  /** Pairs of token names, in the order in which they apply. */
  readonly merges: readonly (readonly [string, string])[];
}

/** Special tokens of a tokeniser learned for a new model of prose. */
export const OWN_SPECIAL: readonly string[] = ['<pad>', '<s>', '</s>', '<title>', '<text>'];

/** What a tokeniser is learned from. */
export interface BytePairOptions {
  /** Tokens in all: special ones, 256 bytes, merges. */
  readonly vocabSize: number;
  /** Special tokens `<…>`, numbered first. */
  readonly special: readonly string[];
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Learns a tokeniser from texts; the same texts give the same tokens. */
export function learnBytePairs(texts: Iterable<string>, options: BytePairOptions): BytePairTokenizer {
  const { vocabSize, special, ...hooks } = options;
  const names = [...special, ...[...BYTE_CHARACTERS].sort()];
  const ids = new Map(names.map((name, id) => [name, id]));
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of splitWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(
    ([word, count]): CountedWord => ({
      symbols: [...nameOfBytes(Buffer.from(word))].map((character) => ids.get(character)!),
      count,
    }),
  );
  const learned = learnMerges(words, { firstSymbol: names.length, merges: vocabSize - names.length, ...hooks });
  const merges: [string, string][] = [];
  for (const { left, right } of learned) {
    merges.push([names[left]!, names[right]!]);
    names.push(names[left]! + names[right]!);
  }
  return createBytePairTokenizer(names, merges);
}

/** A tokeniser from its vocabulary and merges; throws `training/bad-tokenizer`. */
export function createBytePairTokenizer(
  vocabulary: readonly string[],
  merges: readonly (readonly [string, string])[],
  source = 'tokenizer',
): BytePairTokenizer {
  const ids = new Map(vocabulary.map((name, id) => [name, id]));
  checkTokens(vocabulary, ids, source);
  const ranks = rankMerges(merges, ids, vocabulary.length, source);
  const bytes = vocabulary.map((name) => (isSpecial(name) ? new Uint8Array() : bytesOfName(name)!));
  const starts = BYTE_CHARACTERS.map((character) => ids.get(character)!);
  const known = new Map<string, readonly number[]>();
  const encodeWord = (word: string): readonly number[] => {
    const found = known.get(word);
    if (found) return found;
    const encoded = applyMerges(
      [...Buffer.from(word)].map((byte) => starts[byte]!),
      ranks,
      vocabulary.length,
    );
    if (known.size < MOST_KNOWN && word.length < 24) known.set(word, encoded);
    return encoded;
  };
  return {
    vocabulary,
    merges,
    find: (token) => ids.get(token),
    bytes: (id) => bytes[id] ?? new Uint8Array(),
    encode: (text) =>
      text.split(SPECIAL).flatMap((part, i) => {
        const special = i % 2 === 1 ? ids.get(part) : undefined;
        return special === undefined ? splitWords(part).flatMap(encodeWord) : [special];
      }),
    decode: (tokens) => decode(tokens, vocabulary, bytes),
  };
}

const SPECIAL = /(<[a-z][a-z0-9:_/-]*>|<\/[a-z]+>)/iu;
const MOST_KNOWN = 200_000;

/** The pair with the lowest rank is joined first, the leftmost of equals. */
function applyMerges(symbols: number[], ranks: ReadonlyMap<number, Rank>, size: number): readonly number[] {
  for (;;) {
    let best: Rank | undefined;
    let place = -1;
    for (let i = 0; i + 1 < symbols.length; i++) {
      const rank = ranks.get(symbols[i]! * size + symbols[i + 1]!);
      if (rank && (!best || rank.rank < best.rank)) {
        best = rank;
        place = i;
      }
    }
    if (!best) return symbols;
    symbols.splice(place, 2, best.id);
  }
}

interface Rank {
  readonly rank: number;
  readonly id: number;
}

function rankMerges(
  merges: readonly (readonly [string, string])[],
  ids: ReadonlyMap<string, number>,
  size: number,
  source: string,
): Map<number, Rank> {
  return new Map(
    merges.map(([left, right], rank) => {
      const [a, b, id] = [ids.get(left), ids.get(right), ids.get(left + right)];
      if (a === undefined || b === undefined || id === undefined) {
        throw badTokenizer(source, `the merge of '${left}' and '${right}' is not in its vocabulary`);
      }
      return [a * size + b, { rank, id }];
    }),
  );
}

function decode(tokens: readonly number[], vocabulary: readonly string[], bytes: readonly Uint8Array[]): string {
  const parts = tokens.map((id) => {
    const name = vocabulary[id];
    return name !== undefined && isSpecial(name) ? Buffer.from(name) : (bytes[id] ?? new Uint8Array());
  });
  return new TextDecoder().decode(Buffer.concat(parts));
}

function checkTokens(vocabulary: readonly string[], ids: ReadonlyMap<string, number>, source: string): void {
  if (ids.size !== vocabulary.length) throw badTokenizer(source, 'it holds a token twice');
  const missing = BYTE_CHARACTERS.findIndex((character) => !ids.has(character));
  if (missing >= 0) throw badTokenizer(source, `byte ${missing} has no token`);
  const odd = vocabulary.find((name) => !isSpecial(name) && bytesOfName(name) === undefined);
  if (odd !== undefined) throw badTokenizer(source, `'${odd}' is neither bytes nor a special token`);
}

/** The error of a tokeniser that cannot be used. */
export function badTokenizer(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-tokenizer',
    { en: `'${source}' cannot serve as a tokeniser: ${reason}.`, zh: `“${source}”不能用作分词器：${reason}。` },
    {
      en: 'Use the tokenizer.json that came with the model: a character tokeniser or a byte-level BPE.',
      zh: '请使用随模型附带的 tokenizer.json：字符分词器或字节级 BPE。',
    },
  );
}
