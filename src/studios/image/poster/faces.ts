/**
 * Which typeface writes which character of a poster, in the style that is asked for. Every text has one hand for its Chinese; its Latin is set a
 * little larger where the typeface is a small one, so that both look alike.
 *
 *   "夜航 Night"   brush ─▶ Ma Shan Zheng  | Cormorant Garamond       serif ─▶ Noto Serif | Cormorant Garamond       sans ─▶ Noto Sans
 *
 * What is small is printed: by brush, dates and further lines would be hard to read.
 */
import { type Cut, type Faces, facesFor, hanScriptOf, isHan, type Style } from '../lettering/index.ts';
import type { Point } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import type { FaceName, Outlines, PosterText, Role } from './types.ts';

const LATIN: Readonly<Record<FaceName, Cut>> = {
  light: { weight: 400 },
  book: { weight: 500 },
  strong: { weight: 700 },
  italic: { weight: 500, italic: true },
};
const HAN: Readonly<Record<FaceName, Cut>> = {
  light: { weight: 300 },
  book: { weight: 450 },
  strong: { weight: 750 },
  italic: { weight: 400 },
};

/** How much larger Latin is set beside Chinese, where it is small. */
const LATIN_SCALE = 1.14;
const SMALL_FACE = 'cormorant-garamond';
const BRUSH = 'ma-shan-zheng';
/** Texts that are written where the style is the brush. */
const WRITTEN: ReadonlySet<Role> = new Set(['title', 'subtitle', 'author']);

/** A letter in ems of the text: outlines, width, and its ink. */
export interface Letter {
  readonly outlines: Outlines;
  readonly advance: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The letters of one text. */
export interface Letters {
  /** Whether its marks stand in the middle of their cells and its quotes are 「」, as in traditional text. */
  readonly traditional: boolean;
  /** The letter of a character; undefined when no face has it. */
  letter(character: string, face: FaceName): Letter | undefined;
  /** What two letters move together, in ems of the text. */
  kern(left: string, right: string, face: FaceName): number;
}

/** The letters of every text of a poster; `style` undefined: all by brush, as posters were once made. */
export type LettersOf = (role: Role) => Letters;

/** Chooses the letters of a poster. */
export function lettersFor(text: PosterText, style: Style | undefined): LettersOf {
  const traditional = hanScriptOf(allOf(text)) === 'traditional';
  const known = new Map<Role, Letters>();
  return (role) => {
    const own = style === 'brush' && !WRITTEN.has(role) ? 'serif' : (style ?? 'brush');
    const letters = known.get(role) ?? createLetters([text[role]].flat().join(''), own, traditional);
    known.set(role, letters);
    return letters;
  };
}

/** The letters of one text in a style. */
export function createLetters(text: string, style: Style, traditional = hanScriptOf(text) === 'traditional'): Letters {
  const script = traditional ? 'traditional' : 'simplified';
  const opened = new Map<string, Faces>();
  const facesOf = (character: string, face: FaceName): Faces => {
    const han = isHan(character);
    const key = `${han} ${face}`;
    const faces = opened.get(key) ?? facesFor(text, style, (han ? HAN : LATIN)[face], script);
    opened.set(key, faces);
    return faces;
  };
  const letters = new Map<string, Letter | undefined>();
  return {
    traditional,
    letter(character, face) {
      const key = `${face}${character}`;
      if (!letters.has(key)) letters.set(key, letterIn(facesOf(character, face), character));
      return letters.get(key);
    },
    kern(left, right, face) {
      const faces = facesOf(left, face);
      return faces.kern(left, right) * scaleOf(faces.glyph(left)?.font);
    },
  };
}

const scaleOf = (font: string | undefined): number => (font === SMALL_FACE ? LATIN_SCALE : 1);

function letterIn(faces: Faces, character: string): Letter | undefined {
  if (character === '〇' && faces.lead === BRUSH) return ringLetter();
  const glyph = faces.glyph(character);
  if (!glyph) return undefined;
  const scale = scaleOf(glyph.font);
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

const ROLES: readonly Role[] = ['title', 'subtitle', 'author', 'date', 'lines'];

const allOf = (text: PosterText): string => ROLES.flatMap((role) => text[role]).join('');

/** Throws `image/no-letters` when a text has characters that no face can write. */
export function refuseMissing(text: PosterText, lettersOf: LettersOf): void {
  const missing = ROLES.flatMap((role) =>
    [...new Set([text[role]].flat().join(''))].filter(
      (each) => !/\s/u.test(each) && !lettersOf(role).letter(each, 'book'),
    ),
  );
  if (missing.length === 0) return;
  const some = [...new Set(missing)].slice(0, 12).join(' ');
  throw refusal(
    'input',
    'image/no-letters',
    { en: `The typefaces here cannot write: ${some}`, zh: `现有字体写不出：${some}` },
    {
      en: 'Write in Chinese, zhuyin, Latin or Cyrillic letters.',
      zh: '可用汉字（简体、繁体）、注音、拉丁与西里尔字母。',
    },
    { missing },
  );
}
