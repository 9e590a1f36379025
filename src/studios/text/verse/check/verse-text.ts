/** From what a person typed to lines of verse: simplified characters, no punctuation, a title where one was typed above. */
import { OsError } from '../../../../core/index.ts';
import { simplify } from '../prosody/index.ts';

const BREAKS = /[\s，。、；：！？,.;:!?…—「」『』“”"'（）()【】·]+/u;

export interface VerseText {
  readonly title?: string;
  readonly lines: readonly string[];
}

/** Splits a text. A first row without punctuation, above rows that have some, is the title; a second such row is the author. Throws `verse/no-text`. */
export function parseVerse(text: string): VerseText {
  const rows = text
    .split(/\r?\n/u)
    .map((row) => row.trim())
    .filter((row) => row !== '');
  const isBare = (row: string): boolean => !/[，。；！？,;!?]/u.test(row);
  const head = rows.some((row) => !isBare(row)) ? rows.findIndex((row) => !isBare(row)) : 0;
  const isTitle = head > 0 && head <= 2;
  const body = isTitle ? rows.slice(head) : rows;
  const title = isTitle ? simplify(rows[0]!.replace(/[《》]/gu, '')) : undefined;
  return { lines: cleanLines(body.flatMap((row) => row.split(BREAKS))), ...(title === undefined ? {} : { title }) };
}

/** Simplifies lines and takes punctuation out of them. Throws `verse/no-text` when no Chinese character is left. */
export function cleanLines(lines: readonly string[]): string[] {
  const clean = lines.flatMap((line) => simplify(line).split(BREAKS)).filter((line) => line !== '');
  if (clean.some((line) => /\p{Script=Han}/u.test(line))) return clean;
  throw new OsError({
    kind: 'input',
    code: 'verse/no-text',
    message: 'There is no Chinese verse in this text.',
    hint: 'Give the lines of a poem in Chinese characters, parted by punctuation or line breaks.',
    zh: { message: '文本中没有可检验的诗句。', hint: '请给出汉字诗句，以标点或换行分开。' },
  });
}
