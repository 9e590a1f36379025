/**
 * The vocabulary of a model seen through a rhyme book: which token is which character, and which tones it can take.
 * Tone classes are bits (1 level, 2 oblique, 3 both), so that a place's demand and a character's readings meet in one `&`.
 */
import type { RhymeBook, ToneClass } from '../prosody/types.ts';

/** A reading rarer than this among a character's uses is not relied on when characters are chosen freely. */
const USUAL_SHARE = 0.12;

export const LEVEL = 1;
export const OBLIQUE = 2;

export interface Lettering {
  readonly book: RhymeBook;
  /** Tone bits of every token from its usual readings, 0 for control tokens, punctuation and characters the book does not list. Length V. */
  readonly bits: Uint8Array;
  /** The single character of each token, or '' . Length V. */
  readonly characters: readonly string[];
  /** Token of a character; characters the model does not know share `<unk>`. */
  token(text: string): number;
  /** Tone bits of any character from all its readings, known to the model or not: for what the artist gave. */
  bitsOf(character: string): number;
  /** The rhymes a character can carry in one tone class, without the tone (`7平` → `7`), from all its readings or its usual ones. */
  rhymesOf(character: string, toneClass: ToneClass, readings?: 'all' | 'usual'): readonly string[];
}

/** Bit of a tone class. */
export const bitOf = (toneClass: ToneClass): number => (toneClass === '平' ? LEVEL : OBLIQUE);

/** What two rhyme keys must share to rhyme across tones: in 词林正韵 the part (`7平`, `7仄` → `7`), elsewhere the key itself. */
export function rhymePart(book: RhymeBook, key: string): string {
  return book.name === '词林正韵' ? key.replace(/[平仄]$/u, '') : key;
}

/** Reads a vocabulary through a book. Costs a few milliseconds. */
export function createLettering(vocabulary: readonly string[], book: RhymeBook): Lettering {
  const ids = new Map(vocabulary.map((text, id) => [text, id]));
  const unknown = ids.get('<unk>') ?? 0;
  const characters = vocabulary.map((text) => (/^\p{Script=Han}$/u.test(text) ? text : ''));
  const bitsOf = (character: string, leastShare = 0): number =>
    book
      .readings(character)
      .filter(({ share }) => share === undefined || share >= leastShare)
      .reduce((bits, reading) => bits | bitOf(reading.toneClass), 0);
  const rhymes = new Map<string, readonly string[]>();
  return {
    book,
    characters,
    bits: Uint8Array.from(characters, (character) => (character === '' ? 0 : bitsOf(character, USUAL_SHARE))),
    token: (text) => ids.get(text) ?? unknown,
    bitsOf: (character) => bitsOf(character),
    rhymesOf(character, toneClass, which = 'all') {
      const key = `${character}${toneClass}${which}`;
      let parts = rhymes.get(key);
      if (parts === undefined) {
        const least = which === 'usual' ? USUAL_SHARE : 0;
        const readings = book
          .readings(character)
          .filter((reading) => reading.toneClass === toneClass && (reading.share ?? 1) >= least);
        parts = [...new Set(readings.map((reading) => rhymePart(book, reading.rhyme)))];
        rhymes.set(key, parts);
      }
      return parts;
    },
  };
}
