/**
 * The tools of our textures. Time is a ring of LENGTH samples: whatever rings past its end sounds on at its beginning, tones
 * have whole numbers of cycles, filters run round twice, so that nothing clicks where the ring closes.
 */
import type { Random } from '../../../src/core/index.ts';

/** Samples per second. */
export const RATE = 22050;
/** Samples of a loop: 192 frames of 384, about 3.3 seconds. */
export const LENGTH = 192 * 384;

/** What can be asked of a sound, each 0 to 1; the names of their two ends are in `POLES`. */
export interface Attributes {
  readonly bright: number;
  readonly dense: number;
  readonly fast: number;
  readonly high: number;
  readonly far: number;
}

/** Makes one loop. */
export type Voice = (attributes: Attributes, random: Random) => Float64Array;

/** A class of textures, and which attributes are heard in it (`far` is heard in all). */
export interface TextureClass {
  readonly voice: Voice;
  readonly hears: readonly (keyof Attributes)[];
}

export function blank(): Float64Array {
  return new Float64Array(LENGTH);
}

/** Between two numbers; `by` 0 to 1. */
export function between(low: number, high: number, by: number): number {
  return low + (high - low) * by;
}

/** Between two numbers in equal ratios. */
export function ratio(low: number, high: number, by: number): number {
  return low * (high / low) ** by;
}

/** The nearest frequency that fits the ring a whole number of times. */
export function fitting(hertz: number): number {
  return (Math.max(1, Math.round((hertz * LENGTH) / RATE)) * RATE) / LENGTH;
}

/** White noise. */
export function noise(random: Random): Float64Array {
  return Float64Array.from({ length: LENGTH }, () => 2 * random.next() - 1);
}

/** A slow curve between 0 and 1 that goes round, of up to `cycles` waves. */
export function drift(random: Random, cycles = 3): Float64Array {
  const waves = Array.from({ length: cycles }, (_, k) => [k + 1, random.next(), 1 / Math.sqrt(k + 1)] as const);
  const whole = waves.reduce((sum, [, , size]) => sum + size, 0);
  return Float64Array.from({ length: LENGTH }, (_, i) => {
    let sum = 0;
    for (const [k, phase, size] of waves) sum += size * Math.cos(2 * Math.PI * ((k * i) / LENGTH + phase));
    return 0.5 + sum / whole / 2;
  });
}

/** A filter of second order, run round twice (Zavalishin, The Art of VA Filter Design, 2012). */
export function filtered(
  x: Float64Array,
  kind: 'low' | 'band' | 'high',
  cutoff: number | Float64Array,
  q = 0.7,
): Float64Array {
  const out = blank();
  let [s1, s2, g] = [0, 0, 0];
  for (let n = 0; n < 2 * LENGTH; n++) {
    const i = n % LENGTH;
    if (n % 32 === 0) {
      const hertz = typeof cutoff === 'number' ? cutoff : cutoff[i]!;
      g = Math.tan((Math.PI * Math.min(hertz, 0.45 * RATE)) / RATE);
    }
    const high = (x[i]! - (1 / q + g) * s1 - s2) / (1 + g / q + g * g);
    const band = g * high + s1;
    const low = g * band + s2;
    s1 = g * high + band;
    s2 = g * band + low;
    out[i] = kind === 'low' ? low : kind === 'band' ? band / q : high;
  }
  return out;
}

/** A decaying tone. */
export interface Ring {
  readonly hertz: number;
  /** Seconds to a thousandth. */
  readonly decay: number;
  readonly gain: number;
  /** Seconds to full loudness. Default 2 ms. */
  readonly attack?: number;
  /** Factor of the frequency at the end of `bend` seconds. Default 1. */
  readonly glide?: number;
  readonly bend?: number;
}

