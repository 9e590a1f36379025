/**
 * A poem set for a terminal: sentences in rows, and under each character the tone it was found to have.
 *
 *   床 前 明 月 光，疑 是 地 上 霜。
 *   ○  ○  ○  ●  △   ○  ●  ●  ●  △
 *
 * ○ level ● oblique ◎ a polyphone resolved △ level rhyme ▲ oblique rhyme ✗ breaks a rule ? not in the book.
 */
import type { Poem, SyllableProof, Violation } from '../../studios/text/index.ts';
import type { Ink } from '../terminal/ink.ts';
import { displayWidth, padEnd } from '../terminal/width.ts';

/** What layout needs beside the poem. */
export interface PoemSetting {
  readonly ink: Ink;
  /** Columns that may be used. */
  readonly columns: number;
  /** Punctuation after each line; absent: commas, with a full stop after every second line. */
  readonly marks?: readonly string[];
  /** Indices of lines that begin a stanza; default [0]. */
  readonly stanzas?: readonly number[];
}

/** A verse line with the marks under it; both take the same number of columns. */
interface SetLine {
  readonly text: string;
  readonly tones: string;
  readonly ends: boolean;
  readonly stanza: boolean;
}

/** The poem as terminal lines: text and tone marks in turn, an empty line between stanzas. */
export function layoutPoem(poem: Poem, setting: PoemSetting): string[] {
  const lines = poem.lines.map((_, index) => setLine(poem, index, setting));
  return sentencesOf(lines).flatMap((sentence, index) => [
    ...(index > 0 && sentence[0]!.stanza ? [''] : []),
    ...rowsOf(sentence, setting.columns).flatMap((row) => [
      row
        .map((line) => line.text)
        .join('')
        .trimEnd(),
      row
        .map((line) => line.tones)
        .join('')
        .trimEnd(),
    ]),
  ]);
}

/** The mark of one syllable, one column wide. */
export function toneMark(syllable: SyllableProof, violations: readonly Violation[]): string {
  if (violations.some((broken) => broken.line === syllable.line && broken.place === syllable.place)) return '✗';
  if (syllable.found === '?') return '?';
  if (syllable.rhyme !== undefined) return syllable.found === '平' ? '△' : '▲';
  if (syllable.polyphone !== undefined) return '◎';
  return syllable.found === '平' ? '○' : '●';
}

function setLine(poem: Poem, index: number, { ink, marks, stanzas = [0] }: PoemSetting): SetLine {
  const mark = marks?.[index] ?? (index % 2 === 1 || index === poem.lines.length - 1 ? '。' : '，');
  const characters = [...poem.lines[index]!];
  const found = new Map(poem.proof.syllables.filter((s) => s.line === index).map((s) => [s.place, s]));
  const tones = characters.map((character, place) => {
    const syllable = found.get(place);
    const tone = syllable === undefined ? ' ' : paint(toneMark(syllable, poem.proof.violations), ink);
    return padEnd(tone, displayWidth(character) + 1);
  });
  return {
    text: `${characters.join(' ')}${mark} `,
    tones: `${tones.join('')}${' '.repeat(displayWidth(mark))}`,
    ends: !'，、'.includes(mark),
    stanza: stanzas.includes(index),
  };
}

function paint(mark: string, ink: Ink): string {
  if (mark === '✗' || mark === '?') return ink.bad(mark);
  if (mark === '△' || mark === '▲') return ink.rhyme(mark);
  return mark === '◎' ? ink.accent(mark) : ink.quiet(mark);
}

function sentencesOf(lines: readonly SetLine[]): SetLine[][] {
  const sentences: SetLine[][] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || lines[index - 1]!.ends || line.stanza) sentences.push([]);
    sentences.at(-1)!.push(line);
  }
  return sentences;
}

function rowsOf(sentence: readonly SetLine[], columns: number): SetLine[][] {
  const rows: SetLine[][] = [];
  let taken = columns + 1;
  for (const line of sentence) {
    const width = displayWidth(line.text);
    if (taken + width > columns) {
      rows.push([]);
      taken = 0;
    }
    rows.at(-1)!.push(line);
    taken += width;
  }
  return rows;
}
