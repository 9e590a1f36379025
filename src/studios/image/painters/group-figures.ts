/** Which figures share a layer. */
import type { Bilingual } from '../../../kernel/index.ts';
import type { Figure } from '../figures/types.ts';

/** Figures by element in order of depth, at most `most` groups; the farthest share. */
export function groupFigures(figures: readonly Figure[], most: number): Figure[][] {
  const groups: Figure[][] = [];
  for (const figure of figures) {
    const last = groups.at(-1);
    if (last && last.at(0)?.placed.element === figure.placed.element) last.push(figure);
    else groups.push([figure]);
  }
  while (groups.length > most) groups.splice(0, 2, [...groups[0]!, ...groups[1]!]);
  return groups;
}

/** Names of the elements on a layer. */
export function namesOf(figures: readonly Figure[]): Bilingual {
  const words = [...new Set(figures.map(({ placed }) => placed.element))].join(', ');
  return { en: words, zh: words };
}
