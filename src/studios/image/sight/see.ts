/**
 * What of every figure is seen: its silhouette as a mask, less what stands before it.
 *
 *   figures, nearest first ─▶ mask ─▶ share not yet covered ─▶ covers what is behind
 *
 * Geometry alone, on a small sheet; no painter is asked.
 */
import { filledPatch, type Patch, patchAround, type Sheet } from '../brush/index.ts';
import type { Composition, Glimpse } from '../composition/index.ts';
import { drawFigure, type Figure, type Shape } from '../figures/index.ts';
import { drawStroke, type Point } from '../raster/index.ts';

/** A figure as it lies on the small sheet. */
export interface Silhouette {
  readonly name: string;
  readonly depth: number;
  readonly patches: readonly Solid[];
  /** Sum of its mask. */
  readonly whole: number;
  readonly mask: Patch | undefined;
}

interface Solid {
  readonly patch: Patch;
  /** How much it hides, 0–1. */
  readonly cover: number;
}

/** Pixels of the longer side of the sheet on which is measured. */
export const SIGHT = 256;
/** What lies beside the paper is still measured, this share of its size on every side. */
const MARGIN = 0.35;

/** The sheet of a composition with its margins: pixels to a unit, size, and where the paper begins. */
function sheetOf({ width, height }: Composition): { scale: number; sheet: Sheet; left: number; top: number } {
  const scale = SIGHT / Math.max(width, height);
  const [left, top] = [Math.round(width * scale * MARGIN), Math.round(height * scale * MARGIN)];
  const sheet = { width: Math.round(width * scale) + 2 * left, height: Math.round(height * scale) + 2 * top };
  return { scale, sheet, left, top };
}

/** The silhouette of a figure. */
export function silhouetteOf({ placed, shapes }: Figure, composition: Composition): Silhouette {
  const { scale, sheet, left, top } = sheetOf(composition);
  const onSheet = (points: readonly Point[]): Point[] => points.map(([x, y]) => [x * scale + left, y * scale + top]);
  const patches = shapes.flatMap((shape): Solid[] => {
    const patch = patchOf(shape, onSheet, scale, sheet);
    return patch ? [{ patch, cover: coverOf(shape) }] : [];
  });
  const mask = unionOf(patches, sheet);
  return { name: placed.name, depth: placed.depth, patches, whole: mask ? sumOf(mask) : 0, mask };
}

function patchOf(
  { outline, holes = [], strokes }: Shape,
  onSheet: (points: readonly Point[]) => Point[],
  scale: number,
  sheet: Sheet,
): Patch | undefined {
  if (outline.length > 2) return filledPatch([outline, ...holes].map(onSheet), 1, sheet);
  const patch = patchAround(
    strokes.flatMap(({ points }) => onSheet(points)),
    3,
    sheet,
  );
  if (!patch) return undefined;
  for (const { points, width } of strokes) {
    const line = onSheet(points).map(([x, y]): Point => [x - patch.x, y - patch.y]);
    drawStroke(patch.field, { points: line, radii: line.map(() => Math.max(0.3, (width / 2) * scale)) });
  }
  return patch;
}

/** Veils and lost edges hide little. */
function coverOf({ opacity = 1, softness = 0, material }: Shape): number {
  return opacity * (1 - 0.6 * softness) * (material === 'cloud' ? 0.8 : 1);
}

function unionOf(patches: readonly Solid[], sheet: Sheet): Patch | undefined {
  const corners = patches.flatMap(({ patch: { x, y, field } }): Point[] => [
    [x, y],
    [x + field.width, y + field.height],
  ]);
  const union = corners.length > 0 ? patchAround(corners, 0, sheet) : undefined;
  if (!union) return undefined;
  for (const { patch, cover } of patches) {
    eachPixel(patch, union, (from, to) => {
      const value = patch.field.data[from]! * Math.sqrt(cover);
      if (value > union.field.data[to]!) union.field.data[to] = value;
    });
  }
  return union;
}

function eachPixel({ x, y, field }: Patch, onto: Patch, visit: (from: number, to: number) => void): void {
  for (let row = 0; row < field.height; row++) {
    let to = (row + y - onto.y) * onto.field.width + x - onto.x;
    for (let from = row * field.width; from < (row + 1) * field.width; from++, to++) visit(from, to);
  }
}

const sumOf = ({ field }: Patch): number => field.data.reduce((a, b) => a + b, 0);

/** What is seen of every silhouette; in the order of painting, farthest first, as given. */
export function seeFigures(silhouettes: readonly Silhouette[], composition: Composition): Glimpse[] {
  const { sheet, left, top } = sheetOf(composition);
  const whole: Patch = { x: 0, y: 0, field: { ...sheet, data: new Float32Array(sheet.width * sheet.height) } };
  const owner = new Int16Array(sheet.width * sheet.height).fill(-1);
  const area = (sheet.width - 2 * left) * (sheet.height - 2 * top);
  const isOnPaper = (at: number): boolean => {
    const [x, y] = [at % sheet.width, Math.floor(at / sheet.width)];
    return x >= left && x < sheet.width - left && y >= top && y < sheet.height - top;
  };
  const seen: Glimpse[] = [];
  for (const [i, { name, patches, mask, whole: own }] of [...silhouettes.entries()].reverse()) {
    let free = 0;
    const lost = new Map<string, number>();
    if (mask) {
      eachPixel(mask, whole, (from, to) => {
        const value = mask.field.data[from]!;
        if (value === 0 || !isOnPaper(to)) return;
        const hidden = whole.field.data[to]!;
        free += value * (1 - hidden);
        if (hidden < 0.05) return;
        const by = silhouettes[owner[to]!]!.name;
        lost.set(by, (lost.get(by) ?? 0) + (value * hidden) / own);
      });
    }
    seen.push({ name, area: free / area, share: own > 0 ? free / own : 0, hiddenBy: lost });
    for (const { patch, cover } of patches) {
      eachPixel(patch, whole, (from, to) => {
        const added = patch.field.data[from]! * cover;
        if (added > whole.field.data[to]!) owner[to] = i;
        whole.field.data[to]! += added * (1 - whole.field.data[to]!);
      });
    }
  }
  return seen.reverse();
}

/**
 * A look at one composition after another: what did not change is not drawn again. `area` is a share of the picture, `share` of the own
 * silhouette, what lies beside the paper counted as hidden.
 */
export function createSight(): (composition: Composition) => readonly Glimpse[] {
  const known = new Map<string, Silhouette>();
  return (composition) => {
    const { width, height, horizon, light, wind } = composition;
    const world = JSON.stringify([width, height, horizon, light, wind]);
    const silhouettes = composition.placed.map((placed) => {
      // Water keeps clear of what stands at its edge: it is drawn anew whenever anything moved.
      const around = placed.kind === 'water' ? JSON.stringify(composition.placed.map(({ box }) => box)) : '';
      const key = `${world}${JSON.stringify({ ...placed, depth: 0 })}${around}`;
      const found = known.get(key) ?? silhouetteOf(drawFigure(placed, composition), composition);
      known.set(key, found);
      return found;
    });
    return seeFigures(silhouettes, composition);
  };
}