/** Adds a ringing tone at a second of the ring. */
export function ring(
  out: Float64Array,
  at: number,
  { hertz, decay, gain, attack = 0.002, glide = 1, bend = decay }: Ring,
) {
  if (hertz > 0.47 * RATE) return;
  const start = Math.round(at * RATE);
  const length = Math.min(2 * LENGTH, Math.round((decay + attack) * RATE));
  const fall = Math.log(1000) / decay;
  let phase = 0;
  for (let n = 0; n < length; n++) {
    const t = n / RATE;
    const bent = glide === 1 ? hertz : hertz * glide ** Math.min(1, t / bend);
    phase += (2 * Math.PI * bent) / RATE;
    out[wrap(start + n)]! += gain * Math.min(1, t / attack) * Math.exp(-fall * t) * Math.sin(phase);
  }
}

/** Adds a burst of noise through one pole: `colour` 0 keeps all, near 1 only lows. */
export function burst(
  out: Float64Array,
  at: number,
  { decay, gain, colour = 0, attack = 0.001 }: { decay: number; gain: number; colour?: number; attack?: number },
  random: Random,
): void {
  const start = Math.round(at * RATE);
  const fall = Math.log(1000) / decay;
  let last = 0;
  for (let n = 0; n < (decay + attack) * RATE; n++) {
    const t = n / RATE;
    last = colour * last + (1 - colour) * (2 * random.next() - 1);
    out[wrap(start + n)]! += gain * Math.min(1, t / attack) * Math.exp(-fall * t) * last;
  }
}

/** A sum of partials of a steady tone, (harmonic, gain) each, with slow beating. */
export function steady(
  out: Float64Array,
  hertz: number,
  partials: readonly (readonly [harmonic: number, gain: number])[],
  random: Random,
  swell?: Float64Array,
): void {
  for (const [harmonic, gain] of partials) {
    const own = fitting(hertz * harmonic);
    if (own > 0.45 * RATE) continue;
    const turn = (2 * Math.PI * own) / RATE;
    const phase = 2 * Math.PI * random.next();
    for (let i = 0; i < LENGTH; i++) out[i]! += gain * (swell ? swell[i]! : 1) * Math.sin(turn * i + phase);
  }
}

/** Adds reverberation that goes round: four combs (Schroeder 1962), each three laps. */
export function room(x: Float64Array, share: number, seconds = 1.5): Float64Array {
  const out = x.map((value) => value * (1 - 0.5 * share));
  for (const delay of [653, 797, 941, 1103]) {
    const loss = 10 ** ((-3 * delay) / RATE / seconds);
    const line = blank();
    for (let n = 0; n < 3 * LENGTH; n++) {
      const i = n % LENGTH;
      line[i] = x[i]! + loss * line[wrap(i - delay)]!;
    }
    for (let i = 0; i < LENGTH; i++) out[i]! += 0.18 * share * (line[i]! - x[i]!);
  }
  return out;
}

/** x · factor, in place. */
export function shaped(x: Float64Array, factor: (i: number) => number): Float64Array {
  for (let i = 0; i < x.length; i++) x[i]! *= factor(i);
  return x;
}

/** Adds `more` to `out`. */
export function mixed(out: Float64Array, more: Float64Array, gain = 1): Float64Array {
  for (let i = 0; i < out.length; i++) out[i]! += gain * more[i]!;
  return out;
}

/** A second of the ring at random. */
export function anywhere(random: Random): number {
  return (random.next() * LENGTH) / RATE;
}

/** Onsets of an even grid of `count` places, in seconds. */
export function grid(count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i * LENGTH) / RATE / count);
}

export function wrap(i: number): number {
  return ((i % LENGTH) + LENGTH) % LENGTH;
}

/** Hertz of a MIDI number. */
export function hertzOf(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

/** Degrees of the pentatonic scale as semitones, over as many octaves as asked. */
export function pentatonic(degree: number): number {
  return [0, 2, 4, 7, 9][((degree % 5) + 5) % 5]! + 12 * Math.floor(degree / 5);
}
