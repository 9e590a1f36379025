/** How good word vectors are: against people's judgement of similarity, and on analogies. */
import type { WordVectors } from './word-vectors.ts';

/** Two words and how alike people find them. */
export interface JudgedPair {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

/** A question: a is to b as c is to d. */
export type Analogy = readonly [a: string, b: string, c: string, d: string];

/** Rank correlation over the pairs whose words are known, and the share of those. */
export interface SimilarityScore {
  readonly spearman: number;
  readonly pairs: number;
  readonly known: number;
}

/** Share of known questions answered right at the first try, and the share of known ones. */
export interface AnalogyScore {
  readonly accuracy: number;
  readonly questions: number;
  readonly known: number;
}

/** Spearman's rank correlation of cosine and judgement. */
export function scoreSimilarity(vectors: WordVectors, pairs: readonly JudgedPair[]): SimilarityScore {
  const known = pairs.filter(({ a, b }) => vectors.has(a) && vectors.has(b));
  const ours = known.map(({ a, b }) => vectors.similarity(a, b)!);
  const theirs = known.map(({ score }) => score);
  return { spearman: spearman(ours, theirs), pairs: pairs.length, known: known.length / pairs.length };
}

/** Questions of which a word is unknown are left out and counted. */
export function scoreAnalogies(vectors: WordVectors, questions: readonly Analogy[]): AnalogyScore {
  const known = questions.filter((words) => words.every((word) => vectors.has(word)));
  const right = known.filter(([a, b, c, d]) => vectors.analogy(a, b, c)[0]?.word === d.toLowerCase());
  return {
    accuracy: known.length === 0 ? 0 : right.length / known.length,
    questions: questions.length,
    known: questions.length === 0 ? 0 : known.length / questions.length,
  };
}

/** Spearman's rank correlation; equal values share their mean rank. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  const sum = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((total, value, i) => total + (value - mean) * (v[i]! - mean), 0);
  return sum(x, y) / Math.sqrt(sum(x, x) * sum(y, y));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const out = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let k = from; k <= to; k++) out[order[k]!] = (from + to) / 2;
    from = to + 1;
  }
  return out;
}
