/** The fast Fourier transform and its short-time form, with frames centred on their samples as librosa has them. */

/** A complex spectrogram, frame after frame: bin k of frame t at t·bins + k. */
export interface Spectrum {
  readonly real: Float32Array;
  readonly imaginary: Float32Array;
  readonly frames: number;
  /** size / 2 + 1. */
  readonly bins: number;
}

/** Frames of `size` samples (a power of two), one every `hop`, under a Hann window of that length. */
export interface FrameOptions {
  readonly size: number;
  readonly hop: number;
  /** The signal goes round: what is beyond its end is its beginning, and there are length / hop frames. Default: zeros. */
  readonly loop?: boolean | undefined;
}

/** Transforms in place, length a power of two; `inverse` divides by the length. After Cooley and Tukey (1965). */
export function fourier(real: Float64Array, imaginary: Float64Array, inverse = false): void {
  const n = real.length;
  shuffle(real, imaginary);
  for (let half = 1; half < n; half *= 2) {
    const turn = ((inverse ? 1 : -1) * Math.PI) / half;
    for (let k = 0; k < half; k++) {
      const [cos, sin] = [Math.cos(turn * k), Math.sin(turn * k)];
      for (let i = k; i < n; i += 2 * half) {
        const j = i + half;
        const re = real[j]! * cos - imaginary[j]! * sin;
        const im = real[j]! * sin + imaginary[j]! * cos;
        real[j] = real[i]! - re;
        imaginary[j] = imaginary[i]! - im;
        real[i]! += re;
        imaginary[i]! += im;
      }
    }
  }
  if (!inverse) return;
  for (let i = 0; i < n; i++) {
    real[i]! /= n;
    imaginary[i]! /= n;
  }
}

/** Short-time transform of a signal: 1 + ⌊length / hop⌋ frames, zeros beyond its ends, or as `loop` says. */
export function shortTimeFourier(signal: Float32Array, { size, hop, loop }: FrameOptions): Spectrum {
  const { length } = signal;
  const frames = loop ? Math.floor(length / hop) : 1 + Math.floor(length / hop);
  const at = (i: number): number => (loop ? signal[(i + size * length) % length]! : (signal[i] ?? 0));
  const bins = size / 2 + 1;
  const spectrum = { real: new Float32Array(frames * bins), imaginary: new Float32Array(frames * bins), frames, bins };
  const window = hann(size);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  for (let t = 0; t < frames; t++) {
    const from = t * hop - size / 2;
    for (let i = 0; i < size; i++) re[i] = at(from + i) * window[i]!;
    im.fill(0);
    fourier(re, im);
    spectrum.real.set(re.subarray(0, bins), t * bins);
    spectrum.imaginary.set(im.subarray(0, bins), t * bins);
  }
  return spectrum;
}

/** The signal of `length` samples whose frames come nearest to a spectrum's. After Griffin and Lim (1984). */
export function inverseShortTimeFourier(
  spectrum: Spectrum,
  { size, hop, loop }: FrameOptions,
  length: number,
): Float32Array {
  const { frames, bins } = spectrum;
  const window = hann(size);
  const sum = new Float64Array((frames - 1) * hop + size);
  const weight = new Float64Array(sum.length);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  for (let t = 0; t < frames; t++) {
    for (let k = 0; k < size; k++) {
      const at = t * bins + (k < bins ? k : size - k);
      re[k] = spectrum.real[at]!;
      im[k] = k < bins ? spectrum.imaginary[at]! : -spectrum.imaginary[at]!;
    }
    fourier(re, im, true);
    for (let i = 0; i < size; i++) {
      sum[t * hop + i]! += re[i]! * window[i]!;
      weight[t * hop + i]! += window[i]! * window[i]!;
    }
  }
  if (loop) turnIn(sum, weight, length, size / 2);
  return Float32Array.from({ length }, (_, i) => {
    const at = i + size / 2;
    return (weight[at] ?? 0) > 1e-8 ? sum[at]! / weight[at]! : 0;
  });
}

/** Adds what lies before and after the `length` samples that begin at `from` to the other end of them. */
function turnIn(sum: Float64Array, weight: Float64Array, length: number, from: number): void {
  for (let i = 0; i < sum.length; i++) {
    const at = from + ((((i - from) % length) + length) % length);
    if (at === i) continue;
    sum[at]! += sum[i]!;
    weight[at]! += weight[i]!;
  }
}

/** The periodic Hann window. */
export function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
}

function shuffle(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
}
