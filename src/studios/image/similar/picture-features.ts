/**
 * What a picture looks like, in numbers that survive recompression, resizing, small crops and shifts of colour:
 *
 *   pixels ─▶ OKLab at 96×96 ─▶ oriented gradients and colours summed over any window (Dalal and Triggs 2005; Lazebnik 2006)
 *          └▶ 64 bits of its coarsest waves (perceptual hash, Zauner 2010)
 */
import { type Bitmap, toOklab } from '../raster/index.ts';
import { WINDOWS, type Window } from './windows.ts';

/** Side at which pictures are measured. */
const SIDE = 96;
const WAYS = 8;
/** Cells a side of every window, and of the whole picture once more, finer. */
const CELLS = 3;
const FINE = 6;
const COLOUR_CELLS = 2;

/** Numbers a window. */
export const WINDOW_LENGTH = CELLS * CELLS * WAYS + COLOUR_CELLS * COLOUR_CELLS * 3;
/** Of these, the gradients; the rest are colours. */
export const GRADIENT_LENGTH = CELLS * CELLS * WAYS;
const FINE_LENGTH = FINE * FINE * WAYS;
/** Numbers a picture. */
export const FEATURE_LENGTH = WINDOWS.length * WINDOW_LENGTH + FINE_LENGTH;
/** Where the fine numbers begin. */
export const FINE_START = WINDOWS.length * WINDOW_LENGTH;

export interface PictureFeatures {
  /** A byte a number: gradients of length 127 a window, colours −127…127. */
  readonly numbers: Int8Array;
  /** How much is drawn in each window, 0–255: an empty one says nothing. */
  readonly weights: Uint8Array;
  /** 64 bits. */
  readonly hash: Uint8Array;
}

/** Measures a picture; what is transparent counts as white. */
export function featuresOf(bitmap: Bitmap): PictureFeatures {
  const lab = planesOf(bitmap, SIDE);
  const sums = [...gradientPlanes(lab[0]), ...lab].map((plane) => summed(plane));
  const [ways, colours] = [sums.slice(0, WAYS), sums.slice(WAYS)];
  const numbers = new Int8Array(FEATURE_LENGTH);
  const weights = new Uint8Array(WINDOWS.length);
  for (const [i, window] of WINDOWS.entries()) {
    const gradients = cellsOf(ways, window, CELLS);
    const length = Math.hypot(...gradients);
    weights[i] = Math.min(255, (length / window.size ** 2) * 2000);
    numbers.set(unit(gradients, length), i * WINDOW_LENGTH);
    const means = meansOf(colours, window);
    numbers.set(means, i * WINDOW_LENGTH + GRADIENT_LENGTH);
  }
  const fine = cellsOf(ways, WINDOWS[0]!, FINE);
  numbers.set(unit(fine, Math.hypot(...fine)), FINE_START);
  return { numbers, weights, hash: hashOf(bitmap) };
}

/** L, a and b of a picture stretched to a square, each pixel the mean of what it covers. */
export function planesOf({ width, height, data }: Bitmap, side: number): [Float32Array, Float32Array, Float32Array] {
  const planes = [0, 1, 2].map(() => new Float32Array(side * side)) as [Float32Array, Float32Array, Float32Array];
  for (let y = 0, at = 0; y < side; y++) {
    const [y0, y1] = spanOf(y, side, height);
    for (let x = 0; x < side; x++, at++) {
      const [x0, x1] = spanOf(x, side, width);
      const lab = toOklab(meanColour(data, width, x0, x1, y0, y1));
      for (let c = 0; c < 3; c++) planes[c]![at] = lab[c]!;
    }
  }
  return planes;
}

function spanOf(i: number, side: number, length: number): [number, number] {
  const from = Math.min(length - 1, Math.floor((i * length) / side));
  return [from, Math.max(from + 1, Math.floor(((i + 1) * length) / side))];
}

function meanColour(data: Uint8ClampedArray, width: number, x0: number, x1: number, y0: number, y1: number) {
  let [r, g, b] = [0, 0, 0];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const at = (y * width + x) * 4;
      const alpha = data[at + 3]! / 255;
      r += data[at]! * alpha + 255 * (1 - alpha);
      g += data[at + 1]! * alpha + 255 * (1 - alpha);
      b += data[at + 2]! * alpha + 255 * (1 - alpha);
    }
  }
  const count = (x1 - x0) * (y1 - y0);
  return [r / count, g / count, b / count] as const;
}

