/**
 * Where lines end: as few as fit the width, as even as can be, between words rather than inside them (a shortest path over all breaks, as
 * Knuth and Plass 1981 do it for paragraphs; here the wish is evenness, for titles and verse).
 */
import type { Piece } from './pieces.ts';

/** One line: pieces without the spaces at its ends, and its length in ems. */
export interface Line {
  readonly pieces: readonly Piece[];
  readonly length: number;
  /** Whether it begins inside a word. */
  readonly torn: boolean;
}

/** The lines of a paragraph within a width in ems; undefined when one piece alone is longer, or more lines than `most` are needed. */
export function breakLines(pieces: readonly Piece[], width: number, most: number): Line[] | undefined {
  const starts = pieces.flatMap((piece, i) => (i === 0 || piece.breakCost < Infinity ? [i] : []));
  const ends = [...starts.slice(1), pieces.length];
  const lineOf = (from: number, to: number): Line => lineBetween(pieces, starts[from]!, ends[to - 1]!);
  const whole = starts.length === 0 ? 0 : lineOf(0, starts.length).length;
  if (whole === 0) return [];
  for (let count = Math.max(1, Math.ceil(whole / width - 0.2)); count <= Math.min(most, starts.length); count++) {
    const found = evenly(starts.length, count, whole / count, width, lineOf);
    if (found) return found;
  }
  return undefined;
}

interface Path {
  readonly cost: number;
  readonly from: number;
  readonly line: Line;
}

/** The most even way to make `count` lines of `parts` breakable parts. */
function evenly(
  parts: number,
  count: number,
  ideal: number,
  width: number,
  lineOf: (from: number, to: number) => Line,
): Line[] | undefined {
  let costs = new Map<number, number>([[0, 0]]);
  const rows: Map<number, Path>[] = [];
  for (let row = 0; row < count; row++) {
    const next = new Map<number, Path>();
    for (const [from, cost] of costs) {
      for (let to = from + 1; to <= parts - (count - row - 1); to++) {
        const line = lineOf(from, to);
        if (line.length > width) break;
        const added = cost + ((line.length - ideal) / ideal) ** 2 + (line.torn ? 0.6 : 0);
        if (added < (next.get(to)?.cost ?? Infinity)) next.set(to, { cost: added, from, line });
      }
    }
    rows.push(next);
    costs = new Map([...next].map(([to, path]) => [to, path.cost]));
  }
  if (!costs.has(parts)) return undefined;
  const lines: Line[] = [];
  for (let row = count - 1, at = parts; row >= 0; row--) {
    const path = rows[row]!.get(at)!;
    lines.unshift(path.line);
    at = path.from;
  }
  return lines;
}

function lineBetween(pieces: readonly Piece[], from: number, to: number): Line {
  let [first, last] = [from, to];
  while (first < last && pieces[first]!.isSpace) first++;
  while (last > first && pieces[last - 1]!.isSpace) last--;
  const inside = pieces.slice(first, last);
  const length = inside.reduce((sum, piece) => sum + piece.length, 0);
  return { pieces: inside, length, torn: from > 0 && pieces[from]!.breakCost >= 1 };
}
