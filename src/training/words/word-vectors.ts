/**
 * What words mean, as numbers: nearest words, how alike two words are, how well a text answers a brief; in Chinese,
 * English and between them.
 *
 *   word ─▶ its unit vector (unknown: mean of its pieces)      similarity = cosine, −1 to 1
 */
import { normalise } from './finish-vectors.ts';
import { createSegmenter, cutWords, isChinese } from './segmenter.ts';
import { subwordsOf, type Vocabulary } from './vocabulary.ts';

/** A word and its cosine. */
export interface Neighbour {
  readonly word: string;
  readonly similarity: number;
}

export interface NearestOptions {
  /** Default 10. */
  readonly count?: number;
  /** Default both. */
  readonly language?: 'zh' | 'en';
}

export interface WordVectors {
  readonly vocabulary: Vocabulary;
  readonly dimensions: number;
  /** Whether the word was learned as a whole. */
  has(word: string): boolean;
  /** Its unit vector; `undefined` for a word of which not even a piece is known. */
  vector(word: string): Float32Array | undefined;
  /** Cosine of two words, −1 to 1; `undefined` when one has no vector. */
  similarity(a: string, b: string): number | undefined;
  /** The most similar words, without the word itself. */
  nearest(word: string, options?: NearestOptions): Neighbour[];
  /** What is to c as b is to a, among words of c's language (Mikolov and others, 2013). */
  analogy(a: string, b: string, c: string, count?: number): Neighbour[];
  /** Words of a text, as the model cuts it. */
  cut(text: string): string[];
  /** Mean of a text's vectors, rare words weighing more (Arora and others, 2017); length 1. */
  textVector(text: string): Float32Array | undefined;
  /** How far a text takes up what a brief asks, 0 to 1: the brief's words, rare ones weighing more, each with its best match. */
  relevance(brief: string, text: string): number;
}

/** From a vocabulary, unit vectors of its words and rows of its subwords, row-major. */
export function createWordVectors(vocabulary: Vocabulary, words: Float32Array, subwords: Float32Array): WordVectors {
  const { counts } = vocabulary;
  const size = words.length / vocabulary.words.length;
  const ids = new Map(vocabulary.words.map((word, id) => [word, id]));
  const pieceIds = new Map(vocabulary.subwords.map((piece, id) => [piece, id]));
  const total = counts.reduce((a, b) => a + b, 0);
  const segment = createSegmenter(new Map(vocabulary.words.map((word, i) => [word, counts[i]!])));
  const row = (id: number): Float32Array => words.subarray(id * size, (id + 1) * size);
  const weight = (word: string): number => {
    const id = ids.get(word);
    return 1e-3 / (1e-3 + (id === undefined ? 0 : counts[id]! / total));
  };
  const fromPieces = (word: string): Float32Array | undefined => {
    const pieces = subwordsOf(word).flatMap((piece) => pieceIds.get(piece) ?? []);
    return pieces.length === 0 ? undefined : sumOfRows(subwords, pieces, size);
  };
  const vector = (word: string): Float32Array | undefined => {
    const key = word.toLowerCase().replaceAll(' ', '_');
    const id = ids.get(key);
    return id === undefined ? fromPieces(key) : row(id);
  };
  const rank = (target: Float32Array, without: ReadonlySet<string>, count: number, language?: 'zh' | 'en') => {
    const best: Neighbour[] = [];
    for (const [id, word] of vocabulary.words.entries()) {
      if (language !== undefined && isChinese(word) !== (language === 'zh')) continue;
      const similarity = dotRow(target, words, id * size);
      if ((best.length === count && similarity <= best[count - 1]!.similarity) || without.has(word)) continue;
      best.splice(best.findLastIndex((other) => other.similarity >= similarity) + 1, 0, { word, similarity });
      best.length = Math.min(best.length, count);
    }
    return best;
  };
  const cut = (text: string): string[] => cutWords(text, segment);
  return {
    vocabulary,
    dimensions: size,
    has: (word) => ids.has(word.toLowerCase().replaceAll(' ', '_')),
    vector,
    similarity: (a, b) => {
      const [x, y] = [vector(a), vector(b)];
      return x && y && dot(x, y);
    },
    nearest: (word, { count = 10, language } = {}) => {
      const target = vector(word);
      return target ? rank(target, new Set([word.toLowerCase()]), count, language) : [];
    },
    analogy: (a, b, c, count = 1) => {
      const [x, y, z] = [vector(a), vector(b), vector(c)];
      if (!x || !y || !z) return [];
      const target = normalise(z.map((value, d) => value + y[d]! - x[d]!));
      const without = new Set([a, b, c].map((word) => word.toLowerCase()));
      return rank(target, without, count, isChinese(c) ? 'zh' : 'en');
    },
    cut,
    textVector: (text) => {
      const sum = new Float32Array(size);
      for (const word of cut(text)) {
        const add = vector(word);
        if (add) for (let d = 0; d < size; d++) sum[d]! += weight(word) * add[d]!;
      }
      return sum.some((value) => value !== 0) ? normalise(sum) : undefined;
    },
    relevance: (brief, text) => {
      const asked = [...new Set(cut(brief))].flatMap((word): Weighed[] => {
        const of = vector(word);
        return of ? [{ of, weight: weight(word) }] : [];
      });
      return coverage(
        asked,
        [...new Set(cut(text))].flatMap((word) => vector(word) ?? []),
      );
    },
  };
}

interface Weighed {
  readonly of: Float32Array;
  readonly weight: number;
}

/** Weighted mean of each asked vector's best cosine with a given one, 0 to 1. */
function coverage(asked: readonly Weighed[], given: readonly Float32Array[]): number {
  if (asked.length === 0 || given.length === 0) return 0;
  const best = asked.map(({ of, weight }) => weight * Math.max(0, ...given.map((other) => dot(of, other))));
  return Math.min(1, best.reduce((a, b) => a + b, 0) / asked.reduce((sum, { weight }) => sum + weight, 0));
}

function sumOfRows(rows: Float32Array, chosen: readonly number[], size: number): Float32Array {
  const sum = new Float32Array(size);
  for (const row of chosen) for (let d = 0; d < size; d++) sum[d]! += rows[row * size + d]!;
  return normalise(sum);
}

function dot(a: Float32Array, b: Float32Array): number {
  return dotRow(a, b, 0);
}

function dotRow(a: Float32Array, rows: Float32Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * rows[from + i]!;
  return sum;
}
