/** Where the second picture is seen: ramps across the sheet, a soft round, a grey picture, or its own alpha. */
import type { Bitmap } from '../raster/index.ts';

/** Shapes of masks by name. */
export const SHAPES = ['all', 'left', 'right', 'top', 'bottom', 'centre'] as const;

export type Shape = (typeof SHAPES)[number];

/** A mask of a shape, 0–1; `softness` is the width of the ramp in shares of the sheet. */
export function shapedMask(shape: Shape, width: number, height: number, softness: number): Float32Array {
  const mask = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const inside = distanceInside(shape, (x + 0.5) / width, (y + 0.5) / height);
      mask[i] = shape === 'all' ? 1 : smooth(inside / Math.max(1e-6, softness) + 0.5);
    }
  }
  return mask;
}

/** How far inside the shape a place is, in shares; negative outside. */
function distanceInside(shape: Shape, x: number, y: number): number {
  if (shape === 'left') return 0.5 - x;
  if (shape === 'right') return x - 0.5;
  if (shape === 'top') return 0.5 - y;
  if (shape === 'bottom') return y - 0.5;
  return 0.36 - Math.hypot(x - 0.5, y - 0.5);
}

const smooth = (share: number): number => {
  const held = Math.min(1, Math.max(0, share));
  return held * held * (3 - 2 * held);
};

/** A grey picture of the same size as a mask: white is seen. */
export function maskOf({ data }: Bitmap): Float32Array {
  return Float32Array.from({ length: data.length / 4 }, (_, i) => {
    const [r, g, b, a] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!, data[4 * i + 3]!];
    return ((0.2126 * r + 0.7152 * g + 0.0722 * b) / 255) * (a / 255);
  });
}
