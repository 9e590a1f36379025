/**
 * Typefaces that come as many small files, one for each part of Unicode, as @fontsource packs them. A file is opened when the first of its
 * characters is written.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Path } from 'fontkit';
import type { Point } from '../raster/index.ts';

/** Outlines of one character in ems, baseline at 0, y down. */
export interface Glyph {
  readonly outlines: readonly (readonly Point[])[];
  /** Ems. */
  readonly advance: number;
}

export interface Typeface {
  /** The glyph of a character; undefined when the typeface has none. */
  glyph(character: string): Glyph | undefined;
  /** What two characters beside each other move together (negative) or apart, in ems. */
  kern(left: string, right: string): number;
}

/** One cut of a typeface. */
export interface Cut {
  /** 300 to 700, as far as the package has it; default 400. */
  readonly weight?: number;
  readonly italic?: boolean;
}

interface Part {
  readonly file: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const require = createRequire(import.meta.url);
const opened = new Map<string, Typeface>();

/** A typeface of a package, such as `ma-shan-zheng`; opened once a process. */
export function openTypeface(name: string, { weight = 400, italic = false }: Cut = {}): Typeface {
  const cut = `${weight}-${italic ? 'italic' : 'normal'}`;
  const known = opened.get(`${name}-${cut}`) ?? createTypeface(name, cut);
  opened.set(`${name}-${cut}`, known);
  return known;
}

function createTypeface(name: string, cut: string): Typeface {
  const table = require(`@fontsource/${name}/unicode.json`) as Readonly<Record<string, string>>;
  const parts = Object.entries(table).map(([subset, ranges]): Part => {
    const file = `@fontsource/${name}/files/${name}-${subset.replace(/[[\]]/g, '')}-${cut}.woff2`;
    return { file, ranges: ranges.split(',').map(parseRange) };
  });
  const fonts = new Map<string, Font>();
  const glyphs = new Map<string, Glyph | undefined>();
  const kerns = new Map<string, number>();
  const partOf = (character: string): Part | undefined => {
    const code = character.codePointAt(0)!;
    return parts.find(({ ranges }) => ranges.some(([first, last]) => first <= code && code <= last));
  };
  const fontOf = (file: string): Font => {
    const font = fonts.get(file) ?? (create(readFileSync(require.resolve(file))) as Font);
    fonts.set(file, font);
    return font;
  };
  return {
    glyph(character) {
      if (glyphs.has(character)) return glyphs.get(character);
      const code = character.codePointAt(0)!;
      const part = partOf(character);
      const font = part && fontOf(part.file);
      const glyph = font?.hasGlyphForCodePoint(code) ? glyphOf(font, code) : undefined;
      glyphs.set(character, glyph);
      return glyph;
    },
    kern(left, right) {
      const pair = `${left}${right}`;
      const part = partOf(left);
      const known = kerns.get(pair) ?? (part && part === partOf(right) ? kernOf(fontOf(part.file), pair) : 0);
      kerns.set(pair, known);
      return known;
    },
  };
}

/** The first advance of a pair less its advance alone; ligatures are not made. */
function kernOf(font: Font, pair: string): number {
  const { positions, glyphs } = font.layout(pair, { kern: true, liga: false, clig: false, dlig: false });
  if (glyphs.length !== 2) return 0;
  return (positions[0]!.xAdvance - glyphs[0]!.advanceWidth) / font.unitsPerEm;
}

/** `U+4e00-4e0a` or `U+4e00`. */
function parseRange(text: string): [number, number] {
  const [first, last] = text.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(first!, 16), Number.parseInt(last ?? first!, 16)];
}

function glyphOf(font: Font, code: number): Glyph {
  const glyph = font.glyphForCodePoint(code);
  const scale = 1 / font.unitsPerEm;
  const outlines = polylinesOf(glyph.path).map((line) => line.map(([x, y]): Point => [x * scale, -y * scale]));
  return { outlines, advance: glyph.advanceWidth * scale };
}

/** Straight pieces of one curve. */
const PIECES = 12;

function polylinesOf({ commands }: Path): Point[][] {
  const lines: Point[][] = [];
  let at: Point = [0, 0];
  for (const { command, args } of commands) {
    if (command === 'closePath') continue;
    const points = Array.from({ length: args.length / 2 }, (_, i): Point => [args[2 * i]!, args[2 * i + 1]!]);
    if (command === 'moveTo') lines.push([points[0]!]);
    else if (command === 'lineTo') lines.at(-1)!.push(points[0]!);
    else for (let i = 1; i <= PIECES; i++) lines.at(-1)!.push(onCurve([at, ...points], i / PIECES));
    at = points.at(-1)!;
  }
  return lines;
}

/** A point of a Bézier curve of any degree (de Casteljau). */
function onCurve(points: readonly Point[], share: number): Point {
  if (points.length === 1) return points[0]!;
  const next = points.slice(1).map(([x, y], i): Point => {
    const [px, py] = points[i]!;
    return [px + (x - px) * share, py + (y - py) * share];
  });
  return onCurve(next, share);
}
