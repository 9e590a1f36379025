/**
 * Who wrote this? A naive Bayes classifier over character bigrams, which knows nothing of our networks: it learns from
 * texts of several authors and names the likeliest author of a passage. (Multinomial, add-α smoothing, bigrams hashed.)
 */

const BUCKETS = 1 << 18;
const ALPHA = 0.05;

export interface AuthorClassifier {
  readonly authors: readonly string[];
  /** The author under whom the passage is likeliest. */
  nearest(passage: string): string;
}

/** Learns from all texts of each author. */
export function learnAuthors(texts: ReadonlyMap<string, readonly string[]>): AuthorClassifier {
  const authors = [...texts.keys()];
  const tables = authors.map((author) => countBigrams(texts.get(author)!));
  return {
    authors,
    nearest: (passage) => {
      const scores = tables.map((table) => scoreOf(passage, table));
      return authors[scores.indexOf(Math.max(...scores))]!;
    },
  };
}

interface BigramTable {
  readonly counts: Float32Array;
  readonly total: number;
}

function countBigrams(texts: readonly string[]): BigramTable {
  const counts = new Float32Array(BUCKETS);
  let total = 0;
  for (const text of texts) {
    for (const bucket of bigramsOf(text)) {
      counts[bucket]! += 1;
      total += 1;
    }
  }
  return { counts, total };
}

function scoreOf(passage: string, { counts, total }: BigramTable): number {
  let score = 0;
  for (const bucket of bigramsOf(passage)) score += Math.log((counts[bucket]! + ALPHA) / (total + ALPHA * BUCKETS));
  return score;
}

function* bigramsOf(text: string): Generator<number> {
  const characters = [...text.replace(/\s+/g, ' ')].map((character) => character.codePointAt(0)!);
  for (let i = 0; i + 1 < characters.length; i++) {
    yield (Math.imul(characters[i]!, 0x9e3779b1) ^ Math.imul(characters[i + 1]!, 0x85ebca6b)) >>> 14;
  }
}
