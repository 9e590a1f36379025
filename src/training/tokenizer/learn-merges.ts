/**
 * Learns byte pair merges (Sennrich, Haddow and Birch, 2016): the commonest pair of neighbours becomes one token, again and
 * again, until the vocabulary is full. Ties go to the pair with the smaller numbers, as in Hugging Face's trainer.
 *
 *   words ─▶ one long array of symbols, words apart ─▶ pairs with counts and places ─▶ merge the best, mend its neighbours
 *
 * The array is a linked list (`next`, `previous`), so that a merge touches only the places where its pair stands. The
 * queue of pairs is a heap whose entries may be stale: an entry is believed only when its count is still true.
 */
import { createHeap } from './heap.ts';

/** Symbols of words, each word as often as it was seen. */
export interface CountedWord {
  readonly symbols: readonly number[];
  readonly count: number;
}

/** One merge: the pair, and the number of the new symbol. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly symbol: number;
}

/** What is learned. */
export interface MergeOptions {
  /** Symbols there are already; new ones are numbered from here. */
  readonly firstSymbol: number;
  /** At most this many merges. */
  readonly merges: number;
  /** A pair seen less often is not merged. Default 2. */
  readonly minCount?: number;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

const NONE = -1;
const pairKey = (left: number, right: number): number => left * 0x1_0000_0000 + right;

interface Chain {
  readonly symbols: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly counts: Float64Array;
}

interface Pairs {
  readonly counts: Map<number, number>;
  readonly places: Map<number, number[]>;
}

/** The merges in the order in which they were learned. */
export function learnMerges(words: readonly CountedWord[], options: MergeOptions): Merge[] {
  const { firstSymbol, merges, minCount = 2, onProgress, signal } = options;
  const chain = chainOf(words);
  const pairs = countPairs(chain);
  const queue = createHeap<{ key: number; count: number }>((a, b) => b.count - a.count || a.key - b.key);
  for (const [key, count] of pairs.counts) queue.push({ key, count });
  const learned: Merge[] = [];
  while (learned.length < merges) {
    const best = queue.pop();
    if (!best) break;
    const count = pairs.counts.get(best.key) ?? 0;
    if (count !== best.count) {
      if (count >= minCount) queue.push({ key: best.key, count });
      continue;
    }
    if (count < minCount) break;
    const symbol = firstSymbol + learned.length;
    learned.push({ left: Math.floor(best.key / 0x1_0000_0000), right: best.key % 0x1_0000_0000, symbol });
    for (const key of mergePair(chain, pairs, learned.at(-1)!)) queue.push({ key, count: pairs.counts.get(key)! });
    if (learned.length % 256 === 0) onProgress?.(learned.length);
    signal?.throwIfAborted();
  }
  return learned;
}

function chainOf(words: readonly CountedWord[]): Chain {
  const size = words.reduce((sum, { symbols }) => sum + symbols.length, 0);
  const chain: Chain = {
    symbols: new Int32Array(size),
    next: new Int32Array(size).fill(NONE),
    previous: new Int32Array(size).fill(NONE),
    counts: new Float64Array(size),
  };
  let at = 0;
  for (const { symbols, count } of words) {
    for (const [i, symbol] of symbols.entries()) {
      chain.symbols[at] = symbol;
      chain.counts[at] = count;
      if (i > 0) {
        chain.previous[at] = at - 1;
        chain.next[at - 1] = at;
      }
      at += 1;
    }
  }
  return chain;
}

function countPairs(chain: Chain): Pairs {
  const pairs: Pairs = { counts: new Map(), places: new Map() };
  for (let at = 0; at < chain.symbols.length; at++) notePair(chain, pairs, at);
  return pairs;
}

/** Counts the pair that begins at a place. Returns its key, or undefined at the end of a word. */
function notePair({ symbols, next, counts }: Chain, pairs: Pairs, at: number): number | undefined {
  const after = next[at]!;
  if (after === NONE) return undefined;
  const key = pairKey(symbols[at]!, symbols[after]!);
  pairs.counts.set(key, (pairs.counts.get(key) ?? 0) + counts[at]!);
  const places = pairs.places.get(key);
  if (places) places.push(at);
  else pairs.places.set(key, [at]);
  return key;
}

function forgetPair({ symbols, next, counts }: Chain, pairs: Pairs, at: number): void {
  const after = next[at]!;
  if (after === NONE) return;
  const key = pairKey(symbols[at]!, symbols[after]!);
  pairs.counts.set(key, pairs.counts.get(key)! - counts[at]!);
}

/** Replaces a pair everywhere; returns the pairs that are now more frequent. */
function mergePair(chain: Chain, pairs: Pairs, { left, right, symbol }: Merge): Set<number> {
  const { symbols, next, previous } = chain;
  const grown = new Set<number>();
  for (const at of pairs.places.get(pairKey(left, right))!) {
    const after = next[at]!;
    // Places are not erased when a neighbour's merge changes them: what stands here now decides.
    if (symbols[at] !== left || after === NONE || symbols[after] !== right) continue;
    const before = previous[at]!;
    if (before !== NONE) forgetPair(chain, pairs, before);
    forgetPair(chain, pairs, after);
    symbols[at] = symbol;
    symbols[after] = NONE;
    next[at] = next[after]!;
    if (next[at] !== NONE) previous[next[at]!] = at;
    if (before !== NONE) grown.add(notePair(chain, pairs, before)!);
    const key = notePair(chain, pairs, at);
    if (key !== undefined) grown.add(key);
  }
  pairs.counts.delete(pairKey(left, right));
  pairs.places.delete(pairKey(left, right));
  return grown;
}
