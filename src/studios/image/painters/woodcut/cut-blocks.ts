/**
 * Any picture as blocks for printing: flat areas of few colours with clean edges, a block for each colour.
 *
 *   picture ─▶ the calmest quarter around every pixel (Kuwahara and others 1976) ─▶ colours in OKLab ─▶ edges smoothed ─▶ blocks
 */
import type { Random } from '../../../../core/index.ts';
import {
  type Bitmap,
  blurField,
  createBitmap,
  createField,
  fromOklab,
  type Triple,
  toOklab,
} from '../../raster/index.ts';
import { nearestOf, paletteOf } from '../palette-of.ts';

/** How much more a step of colour counts than one of lightness, so that hues get blocks and not only shades. */
const HUE = 6;

/** One block and what it prints. */
export interface Block {
  /** OKLab. */
  readonly colour: Triple;
  /** Opaque where it prints. */
  readonly bitmap: Bitmap;
}

/** `reach` in pixels, at least 1. The picture is opaque. Darkest first; every pixel is printed by one block. */
export function cutBlocks(bitmap: Bitmap, reach: number, colours: number, random: Random): Block[] {
  const calm = calmDown(bitmap, reach);
  const palette = paletteOf(calm, colours, random.fork('palette'), HUE);
  const { width, height } = calm;
  const shares = palette.map(() => createField(width, height));
  for (let i = 0; i < width * height; i++) {
    const seen = toOklab([calm.data[4 * i]!, calm.data[4 * i + 1]!, calm.data[4 * i + 2]!]);
    shares[nearestOf(palette, seen, HUE)]!.data[i] = 1;
  }
  const smooth = shares.map((share) => blurField(share, reach / 2).data);
  const blocks = palette.map((colour) => ({ colour, bitmap: createBitmap(width, height) }));
  for (let i = 0; i < width * height; i++) {
    let most = 0;
    for (let k = 1; k < smooth.length; k++) if (smooth[k]![i]! > smooth[most]![i]!) most = k;
    const { colour, bitmap: block } = blocks[most]!;
    block.data.set([...fromOklab(colour), 255], 4 * i);
  }
  return blocks;
}

/** Flat areas, clear edges. */
export function calmDown(bitmap: Bitmap, reach: number): Bitmap {
  const { width, height } = bitmap;
  const sums = sumUp(bitmap);
  const out = createBitmap(width, height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) out.data.set([...fromOklab(calmest(sums, x, y, reach)), 255], at);
  return out;
}

/** Running sums of lightness, its square and both colours, one row and column of zeros before; sums of any box in four reads. */
interface Sums {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Float64Array[];
}

function sumUp({ width, height, data }: Bitmap): Sums {
  const row = width + 1;
  const planes = Array.from({ length: 4 }, () => new Float64Array(row * (height + 1)));
  for (let y = 0; y < height; y++) {
    const running = [0, 0, 0, 0];
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x);
      const [l, a, b] = toOklab([data[from]!, data[from + 1]!, data[from + 2]!]);
      const to = (y + 1) * row + x + 1;
      for (const [i, value] of [l, l * l, a, b].entries()) {
        running[i]! += value;
        planes[i]![to] = planes[i]![to - row]! + running[i]!;
      }
    }
  }
  return { width, height, planes };
}

/** The mean of the quarter around a place in which lightness varies least. */
function calmest({ width, height, planes }: Sums, x: number, y: number, reach: number): Triple {
  const [light, square, green, blue] = planes as [Float64Array, Float64Array, Float64Array, Float64Array];
  const row = width + 1;
  let least = Number.POSITIVE_INFINITY;
  let [l, a, b] = [0, 0, 0];
  for (let quarter = 0; quarter < 4; quarter++) {
    const left = quarter & 1 ? x : Math.max(0, x - reach);
    const top = quarter & 2 ? y : Math.max(0, y - reach);
    const right = quarter & 1 ? Math.min(width, x + reach + 1) : x + 1;
    const foot = quarter & 2 ? Math.min(height, y + reach + 1) : y + 1;
    const [nw, ne, sw, se] = [top * row + left, top * row + right, foot * row + left, foot * row + right];
    const share = 1 / ((right - left) * (foot - top));
    const mean = (light[se]! - light[sw]! - light[ne]! + light[nw]!) * share;
    const spread = (square[se]! - square[sw]! - square[ne]! + square[nw]!) * share - mean * mean;
    if (spread >= least) continue;
    least = spread;
    l = mean;
    a = (green[se]! - green[sw]! - green[ne]! + green[nw]!) * share;
    b = (blue[se]! - blue[sw]! - blue[ne]! + blue[nw]!) * share;
  }
  return [l, a, b];
}
