/** The words of prosody: what one syllable is, in one rhyme book. */

/** Level (平) or oblique (仄). In 平水韵 and 词林正韵 the entering tone counts as oblique. */
export type ToneClass = '平' | '仄';

/** The finer tone: 平, 上, 去, 入 in the old books; the new book has no 入. */
export type Tone = '平' | '上' | '去' | '入';

export const RHYME_BOOKS = ['平水韵', '词林正韵', '中华通韵'] as const;
export type RhymeBookName = (typeof RHYME_BOOKS)[number];

/** One way to read a character. Polyphones have several. */
export interface Reading {
  readonly toneClass: ToneClass;
  readonly tone: Tone;
  /** Key of the set it rhymes with: a name of `PINGSHUI_GROUPS`, of `CILIN_RHYMES` (both in prompt.ts), or of the sixteen 通韵 groups. */
  readonly rhyme: string;
  /** Modern reading with tone mark, where it is known to belong to this reading. */
  readonly pinyin?: string;
  /** How much of the character's use is this reading, 0–1, as regulated poems show it; absent where the book has no such measure. */
  readonly share?: number;
}

export interface RhymeBook {
  readonly name: RhymeBookName;
  /** All readings, commonest first; empty for a character that the book does not list. */
  readings(character: string): readonly Reading[];
  /** Every rhyme key, with its characters, commonest first. */
  readonly rhymes: ReadonlyMap<string, readonly string[]>;
}
