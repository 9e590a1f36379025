/** The words of a song as they are read: syllables joined to words, a new line where the singer rests. */
import { compareNotes, type Note, type Score } from './score/index.ts';

/** Between Han characters and fullwidth signs stands no space. */
const HAN_END = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u;
/** Rests from half a beat on end a line. */
const REST = 0.5;

/** The words of all singing parts, a paragraph for each part; only the first verse. Empty for a piece without words. */
export function sungText({ parts, ticksPerQuarter }: Pick<Score, 'parts' | 'ticksPerQuarter'>): string {
  return parts
    .map(({ notes }) => textOf([...notes].sort(compareNotes), REST * ticksPerQuarter))
    .filter((text) => text !== '')
    .join('\n\n');
}

function textOf(notes: readonly Note[], rest: number): string {
  let text = '';
  let end = 0;
  let open = false;
  for (const { at, length, lyrics } of notes) {
    const lyric = lyrics?.[0];
    if (lyric && lyric.text !== '') {
      const gap = at - end >= rest ? '\n' : open || HAN_END.test(text) ? '' : ' ';
      text += (text === '' ? '' : gap) + lyric.text;
      open = lyric.syllabic === 'begin' || lyric.syllabic === 'middle';
    }
    end = Math.max(end, at + length);
  }
  return text;
}
