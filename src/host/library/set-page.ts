/**
 * Words set on a small page of 1000 × 720: verse in columns from the right, as it is hung; other text in lines from the top.
 *
 *   upright   ◀─ lines ◀─ title        level   title ─▶ paragraphs, the last two lines fading where more follows
 */
import type { Typeface } from '../../studios/image/index.ts';

/** Units of the page. */
export const PAGE = { width: 1000, height: 720 };

/** A character where it stands: the left of its cell and its baseline. */
export interface Placed {
  readonly character: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** 0–1. */
  readonly strength: number;
}

/** Which typeface writes a character. */
export type FaceOf = (character: string) => Typeface;

const MARKS = /[，。！？；、：“”‘’《》〈〉（）\s]/u;
/** Signs that may not begin a line. */
const CLOSING = /^[，。！？；：、）》〉」』”’…,.!?;:)\]]$/u;
const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef‘’“”…—]/u;

/** Whether Chinese type writes a character. */
export const isHan = (character: string): boolean => HAN.test(character);

/** A poem in columns, and the square of its seal (left, top, side). Of a poem too long for a page, its beginning. */
export function setUpright(
  title: string,
  text: string,
): { placed: Placed[]; seal: { x: number; y: number; side: number } } {
  const [lines, most] = [linesOf(text), { width: 800, height: 540 }];
  const tallest = Math.max(1, ...lines.map((line) => line.length));
  const size = Math.max(24, Math.min(74, most.height / (tallest * 1.14), most.width / ((lines.length + 1) * 1.6)));
  const pitch = Math.min(size * 2.1, Math.max(size * 1.5, most.width / (lines.length + 1)));
  const shown = lines.slice(0, Math.floor(most.width / pitch) - 1);
  const right = (PAGE.width + (shown.length + 0.8) * pitch) / 2 + size * 0.4;
  const top = (PAGE.height - Math.min(most.height, tallest * size * 1.14)) / 2;
  const column = (characters: readonly string[], x: number, cell: number, strength: number): Placed[] =>
    characters.slice(0, Math.floor(most.height / (cell * 1.13))).map((character, row) => ({
      character,
      x: x - cell / 2,
      y: top + (row * 1.14 + 0.88) * cell,
      size: cell,
      strength,
    }));
  const name = [...title].filter((character) => !MARKS.test(character));
  const small = Math.min(size * 0.62, most.height / (Math.max(1, name.length) * 1.14));
  const placed = [
    ...column(name, right - pitch * 0.4, small, 0.6),
    ...shown.flatMap((line, i) => column(line, right - (i + 1.3) * pitch, size, 1)),
  ];
  const side = Math.max(28, Math.min(46, size * 0.72));
  const foot = top + Math.min(most.height, tallest * size * 1.14);
  const left = right - (shown.length + 0.3) * pitch - size / 2;
  return { placed, seal: { x: Math.max(24, left - size * 0.4 - side), y: foot - side, side } };
}

/** Lines of a poem without marks; those of a long one two and two, as they are punctuated. */
function linesOf(text: string): string[][] {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  const parts = rows.flatMap((row) => row.split(/[，。！？；、]/u).filter((part) => part.trim() !== ''));
  const chosen = parts.length <= 10 ? parts : rows;
  return chosen.map((line) => [...line.replace(/[，。！？；、]$/u, '')].map((sign) => (MARKS.test(sign) ? ' ' : sign)));
}

interface Line {
  readonly placed: Placed[];
}

/** A text in lines under its title; `below` is where the next thing may stand. */
export function setLevel(title: string, text: string, faceOf: FaceOf): { placed: Placed[]; below: number } {
  const heading = wrap([...title].slice(0, 60).join(''), 50, faceOf, 0).slice(0, 2);
  const body = text.split(/\n+/).filter((paragraph) => paragraph.trim() !== '');
  const size = 36;
  const room = Math.floor((PAGE.height - 80 - 70 - heading.length * 66 - 16) / (size * 1.62));
  const lines = body
    .slice(0, room)
    .flatMap((paragraph) => wrap(paragraph.trim(), size, faceOf, isHan(paragraph) ? 2 : 0));
  const more = lines.length > room;
  const placed = heading.flatMap((line, i) => at(line, 118 + i * 66, 1));
  const start = 118 + heading.length * 66 + 12;
  for (const [i, line] of lines.slice(0, room).entries()) {
    const strength = more ? Math.min(0.8, 0.22 + 0.26 * (room - 1 - i)) : 0.8;
    placed.push(...at(line, start + i * size * 1.62, strength));
  }
  return { placed, below: start + Math.min(room, lines.length) * size * 1.62 };
}

const at = ({ placed }: Line, y: number, strength: number): Placed[] =>
  placed.map((each) => ({ ...each, y, strength }));

const LEFT = 84;

/** Breaks between words and Chinese characters; a closing sign hangs over the edge rather than beginning a line. */
function wrap(text: string, size: number, faceOf: FaceOf, indent: number): Line[] {
  const lines: Placed[][] = [[]];
  let x = LEFT + indent * size;
  for (const word of text.match(/\s+|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]+|./gu) ?? []) {
    const widths = [...word].map((character) => (faceOf(character).glyph(character)?.advance ?? 0.5) * size);
    const width = widths.reduce((sum, each) => sum + each, 0);
    if (x + width > PAGE.width - LEFT && !CLOSING.test(word) && lines.at(-1)!.length > 0) {
      lines.push([]);
      x = LEFT;
    }
    if (x === LEFT && word.trim() === '') continue;
    for (const [i, character] of [...word].entries()) {
      if (character.trim() !== '') lines.at(-1)!.push({ character, x, y: 0, size, strength: 1 });
      x += widths[i]!;
    }
  }
  return lines.map((placed) => ({ placed }));
}
