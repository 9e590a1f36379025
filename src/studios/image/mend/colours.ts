/** What is mended: three numbers a pixel, sRGB 0–255, not rounded; and which pixels are holes. */
import { type Bitmap, createBitmap } from '../raster/index.ts';

/** Red, green and blue of every pixel, side by side, row by row from the top left. */
export interface Colours {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Pixels to be made anew are 1, all others 0. */
export interface Holes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export function coloursOf({ width, height, data }: Bitmap): Colours {
  const out = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) out[3 * i + c] = data[4 * i + c]!;
  }
  return { width, height, data: out };
}

/** An opaque bitmap; what lies outside 0–255 is cut off. */
export function bitmapOf({ width, height, data }: Colours): Bitmap {
  const out = createBitmap(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) out.data[4 * i + c] = data[3 * i + c]!;
    out.data[4 * i + 3] = 255;
  }
  return out;
}

/** Half as wide and high: the mean of what is known; a pixel is a hole where any of its four was one. */
export function halve(colours: Colours, holes: Holes): { readonly colours: Colours; readonly holes: Holes } {
  const [width, height] = [Math.ceil(colours.width / 2), Math.ceil(colours.height / 2)];
  const data = new Float32Array(width * height * 3);
  const missing = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      let known = 0;
      for (let k = 0; k < 4; k++) {
        const sx = Math.min(2 * x + (k & 1), colours.width - 1);
        const sy = Math.min(2 * y + (k >> 1), colours.height - 1);
        const from = sy * colours.width + sx;
        if (holes.data[from]) missing[at] = 1;
        else known++;
        if (!holes.data[from]) for (let c = 0; c < 3; c++) data[3 * at + c]! += colours.data[3 * from + c]!;
      }
      for (let c = 0; c < 3; c++) data[3 * at + c]! /= known || 1;
    }
  }
  return { colours: { width, height, data }, holes: { width, height, data: missing } };
}

/** Steps (of a chessboard king, at most 255) from every pixel to the nearest that is no hole. */
export function depthOf({ width, height, data }: Holes): Uint8Array {
  const depth = data.map((hole) => (hole ? 255 : 0));
  const relax = (at: number, x: number, y: number, dx: number, dy: number): void => {
    const [nx, ny] = [x + dx, y + dy];
    if (nx < 0 || ny < 0 || nx >= width || ny >= height) return;
    depth[at] = Math.min(depth[at]!, depth[ny * width + nx]! + 1);
  };
  const around = [
    [-1, 0],
    [-1, -1],
    [0, -1],
    [1, -1],
  ] as const;
  for (let at = 0; at < depth.length; at++) {
    if (depth[at]) for (const [dx, dy] of around) relax(at, at % width, Math.floor(at / width), dx, dy);
  }
  for (let at = depth.length - 1; at >= 0; at--) {
    if (depth[at]) for (const [dx, dy] of around) relax(at, at % width, Math.floor(at / width), -dx, -dy);
  }
  return depth;
}

/** The holes and all pixels within so many steps of them. */
export function grow(holes: Holes, steps: number): Holes {
  if (steps === 0) return holes;
  const far = depthOf({ ...holes, data: holes.data.map((hole) => 1 - hole) });
  return { ...holes, data: far.map((distance) => (distance <= steps ? 1 : 0)) };
}
