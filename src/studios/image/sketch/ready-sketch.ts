/**
 * A sketch as the network that paints knows sketches: even white paper, dark lines of a pen's width.
 *
 *   photograph, scan or drawing ─▶ ink alone (lines/) ─▶ resized until lines are as wide as those it learned ─▶ one grey plane
 */
import type { PixelPlanes } from '../../../kernel/index.ts';
import { drawLines } from '../lines/index.ts';
import { type Bitmap, createField, type Field, sampleField } from '../raster/index.ts';

/** Widest lines that are painted as they are, in pixels; the network learned from lines of 1 to 3.5. */
const WIDEST = 3.2;
/** Pixels of the shorter side below which a sketch is not made smaller. */
const LEAST = 256;

export interface ReadySketch {
  /** 1 white … −1 black. */
  readonly planes: PixelPlanes;
  /** Coverage of ink at the size of what was given. */
  readonly ink: Field;
  /** Width of its lines in pixels of what was given. */
  readonly lineWidth: number;
}

/** Makes a sketch ready; `detail` 0 only the darkest strokes … 1 the faintest. */
export function readySketch(sketch: Bitmap, { detail = 0.6 }: { readonly detail?: number } = {}): ReadySketch {
  const { cover: ink } = drawLines(sketch, { mode: 'clean', detail });
  const lineWidth = widthOfLines(ink);
  const least = LEAST / Math.min(ink.width, ink.height);
  const shrink = Math.min(1, Math.max(WIDEST / lineWidth, least));
  const small = shrink < 0.9 ? smaller(ink, shrink) : ink;
  const { width, height, data } = small;
  return { planes: { width, height, channels: 1, data: data.map((value) => 1 - 2 * value) }, ink, lineWidth };
}

/** Twice the area of the ink over the length of its edge: what a line of that width would have. Pixels, at least 1. */
export function widthOfLines({ width, height, data }: Field): number {
  let [area, edge] = [0, 0];
  for (let y = 1; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const value = data[y * width + x]!;
      area += value;
      // A slope that is crossed at an angle is counted along both axes: hence the root of their squares.
      edge += Math.hypot(value - data[y * width + x - 1]!, value - data[(y - 1) * width + x]!);
    }
  }
  return edge === 0 ? 1 : Math.max(1, (2 * area) / edge);
}

/** The darkest ink within each cell, softened: thin lines stay lines. */
function smaller(field: Field, shrink: number): Field {
  const [width, height] = [Math.round(field.width * shrink), Math.round(field.height * shrink)];
  const out = createField(width, height);
  const cell = 1 / shrink;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, most] = [0, 0];
      for (const dy of STEPS) {
        for (const dx of STEPS) {
          const value = sampleField(field, (x + dx) * cell - 0.5, (y + dy) * cell - 0.5);
          sum += value;
          most = Math.max(most, value);
        }
      }
      out.data[y * width + x] = 0.5 * most + (0.5 * sum) / STEPS.length ** 2;
    }
  }
  return out;
}

const STEPS = [1 / 6, 1 / 2, 5 / 6];
