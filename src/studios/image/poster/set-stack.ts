/**
 * Texts into a stack: as large as they go, one under another (or column by column from the right), together where the stack says.
 *
 *   items ─▶ pieces ─▶ lines at the largest size that fits ─▶ letters in units
 */
import type { Point } from '../raster/index.ts';
import { breakLines, type Line } from './break-lines.ts';
import type { LettersOf } from './faces.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Ruby } from './ruby.ts';
import type { Box, Item, Outlines, PosterText, SetText, Stack } from './types.ts';

export interface SetOptions {
  readonly lettersOf: LettersOf;
  /** How the readings of the title stand beside it; none when absent. */
  readonly ruby?: Ruby | undefined;
}

/** A text that knows its size and lines, not yet its place; its own corner at 0, 0. */
interface Block extends Omit<SetText, 'colour' | 'ink'> {
  readonly width: number;
  readonly height: number;
  /** Units before it. */
  readonly gap: number;
}

/** Steps by which sizes are tried. */
const STEP = 0.95;
/** A title is made this much smaller rather than broken inside a word. */
const WHOLE_WORDS = 0.6;

/** The texts of a stack in their places, without colour; undefined when they do not fit at their smallest. Absent texts take no room. */
export function setStack(stack: Stack, text: PosterText, options: SetOptions): Omit<SetText, 'colour'>[] | undefined {
  const items = stack.items
    .map((item) => ({ item, paragraphs: paragraphsOf(item, text) }))
    .filter(({ paragraphs }) => paragraphs.length > 0)
    .map(({ item, paragraphs }) => ({ item, paragraphs: paragraphs.map((each) => shape(each, item, stack, options)) }));
  for (let factor = 1; factor > 0.02; factor *= STEP) {
    const blocks = items.map(({ item, paragraphs }) => setItem(item, paragraphs, stack, factor, options));
    if (blocks.every((block) => block !== undefined) && fits(blocks, stack)) return placed(blocks, stack);
    if (items.every(({ item }) => item.sizes[1] * Math.sqrt(factor) < item.sizes[0])) return undefined;
  }
  return undefined;
}

function paragraphsOf({ role, join }: Item, text: PosterText): string[] {
  const given = text[role];
  const paragraphs = typeof given === 'string' ? given.split('\n') : given.flatMap((line) => line.split('\n'));
  const whole = join === undefined ? paragraphs : [paragraphs.filter((each) => each.trim()).join(join)];
  return whole.filter((each) => each.trim() !== '');
}

function shape(paragraph: string, item: Item, { way }: Stack, { ruby, lettersOf }: SetOptions): Piece[] {
  const { face, tracking = 0, upper = false, condensed = 1, role } = item;
  return piecesOf(paragraph, {
    letters: lettersOf(role),
    face,
    way,
    tracking,
    upper,
    condensed,
    ruby: role === 'title' ? ruby : undefined,
    display: role === 'title',
  });
}

function setItem(
  item: Item,
  paragraphs: readonly (readonly Piece[])[],
  stack: Stack,
  factor: number,
  options: SetOptions,
): Block | undefined {
  const [smallest, largest] = item.sizes;
  // What is small already gives way less.
  const first = Math.max(smallest, largest * (item.role === 'title' ? factor : Math.sqrt(factor)));
  const last = item.role === 'title' ? Math.max(smallest, first * WHOLE_WORDS) : first;
  let torn: Block | undefined;
  for (let size = first; size >= last; size *= STEP) {
    const lines = linesAt(size, item, paragraphs, stack);
    if (!lines) continue;
    if (!lines.some((line) => line.torn)) return blockOf(lines, size, item, stack, options);
    torn ??= blockOf(lines, size, item, stack, options);
  }
  return torn;
}

function linesAt(size: number, { most = 6 }: Item, paragraphs: readonly (readonly Piece[])[], { box, way }: Stack) {
  const room = (way === 'across' ? box.width : box.height) / size;
  const lines: Line[] = [];
  for (const pieces of paragraphs) {
    const broken = breakLines(pieces, room, most);
    if (!broken) return undefined;
    lines.push(...broken);
  }
  return lines.length <= most ? lines : undefined;
}

