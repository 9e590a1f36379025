/**
 * From outlines and strokes to coverage: how much of each pixel lies inside, 0–1, exact to the area for polygons.
 */
import type { Field } from './field.ts';

/** A point in pixels, x to the right, y down. */
export type Point = readonly [x: number, y: number];

/**
 * Adds a closed polygon to a field as coverage, by signed areas of edges (Levien 2016, font-rs). Parts outside are cut off. Self-crossing
 * outlines fill by winding number other than 0, held at 1. Gives the pixel rows touched.
 */
export function fillPolygon(field: Field, outlines: readonly (readonly Point[])[]): Field {
  const { width, height } = field;
  const areas = new Float32Array(width * height + 2);
  for (const outline of outlines) {
    for (let i = 0; i < outline.length; i++)
      addEdge(areas, width, height, outline[i]!, outline[(i + 1) % outline.length]!);
  }
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      sum += areas[at]!;
      const covered = Math.min(1, Math.abs(sum));
      if (covered > field.data[at]!) field.data[at] = covered;
    }
  }
  return field;
}

/** Areas to the right of an edge, as differences along each row. */
function addEdge(areas: Float32Array, width: number, height: number, from: Point, to: Point): void {
  if (from[1] === to[1]) return;
  const way = from[1] < to[1] ? 1 : -1;
  const [top, bottom] = way > 0 ? [from, to] : [to, from];
  const slope = (bottom[0] - top[0]) / (bottom[1] - top[1]);
  const last = Math.min(height, Math.ceil(bottom[1]));
  for (let y = Math.max(0, Math.floor(top[1])); y < last; y++) {
    const y0 = Math.max(y, top[1]);
    const y1 = Math.min(y + 1, bottom[1]);
    if (y1 <= y0) continue;
    const xa = top[0] + (y0 - top[1]) * slope;
    const xb = top[0] + (y1 - top[1]) * slope;
    addSpan(areas, y * width, width, Math.min(xa, xb), Math.max(xa, xb), way * (y1 - y0));
  }
}

function addSpan(areas: Float32Array, row: number, width: number, left: number, right: number, height: number): void {
  const x0 = Math.min(Math.max(left, 0), width);
  const x1 = Math.min(Math.max(right, 0), width);
  const first = Math.floor(x0);
  if (first >= width) return;
  const put = (x: number, value: number): void => {
    if (x < width) areas[row + x]! += value;
  };
  if (x1 <= first + 1) {
    const middle = (x0 + x1) / 2 - first;
    put(first, height * (1 - middle));
    put(first + 1, height * middle);
    return;
  }
  const perPixel = height / (x1 - x0);
  let done = 0;
  let before = 0;
  for (let x = first; x < x1; x++) {
    const from = Math.max(x, x0);
    const to = Math.min(x + 1, x1);
    const rise = perPixel * (to - from);
    const area = done + rise * (x + 1 - (from + to) / 2);
    put(x, area - before);
    before = area;
    done += rise;
  }
  put(Math.ceil(x1), done - before);
}

/** A stroke with a radius (pixels) at every point. */
export interface RoundStroke {
  readonly points: readonly Point[];
  readonly radii: readonly number[];
}

/** Adds a stroke of round cross-section to a field as coverage; where strokes overlap the greater stays. */
export function drawStroke(field: Field, { points, radii }: RoundStroke): void {
  if (points.length === 1) drawCapsule(field, points[0]!, points[0]!, radii[0]!, radii[0]!);
  for (let i = 1; i < points.length; i++) drawCapsule(field, points[i - 1]!, points[i]!, radii[i - 1]!, radii[i]!);
}

function drawCapsule({ width, height, data }: Field, a: Point, b: Point, ra: number, rb: number): void {
  const reach = Math.max(ra, rb) + 1;
  const x0 = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
  const x1 = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0]) + reach));
  const y0 = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1]) + reach));
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const squared = dx * dx + dy * dy;
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const [px, py] = [x + 0.5 - a[0], y + 0.5 - a[1]];
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      const away = Math.hypot(px - along * dx, py - along * dy);
      const radius = ra + (rb - ra) * along;
      // A line thinner than a pixel is a fainter line.
      const covered = Math.min(1, radius * 2) * Math.min(1, Math.max(0, Math.max(radius, 0.5) - away + 0.5));
      const at = y * width + x;
      if (covered > data[at]!) data[at] = covered;
    }
  }
}
