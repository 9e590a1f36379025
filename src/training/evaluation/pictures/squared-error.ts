/** How far pictures are from what they should be, number by number. */
import type { Pictures } from '../../pictures/index.ts';
import { checkComparable } from './planes.ts';

/** Pictures lie in [−1, 1]. */
const RANGE = 2;

/** Mean of the squared differences over all numbers, in units of the range [−1, 1]; throws `training/pictures-differ`. */
export function meanSquaredError(a: Pictures, b: Pictures): number {
  checkComparable(a, b, true);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return sum / a.data.length;
}

/** Peak signal-to-noise ratio in decibels, 10·log₁₀(range² / mean squared error); infinite for equal pictures. */
export function psnr(a: Pictures, b: Pictures): number {
  return 10 * Math.log10(RANGE ** 2 / meanSquaredError(a, b));
}
