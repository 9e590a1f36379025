/**
 * A picture that can be laid beside itself without a seam, across first, then down:
 *
 *   │ a …………………… b │   ─▶   │ b cut into a …… │      the right end lies over the left one; b's last column stood beside what now begins
 *
 * Forms are cut where both are most alike, broad light and colour go over into one another through the whole band (two bands of Burt and Adelson
 * 1983), so that neither a step nor a smear is seen.
 */
import { type Bitmap, blurField, createBitmap, createField } from '../raster/index.ts';
import { cheapestWay } from './cut.ts';

export interface TileOptions {
  /** Share of each side that is given up to lie over the other; 0.05–0.45, default 0.25. */
  readonly overlap?: number;
}

/** The tile: smaller by the overlap both ways. The bitmap is opaque and at least 32 pixels a side. */
export function makeTile(bitmap: Bitmap, { overlap = 0.25 }: TileOptions = {}): Bitmap {
  return turned(closeAcross(turned(closeAcross(bitmap, overlap, false)), overlap, true));
}

/** Pixels a side must have for its tile to have `side`. */
export function sideBeforeCut(side: number, overlap: number): number {
  let before = side;
  while (before - bandOf(before, overlap) < side) before++;
  return before;
}

/** Pixels that lie over one another. */
const bandOf = (side: number, overlap: number): number => Math.max(8, Math.round(side * overlap));

/** Columns become rows. */
function turned({ width, height, data }: Bitmap): Bitmap {
  const out = createBitmap(height, width);
  const [from, to] = [new Uint32Array(data.buffer, data.byteOffset, width * height), new Uint32Array(out.data.buffer)];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) to[x * height + y] = from[y * width + x]!;
  return out;
}

/** Makes the right edge go over into the left one. `closed` when the picture goes round from bottom to top already. */
function closeAcross(bitmap: Bitmap, overlap: number, closed: boolean): Bitmap {
  const { width, height, data } = bitmap;
  const band = bandOf(width, overlap);
  const kept = width - band;
  const share = cutShares(bitmap, band, closed);
  const out = createBitmap(kept, height);
  for (let y = 0; y < height; y++) out.data.set(data.subarray(y * width * 4, (y * width + kept) * 4), y * kept * 4);
  for (let c = 0; c < 3; c++) {
    const coarse = coarseOf(bitmap, c, band / 5, closed);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < band; x++) {
        const [own, other] = [y * width + x, y * width + kept + x];
        const slow = (x + 0.5) / band;
        const low = coarse[other]! + (coarse[own]! - coarse[other]!) * slow * slow * (3 - 2 * slow);
        const [fine, otherFine] = [data[own * 4 + c]! - coarse[own]!, data[other * 4 + c]! - coarse[other]!];
        out.data[(y * kept + x) * 4 + c] = low + otherFine + (fine - otherFine) * share[y * band + x]!;
      }
    }
  }
  return out;
}

/** For each place of the band 0 where the right end is seen … 1 where the left one is: a cut, softened by a pixel or two. */
function cutShares({ width, height, data }: Bitmap, band: number, closed: boolean): Float32Array {
  const kept = width - band;
  const cost = new Float32Array(band * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < band; x++, i++) {
      const [own, other] = [(y * width + x) * 4, (y * width + kept + x) * 4];
      for (let c = 0; c < 3; c++) cost[i]! += (data[own + c]! - data[other + c]!) ** 2;
      // Its ends are no cut at all.
      if (x < 2 || x > band - 3) cost[i]! += 1e6;
    }
  }
  const way = cheapestWay({ width: band, height, cost }, closed);
  const share = createField(band, height);
  for (let i = 0; i < share.data.length; i++) {
    const away = (i % band) - way[Math.floor(i / band)]!;
    share.data[i] = Math.min(1, Math.max(0, (away + 1.5) / 3));
  }
  return share.data;
}

/** One channel, smoothed; round the edge where the picture goes round from bottom to top. */
function coarseOf({ width, height, data }: Bitmap, c: number, sigma: number, closed: boolean): Float32Array {
  const margin = closed ? Math.min(height, Math.ceil(sigma * 3)) : 0;
  const field = createField(width, height + 2 * margin);
  for (let y = -margin; y < height + margin; y++) {
    const row = ((y + height) % height) * width;
    for (let x = 0; x < width; x++) field.data[(y + margin) * width + x] = data[(row + x) * 4 + c]!;
  }
  return blurField(field, sigma).data.subarray(margin * width, (margin + height) * width);
}