function blockOf(lines: readonly Line[], size: number, item: Item, stack: Stack, { ruby }: SetOptions): Block {
  const spoken = item.role === 'title' ? airOf(ruby, stack.way) : 0;
  const leading = ((item.leading ?? 1.25) + spoken) * size;
  const rows = lines.map((line) => lettersOf(line, size, stack.way));
  const set = stack.way === 'across' ? inRows(rows, leading, stack) : inColumns(rows, leading);
  const said = lines.map(({ pieces }) => pieces.map(({ text }) => text).join(''));
  const gap = item.gap ?? 30;
  return { role: item.role, size, lines: said, gap, ...set };
}

/** Ems that readings need between columns, and pinyin between lines. */
export const RUBY_AIR = 0.42;

function airOf(ruby: Ruby | undefined, way: Stack['way']): number {
  if (ruby === undefined) return 0;
  return ruby === 'zhuyin' && way === 'across' ? 0.1 : RUBY_AIR;
}

/** Letters of a line from 0 on, along the line. */
function lettersOf({ pieces }: Line, size: number, way: Stack['way']): Outlines[] {
  let at = 0;
  return pieces.flatMap((piece) => {
    const start = at;
    at += piece.length;
    const [dx, dy] = way === 'across' ? [start, 0] : [0, start];
    return piece.letters.map((line) =>
      line.map((points) => points.map(([x, y]): Point => [(x + dx) * size, (y + dy) * size])),
    );
  });
}

interface Set {
  readonly letters: readonly Outlines[];
  readonly width: number;
  readonly height: number;
}

/** Lines under one another, each by its ink at the left, middle or right of the box. */
function inRows(rows: readonly (readonly Outlines[])[], leading: number, { box, align }: Stack): Set {
  const share = align === 'left' ? 0 : align === 'right' ? 1 : 0.5;
  const letters = rows.flatMap((row, i) => {
    const ink = inkOf(row);
    return row.map((each) => move(each, (box.width - ink.width) * share - ink.x, i * leading));
  });
  const ink = inkOf(letters);
  return { letters: letters.map((each) => move(each, 0, -ink.y)), width: box.width, height: ink.height };
}

/** Columns from the right; all begin at the same height. */
function inColumns(rows: readonly (readonly Outlines[])[], leading: number): Set {
  const letters = rows.flatMap((row, i) => row.map((each) => move(each, -i * leading, 0)));
  const ink = inkOf(letters);
  return { letters: letters.map((each) => move(each, -ink.x, -ink.y)), width: ink.width, height: ink.height };
}

function fits(blocks: readonly Block[], { box, way }: Stack): boolean {
  const gaps = blocks.slice(1).reduce((sum, { gap }) => sum + gap, 0);
  const sizes = blocks.map(({ width, height }) => (way === 'across' ? height : width));
  const along = sizes.reduce((a, b) => a + b, 0) + gaps;
  const across = Math.max(
    0,
    ...blocks.map(({ width, height, letters }) => (way === 'across' ? inkOf(letters).width : height)),
  );
  return (
    along <= (way === 'across' ? box.height : box.width) && across <= (way === 'across' ? box.width : box.height) + 0.5
  );
}

function placed(blocks: readonly Block[], { box, way, align, stand }: Stack): Omit<SetText, 'colour'>[] {
  const gaps = blocks.slice(1).reduce((sum, { gap }) => sum + gap, 0);
  const total = blocks.reduce((sum, { width, height }) => sum + (way === 'across' ? height : width), 0) + gaps;
  const down = stand === 'top' ? 0 : stand === 'bottom' ? 1 : 0.5;
  const side = align === 'left' ? 0 : align === 'right' ? 1 : 0.5;
  const tallest = Math.max(0, ...blocks.map(({ height }) => height));
  let at = way === 'across' ? box.y + (box.height - total) * down : box.x + (box.width - total) * side + total;
  return blocks.map(({ letters, role, size, lines, gap, width, height }, i) => {
    if (way === 'across') {
      at += i > 0 ? gap : 0;
      const own = letters.map((each) => move(each, box.x, at));
      at += height;
      return { role, size, lines, letters: own, ink: inkOf(own) };
    }
    at -= (i > 0 ? gap : 0) + width;
    const own = letters.map((each) => move(each, at, box.y + (box.height - tallest) * down));
    return { role, size, lines, letters: own, ink: inkOf(own) };
  });
}

function move(outlines: Outlines, dx: number, dy: number): Outlines {
  return outlines.map((line) => line.map(([x, y]): Point => [x + dx, y + dy]));
}

/** The smallest box around letters. */
export function inkOf(letters: readonly Outlines[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const outlines of letters) {
    for (const line of outlines) {
      for (const [x, y] of line) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
  }
  return left > right
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}
