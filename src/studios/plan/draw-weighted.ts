import type { Random } from '../../core/index.ts';

/** One item with a chance proportional to its weight; undefined for an empty list. */
export function drawWeighted<T>(
  items: readonly T[],
  weightOf: (item: T, place: number) => number,
  random: Random,
): T | undefined {
  let rest = random.next() * items.reduce((sum, item, place) => sum + weightOf(item, place), 0);
  for (const [place, item] of items.entries()) {
    rest -= weightOf(item, place);
    if (rest < 0) return item;
  }
  return items.at(-1);
}

/** One of a ranked list, each place `ratio` times as likely as the one before. */
export function drawByRank<T>(ranked: readonly T[], ratio: number, random: Random): T | undefined {
  return drawWeighted(ranked, (_, rank) => ratio ** rank, random);
}
