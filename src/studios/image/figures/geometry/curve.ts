/** Lines: smoothed, measured, resampled, shifted sideways, widened to ribbons. All points in units. */
import type { Point } from '../../raster/index.ts';

/** A line of points, joined by straight pieces. */
export type Line = readonly Point[];

export interface SmoothOptions {
  /** Whether the last point leads back to the first; default false. */
  readonly closed?: boolean;
  /** New points for every given one; default 6. */
  readonly steps?: number;
}

/** A smooth line through the points (Catmull and Rom 1974, uniform). Fewer than 3 points stay as they are. */
export function smooth(points: Line, { closed = false, steps = 6 }: SmoothOptions = {}): Point[] {
  const count = points.length;
  if (count < 3) return [...points];
  const at = (i: number): Point =>
    closed ? points[(i + count) % count]! : points[Math.min(count - 1, Math.max(0, i))]!;
  const out: Point[] = [];
  const pieces = closed ? count : count - 1;
  for (let i = 0; i < pieces; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      out.push([catmullRom(a[0], b[0], c[0], d[0], t), catmullRom(a[1], b[1], c[1], d[1], t)]);
    }
  }
  if (!closed) out.push(points[count - 1]!);
  return out;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Units from begin to end. */
export function lengthOf(points: Line): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++)
    sum += Math.hypot(points[i]![0] - points[i - 1]![0], points[i]![1] - points[i - 1]![1]);
  return sum;
}

/** `count` (at least 2) points at equal distances along a line. */
export function resample(points: Line, count: number): Point[] {
  const whole = lengthOf(points);
  const out: Point[] = [];
  let [piece, gone] = [1, 0];
  for (let i = 0; i < count; i++) {
    const wanted = (whole * i) / (count - 1);
    let long = pieceLength(points, piece);
    while (piece < points.length - 1 && gone + long < wanted) {
      gone += long;
      long = pieceLength(points, ++piece);
    }
    const [a, b] = [points[piece - 1]!, points[Math.min(piece, points.length - 1)]!];
    const share = long > 0 ? Math.min(1, Math.max(0, (wanted - gone) / long)) : 0;
    out.push([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
  }
  return out;
}

function pieceLength(points: Line, piece: number): number {
  const [a, b] = [points[piece - 1], points[piece]];
  return a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0;
}

/** Place and direction (radians) at a share of a line's points, 0 begin … 1 end. */
export function along(points: Line, share: number): { readonly at: Point; readonly angle: number } {
  const place = Math.min(1, Math.max(0, share)) * (points.length - 1);
  const low = Math.min(points.length - 2, Math.floor(place));
  const [a, b] = [points[Math.max(0, low)]!, points[Math.max(0, low) + 1] ?? points[0]!];
  const t = place - low;
  return { at: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], angle: Math.atan2(b[1] - a[1], b[0] - a[0]) };
}

/** The line shifted to its left (seen along it, y down) by so many units at every point. */
export function offset(points: Line, by: (share: number) => number): Point[] {
  const last = Math.max(1, points.length - 1);
  return points.map(([x, y], i): Point => {
    const [a, b] = [points[Math.max(0, i - 1)]!, points[Math.min(points.length - 1, i + 1)]!];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = Math.hypot(dx, dy) || 1;
    const away = by(i / last);
    return [x + (dy / length) * away, y - (dx / length) * away];
  });
}

/** The closed outline of a line with a half width at every share of it: a trunk, a river, a leaf. */
export function ribbon(points: Line, radius: (share: number) => number): Point[] {
  return [...offset(points, radius), ...offset(points, (share) => -radius(share)).reverse()];
}

/** From one point to another in a bow that leaves the straight line by `sag` of its length, to the left when positive. */
export function bow(from: Point, to: Point, sag: number, count = 9): Point[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return Array.from({ length: count }, (_, i): Point => {
    const t = i / (count - 1);
    const away = 4 * t * (1 - t) * sag;
    return [from[0] + dx * t + dy * away, from[1] + dy * t - dx * away];
  });
}

/** From a point onwards: step after step, the direction given by share gone. */
export function wander(from: Point, length: number, count: number, direction: (share: number) => number): Point[] {
  const out: Point[] = [from];
  let [x, y] = from;
  for (let i = 0; i < count; i++) {
    const angle = direction(i / count);
    x += (Math.cos(angle) * length) / count;
    y += (Math.sin(angle) * length) / count;
    out.push([x, y]);
  }
  return out;
}
