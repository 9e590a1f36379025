/**
 * A contact sheet: small pictures in rows and columns, what they differ in written at the edges.
 *
 *            title
 *            across 1   across 2
 *   down 1   [      ]   [      ]
 *   down 2   [      ]   [      ]      one such block for each value of a third axis, its label above it
 */
import { openTypeface } from '../lettering/index.ts';
import type { Layer, Picture } from '../picture/index.ts';
import { type Bitmap, createBitmap, createField, filledBitmap, fillPolygon, type Point } from '../raster/index.ts';

export interface Sheet {
  /** Block by block, row by row; as many as blocks × rows × columns. */
  readonly pictures: readonly Bitmap[];
  readonly title: string;
  readonly across: readonly string[];
  readonly down: readonly string[];
  readonly blocks: readonly string[];
}

const GAP = 12;
const LETTER = 20;
const INK = [40, 38, 36] as const;

/** Lays a sheet out; cells are as large as the largest picture. */
export function contactSheet({ pictures, title, across, down, blocks }: Sheet): Picture {
  const [wide, tall] = [
    Math.max(...pictures.map(({ width }) => width)),
    Math.max(...pictures.map(({ height }) => height)),
  ];
  const left = Math.min(
    360,
    Math.max(0, ...down.map((label) => lengthOf(label) * LETTER)) + (down.some(Boolean) ? GAP : 0),
  );
  const [head, line] = [title === '' ? 0 : LETTER * 2, LETTER * 1.6];
  const over = across.some(Boolean) ? line : 0;
  const named = blocks.some(Boolean) ? line : 0;
  const blockHeight = named + over + down.length * (tall + GAP);
  const width = Math.ceil(GAP + left + across.length * (wide + GAP));
  const height = Math.ceil(GAP + head + blocks.length * blockHeight);
  const ground = filledBitmap(width, height, [250, 248, 243]);
  const words: Word[] =
    title === '' ? [] : [{ text: title, x: GAP, y: GAP + LETTER * 1.1, room: width - 2 * GAP, size: LETTER * 1.2 }];
  for (const [b, block] of blocks.entries()) {
    const top = GAP + head + b * blockHeight;
    if (block !== '') words.push({ text: block, x: GAP, y: top + LETTER, room: width - 2 * GAP, size: LETTER });
    for (const [c, label] of across.entries()) {
      words.push({ text: label, x: GAP + left + c * (wide + GAP), y: top + named + LETTER, room: wide, size: LETTER });
    }
    for (const [r, label] of down.entries()) {
      const y = top + named + over + r * (tall + GAP);
      words.push({ text: label, x: GAP, y: y + tall / 2, room: left - GAP, size: LETTER });
      for (let c = 0; c < across.length; c++) {
        const picture = pictures[(b * down.length + r) * across.length + c];
        if (picture) paste(ground, picture, Math.round(GAP + left + c * (wide + GAP)), Math.round(y));
      }
    }
  }
  const layer = (id: string, en: string, zh: string, bitmap: Bitmap): Layer => ({
    id,
    names: { en, zh },
    bitmap,
    x: 0,
    y: 0,
  });
  const layers = [
    layer('pictures', 'pictures', '图', ground),
    layer('labels', 'labels', '标注', lettered(words, width, height)),
  ];
  return { width, height, layers, about: { contactSheet: { title, across, down, blocks } } };
}

function paste(ground: Bitmap, { width, height, data }: Bitmap, x: number, y: number): void {
  for (let row = 0; row < height; row++) {
    ground.data.set(data.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * ground.width + x) * 4);
  }
}

interface Word {
  readonly text: string;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  /** Pixels it may take; longer text is cut. */
  readonly room: number;
  readonly size: number;
}

const SPACE = 0.28;

/** A letter in the first of our typefaces that has it. */
function glyphOf(character: string) {
  return openTypeface('cormorant-garamond').glyph(character) ?? openTypeface('ma-shan-zheng').glyph(character);
}

const advanceOf = (character: string): number => glyphOf(character)?.advance ?? SPACE;

/** Ems. */
const lengthOf = (text: string): number => [...text].reduce((sum, character) => sum + advanceOf(character), 0);

function lettered(words: readonly Word[], width: number, height: number): Bitmap {
  const field = createField(width, height);
  for (const { text, x, y, room, size } of words) {
    let at = x;
    for (const character of fitted(text, room / size)) {
      const outlines = glyphOf(character)?.outlines ?? [];
      const lines = outlines.map((line) => line.map(([px, py]): Point => [at + px * size, y + py * size]));
      if (lines.length > 0) fillPolygon(field, lines);
      at += advanceOf(character) * size;
    }
  }
  const bitmap = createBitmap(width, height);
  for (let i = 0; i < field.data.length; i++) {
    const cover = Math.min(1, field.data[i]!);
    if (cover > 0) bitmap.data.set([...INK, 255 * cover], 4 * i);
  }
  return bitmap;
}

/** As much as fits, an ellipsis after what was cut. */
function fitted(text: string, room: number): string[] {
  const characters = [...text];
  if (lengthOf(text) <= room) return characters;
  const kept: string[] = [];
  let length = lengthOf('…');
  for (const character of characters) {
    length += advanceOf(character);
    if (length > room) break;
    kept.push(character);
  }
  return [...kept, '…'];
}
