/**
 * True peaks, and a limiter that keeps them under a ceiling.
 *
 *   signal ─▶ peak between samples (4 × oversampled) ─▶ gain needed ─▶ least of the next 5 ms ─▶ smoothed ─▶ × delayed signal
 *
 * The true-peak meter follows ITU-R BS.1770-4 annex 2 with a windowed-sinc interpolator of 12 taps a phase.
 */

const TAPS = 12;
const PHASES = 4;

/** Interpolators at 1/4, 2/4 and 3/4 between two samples. */
const SINC: readonly Float64Array[] = [1, 2, 3].map((phase) =>
  Float64Array.from({ length: TAPS }, (_, tap) => {
    const x = tap - TAPS / 2 + 1 - phase / PHASES;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / (TAPS / 2 + 0.5));
    return window * (Math.sin(Math.PI * x) / (Math.PI * x));
  }),
);

/** Greatest size of the signal at and after sample `i` until the next; `floor` spares work where it cannot be reached. */
function peakAt(data: Float32Array, i: number, floor: number): number {
  const here = Math.abs(data[i]!);
  const next = Math.abs(data[i + 1] ?? 0);
  let most = here;
  if (Math.max(here, next) < floor * 0.5) return most;
  for (const taps of SINC) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += taps[tap]! * (data[i + tap - TAPS / 2 + 1] ?? 0);
    most = Math.max(most, Math.abs(sum));
  }
  return most;
}

/** True peak of all channels as a factor of full scale. */
export function truePeak(channels: readonly Float32Array[]): number {
  let most = 0;
  for (const data of channels) for (let i = 0; i < data.length; i++) most = Math.max(most, peakAt(data, i, most));
  return most;
}

export interface LimitOptions {
  readonly sampleRate: number;
  /** Factor of full scale; default 10^(−1/20), −1 dBTP. */
  readonly ceiling?: number;
}

/** Gains under the ceiling, in place; channels share one gain, so the picture does not move. */
export function limit(
  channels: readonly Float32Array[],
  { sampleRate, ceiling = 10 ** (-1 / 20) }: LimitOptions,
): void {
  const length = channels[0]?.length ?? 0;
  const look = Math.round(0.005 * sampleRate);
  // A little under the ceiling: a moving gain lets peaks between samples move a trifle.
  const target = ceiling * 0.985;
  const needed = new Float32Array(length).fill(1);
  let busy = false;
  for (const data of channels) {
    for (let i = 0; i < length; i++) {
      const peak = peakAt(data, i, target);
      if (peak <= target) continue;
      busy = true;
      needed[i] = Math.min(needed[i]!, target / peak);
    }
  }
  if (!busy) return;
  const gain = smoothed(leastAround(needed, look), look, sampleRate);
  for (const data of channels) for (let i = 0; i < length; i++) data[i]! *= gain[i]!;
}

/** Least value within `reach` samples on both sides (monotone queue). */
function leastAround(values: Float32Array, reach: number): Float32Array {
  const out = new Float32Array(values.length);
  const queue = new Int32Array(values.length);
  let [head, tail] = [0, 0];
  for (let i = 0; i < values.length + reach; i++) {
    if (i < values.length) {
      while (tail > head && values[queue[tail - 1]!]! >= values[i]!) tail--;
      queue[tail++] = i;
    }
    if (i < reach) continue;
    while (queue[head]! < i - 2 * reach) head++;
    out[i - reach] = values[queue[head]!]!;
  }
  return out;
}

/** Gain rises back within about 60 ms, then a mean over the look-ahead rounds its corners; it never exceeds what is needed. */
function smoothed(least: Float32Array, look: number, rate: number): Float32Array {
  const back = 1 - Math.exp(-1 / (0.06 * rate));
  const held = new Float32Array(least.length);
  let gain = 1;
  for (let i = 0; i < least.length; i++) {
    gain = Math.min(least[i]!, gain + (1 - gain) * back);
    held[i] = gain;
  }
  const out = new Float32Array(least.length);
  const half = look >> 1;
  let [sum, count] = [0, 0];
  for (let i = -half; i < least.length; i++) {
    if (i + half < least.length) {
      sum += held[i + half]!;
      count++;
    }
    if (i - half - 1 >= 0) {
      sum -= held[i - half - 1]!;
      count--;
    }
    if (i >= 0) out[i] = sum / count;
  }
  return out;
}
