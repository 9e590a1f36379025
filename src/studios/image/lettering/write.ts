/** Writing on the paper: Chinese in columns from the right, other languages in lines. Everything in units. */
import type { Box, Composition } from '../composition/types.ts';
import type { Point } from '../raster/index.ts';
import { type Faces, facesFor } from './faces.ts';
import { GETA } from './geta.ts';

/** Outlines of written characters, and the box that they fill. */
export interface Writing {
  /** One list of outlines a character. */
  readonly characters: readonly (readonly (readonly Point[])[])[];
  readonly box: Box;
  /** Size of a character. */
  readonly size: number;
  /** Characters that no typeface has; 〓 stands in their places. */
  readonly missing: readonly string[];
}

type Inscription = NonNullable<Composition['inscription']>;

const MARKS = /[，。！？；、：,.!?;:“”‘’"'《》〈〉（）()\s]/u;

export interface WritingOptions {
  /** Units a character; default 17 and 36. */
  readonly smallest?: number;
  readonly largest?: number;
  /** Edge of the box that columns keep to; default right. */
  readonly side?: 'left' | 'right';
  /** Whether a line may go on in the next column; default false. */
  readonly broken?: boolean;
}

/**
 * The inscription in a box, as large as it goes between `smallest` and `largest` units a character; undefined when it does not fit.
 * Chinese: title as the first column, marks left out, as on paintings.
 */
export function writeInscription(
  { title, lines, language }: Inscription,
  box: Box,
  { smallest = 17, largest = 36, side = 'right', broken = false }: WritingOptions = {},
): Writing | undefined {
  const rows = language === 'zh' ? columnsOf(title, lines) : [title, ...lines];
  const text = rows.join('');
  const faces = facesFor(text, 'brush', { weight: WEIGHT });
  for (let size = largest; size >= smallest; size -= 1.5) {
    const written =
      language === 'zh' ? inColumns(rows, box, size, { side, broken, faces }) : inLines(rows, box, size, faces);
    if (written) return { ...written, missing: faces.missing(text) };
  }
  return undefined;
}

/** Of printed characters, where they stand in for written ones. */
const WEIGHT = 500;

type Set = Omit<Writing, 'missing'>;

function columnsOf(title: string, lines: readonly string[]): string[] {
  const text = lines.map((line) => [...line].filter((character) => !MARKS.test(character)).join(''));
  return title ? [title, ...text] : text;
}

const LEADING = 1.12;
const COLUMN = 1.42;

function inColumns(
  columns: readonly string[],
  box: Box,
  size: number,
  { side, broken, faces }: Required<Pick<WritingOptions, 'side' | 'broken'>> & { readonly faces: Faces },
): Set | undefined {
  const most = Math.floor(box.height / (size * LEADING));
  // A line longer than a column goes on in the next.
  const pieces = columns.flatMap((text) => chunks([...text], Math.max(1, most)));
  const width = pieces.length * size * COLUMN;
  const tallest = Math.max(...pieces.map(({ length }) => length));
  if (most < 4 || width > box.width || pieces.length > columns.length * (broken ? 2 : 1)) return undefined;
  const height = tallest * size * LEADING;
  // Towards the outer edge, as inscriptions stand.
  const left = side === 'right' ? box.x + box.width - width : box.x;
  const top = box.y + Math.min(box.height - height, box.height * 0.06);
  const characters = pieces.flatMap((column, c) =>
    column.flatMap((character, row) => {
      const x = left + width - (c + 0.5) * size * COLUMN;
      return placed(faces, character, x, top + (row + 0.86) * size * LEADING, size);
    }),
  );
  return { characters, box: { x: left, y: top, width, height }, size };
}

function chunks(characters: readonly string[], most: number): string[][] {
  const rows = Math.ceil(characters.length / most);
  const even = Math.ceil(characters.length / Math.max(1, rows));
  return Array.from({ length: rows }, (_, i) => characters.slice(i * even, (i + 1) * even));
}

/** One character with its middle at x, its foot at y. */
function placed(faces: Faces, character: string, x: number, y: number, size: number): Point[][][] {
  const glyph = faces.glyph(character) ?? GETA;
  const shift = x - (glyph.advance * size) / 2;
  return [glyph.outlines.map((line) => line.map(([px, py]): Point => [px * size + shift, py * size + y]))];
}

/** Ems between words. */
const SPACE = 0.24;

function inLines(lines: readonly string[], box: Box, size: number, faces: Faces): Set | undefined {
  const advanceOf = (character: string): number =>
    /\s/u.test(character) ? SPACE : (faces.glyph(character) ?? GETA).advance;
  const height = lines.length * size * 1.3;
  const widths = lines.map((line) => [...line].reduce((sum, character) => sum + advanceOf(character), 0) * size);
  const width = Math.max(...widths);
  if (height > box.height || width > box.width) return undefined;
  const left = box.x + (box.width - width) / 2;
  const top = box.y + (box.height - height) * 0.2;
  const characters = lines.flatMap((line, row) => {
    let x = left;
    return [...line].flatMap((character) => {
      const advance = advanceOf(character) * size;
      x += advance;
      if (/\s/u.test(character)) return [];
      return placed(faces, character, x - advance / 2, top + (row + 0.95) * size * 1.3, size);
    });
  });
  return { characters, box: { x: left, y: top, width, height }, size };
}

/** What cuts the characters of a seal. */
export const sealFaces = (text: string): Faces => facesFor(text, 'brush', { weight: 700 });

/** Outlines of the characters of a seal in its box: one, two (上下) or four (from the right, downwards). */
export function sealCharacters(text: string, { x, y, width, height }: Box): Point[][][] {
  const characters = [...text].slice(0, 4);
  const faces = sealFaces(text);
  const [columns, rows] = characters.length > 2 ? [2, 2] : [1, characters.length];
  const cell = [(width * 0.88) / columns, (height * 0.88) / rows] as const;
  const size = Math.min(...cell) * 1.02;
  return characters.flatMap((character, i) => {
    const column = columns - 1 - Math.floor(i / rows);
    const cx = x + width * 0.06 + cell[0] * (column + 0.5);
    const foot = y + height * 0.06 + cell[1] * ((i % rows) + 0.5) + size * 0.36;
    return placed(faces, character, cx, foot, size);
  });
}
