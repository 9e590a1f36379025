/** Patches: fields that cover only the part of the paper where something is painted. */
import { createField, type Field, fillPolygon, type Point } from '../raster/index.ts';

export interface Patch {
  /** Top left on the paper, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly field: Field;
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
}

/** An empty patch around points, `margin` pixels wider, cut at the sheet; undefined when nothing of it is on the sheet. */
export function patchAround(points: readonly Point[], margin: number, { width, height }: Sheet): Patch | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const x0 = Math.max(0, Math.floor(left - margin));
  const y0 = Math.max(0, Math.floor(top - margin));
  const x1 = Math.min(width, Math.ceil(right + margin));
  const y1 = Math.min(height, Math.ceil(bottom + margin));
  if (!(x1 > x0 && y1 > y0)) return undefined;
  return { x: x0, y: y0, field: createField(x1 - x0, y1 - y0) };
}

/** Outlines filled, as a patch with a margin; undefined off the sheet. */
export function filledPatch(outlines: readonly (readonly Point[])[], margin: number, sheet: Sheet): Patch | undefined {
  const patch = patchAround(outlines[0] ?? [], margin, sheet);
  if (!patch) return undefined;
  const moved = outlines.map((outline) => outline.map(([x, y]): Point => [x - patch.x, y - patch.y]));
  fillPolygon(patch.field, moved);
  return patch;
}
