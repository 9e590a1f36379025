/** Whether the lines of a sketch are still there in a painting: how far each is from the nearest edge. */
import { type Bitmap, createField, type Field } from '../../../src/studios/image/raster/index.ts';

/** Marks (1) where lightness changes most: the strongest sixteenth of all gradients, and at least a twentieth of white. */
export function edgesOf({ width, height, data }: Bitmap): Field {
  const light = (x: number, y: number): number => {
    const at = 4 * (Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x)));
    return (0.3 * data[at]! + 0.59 * data[at + 1]! + 0.11 * data[at + 2]!) / 255;
  };
  const edges = createField(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      edges.data[y * width + x] = Math.hypot(light(x + 1, y) - light(x - 1, y), light(x, y + 1) - light(x, y - 1));
    }
  }
  const limit = Math.max(0.05, edges.data.toSorted()[Math.floor(0.9375 * edges.data.length)]!);
  for (let i = 0; i < edges.data.length; i++) edges.data[i] = edges.data[i]! >= limit ? 1 : 0;
  return edges;
}

/** Mean distance of inked pixels from the nearest mark, in pixels, and the share of them no farther than `reach`. */
export function chamfer(ink: Field, marks: Field, reach: number): { readonly mean: number; readonly within: number } {
  const far = distances(marks);
  let [sum, near, count] = [0, 0, 0];
  for (let i = 0; i < ink.data.length; i++) {
    if (ink.data[i]! < 0.5) continue;
    sum += far[i]!;
    near += Number(far[i]! <= reach);
    count++;
  }
  return { mean: sum / count, within: near / count };
}

/** Distance of every pixel from the nearest mark: two sweeps over neighbours (Borgefors, 1986). */
function distances({ width, height, data }: Field): Float32Array {
  const far = Float32Array.from(data, (value) => (value > 0 ? 0 : 1e6));
  const relax = (x: number, y: number, dx: number, dy: number): void => {
    const [nx, ny] = [x + dx, y + dy];
    if (nx < 0 || ny < 0 || nx >= width || ny >= height) return;
    const at = y * width + x;
    far[at] = Math.min(far[at]!, far[ny * width + nx]! + Math.hypot(dx, dy));
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) for (const [dx, dy] of BEFORE) relax(x, y, dx, dy);
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) for (const [dx, dy] of BEFORE) relax(x, y, -dx, -dy);
  }
  return far;
}

const BEFORE = [
  [-1, 0],
  [0, -1],
  [-1, -1],
  [1, -1],
] as const;
