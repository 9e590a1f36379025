/** A line of words under a line of music: `Twin-kle, twin-kle lit-tle star__ * |`. */
import type { Lyric } from '../../score/index.ts';
import type { WrittenEvent, WrittenNote } from './voice.ts';

interface Token {
  readonly kind: 'syllable' | 'hold' | 'bar';
  readonly text: string;
  /** A hyphen follows: the word goes on. */
  readonly goesOn: boolean;
}

/**
 * Gives the syllables of `w:` to the events of a music line. `goesOn` says whether the verse's line before ended within a
 * word; returned for the next line. `left` is true when syllables found no note.
 */
export function alignLyrics(
  text: string,
  events: readonly WrittenEvent[],
  { verse, goesOn: before }: { readonly verse: number; readonly goesOn: boolean },
): { goesOn: boolean; left: boolean } {
  let next = 0;
  let began = before;
  for (const { kind, text: syllable, goesOn } of tokensOf(text)) {
    if (kind === 'bar') {
      const bar = events[next - 1]?.bar ?? events[0]?.bar ?? 0;
      while (next < events.length && events[next]!.bar <= bar) next++;
      continue;
    }
    const event = events[next++];
    if (kind === 'hold') continue;
    if (!event) return { goesOn: began, left: true };
    const syllabic = began ? (goesOn ? 'middle' : 'end') : goesOn ? 'begin' : undefined;
    began = goesOn;
    sing(event.notes[0]!, { text: syllable.slice(0, 200), ...(syllabic && { syllabic }), ...(verse > 1 && { verse }) });
  }
  return { goesOn: began, left: false };
}

/** A tied note passes the syllable on to the note it prolongs, if that has none. */
function sing(note: WrittenNote, lyric: Lyric): void {
  const sung = note.tiedTo ?? note;
  if (note.tiedTo && sung.about.lyrics?.some(({ verse }) => verse === lyric.verse)) return;
  sung.about.lyrics = [...(sung.about.lyrics ?? []), lyric].slice(0, 20);
}

/** `-` ends a syllable, a second one holds it for a note more; `_` holds, `*` skips, `~` is a space, `|` goes to the next bar. */
function* tokensOf(text: string): Generator<Token> {
  let syllable = '';
  let hyphened = false;
  for (const [, escaped, sign, plain] of text.matchAll(/\\(.)|([- \t_*|])|(.)/gsu)) {
    if (escaped !== undefined) syllable += escaped;
    else if (plain !== undefined) syllable += plain === '~' ? ' ' : plain;
    else {
      if (syllable !== '') yield { kind: 'syllable', text: syllable, goesOn: sign === '-' };
      else if (sign === '-' && hyphened) yield { kind: 'hold', text: '', goesOn: true };
      syllable = '';
      hyphened = sign === '-';
      if (sign === '_' || sign === '*') yield { kind: 'hold', text: '', goesOn: false };
      else if (sign === '|') yield { kind: 'bar', text: '', goesOn: false };
    }
  }
  if (syllable !== '') yield { kind: 'syllable', text: syllable, goesOn: false };
}
