/** Noise in bands: breath, bow, hammer and cymbal. Filters: R. Bristow-Johnson, Audio EQ Cookbook (second-order band-pass). */
import type { Random } from '../../../../core/index.ts';
import { BANK_RATE } from './sample.ts';

export interface NoiseBand {
  readonly hertz: number;
  /** Frequency over bandwidth; default 1. */
  readonly q?: number;
  /** Factor of amplitude; default 1. */
  readonly gain?: number;
}

/** Noise that repeats without a seam after `length` samples; root mean square 1. */
export function noiseLoop(length: number, bands: readonly NoiseBand[], random: Random): Float64Array {
  const white = Float64Array.from({ length }, () => 2 * random.next() - 1);
  const sum = new Float64Array(length);
  for (const band of bands) addBand(sum, white, band, 2);
  return scaledToUnit(sum);
}

/** Noise of the bands that begins at rest; root mean square 1. */
export function noiseBurst(length: number, bands: readonly NoiseBand[], random: Random): Float64Array {
  const white = Float64Array.from({ length }, () => 2 * random.next() - 1);
  const sum = new Float64Array(length);
  for (const band of bands) addBand(sum, white, band, 1);
  return scaledToUnit(sum);
}

/** Adds one band; a second lap over the same noise makes the filter's memory fit the seam. */
function addBand(sum: Float64Array, white: Float64Array, { hertz, q = 1, gain = 1 }: NoiseBand, laps: number): void {
  const angle = (2 * Math.PI * Math.min(hertz, BANK_RATE * 0.45)) / BANK_RATE;
  const alpha = Math.sin(angle) / (2 * q);
  const b = alpha / (1 + alpha);
  const a1 = (-2 * Math.cos(angle)) / (1 + alpha);
  const a2 = (1 - alpha) / (1 + alpha);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  // A band-pass of width w keeps about w of the power: scaled so that bands of equal gain sound equally strong.
  const level = gain / Math.sqrt(angle / q);
  for (let lap = 0; lap < laps; lap++) {
    const last = lap === laps - 1;
    for (let i = 0; i < white.length; i++) {
      const x = white[i]!;
      const y = b * (x - x2) - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      if (last) sum[i]! += level * y;
    }
  }
}

function scaledToUnit(data: Float64Array): Float64Array {
  let power = 0;
  for (const value of data) power += value * value;
  const scale = power > 0 ? Math.sqrt(data.length / power) : 0;
  return data.map((value) => value * scale);
}
