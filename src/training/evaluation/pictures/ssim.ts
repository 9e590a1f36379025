/**
 * Structural similarity: how alike two pictures are in local brightness, contrast and pattern, 1 for equal ones.
 *
 *   window by window (11×11, Gaussian):  (2μₐμᵦ + c₁)(2σₐᵦ + c₂) / ((μₐ² + μᵦ² + c₁)(σₐ² + σᵦ² + c₂)),  then the mean
 *
 * After Wang, Bovik, Sheikh and Simoncelli (2004), with population covariances and only windows that lie wholly inside.
 */
import type { Pictures } from '../../pictures/index.ts';
import { checkComparable, countOf, pictureAt } from './planes.ts';

const RANGE = 2;
const C1 = (0.01 * RANGE) ** 2;
const C2 = (0.03 * RANGE) ** 2;
const WINDOW = 11;
const DEVIATION = 1.5;

/**
 * Mean structural similarity over pictures and channels. In pictures smaller than 11 pixels the window is the largest odd
 * one that fits. Throws `training/pictures-differ`.
 */
export function ssim(a: Pictures, b: Pictures): number {
  checkComparable(a, b, true);
  const { width, height, channels } = a;
  const window = gaussian(Math.min(WINDOW, 2 * Math.ceil(Math.min(width, height) / 2) - 1));
  let sum = 0;
  for (let i = 0; i < countOf(a); i++) {
    for (let c = 0; c < channels; c++) {
      const plane = (of: Pictures): Float32Array =>
        pictureAt(of, i).subarray(c * width * height, (c + 1) * width * height);
      sum += similarity(plane(a), plane(b), width, height, window);
    }
  }
  return sum / (countOf(a) * channels);
}

function gaussian(size: number): Float64Array {
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-0.5 * ((i - (size - 1) / 2) / DEVIATION) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight);
  return weights.map((weight) => weight / total);
}

function similarity(a: Float32Array, b: Float32Array, width: number, height: number, window: Float64Array): number {
  const mean = (value: (i: number) => number): Float64Array => blurInside(value, width, height, window);
  const meanA = mean((i) => a[i]!);
  const meanB = mean((i) => b[i]!);
  const squareA = mean((i) => a[i]! * a[i]!);
  const squareB = mean((i) => b[i]! * b[i]!);
  const product = mean((i) => a[i]! * b[i]!);
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [x, y] = [meanA[i]!, meanB[i]!];
    const variances = squareA[i]! - x * x + squareB[i]! - y * y;
    const covariance = product[i]! - x * y;
    sum += ((2 * x * y + C1) * (2 * covariance + C2)) / ((x * x + y * y + C1) * (variances + C2));
  }
  return sum / meanA.length;
}

/** Weighted means of all windows inside the plane: rows first, then columns. */
function blurInside(value: (i: number) => number, width: number, height: number, window: Float64Array): Float64Array {
  const size = window.length;
  const [columns, rows] = [width - size + 1, height - size + 1];
  const across = new Float64Array(height * columns);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += window[k]! * value(y * width + x + k);
      across[y * columns + x] = sum;
    }
  }
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += window[k]! * across[i + k * columns]!;
    out[i] = sum;
  }
  return out;
}
