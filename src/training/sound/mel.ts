/**
 * Mel spectrograms: how loud each band of hearing is, frame by frame, and the way back to sound.
 *
 *   samples ─ short-time Fourier ─▶ power ─ mel bands ─▶ decibels ─▶ picture in [−1, 1], highest band on top
 *   picture ─▶ decibels ─▶ power by band ─ spread over bins ─▶ magnitudes ─ phases by Griffin–Lim ─▶ samples
 *
 * Bands and scales are those of librosa (McFee et al. 2015).
 */
import { createRandom } from '../../core/index.ts';
import { type FrameOptions, inverseShortTimeFourier, type Spectrum, shortTimeFourier } from './fourier.ts';

/** Where the bands lie. */
export interface MelOptions extends FrameOptions {
  /** Samples per second. */
  readonly rate: number;
  readonly bands: number;
  /** Lowest and highest frequency in hertz. Default 0 and half the rate. */
  readonly lowest?: number;
  readonly highest?: number;
  /** `slaney`: linear below 1 kHz (Slaney 1998); `htk`: 2595·log₁₀(1 + f / 700). Default `slaney`. */
  readonly scale?: 'slaney' | 'htk';
}

/** Bands of one recording, frame after frame: band b of frame t at t·bands + b. */
export interface MelSpectrogram {
  readonly power: Float32Array;
  readonly frames: number;
  readonly bands: number;
}

/** Triangular filters of equal area, (bands, size / 2 + 1). */
export function melFilters({
  rate,
  size,
  bands,
  lowest = 0,
  highest = rate / 2,
  scale = 'slaney',
}: MelOptions): Float32Array {
  const { toMel, toHertz } = SCALES[scale];
  const [low, high] = [toMel(lowest), toMel(highest)];
  const edges = Float64Array.from({ length: bands + 2 }, (_, i) => toHertz(low + ((high - low) * i) / (bands + 1)));
  const bins = size / 2 + 1;
  return Float32Array.from({ length: bands * bins }, (_, at) => {
    const [band, bin] = [Math.floor(at / bins), at % bins];
    const [left, centre, right] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
    const frequency = (bin * rate) / size;
    const rise = (frequency - left) / (centre - left);
    const fall = (right - frequency) / (right - centre);
    return Math.max(0, Math.min(rise, fall)) * (2 / (right - left));
  });
}

/** Power in each band of a signal. */
export function melSpectrogram(signal: Float32Array, options: MelOptions): MelSpectrogram {
  const { real, imaginary, frames, bins } = shortTimeFourier(signal, options);
  const filters = melFilters(options);
  const { bands } = options;
  const power = new Float32Array(frames * bands);
  for (let t = 0; t < frames; t++) {
    for (let band = 0; band < bands; band++) {
      let sum = 0;
      for (let k = 0; k < bins; k++) {
        const weight = filters[band * bins + k]!;
        if (weight !== 0) sum += weight * (real[t * bins + k]! ** 2 + imaginary[t * bins + k]! ** 2);
      }
      power[t * bands + band] = sum;
    }
  }
  return { power, frames, bands };
}

/** How loudness becomes grey: `ceiling` decibels are white, `range` below it black. */
export interface LevelOptions {
  /** Default 30. */
  readonly ceiling?: number;
  /** Default 80. */
  readonly range?: number;
}

/** A spectrogram as a picture (bands, frames) in [−1, 1], the highest band in the first row. */
export function melPicture({ power, frames, bands }: MelSpectrogram, options: LevelOptions = {}): Float32Array {
  const { ceiling = 30, range = 80 } = options;
  return Float32Array.from({ length: bands * frames }, (_, at) => {
    const [row, t] = [Math.floor(at / frames), at % frames];
    const level = 10 * Math.log10(Math.max(power[t * bands + bands - 1 - row]!, 1e-10));
    return Math.max(-1, Math.min(1, 1 + (2 * (level - ceiling)) / range));
  });
}

/** The inverse of `melPicture`, as far as it lies within the range; black becomes silence. */
export function pictureMel(picture: Float32Array, bands: number, options: LevelOptions = {}): MelSpectrogram {
  const { ceiling = 30, range = 80 } = options;
  const frames = picture.length / bands;
  const power = Float32Array.from({ length: picture.length }, (_, at) => {
    const [t, band] = [Math.floor(at / bands), at % bands];
    const grey = picture[(bands - 1 - band) * frames + t]!;
    return grey <= -1 ? 0 : 10 ** ((ceiling + ((grey - 1) * range) / 2) / 10);
  });
  return { power, frames, bands };
}

/** What Griffin–Lim needs. */
export interface SoundingOptions {
  /** Default 32. */
  readonly rounds?: number;
  readonly seed?: string | number;
  /** Power of each bin to begin the search for magnitudes with, (frames, bins), as of `createMelInverse`. Default: even. */
  readonly likely?: Float32Array;
}

