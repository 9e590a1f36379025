/** Points strewn over a surface so that no two are close: leaves, stars, stones (Poisson-disk by dart throwing on a grid). */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import type { Line } from './curve.ts';
import { boundsOf, inside } from './outline.ts';

export interface ScatterOptions {
  /** Units that two points are apart at least. */
  readonly spacing: number;
  readonly most: number;
  /** Chance 0–1 to be kept, by place. */
  readonly density?: (point: Point) => number;
}

/** Points in a box. */
export function scatterIn({ x, y, width, height }: Box, random: Random, options: ScatterOptions): Point[] {
  const { spacing, most, density } = options;
  const cells = new Map<number, Point>();
  const side = Math.max(1e-6, spacing);
  const columns = Math.ceil(width / side) + 4;
  const out: Point[] = [];
  const tries = Math.min(most * 6, 12_000);
  for (let i = 0; i < tries && out.length < most; i++) {
    const point: Point = [x + random.next() * width, y + random.next() * height];
    if (density && random.next() > density(point)) continue;
    const [column, row] = [Math.floor((point[0] - x) / side) + 1, Math.floor((point[1] - y) / side) + 1];
    if (crowded(cells, columns, column, row, point, spacing)) continue;
    cells.set(row * columns + column, point);
    out.push(point);
  }
  return out;
}

function crowded(
  cells: ReadonlyMap<number, Point>,
  columns: number,
  column: number,
  row: number,
  [x, y]: Point,
  spacing: number,
): boolean {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const other = cells.get((row + dy) * columns + column + dx);
      if (other && Math.hypot(other[0] - x, other[1] - y) < spacing) return true;
    }
  }
  return false;
}

/** Points inside an outline. */
export function scatterInside(outline: Line, random: Random, options: ScatterOptions): Point[] {
  const density = options.density ?? (() => 1);
  const within = (point: Point): number => (inside(point, outline) ? density(point) : 0);
  return scatterIn(boundsOf(outline), random, { ...options, density: within });
}
