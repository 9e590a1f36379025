/** What a model is told before it fills a plan. The brief is data: it is shown in a fence, and nothing in it is an instruction to us. */
import type { ChatMessage, Plan } from '../../../kernel/index.ts';
import { loadElements } from '../scene/element-table.ts';
import words from './fill.words.json' with { type: 'json' };

/** Raise it with every change of the words: it is part of what a plan was made with. */
export const WORDS_VERSION = words.version;

/** The messages, in the language of the plan. */
export function instruct(plan: Plan): ChatMessage[] {
  const { system, ask } = words[plan.language];
  const ids = loadElements()
    .entries.map(({ id }) => id)
    .join(' ');
  const drafted = JSON.stringify(draftOf(plan));
  const text = ask
    .join('\n')
    .replace('{ids}', () => ids)
    .replace('{brief}', () => plan.brief.replaceAll('"""', '"'))
    .replace('{draft}', () => drafted);
  return [
    { role: 'system', text: system.join('\n') },
    { role: 'user', parts: [{ kind: 'text', text }] },
  ];
}

/** What rules read, in the shape that the model shall answer in. */
function draftOf({ title, themes, imagery, mood, season, hour, palette, tempo, scene }: Plan): object {
  return {
    title,
    themes: themes.map(({ word, source, weight }) => ({ word, words: source, weight })),
    imagery,
    ...mood,
    season,
    hour,
    palette,
    tempo,
    weather: scene?.weather,
    elements: scene?.elements.map(({ id, source, count, depth, side, size, relation }) => ({
      id,
      words: source,
      count,
      depth,
      side,
      size,
      ...(relation && { how: relation.how, to: scene.elements[relation.to]?.id }),
    })),
  };
}
