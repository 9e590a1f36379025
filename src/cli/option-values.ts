/** How the values of options are read; each refuses what it cannot use with one error. */
import { randomInt } from 'node:crypto';
import { OsError } from '../core/index.ts';

/** The range of a number option; whole numbers only where `whole`. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** A parser of numbers in a range, for commander's `argParser`. The parser throws `cli/bad-number`. */
export function numberIn(option: string, { min, max, whole = false }: NumberRange): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= min && value <= max && (!whole || Number.isSafeInteger(value))) return value;
    throw new OsError({
      kind: 'input',
      code: 'cli/bad-number',
      message: `${option} takes a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not “${text}”.`,
      hint: `Give a number between ${min} and ${max}.`,
      zh: {
        message: `${option} 要 ${min} 到 ${max} 之间的${whole ? '整' : ''}数，不能是“${text}”。`,
        hint: `请给出 ${min} 到 ${max} 之间的数。`,
      },
    });
  };
}

/** A parser of one of several words. The parser throws `cli/bad-choice`. */
export function oneOf<Choice extends string>(option: string, choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    throw new OsError({
      kind: 'input',
      code: 'cli/bad-choice',
      message: `${option} knows ${choices.join(', ')}, not “${text}”.`,
      hint: `Use one of: ${choices.join(', ')}.`,
      zh: {
        message: `${option} 只认得 ${choices.join('、')}，不认得“${text}”。`,
        hint: `请用其中之一：${choices.join('、')}。`,
      },
    });
  };
}

/** A parser of `#rgb` and `#rrggbb` between commas or spaces, so many at least and at most. The parser throws `cli/bad-colour`. */
export function hexColours(
  option: string,
  [fewest, most]: readonly [number, number],
): (text: string) => readonly string[] {
  return (text) => {
    const words = text.split(/[\s,，、]+/).filter((word) => word !== '');
    const bad = words.find((word) => !/^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.test(word));
    if (bad === undefined && words.length >= fewest && words.length <= most) return words.map(longHex);
    throw new OsError({
      kind: 'input',
      code: 'cli/bad-colour',
      message: `${option} takes ${fewest} to ${most} colours such as #2f4f3a,#e8d0d8, not “${bad ?? text}”.`,
      hint: 'Write colours as # and six digits 0–9 a–f.',
      zh: {
        message: `${option} 要 ${fewest} 至 ${most} 个颜色，如 #2f4f3a,#e8d0d8，不能是“${bad ?? text}”。`,
        hint: '颜色写作 # 加六位 0–9 a–f。',
      },
    });
  };
}

function longHex(word: string): string {
  const digits = word.replace('#', '').toLowerCase();
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}

/** A parser of a stretch of bars, `5-12` or `7`. The parser throws `cli/bad-bars`. */
export function barRange(option: string): (text: string) => readonly [number, number] {
  return (text) => {
    const [, first, last = first] = /^\s*(\d{1,5})(?:\s*[-–—~～至到]\s*(\d{1,5}))?\s*$/.exec(text) ?? [];
    if (first !== undefined && Number(first) <= Number(last)) return [Number(first), Number(last)];
    throw new OsError({
      kind: 'input',
      code: 'cli/bad-bars',
      message: `${option} takes the first bar and the last, such as 5-12, not “${text}”.`,
      hint: 'Give two numbers with a dash between, or one number.',
      zh: {
        message: `${option} 要首尾小节号，如 5-12，不能是“${text}”。`,
        hint: '请给出用短横连接的两个数，或一个数。',
      },
    });
  };
}

/** A parser of pixels, `1024x768` or one number for a square. The parser throws `cli/bad-size`. */
export function pixelSize(option: string): (text: string) => readonly [number, number] {
  return (text) => {
    const [, width, height = width] = /^\s*(\d{2,5})(?:\s*[x×*]\s*(\d{2,5}))?\s*$/i.exec(text) ?? [];
    const size = [Number(width), Number(height)] as const;
    if (size.every((side) => side >= 64 && side <= 8192)) return size;
    throw new OsError({
      kind: 'input',
      code: 'cli/bad-size',
      message: `${option} takes width and height in pixels, from 64x64 to 8192x8192, not “${text}”.`,
      hint: 'Write it like 1024x768.',
      zh: { message: `${option} 要宽与高的像素数，64x64 到 8192x8192，不能是“${text}”。`, hint: '写法如 1024x768。' },
    });
  };
}

/** Collects words from a repeatable option; one value may hold several, between commas or spaces. */
export function collectWords(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...text.split(/[\s,，、;；]+/).filter((word) => word !== '')];
}

/** A seed for those who name none, short enough to be typed again. */
export function drawSeed(): number {
  return randomInt(1, 1_000_000);
}
