/**
 * How the pieces of a bar are written: lengths that a note can have (plain, dotted, double-dotted; others are tied from
 * two), and tuplets where times fall off the binary grid.
 *
 *   thirds of a quarter    2/3 1/3 | 1/3 1/3 1/3      (3:2:2 c2 c (3 ccc
 */
import { greatestCommonDivisor } from './fraction.ts';
import type { Piece } from './text-lines.ts';

/** A note or rest as it stands in the text. */
export interface Element {
  readonly piece: Piece;
  /** Ticks from the beginning of the bar. */
  readonly from: number;
  /** Written length as a part of a whole note. */
  readonly n: number;
  readonly d: number;
  /** Which of the elements of its piece it is. */
  readonly first: boolean;
  readonly last: boolean;
  /** What stands before the first of a tuplet. */
  readonly tuplet?: string;
  readonly inTuplet: boolean;
}

/** The elements of a bar that begins at `start`; `whole` is a whole note in ticks. */
export function writeRhythm(pieces: readonly Piece[], start: number, whole: number): Element[] {
  const elements: Element[] = [];
  const left = [...pieces].reverse();
  while (left.length > 0) {
    const group = takeGroup(left, start, whole);
    const [only] = group;
    const even = group.length === 1 && isBinary(only!.length, whole);
    elements.push(...(even ? plain(only!, start, whole) : tuplet(group, start, whole)));
  }
  return elements;
}

/**
 * Takes pieces (the next is last in `left`) until the music is back on the binary grid. Where that takes longer than a half
 * note, a long piece is cut so that the tuplet can close.
 */
function takeGroup(left: Piece[], start: number, whole: number): Piece[] {
  const from = left.at(-1)!.at;
  let count = 1;
  while (count <= left.length && !isBinary(endOf(left.at(-count)!) - start, whole)) count++;
  if (count <= left.length && endOf(left.at(-count)!) - from <= whole / 2) return take(left, count);
  const group = [left.at(-1)!];
  for (let i = 2; i <= Math.min(count, left.length); i++) {
    const piece = left.at(-i)!;
    const cut = closingPoint(piece, group, from, whole);
    if (cut === undefined) {
      group.push(piece);
      continue;
    }
    take(left, i);
    left.push({ ...piece, at: cut, length: endOf(piece) - cut, tiedFrom: true });
    return [...group, { ...piece, length: cut - piece.at, tiedOn: piece.notes.length > 0 }];
  }
  // Never back on the grid: one piece stands alone, the rest is tried again.
  return take(left, count <= left.length ? count : 1);
}

function take(left: Piece[], count: number): Piece[] {
  return left.splice(-count).reverse();
}

function endOf({ at, length }: Piece): number {
  return at + length;
}

/** Where, within a piece, a tuplet begun at `from` can close so that the part before is one plain note; undefined if nowhere. */
function closingPoint({ at, length }: Piece, group: readonly Piece[], from: number, whole: number): number | undefined {
  const p = oddOf(group, whole);
  const q = TIMES[p];
  if (q === undefined) return undefined;
  for (const step of [8, 4, 16, 2]) {
    const unit = whole / step;
    const cut = from + unit * (Math.floor((at - from) / unit) + 1);
    if (!Number.isInteger(cut) || cut >= at + length) continue;
    if (USUAL.includes(((cut - at) * p * 256) / (whole * q))) return cut;
  }
  return undefined;
}

/** The odd number that divides the times of a tuplet. */
function oddOf(group: readonly Piece[], whole: number): number {
  return group.reduce((common, { length }) => {
    const odd = oddPart(whole / greatestCommonDivisor(length, whole));
    return (common / greatestCommonDivisor(common, odd)) * odd;
  }, 1);
}

/** Whether a time is some number of halves of halves of a whole note. */
function isBinary(ticks: number, whole: number): boolean {
  return oddPart(whole / greatestCommonDivisor(ticks, whole)) === 1;
}

function oddPart(n: number): number {
  let odd = n;
  while (odd % 2 === 0) odd /= 2;
  return odd;
}

function plain(piece: Piece, start: number, whole: number): Element[] {
  return elementsOf(piece, start, { n: piece.length, d: whole, inTuplet: false });
}

/** A longer tuplet goes on in a second one: some programs read one digit only. */
const MOST_IN_TUPLET = 9;

/** The usual time of p notes: 3 in 2, 5 and 7 in 4, 9 in 8. */
const TIMES: Readonly<Record<number, number>> = { 3: 2, 5: 4, 7: 4, 9: 8 };

function tuplet(group: readonly Piece[], start: number, whole: number): Element[] {
  const p = oddOf(group, whole);
  const q = TIMES[p];
  // What no tuplet explains is written as a bare fraction.
  if (q === undefined) return group.flatMap((piece) => bare(piece, start, whole));
  const elements = group.flatMap((piece) =>
    elementsOf(piece, start, { n: piece.length * p, d: whole * q, inTuplet: true }),
  );
  const mark = (count: number): string => (p === 3 && count === 3 ? '(3' : `(${p}:${q}:${count}`);
  return elements.map((element, i) => {
    const left = Math.min(MOST_IN_TUPLET, elements.length - i);
    return i % MOST_IN_TUPLET === 0 ? { ...element, tuplet: mark(left) } : element;
  });
}

function bare(piece: Piece, start: number, whole: number): Element[] {
  const common = greatestCommonDivisor(piece.length, whole);
  return [
    {
      piece,
      from: piece.at - start,
      n: piece.length / common,
      d: whole / common,
      first: true,
      last: true,
      inTuplet: false,
    },
  ];
}

/** Lengths a note can have, in 256ths of a whole note: sixty-fourths to breves, with up to one dot. */
const USUAL = [4, 8, 16, 32, 64, 128, 256, 512].flatMap((n) => [n * 1.5, n]).sort((a, b) => b - a);
const DOUBLE_DOTTED = new Set([4, 8, 16, 32, 64, 128, 256].map((n) => n * 1.75));

function elementsOf(
  piece: Piece,
  start: number,
  { n, d, inTuplet }: { n: number; d: number; inTuplet: boolean },
): Element[] {
  const total = (n * 256) / d;
  const lengths = Number.isInteger(total) ? splitLength(total) : undefined;
  const common = greatestCommonDivisor(n, d);
  const parts = lengths?.map((length) => ({ n: length, d: 256 })) ?? [{ n: n / common, d: d / common }];
  let from = piece.at - start;
  return parts.map((part, i) => {
    const element = { piece, from, ...reduced(part), first: i === 0, last: i === parts.length - 1, inTuplet };
    from += (piece.length * part.n * d) / (part.d * n);
    return element;
  });
}

function reduced({ n, d }: { n: number; d: number }): { n: number; d: number } {
  const common = greatestCommonDivisor(n, d);
  return { n: n / common, d: d / common };
}

/** Lengths that add up to the total, the longest first; undefined when something finer than a sixty-fourth is left. */
function splitLength(total: number): number[] | undefined {
  if (DOUBLE_DOTTED.has(total)) return [total];
  const lengths: number[] = [];
  let left = total;
  for (const length of USUAL) {
    while (length <= left) {
      lengths.push(length);
      left -= length;
    }
  }
  return left === 0 ? lengths : undefined;
}
