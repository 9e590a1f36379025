/** Ridge lines and the cutting of shapes at a box. */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Noise, Point } from '../../raster/index.ts';
import type { Line } from './curve.ts';

/** A broken line from one point to another by midpoint displacement (Fournier, Fussell and Carpenter 1982); 2^levels pieces. */
export function ridge(from: Point, to: Point, rough: number, levels: number, random: Random): Point[] {
  let line: Point[] = [from, to];
  let reach = rough * Math.hypot(to[0] - from[0], to[1] - from[1]);
  for (let level = 0; level < levels; level++) {
    const next: Point[] = [line[0]!];
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!];
      next.push([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + (random.next() * 2 - 1) * reach], b);
    }
    line = next;
    reach *= 0.52;
  }
  return line;
}

/** Every point moved a little, the same place always by the same: the hand. `size` units to a wave. */
export function wobble(points: Line, noise: Noise, by: number, size: number): Point[] {
  return points.map(
    ([x, y]): Point => [x + by * noise(x / size, y / size), y + by * noise(x / size + 31.7, y / size + 11.3)],
  );
}

/** The part of a closed outline inside a box (Sutherland and Hodgman 1974). */
export function clipOutline(outline: Line, { x, y, width, height }: Box): Point[] {
  const cut = (points: Line, axis: 0 | 1, limit: number, sign: 1 | -1): Point[] => {
    const out: Point[] = [];
    points.forEach((b, i) => {
      const a = points[(i + points.length - 1) % points.length]!;
      const [da, db] = [(a[axis] - limit) * sign, (b[axis] - limit) * sign];
      if (da * db < 0) {
        const t = da / (da - db);
        out.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
      }
      if (db >= 0) out.push(b);
    });
    return out;
  };
  const upright = cut(cut(outline, 0, x, 1), 0, x + width, -1);
  return cut(cut(upright, 1, y, 1), 1, y + height, -1);
}
