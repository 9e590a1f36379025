/**
 * The Laplacian pyramid: a picture as what each halving of its size loses, and the small rest.
 *
 *   picture ─┬─ halve ─┬─ halve ─▶ rest          levels: picture − doubled(half), half − doubled(quarter), …, rest
 *            └─ − double ─▶ fine  └─ − double ─▶ coarser
 *
 * After Burt and Adelson (1983): binomial 5-tap filter, edges mirrored.
 */

/** Channels of one size, (C, H, W). */
export interface Planes {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

const TAPS = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];

/** The pyramid, finest level first; `levels` counts the rest too, so that 1 gives the picture itself. */
export function laplacianPyramid(picture: Planes, levels: number): Planes[] {
  if (levels <= 1) return [picture];
  const half = halve(picture);
  const coarse = double(half, picture.width, picture.height);
  const fine = picture.data.map((value, i) => value - coarse.data[i]!);
  return [{ ...picture, data: fine }, ...laplacianPyramid(half, levels - 1)];
}

/** Blurred and taken at every second pixel. */
export function halve(from: Planes): Planes {
  const [width, height] = [Math.ceil(from.width / 2), Math.ceil(from.height / 2)];
  return filter(from, width, height, (at, k) => ({ place: 2 * at + k - 2, weight: TAPS[k]! }));
}

/** Twice the size: pixels set apart, and blurred. */
function double(from: Planes, width: number, height: number): Planes {
  return filter(from, width, height, (at, k) => {
    const place = at + k - 2;
    return { place: place / 2, weight: place % 2 === 0 ? 2 * TAPS[k]! : 0 };
  });
}

type Tap = (at: number, k: number) => { readonly place: number; readonly weight: number };

/** Applies five taps along x, then along y. */
function filter(from: Planes, width: number, height: number, tap: Tap): Planes {
  const across = new Float32Array(from.channels * from.height * width);
  const rows = from.channels * from.height;
  const [horizontal, vertical] = [weights(tap, width, from.width), weights(tap, height, from.height)];
  for (let row = 0; row < rows; row++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const { place, weight } of horizontal[x]!) sum += weight * from.data[row * from.width + place]!;
      across[row * width + x] = sum;
    }
  }
  const data = new Float32Array(from.channels * height * width);
  for (let c = 0; c < from.channels; c++) {
    for (let y = 0; y < height; y++) {
      for (const { place, weight } of vertical[y]!) {
        const [to, source] = [(c * height + y) * width, (c * from.height + place) * width];
        for (let x = 0; x < width; x++) data[to + x]! += weight * across[source + x]!;
      }
    }
  }
  return { data, width, height, channels: from.channels };
}

/** Where the taps of every output place read, edges mirrored. */
function weights(tap: Tap, size: number, from: number): { place: number; weight: number }[][] {
  return Array.from({ length: size }, (_, at) =>
    TAPS.map((_tap, k) => tap(at, k))
      .filter(({ weight }) => weight !== 0)
      .map(({ place, weight }) => ({ place: mirror(place, from), weight })),
  );
}

function mirror(place: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const within = ((place % period) + period) % period;
  return within < size ? within : period - within;
}
