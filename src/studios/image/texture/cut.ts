/** The cheapest way through a band: where two overlapping pictures are most alike, one is cut against the other there (Efros and Freeman 2001). */

/** Costs of a band, row by row; a way takes one place in every row, at most one beside the last. */
export interface Band {
  readonly width: number;
  readonly height: number;
  readonly cost: Float32Array;
}

/** The place in every row. With `closed` the way ends where it began, so that it can go round. */
export function cheapestWay(band: Band, closed = false): Int32Array {
  const free = wayFrom(band, undefined);
  if (!closed || Math.abs(free[0]! - free.at(-1)!) <= 1) return free;
  const tries = [free[0]!, free.at(-1)!, free[free.length >> 1]!].map((start) => wayFrom(band, start));
  return tries.reduce((best, way) => (costOf(band, way) < costOf(band, best) ? way : best));
}

function costOf({ width, cost }: Band, way: Int32Array): number {
  return way.reduce((sum, x, y) => sum + cost[y * width + x]!, 0);
}

/** By dynamic programming; `ends` fixes the place in the first and the last row. */
function wayFrom({ width, height, cost }: Band, ends: number | undefined): Int32Array {
  const sums = Float64Array.from(cost);
  const fixed = (y: number): void => {
    if (ends !== undefined) for (let x = 0; x < width; x++) if (x !== ends) sums[y * width + x] = Infinity;
  };
  fixed(0);
  for (let y = 1; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const above = (y - 1) * width + x;
      const left = x > 0 ? sums[above - 1]! : Infinity;
      const right = x < width - 1 ? sums[above + 1]! : Infinity;
      sums[y * width + x]! += Math.min(sums[above]!, left, right);
    }
  }
  fixed(height - 1);
  const way = new Int32Array(height);
  for (let x = 1; x < width; x++)
    if (sums[(height - 1) * width + x]! < sums[(height - 1) * width + way[height - 1]!]!) way[height - 1] = x;
  for (let y = height - 2; y >= 0; y--) {
    const below = way[y + 1]!;
    way[y] = below;
    for (const x of [below - 1, below + 1]) {
      if (x >= 0 && x < width && sums[y * width + x]! < sums[y * width + way[y]!]!) way[y] = x;
    }
  }
  return way;
}
