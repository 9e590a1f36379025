import type { Part } from '../score/index.ts';
import { chineseLine } from './chinese.ts';
import type { Tone } from './syllable.ts';

/** Mandarin tones of the sung notes of a part, read from its first verse: one per note, null where a syllable goes on; undefined when it sings no Chinese. */
export function tonesOfPart({ notes }: Part): (Tone | null)[] | undefined {
  const texts = notes.map(({ lyrics }) => lyrics?.find(({ verse = 1 }) => verse === 1)?.text ?? '');
  const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
  if (!texts.some(isChinese)) return undefined;
  // The words are read together, so that a character of several readings is heard in its phrase.
  const { syllables } = chineseLine(texts.join(''));
  let next = 0;
  return texts.map((text) => {
    const count = [...text].filter(isChinese).length;
    const tone = count > 0 ? (syllables[next]?.tone ?? null) : null;
    next += count;
    return tone;
  });
}
