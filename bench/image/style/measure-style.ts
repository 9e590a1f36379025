/**
 * How near a picture is to a style, and how much of the content is left in it. Shares no code with the product.
 *
 *   patchDistance   sliced Wasserstein distance (Rabin, Peyré, Delon, Bernot 2011) between the clouds of 7 × 7 patches in RGB, at three
 *                   scales: along every random direction the sorted projections are compared
 *   edgeLikeness    Pearson correlation of the two pictures' Sobel magnitudes, slightly blurred
 */
import sharp from 'sharp';

/** RGBA, 8 bits a channel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** RGB in 0–1. */
interface Colours {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const PATCH = 7;
const DIRECTIONS = 64;
/** About so many patches of a picture are looked at. */
const PATCHES = 24_000;
const SCALES = [1, 0.5, 0.25];
/** Quantiles at which two projections are compared. */
const QUANTILES = 512;

/** A small generator of our own (mulberry32): the directions are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function directions(): Float32Array[] {
  const next = seeded(7);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Array.from({ length: DIRECTIONS }, () => {
    const values = Float32Array.from({ length: PATCH * PATCH * 3 }, normal);
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    return values.map((value) => value / length);
  });
}

async function scaled({ width, height, data }: Pixels, scale: number): Promise<Colours> {
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const raw = sharp(Buffer.from(data.buffer, data.byteOffset, data.length), { raw: { width, height, channels: 4 } });
  const small = await raw.removeAlpha().resize(w, h, { fit: 'fill', kernel: 'lanczos3' }).raw().toBuffer();
  return { width: w, height: h, data: Float32Array.from(small, (value) => value / 255) };
}

/** Projections of every so many patches of large pictures (both ways) on one direction, sorted, read at the quantiles. */
function projected({ width, height, data }: Colours, direction: Float32Array): Float32Array {
  const step = Math.max(1, Math.round(Math.sqrt((width * height) / PATCHES)));
  const values: number[] = [];
  for (let y = 0; y + PATCH <= height; y += step) {
    for (let x = 0; x + PATCH <= width; x += step) {
      let sum = 0;
      for (let dy = 0, k = 0; dy < PATCH; dy++) {
        let at = ((y + dy) * width + x) * 3;
        for (let dx = 0; dx < PATCH * 3; dx++) sum += data[at++]! * direction[k++]!;
      }
      values.push(sum);
    }
  }
  const sorted = Float32Array.from(values).sort();
  return Float32Array.from(
    { length: QUANTILES },
    (_, i) => sorted[Math.floor(((i + 0.5) / QUANTILES) * sorted.length)]!,
  );
}

/** Mean over scales and directions of the transport cost; 0 for a picture to itself. */
export async function patchDistance(one: Pixels, other: Pixels): Promise<number> {
  let sum = 0;
  const all = directions();
  for (const scale of SCALES) {
    const [a, b] = [await scaled(one, scale), await scaled(other, scale)];
    for (const direction of all) {
      const [p, q] = [projected(a, direction), projected(b, direction)];
      sum += p.reduce((total, value, i) => total + Math.abs(value - q[i]!), 0) / QUANTILES;
    }
  }
  return sum / (SCALES.length * DIRECTIONS);
}

/** Luma by Rec. 601, Sobel, Gaussian of 1.5 pixels. */
async function edges({ width, height, data }: Pixels): Promise<Float32Array> {
  const luma = Float32Array.from(
    { length: width * height },
    (_, i) => 0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!,
  );
  const at = (x: number, y: number): number =>
    luma[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  const magnitude = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const right = at(x + 1, y - 1) + 2 * at(x + 1, y) + at(x + 1, y + 1);
      const left = at(x - 1, y - 1) + 2 * at(x - 1, y) + at(x - 1, y + 1);
      const below = at(x - 1, y + 1) + 2 * at(x, y + 1) + at(x + 1, y + 1);
      const above = at(x - 1, y - 1) + 2 * at(x, y - 1) + at(x + 1, y - 1);
      magnitude[y * width + x] = Math.hypot(right - left, below - above);
    }
  }
  return smoothed(magnitude, width, height);
}

/** Gaussian of 1.5 pixels, rows then columns. */
function smoothed(values: Float32Array, width: number, height: number): Float32Array {
  const kernel = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((i) => [i, Math.exp(-(i * i) / 4.5)] as const);
  const whole = kernel.reduce((sum, [, weight]) => sum + weight, 0);
  const held = (value: number, most: number): number => Math.min(most - 1, Math.max(0, value));
  const rows = values.map((_, i) => {
    const [x, row] = [i % width, i - (i % width)];
    return kernel.reduce((sum, [d, weight]) => sum + weight * values[row + held(x + d, width)]!, 0) / whole;
  });
  return rows.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return kernel.reduce((sum, [d, weight]) => sum + weight * rows[held(y + d, height) * width + x]!, 0) / whole;
  });
}

/** −1 … 1; pictures of the same size. */
export async function edgeLikeness(one: Pixels, other: Pixels): Promise<number> {
  const [a, b] = [await edges(one), await edges(other)];
  const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [cross, own, others] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    cross += (value - ma) * (b[i]! - mb);
    own += (value - ma) ** 2;
    others += (b[i]! - mb) ** 2;
  }
  return cross / Math.sqrt(own * others);
}
