/** Lyrics under a note. */
import type { Lyric } from '../../../score/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { childrenOf, textIn } from './elements.ts';

const MOST_VERSES = 20;
const LONGEST_TEXT = 200;
const SYLLABICS = ['single', 'begin', 'middle', 'end'] as const;

/** The syllables of a note, one a verse; syllables sung together on one note are joined. */
export function readLyrics(element: XmlElement): Lyric[] {
  return childrenOf(element, 'lyric').flatMap((lyric, i): Lyric[] => {
    const text = joined(lyric);
    if (text === '') return [];
    const number = Number(/\d+$/.exec(lyric.attributes.number ?? '')?.[0] ?? i + 1);
    const verse = Math.min(MOST_VERSES, Math.max(1, number));
    const syllabic = SYLLABICS.find((one) => one === textIn(lyric, 'syllabic'));
    return [
      {
        text: text.slice(0, LONGEST_TEXT),
        ...(syllabic === undefined || syllabic === 'single' ? {} : { syllabic }),
        ...(verse === 1 ? {} : { verse }),
      },
    ];
  });
}

function joined({ children }: XmlElement): string {
  return children
    .filter(({ name }) => name === 'text' || name === 'elision')
    .map(({ name, text }) => (name === 'elision' ? text || '\u203f' : text))
    .join('');
}
