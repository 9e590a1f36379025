/**
 * Flesh over bones: the one smooth outline around many tapered limbs, grown together where they meet.
 *
 *   bones (tapered capsules) ─▶ distance field, smooth minimum (Quilez) ─▶ marching squares (Lorensen and Cline 1987, in the plane) ─▶ outlines
 */
import type { Point } from '../../raster/index.ts';

/** A limb from one end to the other, as thick as said at each. */
export interface Bone {
  readonly from: Point;
  readonly to: Point;
  readonly r0: number;
  readonly r1: number;
}

export interface FleshOptions {
  /** Distance over which limbs grow together; default 4. */
  readonly blend?: number;
  /** Cells along the longer side; default 90. */
  readonly cells?: number;
}

/** Short form of a bone. */
export const bone = (from: Point, to: Point, r0: number, r1 = r0): Bone => ({ from, to, r0, r1 });

/** Bones joined end to end through points with a radius at each. */
export const chain = (...joints: readonly (readonly [x: number, y: number, r: number])[]): Bone[] =>
  joints.slice(1).map(([x, y, r], i) => bone([joints[i]![0], joints[i]![1]], [x, y], joints[i]![2], r));

/** Closed outlines around the bones, the largest first; holes are outlines too. Empty for no bones. */
export function flesh(bones: readonly Bone[], { blend = 4, cells = 90 }: FleshOptions = {}): Point[][] {
  if (bones.length === 0) return [];
  const grid = gridAround(bones, blend, cells);
  const { values, columns, rows, step, left, top } = sampled(bones, blend, grid);
  const follow = new Map<number, { to: number; at: Point }>();
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const corner = y * columns + x;
      crossCell(values, columns, corner, (from, to, i, j) => {
        const [a, b] = [values[i]!, values[j]!];
        const t = a / (a - b);
        const px = (i % columns) + ((j % columns) - (i % columns)) * t;
        const iy = Math.floor(i / columns);
        const py = iy + (Math.floor(j / columns) - iy) * t;
        follow.set(from, { to, at: [left + px * step, top + py * step] });
      });
    }
  }
  return loopsOf(follow)
    .filter((loop) => loop.length > 5)
    .map((loop) => relaxed(loop))
    .sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)));
}

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
}

function gridAround(bones: readonly Bone[], blend: number, cells: number): Grid {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { from, to, r0, r1 } of bones) {
    left = Math.min(left, from[0] - r0, to[0] - r1);
    right = Math.max(right, from[0] + r0, to[0] + r1);
    top = Math.min(top, from[1] - r0, to[1] - r1);
    bottom = Math.max(bottom, from[1] + r0, to[1] + r1);
  }
  const step = Math.max(right - left, bottom - top, 1e-6) / cells;
  const margin = blend * 0.5 + 2 * step;
  const columns = Math.ceil((right - left + 2 * margin) / step) + 1;
  const rows = Math.ceil((bottom - top + 2 * margin) / step) + 1;
  return { left: left - margin, top: top - margin, step, columns, rows };
}

function sampled(bones: readonly Bone[], blend: number, grid: Grid): Grid & { values: Float64Array } {
  const { left, top, step, columns, rows } = grid;
  const values = new Float64Array(columns * rows);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, at++) {
      const value = distance(bones, blend, left + x * step, top + y * step);
      values[at] = value === 0 ? 1e-9 : value;
    }
  }
  return { ...grid, values };
}

function distance(bones: readonly Bone[], blend: number, x: number, y: number): number {
  let sum = Infinity;
  for (const { from, to, r0, r1 } of bones) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const long = dx * dx + dy * dy;
    const t = long > 0 ? Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / long)) : 0;
    const own = Math.hypot(x - from[0] - dx * t, y - from[1] - dy * t) - (r0 + (r1 - r0) * t);
    const h = Math.max(0, blend - Math.abs(own - sum));
    sum = Math.min(own, sum) - (blend > 0 && Number.isFinite(sum) ? (h * h) / (4 * blend) : 0);
  }
  return sum;
}

type Cross = (from: number, to: number, i: number, j: number) => void;

/** The pieces of outline in one cell, each from the edge it enters by to the edge it leaves by, flesh on the right. */
function crossCell(values: Float64Array, columns: number, corner: number, cross: Cross): void {
  const corners = [corner, corner + 1, corner + columns + 1, corner + columns];
  const within = corners.map((i) => values[i]! < 0);
  const leaving: number[] = [];
  const entering: number[] = [];
  for (let side = 0; side < 4; side++) {
    const [a, b] = [within[side]!, within[(side + 1) % 4]!];
    if (a && !b) leaving.push(side);
    if (!a && b) entering.push(side);
  }
  entering.forEach((side) => {
    // The nearest side on the way round that leaves: keeps the two pieces of a saddle apart.
    const out = [1, 2, 3].map((turn) => (side + turn) % 4).find((next) => leaving.includes(next))!;
    const [i, j] = [corners[side]!, corners[(side + 1) % 4]!];
    cross(edgeOf(corner, columns, side), edgeOf(corner, columns, out), i, j);
  });
}

/** A number for an edge that the cells on both of its sides agree on: even for level ones, odd for upright ones. */
function edgeOf(corner: number, columns: number, side: number): number {
  if (side === 0) return corner * 2;
  if (side === 1) return (corner + 1) * 2 + 1;
  return side === 2 ? (corner + columns) * 2 : corner * 2 + 1;
}

function loopsOf(follow: Map<number, { to: number; at: Point }>): Point[][] {
  const loops: Point[][] = [];
  for (const start of [...follow.keys()]) {
    const loop: Point[] = [];
    for (let edge = start, piece = follow.get(edge); piece; piece = follow.get(edge)) {
      loop.push(piece.at);
      follow.delete(edge);
      edge = piece.to;
    }
    if (loop.length > 0) loops.push(loop);
  }
  return loops;
}

/** Steps of the grid smoothed away. */
function relaxed(loop: readonly Point[]): Point[] {
  const count = loop.length;
  return loop.map(([x, y], i): Point => {
    const [a, b] = [loop[(i + count - 1) % count]!, loop[(i + 1) % count]!];
    return [x * 0.5 + (a[0] + b[0]) * 0.25, y * 0.5 + (a[1] + b[1]) * 0.25];
  });
}

/** Twice the signed area. */
function area(loop: readonly Point[]): number {
  return loop.reduce((sum, [x, y], i) => {
    const [px, py] = loop.at(i - 1)!;
    return sum + px * y - x * py;
  }, 0);
}
