/** The text of an ABC file: decoded, cut into tunes, every line with its number; and the error and warnings with their place. */
import { refusal } from '../../refusal.ts';
import type { FormatWarning } from '../types.ts';

/** Counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface SourceLine {
  readonly text: string;
  /** Counted from 1 in the file. */
  readonly line: number;
}

/** The lines of one tune, those before the first tune (the file header) in front. */
export interface AbcSource {
  /** After `X:`; 0 when missing. */
  readonly number: number;
  readonly header: readonly SourceLine[];
  readonly lines: readonly SourceLine[];
}

/** The error of every fault that keeps a tune from being read. */
export function badAbc({ line, column }: Place, en: string, zh: string): Error {
  return refusal(
    'input',
    'music/bad-abc',
    {
      en: `The ABC text is wrong at line ${line}, column ${column}: ${en}.`,
      zh: `ABC 第 ${line} 行第 ${column} 列有误：${zh}。`,
    },
    {
      en: 'Mend that place; the ABC standard 2.1 is at abcnotation.com.',
      zh: '请改正该处；写法见 abcnotation.com 的 ABC 2.1 标准。',
    },
    { line, column },
  );
}

const MOST_WARNINGS = 100;

/** Warnings of one tune; the first hundred are kept. */
export class AbcWarnings {
  readonly list: FormatWarning[] = [];

  add({ line, column }: Place, en: string, zh: string): void {
    if (this.list.length >= MOST_WARNINGS) return;
    this.list.push({ place: `line ${line}, column ${column}`, message: { en, zh } });
  }
}

/** Bytes as text: UTF-8, else Windows-1252. */
export function decodeAbc(input: Uint8Array | string): string {
  if (typeof input === 'string') return input.replace(/^\uFEFF/, '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    return new TextDecoder('windows-1252').decode(input);
  }
}

/** Cuts a file into tunes: each begins at `X:` and ends at an empty line. A text without `X:` is one tune. */
export function splitTunes(text: string): AbcSource[] {
  const lines = text.split(/\r\n|\r|\n/).map((line, i) => ({ text: line, line: i + 1 }));
  const tunes: { number: number; header: SourceLine[]; lines: SourceLine[] }[] = [];
  const header: SourceLine[] = [];
  let tune: (typeof tunes)[number] | undefined;
  for (const line of lines) {
    const number = /^X:\s*(\d{1,9})?/.exec(line.text);
    if (number) {
      tune = { number: Number(number[1] ?? 0), header, lines: [line] };
      tunes.push(tune);
    } else if (line.text.trim() === '') tune = undefined;
    else if (tune) tune.lines.push(line);
    else if (tunes.length === 0 && /^(?:[A-Za-z]:|%%)/.test(line.text)) header.push(line);
  }
  if (tunes.length > 0) return tunes;
  const all = lines.filter((line) => line.text.trim() !== '');
  return all.some((line) => /^K:/.test(line.text)) ? [{ number: 0, header: [], lines: all }] : [];
}

const TEXT_SIGNS = /\\u([0-9a-fA-F]{4})|&(amp|quot|lt|gt|copy);|\\(['`^~"])([A-Za-z])|\\([\\%&"])/g;

/** What a text string means: `\%` is %, `\"` is ", accents as `\'e`, characters as `&copy;` or `\u00e9`. */
export function plainText(text: string): string {
  return text
    .replace(TEXT_SIGNS, (_, hex?: string, entity?: string, accent?: string, letter?: string, plain?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (entity !== undefined) return ENTITIES[entity]!;
      return accent !== undefined ? `${letter}${ACCENTS[accent]!}`.normalize('NFC') : plain!;
    })
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', copy: '©' };
/** Combining marks. */
const ACCENTS: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
};

/** A text as it stands in a field: on one line, with what ABC would take for a sign escaped. */
export function escapeText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\%&]/g, '\\$&');
}

/** A line without its comment. */
export function withoutComment(text: string): string {
  const at = text.search(/(?<!\\)%/);
  return at < 0 ? text : text.slice(0, at);
}
