/**
 * How alike two texts are, without comparing them: MinHash (Broder 1997). A text is the set of its runs of five words
 * (shingles); of many hash functions each keeps the least value over the set, and the share of functions on which two
 * texts agree estimates the Jaccard similarity of their sets, with deviation √(J(1−J)/functions).
 */
import { createRandom } from '../../../core/index.ts';

export interface MinHash {
  /** The signature of a list of words, one signed 32-bit number per function. */
  signatureOf(words: readonly string[]): Int32Array;
  readonly functions: number;
}

export interface MinHashOptions {
  /** Default 128. */
  readonly functions?: number;
  /** Words in a shingle, default 5. */
  readonly shingle?: number;
  readonly seed?: string | number;
}

/** Creates the hash functions of a seed. */
export function createMinHash(options: MinHashOptions = {}): MinHash {
  const { functions = 128, shingle = 5, seed = 'min-hash' } = options;
  const random = createRandom(seed);
  const word = (): number => Math.floor(random.next() * 2 ** 32) | 0;
  const salts = Int32Array.from({ length: functions }, word);
  const factors = Int32Array.from({ length: functions }, () => word() | 1);
  return {
    functions,
    signatureOf: (words) => {
      const signature = new Int32Array(functions).fill(0x7fffffff);
      for (const hash of shinglesOf(words, shingle)) {
        for (let f = 0; f < functions; f++) {
          // Shingles are mixed already; signed numbers keep to the machine's integers.
          const value = Math.imul(hash ^ salts[f]!, factors[f]!);
          if (value < signature[f]!) signature[f] = value;
        }
      }
      return signature;
    },
  };
}

/** Hashes of the distinct runs of `length` words; a shorter list is one run. */
export function shinglesOf(words: readonly string[], length: number): ReadonlySet<number> {
  const hashes = words.map(hashWord);
  const found = new Set<number>();
  for (let i = 0; i + length <= hashes.length || i === 0; i++) {
    let hash = 0x1e3779b9;
    for (let j = i; j < Math.min(i + length, hashes.length); j++) hash = mix(Math.imul(hash, 31) + hashes[j]!);
    found.add(hash);
  }
  return found;
}

/** The estimate of the Jaccard similarity of the sets behind two signatures, 0–1. */
export function estimateJaccard(a: Int32Array, b: Int32Array): number {
  let same = 0;
  for (let f = 0; f < a.length; f++) if (a[f] === b[f]) same++;
  return same / a.length;
}

/** A signed 32-bit hash of a word: FNV-1a over UTF-16 units. */
export function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

/** Mixes a 32-bit number: the finaliser of MurmurHash3, where every bit of the input moves every bit of the result. */
export function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
