/**
 * Looking lines up in a novelty index, and trying every way in which one replaced character could have hidden a copy.
 *
 *   line ─▶ fingerprint ─▶ bucket ─▶ rest found? ─▶ ordinal ─▶ author, title
 *
 * The index holds no text. A near copy is found by asking for all lines that differ from the given one in one character
 * (seven places × some 5,000 characters); the question that is answered spells the original. No second index is needed.
 */
import { SHORTEST_LINE } from './build.ts';
import {
  BUCKETS,
  bucketTerm,
  FINGERPRINT_BITS,
  type RawFingerprint,
  rawFingerprint,
  restTerm,
  sealBucket,
  sealRest,
} from './fingerprint.ts';
import type { NoveltyTables, PoemName } from './format.ts';
import { hanOnly, simplified } from './normalise.ts';

/** A training line close to a given one, and how it is close. */
export interface NearLine extends PoemName {
  /** The training line. */
  readonly original: string;
  /** `replaced`: one character differs; `contained`: the given line has it inside, whole. */
  readonly how: 'replaced' | 'contained';
}

/** Knows every line (three characters or more) of the poems a model was trained on. */
export interface LineLookup {
  readonly lineCount: number;
  readonly poemCount: number;
  /** The probability that a line which is not in the index is taken for one that is. */
  readonly falsePositiveRate: number;
  /** Whether the line stands in the index exactly as written; made for decoding, about a microsecond. */
  hasLine(line: string): boolean;
  /** The first training poem with this line, whatever its punctuation and in traditional characters too; undefined when there is none. */
  findLine(line: string): PoemName | undefined;
  /**
   * A training line that differs in exactly one character, or that stands whole inside a longer line (from five characters
   * on). Undefined when there is none. Some milliseconds.
   */
  findNearLine(line: string): NearLine | undefined;
}

/** Shortest training line whose appearance inside a longer line is called a near copy, in characters. */
export const SHORTEST_CONTAINED = 5;

/** Opens the tables of an index for questions. */
export function openLookup(tables: NoveltyTables): LineLookup {
  const starts = new Uint32Array(BUCKETS + 1); // first index of each bucket in `rests`
  for (let i = 0; i < BUCKETS; i++) starts[i + 1] = starts[i]! + tables.counts[i]!;
  const position = (bucket: number, rest: number): number => {
    for (let i = starts[bucket]!; i < starts[bucket + 1]!; i++) if (tables.rests[i] === rest) return i;
    return -1;
  };
  const positionOf = ({ bucket, rest, length }: RawFingerprint): number =>
    length < SHORTEST_LINE ? -1 : position(sealBucket(bucket, length), sealRest(rest, length));
  const nameAt = (at: number): PoemName => tables.names().poems[tables.ordinal(at)] ?? { author: '?', title: '?' };
  const findExact = (line: string): PoemName | undefined => {
    const at = positionOf(rawFingerprint(line));
    return at < 0 ? undefined : nameAt(at);
  };
  const findReplaced = (line: string): NearLine | undefined => {
    const raw = rawFingerprint(line);
    if (raw.length < SHORTEST_LINE) return undefined;
    const old = [...line];
    for (const [place, character] of old.entries()) {
      const from = character.codePointAt(0)!;
      const bucket = raw.bucket ^ bucketTerm(from, place);
      const rest = raw.rest ^ restTerm(from, place);
      for (const other of tables.names().characters) {
        const to = other.codePointAt(0)!;
        if (to === from) continue;
        const sealed = sealBucket(bucket ^ bucketTerm(to, place), raw.length);
        const at = position(sealed, sealRest(rest ^ restTerm(to, place), raw.length));
        if (at >= 0) return { ...nameAt(at), original: old.with(place, other).join(''), how: 'replaced' };
      }
    }
    return undefined;
  };
  const findContained = (line: string): NearLine | undefined => {
    for (const original of partsOf(line)) {
      const name = findExact(original);
      if (name !== undefined) return { ...name, original, how: 'contained' };
    }
    return undefined;
  };
  return {
    lineCount: tables.lineCount,
    poemCount: tables.poemCount,
    falsePositiveRate: tables.lineCount / 2 ** FINGERPRINT_BITS,
    hasLine: (line) => positionOf(rawFingerprint(line)) >= 0,
    findLine: (line) => firstOf(line, findExact),
    findNearLine: (line) => firstOf(line, (written) => findReplaced(written) ?? findContained(written)),
  };
}

/** Asks for the line as it is written, then for its simplified form where that differs. */
function firstOf<T>(line: string, find: (line: string) => T | undefined): T | undefined {
  const written = hanOnly(line);
  const found = find(written);
  if (found !== undefined) return found;
  const simple = simplified(written);
  return simple === written ? undefined : find(simple);
}

/** All shorter runs of five or more characters inside a line, longest first. */
function partsOf(line: string): string[] {
  const characters = [...line];
  const parts: string[] = [];
  for (let length = characters.length - 1; length >= SHORTEST_CONTAINED; length--) {
    for (let from = 0; from + length <= characters.length; from++) {
      parts.push(characters.slice(from, from + length).join(''));
    }
  }
  return parts;
}
