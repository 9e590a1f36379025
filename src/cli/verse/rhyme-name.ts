import type { Poem } from '../../studios/text/index.ts';
import type { Language } from '../language.ts';

const DIGITS = '零一二三四五六七八九';

/** How a rhyme key is called: `阳` in the older and the new book, part and tone (`第二部平声`, `part 2, level`) in 词林正韵. */
export function rhymeName(book: Poem['rhymeBook'], key: string, language: Language): string {
  const part = /^(\d+)([平仄入])$/.exec(key);
  if (book !== '词林正韵' || part === null) return key;
  const [, number = '', tone = ''] = part;
  if (language === 'zh') return `第${chineseNumber(Number(number))}部${tone}声`;
  return `part ${number}, ${{ 平: 'level', 仄: 'oblique', 入: 'entering' }[tone] ?? tone}`;
}

/** Whole numbers from 0 to 99 in Chinese. */
function chineseNumber(value: number): string {
  const ones = value % 10 === 0 && value > 0 ? '' : DIGITS[value % 10]!;
  const tens = Math.floor(value / 10);
  return tens === 0 ? ones : `${tens === 1 ? '' : DIGITS[tens]!}十${ones}`;
}
