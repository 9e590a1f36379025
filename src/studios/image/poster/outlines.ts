/** Letters moved, scaled and turned; all in ems. */
import type { Point } from '../raster/index.ts';
import type { Outlines } from './types.ts';

/** Moved by so much. */
export function moved(outlines: Outlines, dx: number, dy: number): Outlines {
  return outlines.map((line) => line.map(([x, y]): Point => [x + dx, y + dy]));
}

/** Scaled about the origin. */
export function scaled(outlines: Outlines, across: number, down = across): Outlines {
  return outlines.map((line) => line.map(([x, y]): Point => [x * across, y * down]));
}

/** A quarter turn to the right about the origin: what ran along x runs down. */
export function turned(outlines: Outlines): Outlines {
  return outlines.map((line) => line.map(([x, y]): Point => [-y, x]));
}

/** The edges of what is drawn. */
export function box(outlines: Outlines): { left: number; right: number; top: number; bottom: number } {
  const points = outlines.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
