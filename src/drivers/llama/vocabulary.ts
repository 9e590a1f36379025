/**
 * The vocabulary of a GGUF file as its caller needs it at once: text to ids and back. Byte-level BPE (`gpt2`) here, scored
 * pieces in sentence-pieces.ts. The same arithmetic as llama.cpp's: special tokens first, then pieces by a pattern, then merges by rank.
 */
import type { TokenModel } from '../../kernel/index.ts';
import { type GgufHead, readGgufHead } from './gguf-head.ts';
import { hasSentencePieces, readSentencePieces } from './sentence-pieces.ts';
import { splitAtSpecials } from './special-tokens.ts';

/** How a text is cut before merges, by `tokenizer.ggml.pre` (llama.cpp, llama-vocab.cpp). */
const GPT2 = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
const LLAMA3 =
  /'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;
const QWEN2 =
  /'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

const PATTERNS: Readonly<Record<string, RegExp>> = {
  'gpt-2': GPT2,
  'llama-bpe': LLAMA3,
  llama3: LLAMA3,
  'llama-v3': LLAMA3,
  qwen2: QWEN2,
};

const [CONTROL, USER] = [3, 4];

/** Whether the tokens of a file can be chosen by its caller: its way of cutting texts is known here. */
export function isKnownVocabulary(head: GgufHead): boolean {
  const { facts } = head;
  if (hasSentencePieces(head)) return true;
  return facts.get('tokenizer.ggml.model') === 'gpt2' && String(facts.get('tokenizer.ggml.pre') ?? 'gpt-2') in PATTERNS;
}

/** Reads the vocabulary of a file that `isKnownVocabulary`. */
export function readVocabulary(path: string): Pick<TokenModel, 'vocabulary' | 'encode' | 'decode' | 'bytes'> {
  const [tokensKey, typesKey, mergesKey] = ['tokens', 'token_type', 'merges'].map((name) => `tokenizer.ggml.${name}`);
  const head = readGgufHead(path, [tokensKey!, typesKey!, mergesKey!]);
  if (hasSentencePieces(head)) return readSentencePieces(path);
  const { kept, facts } = head;
  const names = kept.get(tokensKey!)!.map(String);
  const types = kept.get(typesKey!)! as readonly number[];
  const ids = new Map(names.map((name, id) => [name, id]));
  const ranks = new Map(kept.get(mergesKey!)!.map((line, rank) => [String(line), rank]));
  const isSpecial = (id: number): boolean => types[id] === CONTROL || types[id] === USER;
  const split = splitAtSpecials(names, isSpecial);
  const pattern = PATTERNS[String(facts.get('tokenizer.ggml.pre') ?? 'gpt-2')]!;
  const bytes = (id: number): Uint8Array => (isSpecial(id) ? new Uint8Array(0) : bytesOf(names[id] ?? ''));
  const plain = (text: string): number[] =>
    (text.match(pattern) ?? []).flatMap((piece) => {
      const parts = merge(
        [...Buffer.from(piece, 'utf8')].map((byte) => CHARACTERS[byte]!),
        ranks,
      );
      // What no token writes is dropped, as llama.cpp drops it.
      return parts.flatMap((part) => ids.get(part) ?? [...part].flatMap((one) => ids.get(one) ?? []));
    });
  const texts = new Map<number, string>();
  const textOf = (id: number): string => {
    const known = texts.get(id) ?? (isSpecial(id) ? names[id]! : Buffer.from(bytes(id)).toString('utf8'));
    texts.set(id, known);
    return known;
  };
  return {
    vocabulary: names.map((_, id) => textOf(id)),
    bytes,
    encode: (text) => split(text).flatMap((part, i) => (i % 2 === 1 ? [ids.get(part)!] : plain(part))),
    decode: (run) => {
      const parts: Uint8Array[] = run.map((id) => (isSpecial(id) ? Buffer.from(names[id]!) : bytes(id)));
      return Buffer.concat(parts).toString('utf8');
    },
  };
}

/** Joins the pair of the lowest rank until none is left. */
function merge(parts: readonly string[], ranks: ReadonlyMap<string, number>): readonly string[] {
  let now = parts;
  for (;;) {
    let [best, rank] = [-1, Infinity];
    for (let i = 0; i + 1 < now.length; i++) {
      const found = ranks.get(`${now[i]} ${now[i + 1]}`) ?? Infinity;
      if (found < rank) [best, rank] = [i, found];
    }
    if (best < 0) return now;
    now = [...now.slice(0, best), `${now[best]}${now[best + 1]}`, ...now.slice(best + 2)];
  }
}

/** GPT-2's names of bytes: printable ones stand for themselves, the others for characters from 256 on. */
const CHARACTERS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte).map((byte, _, all) => {
  const shown = (one: number): boolean => (one >= 33 && one <= 126) || (one >= 161 && one <= 172) || one >= 174;
  return String.fromCodePoint(shown(byte) ? byte : 256 + all.slice(0, byte).filter((one) => !shown(one)).length);
});
const BYTES: ReadonlyMap<string, number> = new Map(CHARACTERS.map((character, byte) => [character, byte]));

function bytesOf(name: string): Uint8Array {
  return Uint8Array.from([...name].flatMap((character) => BYTES.get(character) ?? [...Buffer.from(character)]));
}
