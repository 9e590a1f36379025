/** Which documents are held out and which shard of the training rows each of the others goes to: by hash, one by one. */
import { type Sha256, sha256 } from '../../core/index.ts';

/** Names of the splits of a prepared dataset. */
export type SplitName = 'train' | 'validation' | 'test';

export interface SplitOptions {
  /** Shares of the documents, 0–1; default 0.1 and 0. */
  readonly validation: number;
  readonly test: number;
  readonly shards: number;
  readonly seed: string;
}

/** Where a document goes. */
export interface Destination {
  readonly split: SplitName;
  /** 0 for documents held out. */
  readonly shard: number;
}

/**
 * The destination of every document, by SHA-256 of its text and the seed: a document keeps its place when others come or
 * go. Only where the hashes hold nothing out, the documents with the least hashes are, one per split wanted; and when they
 * leave nothing to train on, the greatest stays.
 */
export function splitDocuments(digests: readonly Sha256[], options: SplitOptions): Destination[] {
  const { validation, test, shards, seed } = options;
  const draws = digests.map((digest) => fraction(`${seed}/split/${digest}`));
  const splits = draws.map(
    (draw): SplitName => (draw < validation ? 'validation' : draw < validation + test ? 'test' : 'train'),
  );
  const ranked = draws.map((_, i) => i).sort((a, b) => draws[a]! - draws[b]! || (digests[a]! < digests[b]! ? -1 : 1));
  const has = (name: SplitName): boolean => splits.includes(name);
  if (!has('train') && ranked.length > 0) splits[ranked.at(-1)!] = 'train';
  for (const [name, share] of [
    ['validation', validation],
    ['test', test],
  ] as const) {
    const spare = ranked.filter((i) => splits[i] === 'train');
    if (share > 0 && !has(name) && spare.length > 1) splits[spare[0]!] = name;
  }
  return splits.map((split, i) => ({
    split,
    shard: split === 'train' ? Math.floor(fraction(`${seed}/shard/${digests[i]}`) * shards) : 0,
  }));
}

/** A number in [0, 1) with 48 bits, from the hash of a name. */
function fraction(name: string): number {
  return Number.parseInt(sha256(name).slice(0, 12), 16) / 2 ** 48;
}
