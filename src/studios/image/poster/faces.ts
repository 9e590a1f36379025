/**
 * Which typeface writes which character: Ma Shan Zheng the Chinese, Cormorant Garamond (light, book, strong, italic) the rest.
 *
 *   "夜航 Night" ─▶ 夜 航 | N i g h t      letters of both on one baseline, Latin a little larger so that they look alike
 */
import { type Cut, openTypeface } from '../lettering/index.ts';
import type { Point } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import type { FaceName, Outlines, PosterText } from './types.ts';

const CUTS: Readonly<Record<FaceName, Cut>> = {
  light: { weight: 400 },
  book: { weight: 500 },
  strong: { weight: 700 },
  italic: { weight: 500, italic: true },
};

/** How much larger Latin is set beside Chinese. */
const LATIN_SCALE = 1.14;

/** Characters written as Chinese: ideographs, full-width forms, and the marks that both scripts have, beside Chinese. */
const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef〇]/u;

/** Whether a character is written in the Chinese manner. */
export function isHan(character: string): boolean {
  return HAN.test(character);
}

/** A letter in ems of the text: outlines, width, and its ink. */
export interface Letter {
  readonly outlines: Outlines;
  readonly advance: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const letters = new Map<string, Letter | undefined>();

/** The letter of a character; undefined when no face has it. */
export function letterOf(character: string, face: FaceName): Letter | undefined {
  const key = `${face}${character}`;
  if (!letters.has(key)) letters.set(key, findLetter(character, face));
  return letters.get(key);
}

function findLetter(character: string, face: FaceName): Letter | undefined {
  if (character === '〇') return ringLetter();
  const latin = openTypeface('cormorant-garamond', CUTS[face]);
  const brush = openTypeface('ma-shan-zheng');
  const own = isHan(character) ? undefined : latin.glyph(character);
  const glyph = own ?? brush.glyph(character) ?? latin.glyph(character);
  if (!glyph) return undefined;
  const scale = glyph === brush.glyph(character) ? 1 : LATIN_SCALE;
  return withInk(
    glyph.outlines.map((line) => line.map(([x, y]): Point => [x * scale, y * scale])),
    glyph.advance * scale,
  );
}

function withInk(outlines: Outlines, advance: number): Letter {
  const points = outlines.flat();
  if (points.length === 0) return { outlines, advance, left: 0, right: advance, top: 0, bottom: 0 };
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return {
    outlines,
    advance,
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

/** The zero of Chinese numerals, which the brush face lacks: a ring with a swelling line. */
function ringLetter(): Letter {
  const ring = (radius: number): Point[] =>
    Array.from({ length: 40 }, (_, i): Point => {
      const turn = (i / 40) * 2 * Math.PI;
      return [0.5 + Math.cos(turn) * radius * 0.95, -0.35 + Math.sin(turn) * radius * 0.95];
    });
  return withInk([ring(0.33), ring(0.27).toReversed()], 1);
}

/** What two Latin letters move together, in ems of the text. */
export function kernOf(left: string, right: string, face: FaceName): number {
  return openTypeface('cormorant-garamond', CUTS[face]).kern(left, right) * LATIN_SCALE;
}

/** Throws `image/no-letters` when a text has characters that no face can write. */
export function refuseMissing({ title, subtitle, author, date, lines }: PosterText): void {
  const all = new Set([title, subtitle, author, date, ...lines].join(''));
  const missing = [...all].filter((character) => !/\s/u.test(character) && !letterOf(character, 'book'));
  if (missing.length === 0) return;
  const some = missing.slice(0, 12).join(' ');
  throw refusal(
    'input',
    'image/no-letters',
    { en: `The typefaces here cannot write: ${some}`, zh: `现有字体写不出：${some}` },
    {
      en: 'Write Chinese in simplified characters, other words in Latin or Cyrillic letters.',
      zh: '中文请用简体字，其他文字请用拉丁或西里尔字母。',
    },
    { missing },
  );
}
