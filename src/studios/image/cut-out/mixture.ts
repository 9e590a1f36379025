/** Colours as a mixture of Gaussians, learned from some pixels. */
import type { Random } from '../../../core/index.ts';

interface Component {
  readonly mean: readonly number[];
  /** Inverse of the covariance, row by row. */
  readonly inverse: readonly number[];
  /** ln of its share over the root of 2πᵏ·determinant. */
  readonly level: number;
}

export type Mixture = readonly Component[];

/** Added to each variance: colours are never known more closely. */
const GRAIN = 4e-5;
const ROUNDS = 8;

/** Learns `count` Gaussians from colours (three numbers each), by k-means that starts with far ones (k-means++). */
export function learnMixture(colours: Float32Array, count: number, random: Random): Mixture {
  const n = colours.length / 3;
  const means = farMeans(colours, Math.min(count, n), random);
  const own = new Uint8Array(n);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < n; i++) own[i] = nearest(colours, i, means).index;
    recentre(colours, own, means);
  }
  return means.flatMap((mean, k) => componentOf(colours, own, k, mean));
}

/** ln of the density at a colour. */
export function logDensity(mixture: Mixture, l: number, a: number, b: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const { mean, inverse, level } of mixture) {
    const [x, y, z] = [l - mean[0]!, a - mean[1]!, b - mean[2]!];
    const far =
      x * (inverse[0]! * x + 2 * inverse[1]! * y + 2 * inverse[2]! * z) +
      y * (inverse[4]! * y + 2 * inverse[5]! * z) +
      inverse[8]! * z * z;
    const value = level - far / 2;
    if (value > best) {
      sum = sum * Math.exp(best - value) + 1;
      best = value;
    } else sum += Math.exp(value - best);
  }
  return best + Math.log(sum);
}

function farMeans(colours: Float32Array, count: number, random: Random): number[][] {
  const at = (i: number): number[] => [...colours.subarray(3 * i, 3 * i + 3)];
  const n = colours.length / 3;
  const means = [at(random.integer(n))];
  while (means.length < count) {
    const far = Float64Array.from({ length: n }, (_, i) => nearest(colours, i, means).far);
    let left = random.next() * far.reduce((a, b) => a + b, 0);
    let chosen = 0;
    for (; chosen < n - 1 && left >= far[chosen]!; chosen++) left -= far[chosen]!;
    means.push(at(chosen));
  }
  return means;
}

function nearest(colours: Float32Array, i: number, means: readonly (readonly number[])[]) {
  let [index, far] = [0, Number.POSITIVE_INFINITY];
  for (const [k, mean] of means.entries()) {
    const [x, y, z] = [colours[3 * i]! - mean[0]!, colours[3 * i + 1]! - mean[1]!, colours[3 * i + 2]! - mean[2]!];
    const square = x * x + y * y + z * z;
    if (square < far) [index, far] = [k, square];
  }
  return { index, far };
}

function recentre(colours: Float32Array, own: Uint8Array, means: number[][]): void {
  const sums = means.map(() => [0, 0, 0, 0]);
  for (let i = 0; i < own.length; i++) {
    const sum = sums[own[i]!]!;
    for (let c = 0; c < 3; c++) sum[c]! += colours[3 * i + c]!;
    sum[3]!++;
  }
  for (const [k, sum] of sums.entries()) {
    if (sum[3]! > 0) means[k] = [sum[0]! / sum[3]!, sum[1]! / sum[3]!, sum[2]! / sum[3]!];
  }
}

function componentOf(colours: Float32Array, own: Uint8Array, k: number, mean: readonly number[]): Component[] {
  const s = new Float64Array(9);
  let count = 0;
  for (let i = 0; i < own.length; i++) {
    if (own[i] !== k) continue;
    count++;
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) s[3 * r + c]! += (colours[3 * i + r]! - mean[r]!) * (colours[3 * i + c]! - mean[c]!);
    }
  }
  if (count < 2) return [];
  for (let i = 0; i < 9; i++) s[i] = s[i]! / count + (i % 4 === 0 ? GRAIN : 0);
  const minor = (r: number, c: number): number => {
    const [r1, r2, c1, c2] = [(r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3];
    return s[3 * r1 + c1]! * s[3 * r2 + c2]! - s[3 * r1 + c2]! * s[3 * r2 + c1]!;
  };
  const determinant = s[0]! * minor(0, 0) + s[1]! * minor(0, 1) + s[2]! * minor(0, 2);
  const inverse = Array.from({ length: 9 }, (_, i) => minor(Math.floor(i / 3), i % 3) / determinant);
  const level = Math.log(count / own.length) - 0.5 * Math.log((2 * Math.PI) ** 3 * determinant);
  return [{ mean, inverse, level }];
}
