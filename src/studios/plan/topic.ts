/**
 * Topics: what the mentions of a brief come to, each with its words for the model.
 *
 *   mentions ─▶ one topic per thing named ─▶ themes (a few words, drawn by seed) and imagery (the words left over)
 */
import type { Random } from '../../core/index.ts';
import type { Theme } from '../../kernel/index.ts';
import { clash } from './clash.ts';
import { drawByRank } from './draw-weighted.ts';
import { isEmphasised, type Stretch } from './emphasis.ts';
import type { Concept } from './lexicon.ts';
import type { Mention } from './mention.ts';
import type { Bans } from './read-bans.ts';

export interface Topic {
  /** The piece of the brief. */
  readonly source: string;
  readonly weight: number;
  readonly concepts: readonly Concept[];
  /** Words to steer by, the closest first; the artist's own classical words lead. */
  readonly words: readonly string[];
  /** How many of the leading words stand in the brief itself. */
  readonly own: number;
}

/** At most this many topics are kept: a poem of four lines holds no more. */
const MOST_TOPICS = 12;

/** Gathers mentions into topics, the weightiest first. `sourceOf` gives the artist's own spelling of a stretch. */
export function gatherTopics(
  mentions: readonly Mention[],
  { emphasis, bans, sourceOf }: { emphasis: readonly Stretch[]; bans: Bans; sourceOf: (stretch: Stretch) => string },
): Topic[] {
  const byKey = new Map<string, Topic>();
  for (const mention of mentions) {
    const concepts = mention.concepts.filter((concept) => !bans.concepts.has(concept));
    const words = wordsOf(mention, concepts).filter((word) => !bans.words.some((ban) => word.includes(ban)));
    if (words.length === 0) continue;
    const key = mention.words.join() || concepts.map(({ id }) => id).join();
    const again = byKey.get(key);
    const weight = (isEmphasised(mention, emphasis) ? 1 : 0.75) * mention.sureness;
    byKey.set(key, {
      source: again?.source ?? sourceOf(mention),
      weight: Math.min(1, Math.max(weight, again?.weight ?? 0) + (again === undefined ? 0 : 0.05)),
      concepts,
      words,
      own: words.filter((word) => mention.words.includes(word)).length,
    });
  }
  return [...byKey.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_TOPICS);
}

function wordsOf({ words, concepts, name }: Mention, allowed: readonly Concept[]): string[] {
  const isNamed = concepts.some(({ zh }) => zh.includes(name));
  const near =
    words.length > 0 && !isNamed
      ? allowed.flatMap(({ imagery }) => imagery.slice(0, 6))
      : interleave(allowed.map(({ imagery }) => imagery));
  return [...new Set([...words, ...near])];
}

/** Draws the plan's theme words: one of every weighty topic, then more of the first ones, three or four in all (up to six when more was named). */
export function drawTopicThemes(topics: readonly Topic[], random: Random): Theme[] {
  const wanted = Math.max(3 + random.integer(2), Math.min(6, topics.filter(({ weight }) => weight >= 0.7).length));
  const drawn: Theme[] = [];
  for (let round = 0; round < 4 && drawn.length < wanted; round++) {
    for (const topic of topics) {
      if (drawn.length >= wanted) break;
      const word = drawWord(topic, { round, taken: drawn.map((theme) => theme.word), random });
      if (word !== undefined) drawn.push({ word, source: topic.source, weight: topic.weight * 0.75 ** round });
    }
  }
  return drawn
    .sort((a, b) => b.weight - a.weight)
    .map((theme) => ({ ...theme, weight: Math.round(theme.weight * 100) / 100 }));
}

function drawWord(
  { words, own }: Topic,
  { round, taken, random }: { round: number; taken: readonly string[]; random: Random },
): string | undefined {
  const free = words.filter((word) => !taken.some((other) => clash(word, other)));
  if (round < own) return free.find((word) => words.indexOf(word) === round) ?? free[0];
  return drawByRank(free, 0.78, random);
}

/** Words left over for variation, each topic in turn, at most 24. */
export function leftOverImagery(topics: readonly Topic[], themes: readonly Theme[]): string[] {
  const taken = new Set(themes.map(({ word }) => word));
  return [...new Set(interleave(topics.map(({ words }) => words)))].filter((word) => !taken.has(word)).slice(0, 24);
}

function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list.slice(place, place + 1))).flat();
}
