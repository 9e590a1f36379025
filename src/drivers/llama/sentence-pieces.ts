/**
 * The vocabulary of a GGUF file with SentencePiece's scored pieces (`llama`: Llama 2, Mistral, Gemma …), cut as llama.cpp cuts:
 *
 *   text ─▶ special tokens ─▶ ▁ for every blank, and one before the beginning ─▶ characters, joined by the highest score
 *        ─▶ pieces; what no piece writes becomes tokens of bytes such as <0xE4>
 *
 * After llm_tokenizer_spm in llama.cpp (llama-vocab.cpp) and Kudo and Richardson 2018 (SentencePiece).
 */
import type { TokenModel } from '../../kernel/index.ts';
import { type GgufHead, readGgufHead } from './gguf-head.ts';
import { splitAtSpecials } from './special-tokens.ts';

const BLANK = '\u2581';
const [UNKNOWN, CONTROL, USER, BYTE] = [2, 3, 4, 6];

/** Whether a file has such a vocabulary. */
export const hasSentencePieces = ({ facts }: GgufHead): boolean => facts.get('tokenizer.ggml.model') === 'llama';

/** Reads the vocabulary of a file that `hasSentencePieces`. */
export function readSentencePieces(path: string): Pick<TokenModel, 'vocabulary' | 'encode' | 'decode' | 'bytes'> {
  const keys = ['tokens', 'token_type', 'scores'].map((name) => `tokenizer.ggml.${name}`);
  const { kept, facts } = readGgufHead(path, keys);
  const [names, types, scores] = keys.map((key) => kept.get(key)!) as [string[], number[], number[]];
  const ids = new Map(names.map((name, id) => [name, id]));
  const isSpecial = (id: number): boolean => [UNKNOWN, CONTROL, USER].includes(types[id] ?? 0);
  const ofBytes = new Map(
    names.flatMap((name, id) => (types[id] === BYTE ? [[Number.parseInt(name.slice(3, 5), 16), id] as const] : [])),
  );
  const unknown = Number(facts.get('tokenizer.ggml.unknown_token_id') ?? 0);
  const leads = facts.get('tokenizer.ggml.add_space_prefix') !== false;
  const begin = Number(facts.get('tokenizer.ggml.bos_token_id') ?? 1);
  const scoreOf = (piece: string): number | undefined => {
    const id = ids.get(piece);
    return id === undefined ? undefined : (scores[id] ?? 0);
  };
  // llama.cpp falls back on bytes; a file without them has one token for all that it does not know.
  const spelt = (part: string): number[] => [...Buffer.from(part, 'utf8')].map((byte) => ofBytes.get(byte) ?? unknown);
  const plain = (text: string, first: boolean): number[] => {
    const said = (first && leads ? ` ${text}` : text).replaceAll(' ', BLANK);
    return joinPieces([...said], scoreOf).flatMap((part) => ids.get(part) ?? spelt(part));
  };
  const bytes = (id: number): Uint8Array => {
    if (isSpecial(id)) return new Uint8Array(0);
    const name = names[id] ?? '';
    return types[id] === BYTE
      ? Uint8Array.of(Number.parseInt(name.slice(3, 5), 16))
      : Buffer.from(name.replaceAll(BLANK, ' '), 'utf8');
  };
  const split = splitAtSpecials(names, isSpecial);
  const written = (id: number): Uint8Array => (isSpecial(id) ? Buffer.from(names[id]!) : bytes(id));
  return {
    vocabulary: names.map((_, id) => Buffer.from(written(id)).toString('utf8')),
    bytes,
    // A special token is a beginning of its own: a blank is put before what follows it, as llama.cpp does.
    encode: (text) =>
      split(text).flatMap((part, i) => (i % 2 === 1 ? [ids.get(part)!] : part === '' ? [] : plain(part, true))),
    decode: (run) => {
      const parts = run.map((id, i) => {
        // The blank before a beginning was never said. Tokens that follow no beginning go on from something: theirs was.
        const whole = written(id);
        return i > 0 && leads && isBeginning(run[i - 1]!) && whole[0] === 32 ? whole.subarray(1) : whole;
      });
      return Buffer.concat(parts).toString('utf8');
    },
  };

  function isBeginning(id: number): boolean {
    return id === begin || isSpecial(id);
  }
}

/** A pair that could be joined: its places and score. */
interface Pair {
  readonly left: number;
  readonly right: number;
  readonly text: string;
  readonly score: number;
}

/** Joins the neighbours that make the piece of the highest score, leftmost first, until none do. */
function joinPieces(parts: readonly string[], scoreOf: (piece: string) => number | undefined): string[] {
  const texts = [...parts];
  const next = texts.map((_, i) => i + 1);
  const previous = texts.map((_, i) => i - 1);
  const heap: Pair[] = [];
  const offer = (left: number, right: number): void => {
    if (left < 0 || right >= texts.length) return;
    const text = texts[left]! + texts[right]!;
    const score = scoreOf(text);
    if (score !== undefined) push(heap, { left, right, text, score });
  };
  for (let i = 0; i + 1 < texts.length; i++) offer(i, i + 1);
  for (let pair = pop(heap); pair; pair = pop(heap)) {
    const { left, right, text } = pair;
    // Either may have been joined with another meanwhile.
    if (next[left] !== right || texts[left]! + texts[right]! !== text || texts[left] === '') continue;
    texts[left] = text;
    texts[right] = '';
    next[left] = next[right]!;
    if (next[left]! < texts.length) previous[next[left]!] = left;
    offer(previous[left]!, left);
    offer(left, next[left]!);
  }
  return texts.filter((text) => text !== '');
}

const before = (a: Pair, b: Pair): boolean => a.score > b.score || (a.score === b.score && a.left < b.left);

function push(heap: Pair[], pair: Pair): void {
  let at = heap.push(pair) - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    if (!before(heap[at]!, heap[up]!)) return;
    [heap[at], heap[up]] = [heap[up]!, heap[at]!];
    at = up;
  }
}

function pop(heap: Pair[]): Pair | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (!top || !last || heap.length === 0) return top;
  heap[0] = last;
  for (let at = 0; ; ) {
    let best = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child]!, heap[best]!)) best = child;
    }
    if (best === at) return top;
    [heap[at], heap[best]] = [heap[best]!, heap[at]!];
    at = best;
  }
}
