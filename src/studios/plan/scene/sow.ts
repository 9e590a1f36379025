/** 麦田, a sunflower field, a meadow of poppies: what grows there covers the ground, as far as one sees. */
import type { SceneElement } from '../../../kernel/index.ts';

/** What grows by itself, in water or on other things is sown nowhere. */
const WILD =
  /^(?:reed|vine|moss|fern|duckweed|leaf|fallen-leaves|lotus|coral|sea-grass|bouquet|bonsai|grass|catkin|mushroom)$/u;

/** Elements that the text says stand in fields get the state `field`; they are not counted. */
export const sow = (elements: readonly SceneElement[], text: string): SceneElement[] =>
  elements.map((element) => {
    if (!isSown(element, text)) return element;
    const { count: _, ...rest } = element;
    return { ...rest, states: [...(element.states ?? []), 'field'] };
  });

function isSown({ id, kind, source }: SceneElement, text: string): boolean {
  if ((kind !== 'plant' && kind !== 'flower') || WILD.test(id) || source === '') return false;
  const word = source.replace(/[^\p{L}\p{N} -]/gu, '');
  if (/[田地海浪]$|\b(?:fields?|meadows?)$/iu.test(word)) return true;
  return new RegExp(
    `${word}花?(?:花田|花海|花地|田|海|园里)|\\b${word}(?:e?s)? (?:fields?|meadows?)\\b|\\b(?:fields?|meadows?|sea|rows)(?: full)? (?:of|with|covered in) (?:[\\w-]+ ){0,2}${word}`,
    'iu',
  ).test(text);
}
