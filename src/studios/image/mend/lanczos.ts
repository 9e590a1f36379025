/**
 * A picture made larger by a windowed sinc of three lobes (Duchon, 1979), pixel centres kept in place. Rejected: sharp's own
 * enlarging, which shifts by a quarter of a small pixel and takes no heed of the kernel named (libvips 8.17).
 */
import { type Bitmap, createBitmap } from '../raster/index.ts';

const LOBES = 3;

interface Taps {
  /** First small pixel beside the one that a large pixel lies in. */
  readonly first: number;
  readonly weights: readonly number[];
}

/** `times` as wide and high; a whole number. Colours are weighed by their alpha. */
export function enlargeByLanczos({ width, height, data }: Bitmap, times: number): Bitmap {
  const kernels = Array.from({ length: times }, (_, phase) => tapsAt(phase, times));
  const wide = new Float32Array(4 * width * times * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * times; x++) {
      const { first, weights } = kernels[x % times]!;
      const to = 4 * (y * width * times + x);
      for (const [tap, weight] of weights.entries()) {
        const column = Math.max(0, Math.min(width - 1, Math.floor(x / times) + first + tap));
        const from = 4 * (y * width + column);
        const alpha = data[from + 3]! / 255;
        for (let c = 0; c < 3; c++) wide[to + c]! += weight * alpha * data[from + c]!;
        wide[to + 3]! += weight * alpha;
      }
    }
  }
  return heighten(wide, { width: width * times, height }, times, kernels);
}

function heighten(
  wide: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  times: number,
  kernels: readonly Taps[],
): Bitmap {
  const out = createBitmap(width, height * times);
  const sum = new Float32Array(4 * width);
  for (let y = 0; y < height * times; y++) {
    const { first, weights } = kernels[y % times]!;
    sum.fill(0);
    for (const [tap, weight] of weights.entries()) {
      const row = 4 * width * Math.max(0, Math.min(height - 1, Math.floor(y / times) + first + tap));
      for (let i = 0; i < sum.length; i++) sum[i]! += weight * wide[row + i]!;
    }
    for (let x = 0; x < width; x++) {
      const [at, alpha] = [4 * (y * width + x), sum[4 * x + 3]!];
      for (let c = 0; c < 3; c++) out.data[at + c] = alpha > 1e-3 ? sum[4 * x + c]! / alpha : 0;
      out.data[at + 3] = 255 * alpha;
    }
  }
  return out;
}

function tapsAt(phase: number, times: number): Taps {
  const at = (phase + 0.5) / times - 0.5;
  const first = Math.floor(at) - LOBES + 1;
  const weights = Array.from({ length: 2 * LOBES }, (_, tap) => lanczos(at - first - tap));
  const sum = weights.reduce((a, b) => a + b, 0);
  return { first, weights: weights.map((weight) => weight / sum) };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  return (LOBES * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / LOBES)) / (Math.PI * x) ** 2;
}
