/** Pictures as three separate planes of sRGB 0–1, and their sizes: what restyling works on. */
import { type Bitmap, createBitmap } from '../raster/index.ts';

export interface Channels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row. */
  readonly data: readonly [Float32Array, Float32Array, Float32Array];
}

type Plane = Float32Array;

export function channelsOf({ width, height, data }: Bitmap): Channels {
  const plane = (c: number): Plane => Float32Array.from({ length: width * height }, (_, i) => data[4 * i + c]! / 255);
  return { width, height, data: [plane(0), plane(1), plane(2)] };
}

/** Opaque; what lies outside 0–1 is held. */
export function bitmapOfChannels({ width, height, data }: Channels): Bitmap {
  const out = createBitmap(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) out.data[4 * i + c] = data[c]![i]! * 255;
    out.data[4 * i + 3] = 255;
  }
  return out;
}

/** Every plane by the same rule. */
export function mapChannels(channels: Channels, change: (plane: Plane, c: number) => Plane): Channels {
  const [r, g, b] = channels.data;
  return { ...channels, data: [change(r, 0), change(g, 1), change(b, 2)] };
}

/** Luma by Rec. 601. */
export function lumaOf({ data: [r, g, b] }: Channels): Plane {
  return r.map((red, i) => 0.299 * red + 0.587 * g[i]! + 0.114 * b[i]!);
}

/** Scaled so that the longer side has `side` pixels, never less than `least`. */
export function fitChannels(channels: Channels, side: number, least: number): Channels {
  const scale = side / Math.max(channels.width, channels.height);
  const pixels = (length: number): number => Math.max(least, Math.round(length * scale));
  return resizeChannels(channels, pixels(channels.width), pixels(channels.height));
}

/** Any size, by the mean of what a pixel covers when it gets smaller, bilinear when larger; always a copy. */
export function resizeChannels(from: Channels, width: number, height: number): Channels {
  if (width === from.width && height === from.height) return mapChannels(from, (plane) => plane.slice());
  const across = taps(from.width, width);
  const down = taps(from.height, height);
  const planes = mapChannels(from, (plane) => {
    const narrow = new Float32Array(width * from.height);
    for (let y = 0; y < from.height; y++) gather(plane, y * from.width, 1, across, narrow, y * width, 1);
    const out = new Float32Array(width * height);
    for (let x = 0; x < width; x++) gather(narrow, x, width, down, out, x, width);
    return out;
  });
  return { width, height, data: planes.data };
}

/** For every place of the new line two places of the old and the share of the second, `each` of them. */
interface Taps {
  readonly each: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function taps(from: number, to: number): Taps {
  const each = Math.max(1, Math.round(from / to));
  const [first, second] = [new Int32Array(to * each), new Int32Array(to * each)];
  const share = new Float32Array(to * each);
  for (let i = 0; i < to * each; i++) {
    const place = Math.min(from - 1, Math.max(0, (((i + 0.5) / each) * from) / to - 0.5));
    first[i] = Math.floor(place);
    second[i] = Math.min(first[i]! + 1, from - 1);
    share[i] = place - first[i]!;
  }
  return { each, first, second, share };
}

function gather(from: Plane, at: number, step: number, line: Taps, to: Plane, start: number, stride: number): void {
  const { each, first, second, share } = line;
  for (let i = 0, out = start; i < first.length; out += stride) {
    let sum = 0;
    for (let k = 0; k < each; k++, i++) {
      const one = from[at + first[i]! * step]!;
      sum += one + (from[at + second[i]! * step]! - one) * share[i]!;
    }
    to[out] = sum / each;
  }
}
