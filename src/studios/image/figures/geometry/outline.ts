/** Closed outlines: ellipses, blobs, lumpy crowns, petals, and what lies inside them. */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { type Line, smooth } from './curve.ts';

/** An ellipse, turned by radians. */
export function ellipse([cx, cy]: Point, rx: number, ry = rx, turn = 0, count = 28): Point[] {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return Array.from({ length: count }, (_, i): Point => {
    const angle = (i / count) * 2 * Math.PI;
    const [x, y] = [Math.cos(angle) * rx, Math.sin(angle) * ry];
    return [cx + x * c - y * s, cy + x * s + y * c];
  });
}

export interface BlobOptions {
  /** How far from an ellipse, 0–1; default 0.18. */
  readonly wobble?: number;
  /** Corners before smoothing; default 9. */
  readonly corners?: number;
  /** New points for every corner; default 5; 1 leaves them sharp. */
  readonly steps?: number;
}

/** A round thing without regularity: a stone, a clump of leaves. */
export function blob(
  [cx, cy]: Point,
  rx: number,
  ry: number,
  random: Random,
  { wobble = 0.18, corners = 9, steps = 5 }: BlobOptions = {},
): Point[] {
  const points = Array.from({ length: corners }, (_, i): Point => {
    const angle = ((i + (random.next() - 0.5) * 0.6) / corners) * 2 * Math.PI;
    const reach = 1 + wobble * (random.next() * 2 - 1);
    return [cx + Math.cos(angle) * rx * reach, cy + Math.sin(angle) * ry * reach];
  });
  return steps > 1 ? smooth(points, { closed: true, steps }) : points;
}

/** An outline of rounded bumps, as of a cumulus or a leafy crown; `flat` 0–1 cuts its lower side level. */
export function lumps([cx, cy]: Point, rx: number, ry: number, random: Random, count = 9, flat = 0): Point[] {
  const out: Point[] = [];
  const starts = Array.from(
    { length: count },
    (_, i) => ((i + (random.next() - 0.5) * 0.5) / count) * 2 * Math.PI - Math.PI / 2,
  );
  for (let i = 0; i < count; i++) {
    const from = starts[i]!;
    const to = i + 1 < count ? starts[i + 1]! : starts[0]! + 2 * Math.PI;
    const bulge = 0.16 + 0.14 * random.next();
    for (let step = 0; step < 6; step++) {
      const t = step / 6;
      const angle = from + (to - from) * t;
      const reach = 0.86 + bulge * Math.sin(Math.PI * t) ** 0.8;
      const [x, y] = [Math.cos(angle) * reach, Math.sin(angle) * reach];
      out.push([cx + x * rx, cy + (y > 0 ? y * (1 - 0.85 * flat) : y) * ry]);
    }
  }
  return out;
}

export interface PetalOptions {
  /** Where it is widest, 0 at the foot … 1 at the tip; default 0.62. */
  readonly widest?: number;
  /** 0 round … 1 drawn out to a point … −1 notched; default 0.2. */
  readonly point?: number;
  /** Side bend as a share of the length; default 0. */
  readonly bend?: number;
  /** Width of the foot as a share of the width; default 0.12. */
  readonly foot?: number;
}

/** A petal or a leaf from its foot outwards. */
export function petal(
  [x, y]: Point,
  angle: number,
  length: number,
  width: number,
  { widest = 0.62, point = 0.2, bend = 0, foot = 0.12 }: PetalOptions = {},
): Point[] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const half = width / 2;
  const tip = point >= 0 ? 1 : 1 + 0.16 * point;
  const shoulder = point >= 0 ? 0.93 - 0.12 * point : 0.98;
  const round = point >= 0 ? 0.55 * (1 - point) : 0.5;
  const side: Point[] = [
    [0, foot],
    [widest * 0.5, 0.72],
    [widest, 1],
    [(widest + shoulder) / 2 + 0.05, 0.86 - 0.2 * Math.max(0, point)],
    [shoulder, round],
  ];
  const loop: Point[] = [...side, [tip, 0], ...side.toReversed().map(([u, v]): Point => [u, -v])];
  const placed = loop.map(([u, v]): Point => {
    const [px, py] = [u * length, v * half + bend * length * u * u];
    return [x + px * c - py * s, y + px * s + py * c];
  });
  return smooth(placed, { closed: true, steps: 3 });
}

/** The smallest box around points. */
export function boundsOf(points: Line): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether a point lies inside an outline (even-odd rule). */
export function inside([x, y]: Point, outline: Line): boolean {
  let within = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i]!;
    const [bx, by] = outline[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

/** Signed area: below 0 where the outline turns the other way. */
export function areaOf(outline: Line): number {
  const twice = outline.reduce((sum, [x, y], i) => {
    const [px, py] = outline.at(i - 1)!;
    return sum + px * y - x * py;
  }, 0);
  return twice / 2;
}
