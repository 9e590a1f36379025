/**
 * Texts that say the same as an earlier one: exact by the hash of their words, near by MinHash. Only texts that share a
 * band of their signatures are compared (locality-sensitive hashing): with 128 functions in 32 bands of 4, a pair of
 * similarity 0.8 is compared with certainty 1 − (1 − 0.8⁴)³² > 0.9999, one of 0.3 with 0.23.
 */
import { sha256 } from '../../../core/index.ts';
import { wordsOf } from './characters.ts';
import { createMinHash, estimateJaccard } from './min-hash.ts';

export interface DuplicateOptions {
  /** Estimated Jaccard similarity from which a text counts as a near copy, default 0.8; above 1 finds exact copies only. */
  readonly threshold?: number;
  readonly seed?: string | number;
  /** Hash functions, a multiple of 4; default 128. */
  readonly functions?: number;
}

/** That text `of` (an index) repeats the earlier text `original`. */
export interface Duplicate {
  readonly of: number;
  readonly original: number;
  readonly exact: boolean;
  /** Estimated, 1 for exact ones. */
  readonly similarity: number;
}

const BAND = 4;
const FEWEST_WORDS = 8;

/** Finds copies, the first of each kind kept; texts without words are copies of none. The order of texts decides. */
export function findDuplicates(texts: Iterable<string>, options: DuplicateOptions = {}): Duplicate[] {
  const { threshold = 0.8, seed = 'min-hash', functions = 128 } = options;
  const minHash = createMinHash({ functions, seed });
  const exact = new Map<string, number>();
  const signatures = new Map<number, Int32Array>();
  const buckets = new Map<string, number[]>();
  const found: Duplicate[] = [];
  let of = -1;
  for (const text of texts) {
    of++;
    const words = wordsOf(text);
    if (words.length === 0) continue;
    const digest = sha256(words.join(' '));
    const same = exact.get(digest);
    if (same !== undefined) {
      found.push({ of, original: same, exact: true, similarity: 1 });
      continue;
    }
    exact.set(digest, of);
    if (threshold > 1 || words.length < FEWEST_WORDS) continue;
    const signature = minHash.signatureOf(words);
    const bands = bandsOf(signature);
    const near = nearest(signature, bands, buckets, signatures);
    if (near && near.similarity >= threshold) {
      found.push({ of, original: near.original, exact: false, similarity: near.similarity });
      continue;
    }
    signatures.set(of, signature);
    for (const band of bands) {
      const bucket = buckets.get(band);
      if (bucket) bucket.push(of);
      else buckets.set(band, [of]);
    }
  }
  return found;
}

function bandsOf(signature: Int32Array): string[] {
  return Array.from({ length: signature.length / BAND }, (_, band) => {
    const at = band * BAND;
    return `${band}:${signature.subarray(at, at + BAND).join()}`;
  });
}

function nearest(
  signature: Int32Array,
  bands: readonly string[],
  buckets: ReadonlyMap<string, readonly number[]>,
  signatures: ReadonlyMap<number, Int32Array>,
): { original: number; similarity: number } | undefined {
  const candidates = new Set(bands.flatMap((band) => buckets.get(band) ?? []));
  let best: { original: number; similarity: number } | undefined;
  for (const original of [...candidates].sort((a, b) => a - b)) {
    const similarity = estimateJaccard(signature, signatures.get(original)!);
    if (!best || similarity > best.similarity) best = { original, similarity };
  }
  return best;
}
