/** What is said back to the artist about the scene. */
import type { Bilingual, SceneElement } from '../../../kernel/index.ts';
import { loadElements } from './element-table.ts';

const nameOf = (id: string, language: 'zh' | 'en'): string => loadElements().byId.get(id)?.[language][0] ?? id;
const listed = (ids: readonly string[], language: 'zh' | 'en'): string =>
  [...new Set(ids)].map((id) => nameOf(id, language)).join(language === 'zh' ? '、' : ', ');
const idsOf = (elements: readonly SceneElement[]): string[] => elements.map(({ id }) => id);

/** The things that the picture shows because they were named. */
export function noteElements(elements: readonly SceneElement[]): Bilingual[] {
  const named = idsOf(elements.filter(({ source }) => source !== ''));
  if (named.length === 0) return [];
  return [{ en: `In the picture: ${listed(named, 'en')}.`, zh: `画中有：${listed(named, 'zh')}。` }];
}

/** Things that nobody named, with the word that called them up. */
export function noteSuggested(word: string, elements: readonly SceneElement[]): Bilingual {
  const ids = idsOf(elements);
  return { en: `'${word}' suggests: ${listed(ids, 'en')}.`, zh: `由“${word}”想到：${listed(ids, 'zh')}。` };
}

/** Water that boats and bridges need. */
export function noteAdded(id: string): Bilingual {
  return { en: `Added, for something needs it: ${nameOf(id, 'en')}.`, zh: `补上所需之物：${nameOf(id, 'zh')}。` };
}

/** Things that must not be seen. */
export function noteWithout(ids: readonly string[]): Bilingual[] {
  if (ids.length === 0) return [];
  return [{ en: `Not in the picture: ${listed(ids, 'en')}.`, zh: `画中不出现：${listed(ids, 'zh')}。` }];
}

/** Things named only for comparison. */
export function noteLikened(words: readonly string[]): Bilingual[] {
  if (words.length === 0) return [];
  const all = [...new Set(words)];
  return [{ en: `Taken as a comparison, not shown: ${all.join(', ')}.`, zh: `视为比喻，不入画：${all.join('、')}。` }];
}

/** Words that mean nothing to the reader of scenes. */
export function noteNotDrawn(words: readonly string[]): Bilingual[] {
  const all = [...new Set(words)];
  if (all.length === 0) return [];
  const shown = all.slice(0, 8);
  const more = all.length > 8 ? '…' : '';
  return [
    {
      en: `Not understood as anything to draw: ${shown.join(', ')}${more}.`,
      zh: `没有读懂该画什么：${shown.join('、')}${more}。`,
    },
  ];
}

/** Things the artist had locked. */
export function noteKept(elements: readonly SceneElement[]): Bilingual[] {
  if (elements.length === 0) return [];
  return [
    { en: `Kept as locked: ${listed(idsOf(elements), 'en')}.`, zh: `按锁定保留：${listed(idsOf(elements), 'zh')}。` },
  ];
}
