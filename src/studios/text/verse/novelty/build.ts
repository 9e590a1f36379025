import { OsError } from '../../../../core/index.ts';
import { BUCKETS, rawFingerprint, sealBucket, sealRest } from './fingerprint.ts';
import { formatNoveltyIndex, type PoemName } from './format.ts';

/** Lines shorter than this are common speech (如梦令's 知否) and are not indexed. */
export const SHORTEST_LINE = 3;

/** A training poem: its lines without punctuation, in the characters the model was taught. */
export interface IndexedPoem extends PoemName {
  readonly lines: readonly string[];
}

/**
 * poems → bytes of a novelty index of their lines of three or more characters.
 * A line that several poems share is ascribed to the first of them. Equal poems in equal order give equal bytes.
 */
export function buildNoveltyIndex(poems: readonly IndexedPoem[]): Uint8Array {
  const buckets = new Map<number, Map<number, number>>();
  const characters = new Set<string>();
  let total = 0;
  for (const [ordinal, poem] of poems.entries()) {
    for (const line of poem.lines) {
      const raw = rawFingerprint(line);
      if (raw.length < SHORTEST_LINE) continue;
      for (const character of line) characters.add(character);
      const bucket = sealBucket(raw.bucket, raw.length);
      const rest = sealRest(raw.rest, raw.length);
      const lines = buckets.get(bucket) ?? new Map<number, number>();
      if (lines.has(rest)) continue;
      buckets.set(bucket, lines.set(rest, ordinal));
      total += 1;
    }
  }
  const names = { characters: [...characters].sort().join(''), poems };
  return formatNoveltyIndex({ ...flatten(buckets, total), names });
}

function flatten(
  buckets: ReadonlyMap<number, ReadonlyMap<number, number>>,
  total: number,
): { rests: Uint32Array; ordinals: Uint32Array; counts: Uint8Array } {
  const rests = new Uint32Array(total);
  const ordinals = new Uint32Array(total);
  const counts = new Uint8Array(BUCKETS);
  let next = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const lines = [...(buckets.get(bucket) ?? [])].sort(([a], [b]) => a - b);
    if (lines.length > 255) throw tooMany(total);
    counts[bucket] = lines.length;
    for (const [rest, ordinal] of lines) {
      rests[next] = rest;
      ordinals[next] = ordinal;
      next += 1;
    }
  }
  return { rests, ordinals, counts };
}

function tooMany(total: number): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/novelty-index-too-large',
    message: `${total} lines are too many for a novelty index of version 1.`,
    hint: 'Index fewer poems; about fifty million lines fit.',
    zh: { message: `${total} 行超出了第 1 版查重索引的容量。`, hint: '请减少诗作数量；上限约为五千万行。' },
  });
}
