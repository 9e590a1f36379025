/**
 * Turns a flat picture into the sketch somebody might have drawn of it: lines where colours change, drawn by an unsteady
 * hand that lifts the pencil here and there.
 *
 *   picture ─▶ difference of two blurs per channel ─▶ soft threshold (Winnemöller, 2011) ─▶ wobble ─▶ gaps ─▶ sketch
 */
import { createRandom, type Random } from '../../core/index.ts';

/** How a sketch is drawn. */
export interface SketchOptions {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Default 0; each picture of a seed is drawn differently. */
  readonly seed?: string | number;
  /** Width of the blur in pixels, and so of lines. Default 0.7. */
  readonly thickness?: number;
  /** How far lines may be off, in pixels. Default 0.6. */
  readonly wobble?: number;
  /** Share of the paper on which the pencil does not touch. Default 0.06. */
  readonly gaps?: number;
}

/** One picture (C, H, W) in [−1, 1] ─▶ its sketch (1, H, W): −1 line, 1 paper. */
export function drawSketch(picture: Float32Array, options: SketchOptions): Float32Array {
  const { width, height, channels, seed = 0, thickness = 0.7, wobble = 0.6, gaps = 0.06 } = options;
  const lines = findEdges(picture, { width, height, channels }, thickness);
  const random = createRandom(`sketch/${seed}`);
  const moved = wobble === 0 ? lines : displace(lines, width, height, wobble, random);
  const lifted = gaps === 0 ? undefined : smoothNoise(width, height, Math.max(4, width / 10), random);
  const limit = lifted ? quantile(lifted, 1 - gaps) : Infinity;
  return moved.map((line, i) => (lifted && lifted[i]! > limit ? 1 : 1 - 2 * line));
}

/** How a sketch that somebody drew is seen anew. */
export interface HandlingOptions {
  readonly width: number;
  readonly height: number;
  /** Each sketch of a seed is handled differently. */
  readonly seed: string | number;
  /** How far lines move, in pixels; default 1. */
  readonly wobble?: number;
  /** Share of the paper on which the pencil does not touch; default 0.04. */
  readonly gaps?: number;
  /** How uneven the light on the paper is, as a share of white; default 0.06. */
  readonly shade?: number;
}

/** A sketch (1, H, W), 1 paper, as another hand and another lamp would have it. */
export function handleSketch(sketch: Float32Array, options: HandlingOptions): Float32Array {
  const { width, height, seed, wobble = 1, gaps = 0.04, shade = 0.06 } = options;
  const random = createRandom(`handling/${seed}`);
  const moved = wobble === 0 ? sketch : displace(sketch, width, height, wobble * random.next(), random);
  const lifted = smoothNoise(width, height, Math.max(4, width / 16), random);
  const limit = quantile(lifted, 1 - gaps * random.next());
  const light = smoothNoise(width, height, width / 2, random);
  const dim = shade * random.next();
  return moved.map((value, i) => {
    const line = lifted[i]! > limit ? 1 : value;
    return Math.max(-1, Math.min(1, (line + 1) * (1 - dim * Math.abs(light[i]!)) - 1));
  });
}

/** Strength of lines in [0, 1]: the largest difference of blurs over all channels, softly thresholded. */
function findEdges(picture: Float32Array, { width, height, channels }: Size & { channels: number }, sigma: number) {
  const area = width * height;
  const edges = new Float32Array(area);
  for (let c = 0; c < channels; c++) {
    const plane = picture.subarray(c * area, (c + 1) * area);
    const [near, far] = [blur(plane, width, height, sigma), blur(plane, width, height, 1.6 * sigma)];
    // One side of an edge is darker than its surroundings: that side carries the line.
    for (let i = 0; i < area; i++) edges[i] = Math.max(edges[i]!, far[i]! - near[i]!);
  }
  return edges.map((edge) => Math.min(1, Math.max(0, Math.tanh((edge - 0.02) * 14))));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A Gaussian blur, the border repeated. */
function blur(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((a, b) => a + b, 0);
  const kernel = weights.map((weight) => weight / total);
  const rows = blurLines(plane, { lines: height, stride: width, length: width, step: 1 }, kernel);
  return blurLines(rows, { lines: width, stride: 1, length: height, step: width }, kernel);
}

/** Where the lines of a plane lie: line l starts at l·stride, its elements are `step` apart. */
interface Lines {
  readonly lines: number;
  readonly stride: number;
  readonly length: number;
  readonly step: number;
}

function blurLines(source: Float32Array, { lines, stride, length, step }: Lines, kernel: Float64Array): Float32Array {
  const reach = (kernel.length - 1) / 2;
  const out = new Float32Array(source.length);
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++) {
        const at = i + k < 0 ? 0 : i + k >= length ? length - 1 : i + k;
        sum += kernel[k + reach]! * source[start + at * step]!;
      }
      out[start + i * step] = sum;
    }
  }
  return out;
}

/** Looks up each pixel a little off, by an offset that changes slowly over the picture. */
function displace(plane: Float32Array, width: number, height: number, far: number, random: Random): Float32Array {
  const [dx, dy] = [smoothNoise(width, height, 8, random), smoothNoise(width, height, 8, random)];
  return plane.map((_, i) =>
    bilinear(plane, width, height, (i % width) + far * dx[i]!, Math.floor(i / width) + far * dy[i]!),
  );
}

/** Normal noise on a grid of cells of so many pixels, interpolated. */
function smoothNoise(width: number, height: number, cell: number, random: Random): Float32Array {
  const [columns, rows] = [Math.ceil(width / cell) + 1, Math.ceil(height / cell) + 1];
  const grid = Float32Array.from({ length: columns * rows }, () => random.normal());
  const shift = random.next();
  return Float32Array.from({ length: width * height }, (_, i) =>
    bilinear(grid, columns, rows, (i % width) / cell + shift * 0.5, Math.floor(i / width) / cell),
  );
}

function bilinear(plane: Float32Array, width: number, height: number, x: number, y: number): number {
  const [cx, cy] = [Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y))];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const [fx, fy] = [cx - left, cy - top];
  const above = plane[top * width + left]! * (1 - fx) + plane[top * width + right]! * fx;
  const below = plane[bottom * width + left]! * (1 - fx) + plane[bottom * width + right]! * fx;
  return above * (1 - fy) + below * fy;
}

function quantile(values: Float32Array, share: number): number {
  return values.toSorted()[Math.min(values.length - 1, Math.floor(share * values.length))]!;
}
