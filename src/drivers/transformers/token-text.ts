/**
 * The tokeniser of a folder, on our side of the engine: texts to ids and back, and which bytes each token writes. Three kinds
 * of vocabularies are known: bytes in disguise (GPT-2's alphabet), pieces with `▁` for blanks and `<0x41>` for bytes, and
 * plain words.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { engineFault } from '../../kernel/index.ts';

export interface TokenText {
  readonly vocabulary: readonly string[];
  encode(text: string): number[];
  decode(ids: readonly number[]): string;
  bytes(id: number): Uint8Array;
}

interface TokenizerFile {
  readonly added_tokens?: readonly { readonly id: number; readonly content: string; readonly special?: boolean }[];
  readonly decoder?: unknown;
  readonly model: { readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[] };
}

/** Reads tokenizer.json and tokenizer_config.json; `size`: length of the vocabulary of the network. Throws `engine/broken-model`. */
export function readTokenText(folder: string, size: number, name: string): TokenText {
  const read = (file: string): unknown => {
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8'));
    } catch (cause) {
      throw engineFault('broken-model', name, `${file}: ${(cause as Error).message}`, cause);
    }
  };
  const file = read('tokenizer.json') as TokenizerFile;
  const tokenizer = new Tokenizer(file as object, read('tokenizer_config.json') as object);
  const entries: readonly (readonly [string, number])[] = Array.isArray(file.model.vocab)
    ? file.model.vocab.map(([text], id) => [text, id])
    : Object.entries(file.model.vocab);
  const special = new Map(file.added_tokens?.filter((one) => one.special).map(({ id, content }) => [id, content]));
  const added = new Map(file.added_tokens?.map(({ id, content }) => [id, content]));
  const raw: string[] = new Array(size).fill('');
  for (const [text, id] of [...entries, ...[...added].map(([id, text]) => [text, id] as const)]) {
    if (id < size) raw[id] = text;
  }
  const write = writerOf(file.decoder);
  const bytes = raw.map((text, id) => {
    if (special.has(id)) return new Uint8Array(0);
    return added.has(id) ? encoder.encode(text) : write(text);
  });
  return {
    vocabulary: raw.map((text, id) => (special.has(id) ? angled(text) : decoder.decode(bytes[id]!))),
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    decode: (ids) => decodePieces(ids, bytes, special),
    bytes: (id) => bytes[id] ?? new Uint8Array(0),
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Special tokens look like `<title>`, whatever they look like in the file (`[SEP]`). */
const angled = (text: string): string => (/^<.*>$/s.test(text) ? text : `<${text.replace(/^[[\]]|[[\]]$/g, '')}>`);

function decodePieces(
  ids: readonly number[],
  bytes: readonly Uint8Array[],
  special: ReadonlyMap<number, string>,
): string {
  return decoder.decode(
    Buffer.concat(
      ids.map((id) => (special.has(id) ? encoder.encode(special.get(id)) : (bytes[id] ?? new Uint8Array(0)))),
    ),
  );
}

/** How tokens become bytes, by the decoder that the file names. */
function writerOf(stage: unknown): (text: string) => Uint8Array {
  const said = JSON.stringify(stage ?? {});
  if (said.includes('ByteLevel')) return (text) => Uint8Array.from([...text], (letter) => DISGUISED.get(letter) ?? 63);
  if (said.includes('ByteFallback') || said.includes('▁')) {
    return (text) => {
      const byte = /^<0x([0-9A-F]{2})>$/.exec(text)?.[1];
      return byte === undefined ? encoder.encode(text.replaceAll('▁', ' ')) : Uint8Array.of(Number.parseInt(byte, 16));
    };
  }
  return (text) => encoder.encode(text);
}

/** GPT-2's alphabet: printable bytes stand for themselves, the others for letters from 256 on. */
const DISGUISED: ReadonlyMap<string, number> = (() => {
  const plain = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return new Map(Array.from({ length: 256 }, (_, byte) => [String.fromCodePoint(plain(byte) ? byte : next++), byte]));
})();
