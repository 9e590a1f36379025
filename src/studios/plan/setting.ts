/** Mood, season and hour, as the things named in a brief suggest them. */
import type { Plan } from '../../kernel/index.ts';
import type { Feeling } from './lexicon.ts';
import type { Topic } from './topic.ts';

export type Setting = Pick<Plan, 'mood'> & Partial<Record<'season' | 'hour', string>>;

/** Weighted mean of the moods; feelings named outright count three times, words of tone (`豪迈`) four times. Stillness to storm becomes −1 … 1. */
export function readMood(topics: readonly Topic[], feelings: readonly Feeling[]): Plan['mood'] {
  const parts = [
    ...topics.flatMap(({ concepts, weight }) =>
      concepts.slice(0, 1).map(({ mood, field }) => ({ mood, weight: weight * (field === 'feelings' ? 3 : 1) })),
    ),
    ...feelings.map((mood) => ({ mood, weight: 4 })),
  ];
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { valence: 0, arousal: 0 };
  const mean = (pick: (mood: Feeling) => number): number =>
    parts.reduce((sum, { mood, weight }) => sum + pick(mood) * weight, 0) / total;
  const round = (value: number): number => Math.round(value * 100) / 100 + 0;
  return { valence: round(mean(({ valence }) => valence)), arousal: round(mean(({ arousal }) => arousal) * 2 - 1) };
}

/** A season or hour named outright wins; else one that the things named share without contradiction. */
export function readTime(
  topics: readonly Topic[],
  kind: 'season' | 'hour',
): { readonly value?: string; readonly isImplied: boolean } {
  const named = topics.flatMap(({ concepts }) =>
    concepts.filter(({ field }) => field === 'seasons' || field === 'hours'),
  );
  const explicit = named.find((concept) => concept[kind] !== undefined)?.[kind];
  if (explicit !== undefined) return { value: explicit, isImplied: false };
  const implied = new Set(
    topics
      .filter(({ weight }) => weight >= 0.5)
      .flatMap(({ concepts }) => concepts.slice(0, 1).map((concept) => concept[kind])),
  );
  implied.delete(undefined);
  const [value] = implied;
  return implied.size === 1 && value !== undefined ? { value, isImplied: true } : { isImplied: true };
}
