/**
 * Puts candidates in order, with every number that counted kept for people to see:
 *
 *   fluency     mean log-probability of a character given themes and past (nats; nearer 0 is more expected)
 *   relevance   how much likelier the themes made the poem (nats per character), plus the share of theme words that occur
 *   novelty     1 − share of lines that nearly stand in the training poems
 *   variety     share of distinct characters in the poem
 *   parallelism mean score of the couplets that the form wants parallel (1 where it wants none)
 */
import type { Poem } from '../poem.ts';
import type { RowResult } from './sample.ts';

export interface Scores {
  readonly fluency: number;
  readonly relevance: number;
  /** Theme words found in the poem. */
  readonly themesPresent: readonly string[];
  readonly novelty: number;
  readonly variety: number;
  readonly parallelism: number;
  /** What the order follows: the weighted sum. */
  readonly total: number;
}

export const WEIGHTS = {
  fluency: 0.8,
  relevance: 1.5,
  themesPresent: 0.5,
  novelty: 0.5,
  variety: 1.5,
  parallelism: 0.4,
} as const;

/** Measures one candidate. `nearLines`: lines that all but stand in the training poems. */
export function scoreCandidate(row: RowResult, poem: Poem, themes: readonly string[], nearLines: number): Scores {
  const text = poem.lines.join('');
  const characters = Math.max(1, row.characters);
  const fluency = row.logProbability / characters;
  const relevance = (row.logProbability - row.plainLogProbability) / characters;
  const themesPresent = themes.filter((theme) => text.includes(theme));
  const novelty = 1 - nearLines / poem.lines.length;
  const variety = new Set(text).size / [...text].length;
  const couplets = poem.proof.parallelism;
  const parallelism = couplets.length === 0 ? 1 : couplets.reduce((sum, { score }) => sum + score, 0) / couplets.length;
  const share = themes.length === 0 ? 0 : themesPresent.length / themes.length;
  const total =
    WEIGHTS.fluency * fluency +
    WEIGHTS.relevance * relevance +
    WEIGHTS.themesPresent * share +
    WEIGHTS.novelty * novelty +
    WEIGHTS.variety * variety +
    WEIGHTS.parallelism * parallelism;
  return { fluency, relevance, themesPresent, novelty, variety, parallelism, total };
}

/** The best `count`, each charged for resembling those already taken (share of common character pairs), so that several poems differ. */
export function chooseVaried<T extends { readonly poem: Poem; readonly scores: Scores }>(
  candidates: readonly T[],
  count: number,
): T[] {
  const left = [...candidates].sort((a, b) => b.scores.total - a.scores.total);
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) {
    const worth = left.map(
      ({ poem, scores }) => scores.total - Math.max(0, ...taken.map((other) => likeness(poem, other.poem))),
    );
    taken.push(...left.splice(worth.indexOf(Math.max(...worth)), 1));
  }
  return taken;
}

function likeness(a: Poem, b: Poem): number {
  const pairs = pairsOf(a);
  const shared = [...pairsOf(b)].filter((pair) => pairs.has(pair)).length;
  return shared / Math.max(1, pairs.size);
}

function pairsOf(poem: Poem): Set<string> {
  return new Set(poem.lines.flatMap((line) => Array.from({ length: line.length - 1 }, (_, i) => line.slice(i, i + 2))));
}
