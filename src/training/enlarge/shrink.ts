/**
 * Makes a picture small as the world does it: a kernel that differs from case to case, and now and then the blocks that
 * JPEG leaves. What an enlarger learns to undo.
 *
 *   large ─▶ box | cubic | Lanczos | blur ─▶ small ─▶ (some) quantised in blocks of 8 × 8
 */
import type { Random } from '../../core/index.ts';
import type { Pictures } from '../pictures/index.ts';
import { quantiseBlocks } from './block-noise.ts';

/** How one picture is made smaller. */
export interface Shrinking {
  /** Of a row and of a column alike; an even number of weights, or an odd one for odd scales, that sum to 1. */
  readonly kernel: readonly number[];
  /** Coarseness of the blocks, 0 none to 1 plainly seen. */
  readonly blocks: number;
}

/** The kernels by name; distances are in pixels of the small picture. */
export const SHRINKERS = {
  box: (scale: number) => kernelOf(scale, 0.5, () => 1),
  cubic: (scale: number) => kernelOf(scale, 2, cubic),
  lanczos: (scale: number) => kernelOf(scale, 3, (x) => sinc(x) * sinc(x / 3)),
  blur: (scale: number, deviation: number) => kernelOf(scale, 2, (x) => Math.exp(-((x / deviation) ** 2) / 2)),
} as const;

/** A way of shrinking drawn at random: each kernel a quarter of the time, blocks in one of four. */
export function drawShrinking(scale: number, random: Random): Shrinking {
  const kind = random.integer(4);
  const deviation = 0.3 + 0.3 * random.next();
  const kernels = [SHRINKERS.box, SHRINKERS.cubic, SHRINKERS.lanczos, (by: number) => SHRINKERS.blur(by, deviation)];
  const blocks = random.next() < 0.25 ? random.next() : 0;
  return { kernel: kernels[kind]!(scale), blocks };
}

/** (n, C, scale·H, scale·W) ─▶ (n, C, H, W) in [−1, 1]; edges are repeated. Throws when the size does not divide. */
export function shrink(pictures: Pictures, scale: number, { kernel, blocks }: Shrinking): Pictures {
  const { width, height, channels } = pictures;
  const planes = pictures.data.length / (width * height);
  const thin = along(pictures.data, { lines: planes * height, length: width, step: 1 }, scale, kernel);
  const [w, h] = [width / scale, height / scale];
  const data = new Float32Array(planes * w * h);
  for (let plane = 0; plane < planes; plane++) {
    const own = thin.subarray(plane * w * height, (plane + 1) * w * height);
    data.set(along(own, { lines: w, length: height, step: w }, scale, kernel), plane * w * h);
  }
  const small = { data: data.map((value) => Math.max(-1, Math.min(1, value))), width: w, height: h, channels };
  return blocks > 0 ? quantiseBlocks(small, blocks) : small;
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  /** Numbers between two neighbours of a line: 1 for rows, the width for columns. */
  readonly step: number;
}

function along(
  from: Float32Array,
  { lines, length, step }: Lines,
  scale: number,
  kernel: readonly number[],
): Float32Array {
  const short = length / scale;
  const out = new Float32Array(lines * short);
  const lead = (kernel.length - scale) / 2;
  const start = (line: number, size: number): number => (step === 1 ? line * size : line);
  for (let line = 0; line < lines; line++) {
    const [first, into] = [start(line, length), start(line, short)];
    for (let i = 0; i < short; i++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) {
        const at = Math.max(0, Math.min(length - 1, i * scale - lead + tap));
        sum += kernel[tap]! * from[first + at * step]!;
      }
      out[into + i * step] = sum;
    }
  }
  return out;
}

/** Weights of the large pixels around the middle of a small one. */
function kernelOf(scale: number, reach: number, weight: (distance: number) => number): number[] {
  const count = 2 * Math.floor(reach * scale) + (scale % 2 === 0 ? 0 : -1);
  const taps = Math.max(scale, count % 2 === scale % 2 ? count : count + 1);
  const weights = Array.from({ length: taps }, (_, i) => weight((i - (taps - 1) / 2) / scale));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((one) => one / sum);
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * (x ** 3 - 5 * x ** 2 + 8 * x - 4) : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