/**
 * Sound whose mel spectrogram comes near to this one, (frames − 1)·hop samples, or frames·hop of a loop. Phases are found by going back and forth
 * between signal and spectrum with momentum (Griffin and Lim 1984; Perraudin, Balazs and Søndergaard 2013).
 */
export function soundOf(mel: MelSpectrogram, options: MelOptions, sounding: SoundingOptions = {}): Float32Array {
  const { rounds = 32, seed = 0, likely } = sounding;
  const magnitudes = spreadBands(mel, options, likely);
  const length = (options.loop ? mel.frames : mel.frames - 1) * options.hop;
  const bins = options.size / 2 + 1;
  const random = createRandom(`${seed}/phases`);
  let guess = withPhases(magnitudes, bins, () => [random.normal(), random.normal()]);
  let before = guess;
  for (let round = 0; round < rounds; round++) {
    const found = shortTimeFourier(inverseShortTimeFourier(guess, options, length), options);
    const last = before;
    guess = withPhases(magnitudes, bins, (at) => [
      found.real[at]! + MOMENTUM * (found.real[at]! - last.real[at]!),
      found.imaginary[at]! + MOMENTUM * (found.imaginary[at]! - last.imaginary[at]!),
    ]);
    before = found;
  }
  return inverseShortTimeFourier(guess, options, length);
}

const MOMENTUM = 0.99 / 1.99;

/**
 * Magnitudes (frames, bins) that would give these bands: each bin takes its bands' power by weight, then is mended by
 * multiplicative updates (Lee and Seung 2001), which keep powers positive.
 */
export function spreadBands(
  { power, frames, bands }: MelSpectrogram,
  options: MelOptions,
  likely?: Float32Array,
): Float32Array {
  const bins = options.size / 2 + 1;
  const filters = sparse(melFilters(options), bins);
  const found = likely ? Float32Array.from(likely) : new Float32Array(frames * bins).fill(1);
  const perBin = new Float64Array(bins);
  for (const { bin, weight } of filters) perBin[bin]! += weight;
  const rounds = likely ? MENDED : SEARCHED;
  for (let t = 0; t < frames; t++) {
    const row = found.subarray(t * bins, (t + 1) * bins);
    const wanted = power.subarray(t * bands, (t + 1) * bands);
    for (let round = 0; round < rounds; round++) mend(row, wanted, filters, perBin);
  }
  return found.map(Math.sqrt);
}

/** Rounds of mending, from evenness and from a good guess. */
const [SEARCHED, MENDED] = [20, 6];

/** One weight of a filter that is not 0. */
interface Weight {
  readonly band: number;
  readonly bin: number;
  readonly weight: number;
}

function sparse(filters: Float32Array, bins: number): Weight[] {
  return Array.from(filters, (weight, at) => ({ band: Math.floor(at / bins), bin: at % bins, weight })).filter(
    ({ weight }) => weight !== 0,
  );
}

/** Brings the bins of a frame nearer to what gives the wanted bands. */
function mend(row: Float32Array, wanted: Float32Array, filters: readonly Weight[], perBin: Float64Array): void {
  const factors = new Float64Array(wanted.length);
  for (const { band, bin, weight } of filters) factors[band]! += weight * row[bin]!;
  for (let band = 0; band < wanted.length; band++) factors[band] = wanted[band]! / Math.max(factors[band]!, 1e-12);
  const shares = new Float64Array(row.length);
  for (const { band, bin, weight } of filters) shares[bin]! += weight * factors[band]!;
  for (let bin = 0; bin < row.length; bin++) row[bin]! *= perBin[bin]! > 0 ? shares[bin]! / perBin[bin]! : 0;
}

function withPhases(
  magnitudes: Float32Array,
  bins: number,
  phase: (at: number) => readonly [number, number],
): Spectrum {
  const real = new Float32Array(magnitudes.length);
  const imaginary = new Float32Array(magnitudes.length);
  for (let at = 0; at < magnitudes.length; at++) {
    const [re, im] = phase(at);
    const scale = magnitudes[at]! / Math.max(Math.hypot(re, im), 1e-12);
    real[at] = re * scale;
    imaginary[at] = im * scale;
  }
  return { real, imaginary, frames: magnitudes.length / bins, bins };
}

const PER_MEL = 200 / 3; // hertz, below 1 kHz
const LOG_STEP = Math.log(6.4) / 27; // above it

const SCALES = {
  htk: {
    toMel: (hertz: number) => 2595 * Math.log10(1 + hertz / 700),
    toHertz: (mel: number) => 700 * (10 ** (mel / 2595) - 1),
  },
  slaney: {
    toMel: (hertz: number) => (hertz < 1000 ? hertz / PER_MEL : 15 + Math.log(hertz / 1000) / LOG_STEP),
    toHertz: (mel: number) => (mel < 15 ? mel * PER_MEL : 1000 * Math.exp((mel - 15) * LOG_STEP)),
  },
} as const;
