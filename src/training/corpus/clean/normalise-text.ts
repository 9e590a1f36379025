/**
 * One way of writing for the same words: Unicode NFC, line ends, blanks, width of letters and marks. What an author chose
 * stays: quotation marks are only changed when asked for, and indentation is left to the joining of lines.
 */
import { HAN } from './characters.ts';

export interface NormaliseOptions {
  /** `straight`: “ ” ‘ ’ 「 」 to " '; `curly`: 「 」 『 』 to “ ” ‘ ’; default keep. */
  readonly quotes?: 'keep' | 'straight' | 'curly';
  /** Width of marks by the language around them (，in Chinese, `,` elsewhere); default true. */
  readonly width?: boolean;
}

const QUOTES = {
  keep: [],
  straight: [
    [/[“”„‟「」«»]/g, '"'],
    [/[‘’‚‛『』]/g, "'"],
  ],
  curly: [
    [/「/g, '“'],
    [/」/g, '”'],
    [/『/g, '‘'],
    [/』/g, '’'],
  ],
} as const;

/** Normalises a text; applying it again changes nothing. */
export function normaliseText(text: string, options: NormaliseOptions = {}): string {
  const { quotes = 'keep', width = true } = options;
  let result = text
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\v/g, '\n')
    .replace(/[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\t]/g, ' ')
    .replace(/(?![\n\f])\p{Cc}|\p{Co}|\ufffd/gu, '')
    .replace(/[！-～]/g, (mark) => (/[Ａ-Ｚａ-ｚ０-９]/.test(mark) ? narrow(mark) : mark));
  if (width) result = result.split('\n').map(widthOfLine).join('\n');
  for (const [from, to] of QUOTES[quotes]) result = result.replace(from, to);
  return result
    .replace(/[ \u3000]+$/gm, '')
    .replace(/(?<=\S) {2,}(?=\S)/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .normalize('NFC');
}

const narrow = (mark: string): string => String.fromCharCode(mark.charCodeAt(0) - 0xfee0);
const WIDE: Readonly<Record<string, string>> = { ',': '，', '!': '！', '?': '？', ':': '：', ';': '；' };

function widthOfLine(line: string): string {
  if (!HAN.test(line)) {
    return /[！-～　。]/.test(line) && /[a-z]/i.test(line)
      ? line
          .replace(/[！-～]/g, narrow)
          .replace(/。/g, '.')
          .replace(/　/g, ' ')
      : line;
  }
  return line
    .replace(/(?<=[\p{Script=Han}”’」』）》])[,!?:;](?!\w)/gu, (mark) => WIDE[mark]!)
    .replace(/(?<=\p{Script=Han})\.(?=[”’」』]|\s*$|\p{Script=Han})/gu, '。')
    .replace(/\((?=[^()]*\p{Script=Han})([^()\n]*)\)/gu, '（$1）')
    .replace(/。{3,}|(?<=\p{Script=Han})\.{3,}/gu, '……');
}
