/** The picture of a sound: time from left to right, pitch upwards in octaves, loudness from night blue to gold. */
import sharp from 'sharp';
import type { StereoSound } from '../sound/index.ts';
import { monoOf } from './wave.ts';

const SIZE = 2048;
const [LOWEST, HIGHEST] = [40, 16_000];
/** Decibels from the loudest point to night. */
const RANGE = 70;

/** PNG of `width` × `height` pixels. */
export async function spectrogramPng(sound: StereoSound, { width = 1200, height = 400 } = {}): Promise<Uint8Array> {
  const levels = columnsOf(monoOf(sound), sound.sampleRate, width, height);
  const top = levels.reduce((a, b) => Math.max(a, b), -200);
  const pixels = new Uint8Array(3 * width * height);
  levels.forEach((level, at) => {
    pixels.set(colourOf(Math.max(0, 1 - (top - level) / RANGE)), 3 * at);
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** Decibels, (height, width), the highest pitch first. */
function columnsOf(x: Float32Array, rate: number, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  const [real, imaginary] = [new Float64Array(SIZE), new Float64Array(SIZE)];
  for (let column = 0; column < width; column++) {
    const from = Math.round((column * x.length) / width) - SIZE / 2;
    for (let i = 0; i < SIZE; i++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / SIZE);
      real[i] = x[(((from + i) % x.length) + x.length) % x.length]! * window;
    }
    imaginary.fill(0);
    transform(real, imaginary);
    for (let row = 0; row < height; row++) {
      const edge = (y: number): number => (LOWEST * (HIGHEST / LOWEST) ** (y / height) * SIZE) / rate;
      const [low, high] = [Math.floor(edge(height - 1 - row)), Math.ceil(edge(height - row))];
      let power = 1e-12;
      for (let k = low; k <= Math.min(high, SIZE / 2); k++) power = Math.max(power, real[k]! ** 2 + imaginary[k]! ** 2);
      out[row * width + column] = 10 * Math.log10(power);
    }
  }
  return out;
}

/** Fourier transform in place (Cooley and Tukey 1965). */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [real[i], real[j], imaginary[i], imaginary[j]] = [real[j]!, real[i]!, imaginary[j]!, imaginary[i]!];
  }
  for (let half = 1; half < n; half *= 2) {
    for (let k = 0; k < half; k++) {
      const [cos, sin] = [Math.cos((-Math.PI * k) / half), Math.sin((-Math.PI * k) / half)];
      for (let i = k; i < n; i += 2 * half) {
        const [a, b] = [real[i + half]!, imaginary[i + half]!];
        const [re, im] = [a * cos - b * sin, a * sin + b * cos];
        real[i + half] = real[i]! - re;
        imaginary[i + half] = imaginary[i]! - im;
        real[i]! += re;
        imaginary[i]! += im;
      }
    }
  }
}

const COLOURS = [
  [9, 12, 34],
  [42, 44, 108],
  [140, 60, 120],
  [232, 120, 80],
  [255, 226, 150],
] as const;

function colourOf(share: number): number[] {
  const place = Math.min(0.9999, share) * (COLOURS.length - 1);
  const [from, to] = [COLOURS[Math.floor(place)]!, COLOURS[Math.floor(place) + 1]!];
  return from.map((value, i) => Math.round(value + (to[i]! - value) * (place % 1)));
}
