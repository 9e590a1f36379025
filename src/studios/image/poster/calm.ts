/**
 * Where a picture is calm: the box with the least edge energy and unevenness, from sums over the picture so that any box costs the same
 * (Crow 1984, summed-area tables).
 */
import { type Bitmap, toOklab } from '../raster/index.ts';

/** A box in shares of the picture. */
export interface ShareBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Unrest {
  /** Edges and unevenness inside a box; 0 is a flat plane. */
  of(box: ShareBox): number;
}

const STEPS = 24;

/** Measures the unrest of a small opaque bitmap. */
export function measureUnrest({ width, height, data }: Bitmap): Unrest {
  const light = Float64Array.from(
    { length: width * height },
    (_, i) => toOklab([data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!])[0],
  );
  const edges = light.map((value, i) => {
    const right = (i + 1) % width === 0 ? value : light[i + 1]!;
    const below = light[i + width] ?? value;
    return Math.abs(right - value) + Math.abs(below - value);
  });
  const [sumEdges, sum, squares] = [edges, light, light.map((value) => value * value)].map((each) =>
    summed(each, width, height),
  ) as [Sums, Sums, Sums];
  return {
    of({ x, y, width: w, height: h }) {
      const [x0, y0] = [Math.round(x * width), Math.round(y * height)];
      const [x1, y1] = [Math.round((x + w) * width), Math.round((y + h) * height)];
      const count = Math.max(1, (x1 - x0) * (y1 - y0));
      const mean = sum(x0, y0, x1, y1) / count;
      const variance = Math.max(0, squares(x0, y0, x1, y1) / count - mean * mean);
      return (
        (sumEdges(x0, y0, x1, y1) / count) * 6 + Math.sqrt(variance) + worstCell(sumEdges, [x0, y0, x1, y1]) * WORST
      );
    },
  };
}

/** Cells a side of a box; the fullest of them counts on its own, lest type lie on something small in a wide calm. */
const CELLS = 4;
const WORST = 1.5;

function worstCell(edges: Sums, [x0, y0, x1, y1]: readonly [number, number, number, number]): number {
  let worst = 0;
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const [left, right] = [column, column + 1].map((i) => x0 + Math.round(((x1 - x0) * i) / CELLS)) as [
        number,
        number,
      ];
      const [top, bottom] = [row, row + 1].map((i) => y0 + Math.round(((y1 - y0) * i) / CELLS)) as [number, number];
      worst = Math.max(worst, edges(left, top, right, bottom) / Math.max(1, (right - left) * (bottom - top)));
    }
  }
  return worst;
}

type Sums = (x0: number, y0: number, x1: number, y1: number) => number;

function summed(values: Float64Array, width: number, height: number): Sums {
  const table = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      table[(y + 1) * (width + 1) + x + 1] = table[y * (width + 1) + x + 1]! + row;
    }
  }
  const at = (x: number, y: number): number =>
    table[Math.min(height, Math.max(0, y)) * (width + 1) + Math.min(width, Math.max(0, x))]!;
  return (x0, y0, x1, y1) => at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0);
}

/** The calmest place for a box of a size inside a room (all in shares); of equal places the higher. */
export function calmest(unrest: Unrest, width: number, height: number, room: ShareBox): ShareBox {
  const [spareX, spareY] = [room.width - width, room.height - height];
  let best: ShareBox = { x: room.x, y: room.y, width, height };
  let least = Infinity;
  for (let i = 0; i <= STEPS; i++) {
    for (let k = 0; k <= STEPS; k++) {
      const box = { x: room.x + (spareX * k) / STEPS, y: room.y + (spareY * i) / STEPS, width, height };
      const found = unrest.of(box) + (i / STEPS) * 0.01;
      if (found < least) [best, least] = [box, found];
    }
  }
  return best;
}
