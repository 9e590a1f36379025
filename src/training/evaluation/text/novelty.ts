/** How much of a made text is new, and how much stands in the training set word for word. */
import { createSuffixAutomaton } from './suffix-automaton.ts';

export interface Novelty {
  /** Share of n-grams of characters that do not stand in the training set, for n = 4, 8, 16 and 32 (those that fit). */
  readonly newNgrams: Readonly<Record<string, number>>;
  /** The longest passage that stands in the training set, and its length in characters. */
  readonly longestCopy: string;
  readonly longestCopyCharacters: number;
  /** Share of characters inside passages of at least 20 characters that stand in the training set. */
  readonly copied: number;
}

const SIZES = [4, 8, 16, 32];
const PASSAGE = 20;
/** Between texts; stands in none. */
const END = 0x110000;

/**
 * Measures texts against training documents, which are read once and may be many. By characters (code points), white space
 * left out so that line breaks hide nothing.
 */
export function measureNovelty(texts: readonly string[], documents: Iterable<string>): Novelty[] {
  const parts = texts.map(codePoints);
  const automaton = createSuffixAutomaton(parts.flatMap((part) => [...part, END]));
  for (const document of documents) automaton.read(codePoints(document));
  const met = automaton.met();
  let at = 0;
  return parts.map((part) => {
    at += part.length + 1;
    return describe(part, met.subarray(at - part.length - 1, at - 1));
  });
}

/** From a text and, at every place, the length of the passage ending there that stands in the training set. */
function describe(items: readonly number[], matches: Uint32Array): Novelty {
  const fitting = SIZES.filter((n) => n <= items.length);
  const newNgrams = fitting.map((n) => {
    const old = matches.reduce((count, length) => count + Number(length >= n), 0);
    return [String(n), 1 - old / (items.length - n + 1)];
  });
  const longest = matches.reduce((most, length) => Math.max(most, length), 0);
  const end = matches.indexOf(longest) + 1;
  return {
    newNgrams: Object.fromEntries(newNgrams),
    longestCopy: String.fromCodePoint(...items.slice(end - longest, end)),
    longestCopyCharacters: longest,
    copied: items.length === 0 ? 0 : coverage(matches) / items.length,
  };
}

/** Places inside long passages. */
function coverage(matches: Uint32Array): number {
  let [covered, start] = [0, matches.length];
  for (let end = matches.length - 1; end >= 0; end--) {
    if (matches[end]! >= PASSAGE) start = Math.min(start, end - matches[end]! + 1);
    if (start <= end) covered++;
  }
  return covered;
}

function codePoints(text: string): number[] {
  return [...text.replaceAll(/\s+/gu, '')].map((char) => char.codePointAt(0)!);
}
