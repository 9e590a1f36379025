/** Which figures share a layer, and what the layers are called. */
import type { Bilingual } from '../../../kernel/index.ts';
import type { Figure } from '../figures/types.ts';
import table from './layer-names.table.json' with { type: 'json' };

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

const NAMES = table as unknown as Readonly<Record<string, readonly [en: string, zh: string]>>;

/** What an element is called: `['weeping willow', '垂柳']`; by its id when the table has none. */
export const nameOf = (element: string): readonly [en: string, zh: string] =>
  NAMES[element] ?? [element.replaceAll('-', ' '), element];

/** Names of all layers in both languages, no two alike: those of one kind are told apart by where they stand, then by number. */
export function layerNames(groups: readonly (readonly Figure[])[]): Bilingual[] {
  const plain = groups.map(namesOf);
  const placed = plain.map((names, i) => {
    const twins = plain.filter(({ zh }) => zh === names.zh).length;
    return twins > 1 ? withPlace(names, groups[i]![0]!.placed.depth) : names;
  });
  return placed.map((names, i) => {
    const before = placed.slice(0, i).filter(({ zh }) => zh === names.zh).length;
    return before === 0 ? names : { en: `${names.en} ${before + 1}`, zh: `${names.zh}${before + 1}` };
  });
}

function namesOf(figures: readonly Figure[]): Bilingual {
  const elements = [...new Set(figures.map(({ placed }) => placed.element))].map(nameOf);
  return { en: elements.map(([en]) => en).join(', '), zh: elements.map(([, zh]) => zh).join('、') };
}

function withPlace({ en, zh }: Bilingual, depth: number): Bilingual {
  if (depth < 0.3) return { en: `${en}, far`, zh: `${zh}（远）` };
  return depth < 0.66 ? { en: `${en}, middle`, zh: `${zh}（中）` } : { en: `${en}, near`, zh: `${zh}（近）` };
}