/** Strength of edges in each of eight directions, shared between the two nearest. */
function gradientPlanes(light: Float32Array): Float32Array[] {
  const planes = Array.from({ length: WAYS }, () => new Float32Array(SIDE * SIDE));
  for (let y = 1; y < SIDE - 1; y++) {
    for (let x = 1; x < SIDE - 1; x++) {
      const at = y * SIDE + x;
      const [dx, dy] = [light[at + 1]! - light[at - 1]!, light[at + SIDE]! - light[at - SIDE]!];
      const strength = Math.hypot(dx, dy);
      if (strength < 0.012) continue;
      const turn = (((Math.atan2(dy, dx) + Math.PI) / Math.PI) * WAYS) % WAYS;
      const [low, share] = [Math.floor(turn) % WAYS, turn % 1];
      const value = Math.sqrt(strength);
      planes[low]![at]! += value * (1 - share);
      planes[(low + 1) % WAYS]![at]! += value * share;
    }
  }
  return planes;
}

type Sums = Float64Array;
const ROW = SIDE + 1;

function summed(plane: Float32Array): Sums {
  const table = new Float64Array(ROW * ROW);
  for (let y = 0; y < SIDE; y++) {
    let row = 0;
    for (let x = 0; x < SIDE; x++) {
      row += plane[y * SIDE + x]!;
      table[(y + 1) * ROW + x + 1] = table[y * ROW + x + 1]! + row;
    }
  }
  return table;
}

function meanIn(table: Sums, x: number, y: number, size: number): number {
  const [x0, y0] = [Math.round(x * SIDE), Math.round(y * SIDE)];
  const [x1, y1] = [Math.round((x + size) * SIDE), Math.round((y + size) * SIDE)];
  const sum = table[y1 * ROW + x1]! - table[y0 * ROW + x1]! - table[y1 * ROW + x0]! + table[y0 * ROW + x0]!;
  return sum / Math.max(1, (x1 - x0) * (y1 - y0));
}

function cellsOf(tables: readonly Sums[], { x, y, size }: Window, cells: number): number[] {
  const step = size / cells;
  const numbers: number[] = [];
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      for (const table of tables) numbers.push(meanIn(table, x + column * step, y + row * step, step));
    }
  }
  return numbers;
}

const unit = (numbers: readonly number[], length: number): number[] =>
  numbers.map((value) => (length < 1e-4 ? 0 : Math.round((value / length) * 127)));

function meansOf(tables: readonly Sums[], window: Window): number[] {
  const [l, a, b] = [0, 1, 2].map((c) => cellsOf([tables[c]!], window, COLOUR_CELLS)) as [number[], number[], number[]];
  return l.flatMap((light, i) =>
    [(light - 0.5) * 2, a[i]! * 4, b[i]! * 4].map((value) => Math.round(Math.max(-1, Math.min(1, value)) * 127)),
  );
}

const HASH_SIDE = 32;
const WAVES = 8;

/** Signs of the 64 lowest cosine waves of lightness against their median. */
export function hashOf(bitmap: Bitmap): Uint8Array {
  const [light] = planesOf(bitmap, HASH_SIDE);
  const waves: number[] = [];
  for (let v = 0; v < WAVES; v++) {
    for (let u = 0; u < WAVES; u++) {
      let sum = 0;
      for (let y = 0; y < HASH_SIDE; y++) {
        for (let x = 0; x < HASH_SIDE; x++) sum += light[y * HASH_SIDE + x]! * COSINES[u]![x]! * COSINES[v]![y]!;
      }
      waves.push(sum);
    }
  }
  const median = waves.slice(1).toSorted((a, b) => a - b)[31]!;
  const hash = new Uint8Array(8);
  for (const [i, value] of waves.entries()) if (value > median) hash[i >> 3]! |= 1 << (i & 7);
  return hash;
}

const COSINES = Array.from({ length: WAVES }, (_, u) =>
  Array.from({ length: HASH_SIDE }, (_, x) => Math.cos((Math.PI * u * (x + 0.5)) / HASH_SIDE)),
);
