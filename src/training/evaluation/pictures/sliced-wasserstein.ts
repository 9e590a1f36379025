/**
 * How far apart two sets of pictures are as sets: the sliced Wasserstein distance between their patches, one number per
 * level of the Laplacian pyramid (fine texture first, shape last).
 *
 *   pictures ─▶ pyramid ─▶ random patches ─▶ channels to mean 0, deviation 1 ─▶ project on random lines ─▶ sort ─▶ |a − b|
 *
 * After Karras, Aila, Laine and Lehtinen (2018), whose unit of 10⁻³ is kept. Two samples of one source do not give 0 but a
 * floor that falls with the number of pictures: measure it, too, with two halves of the training set.
 */
import { createRandom, type Random } from '../../../core/index.ts';
import type { Pictures } from '../../pictures/index.ts';
import { checkComparable, countOf, pictureAt } from './planes.ts';
import { laplacianPyramid, type Planes } from './pyramid.ts';

export interface SlicedWassersteinOptions {
  /** Side of a patch in pixels. Default 7. */
  readonly patch?: number;
  /** Levels of the pyramid. Default as many as stay 16 pixels high and wide. */
  readonly levels?: number;
  /** Patches from each picture and level. Default 64. */
  readonly patches?: number;
  /** Random lines. Default 256. */
  readonly projections?: number;
  /** Default 0. */
  readonly seed?: number | string;
  /**
   * What channels are brought to mean 0 and deviation 1 by. `each` (default): by their own, after Karras et al., so that sets
   * are compared by their texture alone. `second`: both by the second set's, so that lightness, colour and contrast count, too.
   */
  readonly scale?: 'each' | 'second';
  /** Patches from the same places of both sets, whose pictures belong together one by one; then a set's distance to itself is 0. Default false. */
  readonly paired?: boolean;
}

export interface SlicedWasserstein {
  /** Distance × 10³ by level, finest first. */
  readonly levels: readonly number[];
  readonly mean: number;
}

/** The distance between two sets of pictures of one size; of the larger set as many as the smaller has. Throws `training/pictures-differ`. */
export function slicedWasserstein(a: Pictures, b: Pictures, options: SlicedWassersteinOptions = {}): SlicedWasserstein {
  checkComparable(a, b, false);
  const { patch = 7, levels = defaultLevels(a), patches = 64, projections = 256, seed = 0 } = options;
  const { scale = 'each', paired = false } = options;
  const side = Math.min(patch, a.width, a.height);
  const count = Math.min(countOf(a), countOf(b));
  const size = a.channels * side * side;
  const [ofA, ofB] = [a, b].map((set) => pyramids(set, count, levels));
  const distances = Array.from({ length: levels }, (_, level) => {
    const random = createRandom(`sliced-wasserstein/${seed}/${level}`);
    const cut = (set: Planes[][], label: string): Float32Array =>
      cutPatches(
        set.map((pyramid) => pyramid[level]!),
        { side, patches },
        random.fork(label),
      );
    const [rowsA, rowsB] = [cut(ofA!, paired ? 'b' : 'a'), cut(ofB!, 'b')];
    for (let c = 0; c < a.channels; c++) {
      const part = { from: c * side * side, length: side * side, stride: size };
      const ofSecond = spreadOf(rowsB, part);
      standardise(rowsA, part, scale === 'each' ? spreadOf(rowsA, part) : ofSecond);
      standardise(rowsB, part, ofSecond);
    }
    return 1000 * distance(rowsA, rowsB, size, projections, random.fork('lines'));
  });
  return { levels: distances, mean: distances.reduce((x, y) => x + y, 0) / levels };
}

function defaultLevels({ width, height }: Pictures): number {
  return Math.max(1, Math.floor(Math.log2(Math.min(width, height) / 16)) + 1);
}

/** Pyramids of `count` pictures spread evenly over a set. */
function pyramids(set: Pictures, count: number, levels: number): Planes[][] {
  const { width, height, channels } = set;
  return Array.from({ length: count }, (_, i) => {
    const data = pictureAt(set, Math.floor((i * countOf(set)) / count));
    return laplacianPyramid({ data, width, height, channels }, levels);
  });
}

/** Random patches as rows (patches, C · side · side). */
function cutPatches(
  pictures: readonly Planes[],
  { side, patches }: { side: number; patches: number },
  random: Random,
): Float32Array {
  const { channels } = pictures[0]!;
  const size = channels * side * side;
  const out = new Float32Array(pictures.length * patches * size);
  let to = 0;
  for (const { data, width, height } of pictures) {
    const span = Math.min(side, width, height);
    for (let p = 0; p < patches; p++) {
      const [left, top] = [random.integer(width - span + 1), random.integer(height - span + 1)];
      for (let c = 0; c < channels; c++) {
        for (let y = 0; y < side; y++) {
          const row = (c * height + top + Math.min(y, span - 1)) * width + left;
          for (let x = 0; x < side; x++) out[to++] = data[row + Math.min(x, span - 1)]!;
        }
      }
    }
  }
  return out;
}

/** One channel's places in each row. */
interface Part {
  readonly from: number;
  readonly length: number;
  readonly stride: number;
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

function spreadOf(rows: Float32Array, { from, length, stride }: Part): Spread {
  let [sum, squares] = [0, 0];
  const count = (rows.length / stride) * length;
  for (let row = from; row < rows.length; row += stride) {
    for (let i = row; i < row + length; i++) {
      sum += rows[i]!;
      squares += rows[i]! ** 2;
    }
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(squares / count - mean * mean, 0)) || 1 };
}

function standardise(rows: Float32Array, { from, length, stride }: Part, { mean, deviation }: Spread): void {
  for (let row = from; row < rows.length; row += stride) {
    for (let i = row; i < row + length; i++) rows[i] = (rows[i]! - mean) / deviation;
  }
}

/** Mean over random lines of the mean distance between sorted projections. */
function distance(a: Float32Array, b: Float32Array, size: number, projections: number, random: Random): number {
  let sum = 0;
  for (let i = 0; i < projections; i++) {
    const line = Float64Array.from({ length: size }, () => random.normal());
    const length = Math.hypot(...line);
    const unit = line.map((value) => value / length);
    const [x, y] = [project(a, unit).sort(), project(b, unit).sort()];
    for (let k = 0; k < x.length; k++) sum += Math.abs(x[k]! - y[k]!) / x.length;
  }
  return sum / projections;
}

function project(rows: Float32Array, line: Float64Array): Float32Array {
  const size = line.length;
  const out = new Float32Array(rows.length / size);
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += rows[row * size + i]! * line[i]!;
    out[row] = sum;
  }
  return out;
}
