/**
 * Lyrics in MIDI files: a syllable that goes on ends in a hyphen (`twin-`, `kle`), or, where a file ends its words with a
 * space or begins them with one (karaoke), in none. Line breaks `/` and `\` before a syllable are karaoke's.
 */
import type { Lyric } from '../../score/index.ts';

/** Syllables with their place in the word; undefined where the text is empty. */
export function lyricsOf(texts: readonly string[]): (Lyric | undefined)[] {
  const sung = texts.filter((text) => text.trim() !== '');
  const spaced = sung.length > 4 && sung.filter((text) => /^[\s/\\]|\s$/.test(text)).length > 0.2 * sung.length;
  const spaces = spaced && !sung.some((text) => text.trim().endsWith('-'));
  let goesOn = false;
  return texts.map((raw, i) => {
    const text = raw.trim().replace(/^[/\\]+/, '');
    if (text === '') return undefined;
    const began = goesOn && !(spaces && /^[\s/\\]/.test(raw));
    const next = texts.slice(i + 1, i + 50).find((other) => other.trim() !== '');
    goesOn = spaces
      ? next !== undefined && !/\s$/.test(raw) && !/^[\s/\\]/.test(next)
      : text.length > 1 && text.endsWith('-');
    const bare = !spaces && goesOn ? text.slice(0, -1) : text;
    const syllabic = began ? (goesOn ? 'middle' : 'end') : goesOn ? 'begin' : undefined;
    return { text: bare.slice(0, 200), ...(syllabic && { syllabic }) };
  });
}

/** The text of a syllable as a MIDI lyric event. */
export function formatLyric({ text, syllabic }: Lyric): string {
  return syllabic === 'begin' || syllabic === 'middle' ? `${text}-` : text;
}
