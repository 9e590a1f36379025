/**
 * More of the same: a larger picture of the look of a small one, by image quilting (Efros and Freeman 2001). Blocks of the small one are laid row
 * by row; each is chosen by chance among those that continue what lies there already, and cut in where both are most alike.
 */
import type { Random } from '../../../core/index.ts';
import { type Bitmap, createBitmap } from '../raster/index.ts';
import { cheapestWay } from './cut.ts';

export interface QuiltOptions {
  readonly width: number;
  readonly height: number;
  /** Pixels of a block; default a fifth of the smaller side, 16–160. Larger keeps larger forms. */
  readonly block?: number | undefined;
  readonly random: Random;
  breathe(): Promise<void>;
  progress(done: number): void;
}

/** Blocks looked at for each place. */
const TRIES = 200;
/** A block may be so much worse than the best. */
const TOLERANCE = 1.2;
/** Each time a part of the small picture was taken makes it so much less welcome: else the calmest part is taken for ever. */
const WEARINESS = 0.5;
/** Squared difference of a pixel that nobody sees. */
const UNSEEN = 60;

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Sizes {
  readonly block: number;
  readonly overlap: number;
}

/** The small bitmap is opaque and at least 16 pixels a side. */
export async function quilt(small: Bitmap, options: QuiltOptions): Promise<Bitmap> {
  const { width, height, random, breathe, progress } = options;
  const least = Math.min(small.width, small.height);
  const block = Math.min(least, options.block ?? Math.min(160, Math.max(16, Math.round(least / 5))));
  const overlap = Math.max(3, Math.round(block / 4));
  const step = block - overlap;
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.ceil((side - overlap) / step))) as [
    number,
    number,
  ];
  const canvas = createBitmap(columns * step + overlap, rows * step + overlap);
  const taken = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = { x: column * step, y: row * step };
      const from = choose({ small, canvas, taken }, at, { block, overlap }, random);
      lay(small, canvas, from, at, { block, overlap });
    }
    await breathe();
    progress((row + 1) / rows);
  }
  return cropped(canvas, width, height);
}

interface Work {
  readonly small: Bitmap;
  readonly canvas: Bitmap;
  /** How often each part of the small picture was taken. */
  readonly taken: Map<number, number>;
}

function choose({ small, canvas, taken }: Work, at: Place, sizes: Sizes, random: Random): Place {
  const [spanX, spanY] = [small.width - sizes.block + 1, small.height - sizes.block + 1];
  const tries = Array.from({ length: TRIES }, (): Place => ({ x: random.integer(spanX), y: random.integer(spanY) }));
  const half = Math.max(1, sizes.block >> 1);
  const part = ({ x, y }: Place): number => Math.round(y / half) * 4096 + Math.round(x / half);
  const errors = tries.map(
    (from) => mismatch(small, canvas, from, at, sizes) * (1 + WEARINESS * (taken.get(part(from)) ?? 0)),
  );
  const most = Math.min(...errors) * TOLERANCE;
  const chosen = random.pick(tries.filter((_, i) => errors[i]! <= most));
  taken.set(part(chosen), (taken.get(part(chosen)) ?? 0) + 1);
  return chosen;
}

/** Squared difference over what lies there already, every other pixel both ways; never nothing. */
function mismatch(small: Bitmap, canvas: Bitmap, from: Place, at: Place, { block, overlap }: Sizes): number {
  let sum = UNSEEN * block * overlap;
  for (let y = 0; y < block; y += 2) {
    const reach = at.y > 0 && y < overlap ? block : at.x > 0 ? overlap : 0;
    let i = ((from.y + y) * small.width + from.x) * 4;
    let j = ((at.y + y) * canvas.width + at.x) * 4;
    for (let x = 0; x < reach; x += 2, i += 8, j += 8) {
      const red = small.data[i]! - canvas.data[j]!;
      const green = small.data[i + 1]! - canvas.data[j + 1]!;
      const blue = small.data[i + 2]! - canvas.data[j + 2]!;
      sum += red * red + green * green + blue * blue;
    }
  }
  return sum;
}

function lay(small: Bitmap, canvas: Bitmap, from: Place, at: Place, { block, overlap }: Sizes): void {
  const differs = (x: number, y: number): number => {
    const [i, j] = [((from.y + y) * small.width + from.x + x) * 4, ((at.y + y) * canvas.width + at.x + x) * 4];
    return [0, 1, 2].reduce((sum, c) => sum + (small.data[i + c]! - canvas.data[j + c]!) ** 2, 0);
  };
  const band = (cost: (along: number, across: number) => number): Int32Array => {
    const costs = Float32Array.from({ length: overlap * block }, (_, i) => cost(Math.floor(i / overlap), i % overlap));
    return cheapestWay({ width: overlap, height: block, cost: costs });
  };
  const left = at.x > 0 ? band((y, x) => differs(x, y)) : undefined;
  const top = at.y > 0 ? band((x, y) => differs(x, y)) : undefined;
  for (let y = 0; y < block; y++) {
    for (let x = 0; x < block; x++) {
      const share = Math.min(left ? shareAt(x - left[y]!) : 1, top ? shareAt(y - top[x]!) : 1);
      if (share <= 0) continue;
      const [i, j] = [((from.y + y) * small.width + from.x + x) * 4, ((at.y + y) * canvas.width + at.x + x) * 4];
      for (let c = 0; c < 3; c++) canvas.data[j + c]! += (small.data[i + c]! - canvas.data[j + c]!) * share;
      canvas.data[j + 3] = 255;
    }
  }
}

/** A cut softened by a pixel. */
const shareAt = (away: number): number => Math.min(1, Math.max(0, (away + 1) / 2));

function cropped(canvas: Bitmap, width: number, height: number): Bitmap {
  const out = createBitmap(width, height);
  for (let y = 0; y < height; y++)
    out.data.set(canvas.data.subarray(y * canvas.width * 4, (y * canvas.width + width) * 4), y * width * 4);
  return out;
}
