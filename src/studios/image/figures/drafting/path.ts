/**
 * Lines written in the short form of SVG paths, in the units of a drawing: absolute commands only.
 *
 *   M x y   begin           L x y …  straight        H x, V y  level, upright      Q, C  Bézier curves as in SVG
 *   S x y … a smooth line through the points          Z  back to the begin (outlines close of themselves)
 *   O cx cy rx ry [turn]  an ellipse of its own, turned by degrees      R x y width height [radius]  a rectangle of its own
 */
import type { Point } from '../../raster/index.ts';
import { ellipse, smooth } from '../geometry/index.ts';

const COUNTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, Q: 4, C: 6, S: 2 };
const PIECES = 8;

/** The lines of a path, one for every M, O and R. Throws RangeError on a command it does not know or numbers missing. */
export function parsePath(path: string): Point[][] {
  const lines: Point[][] = [];
  for (const [, command, rest] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = (rest ?? '')
      .trim()
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    if (numbers.some((value) => !Number.isFinite(value)))
      throw new RangeError(`path: bad number in "${command}${rest}"`);
    addPiece(lines, command!, numbers);
  }
  return lines;
}

function addPiece(lines: Point[][], command: string, numbers: readonly number[]): void {
  if (command === 'O') return void lines.push(ovalOf(numbers));
  if (command === 'R') return void lines.push(rectangle(numbers));
  if (command === 'M') lines.push([]);
  const line = lines.at(-1);
  if (!line) throw new RangeError(`path: "${command}" before M`);
  if (command === 'Z') return void line.push(line[0]!);
  const count = COUNTS[command];
  if (!count || numbers.length === 0 || numbers.length % count > 0) {
    throw new RangeError(`path: "${command}" with ${numbers.length} numbers`);
  }
  if (command === 'S') return void throughPoints(line, numbers);
  for (let i = 0; i < numbers.length; i += count) extend(line, command, numbers.slice(i, i + count));
}

function extend(line: Point[], command: string, numbers: readonly number[]): void {
  const [x, y] = line.at(-1) ?? [0, 0];
  const [a, b] = [numbers[0]!, numbers[1]!];
  if (command === 'M' || command === 'L') line.push([a, b]);
  else if (command === 'H') line.push([a, y]);
  else if (command === 'V') line.push([x, a]);
  else if (command === 'Q')
    cubic(line, [x + (2 / 3) * (a - x), y + (2 / 3) * (b - y)], between(numbers), [numbers[2]!, numbers[3]!]);
  else cubic(line, [a, b], [numbers[2]!, numbers[3]!], [numbers[4]!, numbers[5]!]);
}

/** The second handle of a cubic curve that is the quadratic one with these numbers. */
const between = ([a, b, x, y]: readonly number[]): Point => [x! + (2 / 3) * (a! - x!), y! + (2 / 3) * (b! - y!)];

function cubic(line: Point[], a: Point, b: Point, to: Point): void {
  const from = line.at(-1) ?? to;
  for (let step = 1; step <= PIECES; step++) {
    const t = step / PIECES;
    const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    line.push([p * from[0] + q * a[0] + r * b[0] + s * to[0], p * from[1] + q * a[1] + r * b[1] + s * to[1]]);
  }
}

function throughPoints(line: Point[], numbers: readonly number[]): void {
  const points: Point[] = [line.at(-1) ?? [numbers[0]!, numbers[1]!]];
  for (let i = 0; i < numbers.length; i += 2) points.push([numbers[i]!, numbers[i + 1]!]);
  line.push(...smooth(points).slice(1));
}

function ovalOf(numbers: readonly number[]): Point[] {
  const [x, y, rx, ry = rx, turn = 0] = numbers;
  if (rx === undefined) throw new RangeError(`path: "O" with ${numbers.length} numbers`);
  const round = ellipse([x!, y!], rx, ry!, (turn * Math.PI) / 180);
  return [...round, round[0]!];
}

function rectangle(numbers: readonly number[]): Point[] {
  const [x, y, width, height, radius = 0] = numbers;
  if (height === undefined) throw new RangeError(`path: "R" with ${numbers.length} numbers`);
  const [right, bottom] = [x! + width!, y! + height];
  const r = Math.min(radius, Math.abs(width!) / 2, Math.abs(height) / 2);
  if (r <= 0)
    return [
      [x!, y!],
      [right, y!],
      [right, bottom],
      [x!, bottom],
      [x!, y!],
    ];
  const corner = (cx: number, cy: number, from: number): Point[] =>
    [0, 1, 2, 3].map((i): Point => {
      const angle = from + (i / 3) * (Math.PI / 2);
      return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
    });
  const round = [
    ...corner(right - r, y! + r, -Math.PI / 2),
    ...corner(right - r, bottom - r, 0),
    ...corner(x! + r, bottom - r, Math.PI / 2),
    ...corner(x! + r, y! + r, Math.PI),
  ];
  return [...round, round[0]!];
}
