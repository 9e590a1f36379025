/**
 * How BLEU cuts a line into words. Scores are comparable only under one tokenizer, so these follow sacreBLEU 2 (Post, 2018)
 * to the character, oddities included; `13a` is that of the WMT evaluations, `intl` that of mteval-v14.
 */
import { splitWords, trim } from './python-text.ts';

/** Names as in sacreBLEU: `13a` for languages with spaces, `zh` Chinese, `char`, `intl`, `none` for text that is already cut. */
export type BleuTokenizer = '13a' | 'zh' | 'char' | 'intl' | 'none';

/** From a line to words with single spaces between them. */
export const BLEU_TOKENIZERS: Readonly<Record<BleuTokenizer, (line: string) => string>> = {
  '13a': (line) => western(` ${unescape13a(line)} `),
  zh: (line) => western([...trim(line)].map((char) => (isChinese(char) ? ` ${char} ` : char)).join('')),
  char: (line) => [...line].join(' '),
  intl: (line) => international(line),
  none: (line) => line,
};

function unescape13a(line: string): string {
  return line
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

/** Parts ASCII punctuation from words; full stops and commas only where no digit stands on that side. */
function western(line: string): string {
  const parted = line
    .replace(/[{-~[-` -&(-+:-@/]/gu, ' $& ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/gu, '$1 $2 ');
  return splitWords(parted).join(' ');
}

function international(line: string): string {
  const parted = line
    .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
    .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
    .replace(/\p{S}/gu, ' $& ');
  return splitWords(parted).join(' ');
}

/**
 * Ranges that count as Chinese. Two of sacreBLEU's are written with five hexadecimal digits where Python reads four, and so
 * mean U+2001 to U+2A6D and U+2F81 to U+2FA1; scores follow what it does.
 */
const CHINESE: readonly (readonly [number, number])[] = [
  [0x2001, 0x2a6d],
  [0x2e80, 0x2fdf],
  [0x2ff0, 0x303f],
  [0x3100, 0x312f],
  [0x31a0, 0x31bf],
  [0x31c0, 0x31ef],
  [0x3200, 0x4db5],
  [0x4e00, 0x9fbb],
  [0xf900, 0xfa2d],
  [0xfa30, 0xfa6a],
  [0xfe10, 0xfe1f],
  [0xfe30, 0xfe4f],
  [0xff00, 0xffef],
];

function isChinese(char: string): boolean {
  const code = char.codePointAt(0)!;
  return CHINESE.some(([from, to]) => from <= code && code <= to);
}
