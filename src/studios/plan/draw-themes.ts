import type { Random } from '../../core/index.ts';
import type { Plan } from '../../kernel/index.ts';
import { clash } from './clash.ts';

/**
 * Draws the theme words of one candidate, so that candidates of one plan differ: the weightiest theme always, one theme of every
 * other piece of the brief as far as there is room, the rest from further themes and imagery. `count` is 1–4, by default three or four.
 */
export function drawPlanThemes({ themes, imagery }: Plan, random: Random, count = 3 + random.integer(2)): string[] {
  const leads = themes.filter(
    ({ source }, place) => source !== '' && themes.findIndex((other) => other.source === source) === place,
  );
  const first = leads[0] ?? themes[0];
  const others = random.shuffle(leads.slice(1)).sort((a, b) => b.weight - a.weight);
  const spare = random.shuffle([
    ...themes.filter((theme) => !leads.includes(theme)).map(({ word }) => word),
    ...imagery.slice(0, 12),
  ]);
  const drawn: string[] = [];
  for (const word of [...(first ? [first.word] : []), ...others.map((theme) => theme.word), ...spare]) {
    if (drawn.length >= count) break;
    if (!drawn.some((other) => clash(word, other))) drawn.push(word);
  }
  return drawn;
}
