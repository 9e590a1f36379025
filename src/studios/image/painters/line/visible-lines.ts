/**
 * The lines of a drawing that are not hidden by what stands before them, for pens and plotters. In units.
 *
 *   shapes, far to near ─▶ a map of which shape is seen at each place ─▶ contours, strokes and hatching, cut where another is seen
 */
import type { Composition } from '../../composition/index.ts';
import type { Figure, Shape } from '../../figures/index.ts';
import { createField, fillPolygon, type Point } from '../../raster/index.ts';

export interface PenLine {
  readonly points: readonly Point[];
  /** Units. */
  readonly width: number;
  /** 0 faint … 1 black. */
  readonly tone: number;
  readonly kind: 'contour' | 'stroke' | 'hatch';
}

/** Cells of the map along the shorter side. */
const CELLS = 1400;

interface Seen {
  /** Number of the shape that is seen, 0 for none. */
  readonly owner: Int32Array;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Everything a pen draws, farthest first. `hatching` 0 none … 1 dense. */
export function visibleLines({ width, height }: Composition, figures: readonly Figure[], hatching: number): PenLine[] {
  const shapes = figures.flatMap(({ shapes: own, placed }) => own.map((shape) => ({ shape, depth: placed.depth })));
  const seen = mapOf(
    shapes.map(({ shape }) => shape),
    width,
    height,
  );
  return shapes.flatMap(({ shape, depth }, i) => linesOf(shape, depth, i + 1, seen, hatching));
}

function mapOf(shapes: readonly Shape[], width: number, height: number): Seen {
  const scale = CELLS / 1000;
  const size = [Math.ceil(width * scale), Math.ceil(height * scale)] as const;
  const owner = new Int32Array(size[0] * size[1]);
  for (const [i, { outline, holes = [], softness = 0, opacity = 1, material }] of shapes.entries()) {
    // Mist and cloud hide too: there the paper is left.
    if (outline.length < 3 || opacity < 0.4 || (softness > 0.5 && material !== 'cloud')) continue;
    claim(
      owner,
      size,
      i + 1,
      [outline, ...holes].map((line) => line.map(([x, y]): Point => [x * scale, y * scale])),
    );
  }
  return { owner, width: size[0], height: size[1], scale };
}

function claim(
  owner: Int32Array,
  [width, height]: readonly [number, number],
  number: number,
  outlines: readonly (readonly Point[])[],
): void {
  const xs = outlines[0]!.map(([x]) => x);
  const ys = outlines[0]!.map(([, y]) => y);
  const x0 = Math.max(0, Math.floor(Math.min(...xs)));
  const y0 = Math.max(0, Math.floor(Math.min(...ys)));
  const x1 = Math.min(width, Math.ceil(Math.max(...xs)));
  const y1 = Math.min(height, Math.ceil(Math.max(...ys)));
  if (x1 <= x0 || y1 <= y0) return;
  const field = createField(x1 - x0, y1 - y0);
  fillPolygon(
    field,
    outlines.map((line) => line.map(([x, y]): Point => [x - x0, y - y0])),
  );
  for (let y = 0, at = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++, at++) if (field.data[at]! > 0.5) owner[(y + y0) * width + x + x0] = number;
  }
}

function linesOf(shape: Shape, depth: number, number: number, seen: Seen, hatching: number): PenLine[] {
  const weight = 0.55 + 0.45 * depth;
  const soft = (shape.softness ?? 0) > 0.25;
  const contour =
    shape.outline.length > 2 && shape.lined !== false && !soft ? [[...shape.outline, shape.outline[0]!]] : [];
  const hatch =
    hatching > 0 && shape.outline.length > 2 && !soft && shape.tone > 0.35 ? hatchLines(shape, hatching) : [];
  const drawn = (points: readonly Point[], facts: Omit<PenLine, 'points'>): PenLine[] =>
    cut(points, number, seen).map((piece) => ({ ...facts, points: piece }));
  return [
    ...hatch.flatMap((line) => drawn(line, { width: 0.7 * weight, tone: 0.55 * weight, kind: 'hatch' })),
    ...contour.flatMap((line) => drawn(line, { width: 1.7 * weight, tone: weight, kind: 'contour' })),
    ...shape.strokes.flatMap(({ points, width, tone }) =>
      drawn(points, {
        width: Math.min(2.4, 0.5 + width * 0.35) * weight,
        tone: Math.min(1, tone + 0.15) * weight,
        kind: 'stroke',
      }),
    ),
  ];
}

/** The pieces of a line along which its own shape, or what lies behind it, is seen. */
function cut(points: readonly Point[], number: number, seen: Seen): Point[][] {
  const pieces: Point[][] = [];
  let open: Point[] | undefined;
  for (const point of finely(points, 3)) {
    if (isSeen(point, number, seen)) {
      if (!open) {
        open = [];
        pieces.push(open);
      }
      open.push(point);
    } else open = undefined;
  }
  return pieces.filter((piece) => piece.length > 1).map((piece) => thinned(piece));
}

function isSeen([x, y]: Point, number: number, { owner, width, height, scale }: Seen): boolean {
  const [cx, cy] = [Math.round(x * scale), Math.round(y * scale)];
  if (cx < 0 || cy < 0 || cx >= width || cy >= height) return false;
  return owner[cy * width + cx]! <= number;
}

/** Points no farther apart than `step` units. */
function finely(points: readonly Point[], step: number): Point[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    if (!before) return [point];
    const count = Math.max(1, Math.ceil(Math.hypot(point[0] - before[0], point[1] - before[1]) / step));
    return Array.from({ length: count }, (_, k): Point => {
      const share = (k + 1) / count;
      return [before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share];
    });
  });
}

/** Without points that lie on the straight line between their neighbours (within a twentieth of a unit). */
function thinned(points: readonly Point[]): Point[] {
  const kept: Point[] = [points[0]!];
  for (let i = 1; i < points.length - 1; i++) {
    const [ax, ay] = kept.at(-1)!;
    const [bx, by] = points[i + 1]!;
    const [x, y] = points[i]!;
    const away = Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / (Math.hypot(bx - ax, by - ay) || 1);
    if (away > 0.05) kept.push(points[i]!);
  }
  return [...kept, points.at(-1)!];
}

/** Parallel lines inside a shape, denser the darker it is; slanted against the texture. */
function hatchLines({ outline, tone, texture }: Shape, hatching: number): Point[][] {
  const gap = Math.max(4, (13 - 9 * tone) / hatching);
  const angle = texture ? texture.direction : -Math.PI / 4;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = outline.map(([x, y]): Point => [x * cos + y * sin, -x * sin + y * cos]);
  const ys = turned.map(([, y]) => y);
  const lines: Point[][] = [];
  for (let y = Math.ceil(Math.min(...ys) / gap) * gap; y < Math.max(...ys); y += gap) {
    const crossings = turned
      .flatMap(([x0, y0], i) => {
        const [x1, y1] = turned[(i + 1) % turned.length]!;
        return y0 <= y === y1 <= y ? [] : [x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)];
      })
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const back = (x: number): Point => [x * cos - y * sin, x * sin + y * cos];
      if (crossings[i + 1]! - crossings[i]! > 2) lines.push([back(crossings[i]!), back(crossings[i + 1]!)]);
    }
  }
  return lines;
}
