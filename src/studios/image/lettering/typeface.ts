/**
 * Typefaces that come as many small files, one for each part of Unicode, as @fontsource packs them. A file is opened when the first of its
 * characters is written.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font as FontFile } from 'fontkit';
import { type Font, findFont } from './fonts.ts';
import { type Glyph, glyphOf } from './outlines.ts';
import { weigh } from './weigh.ts';

export interface Typeface {
  /** The glyph of a character; undefined when the typeface has none. */
  glyph(character: string): Glyph | undefined;
  /** What two characters beside each other move together (negative) or apart, in ems. */
  kern(left: string, right: string): number;
}

/** One cut of a typeface. */
export interface Cut {
  /** 100 to 900; the nearest that the typeface has. Default 400. */
  readonly weight?: number;
  /** Where the typeface has it. */
  readonly italic?: boolean;
}

interface Part {
  readonly file: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const require = createRequire(import.meta.url);
const opened = new Map<string, Typeface>();

/** A typeface of fonts.table.json, such as `ma-shan-zheng`; opened once a process. Throws on names that are not there. */
export function openTypeface(id: string, { weight = 400, italic = false }: Cut = {}): Typeface {
  const font = findFont(id);
  if (!font) throw new RangeError(`No typeface ${id}.`);
  const nearest = nearestWeight(font, weight);
  const slope = italic && font.italic ? 'italic' : 'normal';
  const key = `${id}-${nearest}-${slope}`;
  const known = opened.get(key) ?? createTypeface(font, nearest, slope);
  opened.set(key, known);
  return known;
}

function nearestWeight({ weights, range }: Font, wanted: number): number {
  if (range) return Math.min(range[1]!, Math.max(range[0]!, wanted));
  return weights!.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best));
}

function partsOf({ id, package: from, range }: Font, weight: number, slope: string): Part[] {
  const table = require(`${from}/unicode.json`) as Readonly<Record<string, string>>;
  return Object.entries(table).map(([subset, ranges]) => ({
    file: `${from}/files/${id}-${subset.replace(/[[\]]/g, '')}-${range ? 'wght' : weight}-${slope}.woff2`,
    ranges: ranges.split(',').map(parseRange),
  }));
}

function createTypeface(font: Font, weight: number, slope: string): Typeface {
  const parts = partsOf(font, weight, slope);
  const files = new Map<string, FontFile>();
  const glyphs = new Map<string, Glyph | undefined>();
  const kerns = new Map<string, number>();
  const partOf = (character: string): Part | undefined => {
    const code = character.codePointAt(0)!;
    return parts.find(({ ranges }) => ranges.some(([first, last]) => first <= code && code <= last));
  };
  const fileOf = (name: string): FontFile => {
    const known = files.get(name);
    if (known) return known;
    const file = create(readFileSync(require.resolve(name))) as FontFile;
    if (font.range) weigh(file, weight);
    files.set(name, file);
    return file;
  };
  return {
    glyph(character) {
      if (glyphs.has(character)) return glyphs.get(character);
      const code = character.codePointAt(0)!;
      const part = partOf(character);
      const file = part && fileOf(part.file);
      const glyph = file?.hasGlyphForCodePoint(code) ? glyphOf(file, code) : undefined;
      glyphs.set(character, glyph);
      return glyph;
    },
    kern(left, right) {
      const pair = `${left}${right}`;
      const part = partOf(left);
      const known = kerns.get(pair) ?? (part && part === partOf(right) ? kernOf(fileOf(part.file), pair) : 0);
      kerns.set(pair, known);
      return known;
    },
  };
}

/** The first advance of a pair less its advance alone; ligatures are not made. */
function kernOf(font: FontFile, pair: string): number {
  const { positions, glyphs } = font.layout(pair, { kern: true, liga: false, clig: false, dlig: false });
  if (glyphs.length !== 2) return 0;
  return (positions[0]!.xAdvance - glyphs[0]!.advanceWidth) / font.unitsPerEm;
}

/** `U+4e00-4e0a` or `U+4e00`. */
function parseRange(text: string): [number, number] {
  const [first, last] = text.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(first!, 16), Number.parseInt(last ?? first!, 16)];
}
