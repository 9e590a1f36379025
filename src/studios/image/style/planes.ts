/** Pictures as three planes of OKLab, and their pyramids. */
import { type Bitmap, createBitmap, fromOklab, toOklab } from '../raster/index.ts';

export interface Planes {
  readonly width: number;
  readonly height: number;
  /** Three channels a pixel, side by side. */
  readonly data: Float32Array;
}

export function planesOf({ width, height, data }: Bitmap): Planes {
  const planes = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++)
    planes.set(toOklab([data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!]), 3 * i);
  return { width, height, data: planes };
}

export function bitmapOfPlanes({ width, height, data }: Planes): Bitmap {
  const out = createBitmap(width, height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = fromOklab([data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!]);
    out.data[4 * i] = r;
    out.data[4 * i + 1] = g;
    out.data[4 * i + 2] = b;
    out.data[4 * i + 3] = 255;
  }
  return out;
}

/** Any size, by the mean of what a pixel covers when it gets smaller, bilinear when larger. */
export function resizePlanes(from: Planes, width: number, height: number): Planes {
  if (width === from.width && height === from.height) return from;
  const data = new Float32Array(width * height * 3);
  const [sx, sy] = [from.width / width, from.height / height];
  const taps = Math.max(1, Math.round(Math.max(sx, sy)));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      for (let t = 0; t < taps * taps; t++) {
        const px = (x + ((t % taps) + 0.5) / taps) * sx - 0.5;
        const py = (y + (Math.floor(t / taps) + 0.5) / taps) * sy - 0.5;
        addSample(from, px, py, data, at, 1 / (taps * taps));
      }
    }
  }
  return { width, height, data };
}

function addSample(
  { width, height, data }: Planes,
  x: number,
  y: number,
  to: Float32Array,
  at: number,
  weight: number,
): void {
  const [cx, cy] = [Math.min(Math.max(x, 0), width - 1), Math.min(Math.max(y, 0), height - 1)];
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
  const [fx, fy] = [cx - x0, cy - y0];
  for (let c = 0; c < 3; c++) {
    const top = data[(y0 * width + x0) * 3 + c]! * (1 - fx) + data[(y0 * width + x1) * 3 + c]! * fx;
    const bottom = data[(y1 * width + x0) * 3 + c]! * (1 - fx) + data[(y1 * width + x1) * 3 + c]! * fx;
    to[at + c]! += weight * (top * (1 - fy) + bottom * fy);
  }
}
