/**
 * A picture made twice or four times as large by a network, in tiles so that memory stays small:
 *
 *   bitmap ─▶ tiles of 512 with a margin ─▶ network ─▶ middles of the tiles ─▶ bitmap      (twice for four times)
 *              └ alpha, where there is any, as a grey picture of its own
 */
import type { PictureModel, PixelPlanes } from '../../../kernel/index.ts';
import { type Bitmap, createBitmap } from '../raster/index.ts';
import { coloursBehind } from './behind.ts';

export interface EnlargeOptions {
  /** Pixels for each pixel, a side; a power of the model's own scale. */
  readonly times: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
}

/** Small pixels of a tile that are kept, and those around it that the network also sees. */
const TILE = 512;
const MARGIN = 32;

/** Throws what the model throws, and `core/cancelled`. */
export async function enlargeByModel(bitmap: Bitmap, model: PictureModel, options: EnlargeOptions): Promise<Bitmap> {
  const passes = Math.round(Math.log(options.times) / Math.log(model.scale));
  // Each pass has scale² times the work of the one before.
  const weights = Array.from({ length: passes }, (_, i) => model.scale ** (2 * i));
  const all = weights.reduce((a, b) => a + b, 0);
  let made = bitmap;
  let spent = 0;
  for (const weight of weights) {
    const progress = (done: number): void => options.progress((spent + done * weight) / all);
    made = await once(made, model, { ...options, progress });
    spent += weight;
  }
  return made;
}

async function once(bitmap: Bitmap, model: PictureModel, options: EnlargeOptions): Promise<Bitmap> {
  const { width, height, data } = bitmap;
  const seen = coloursBehind(bitmap).data;
  let clear = false;
  for (let i = 3; i < data.length; i += 4) clear ||= data[i]! < 255;
  const out = createBitmap(width * model.scale, height * model.scale);
  const alpha = (at: number): number => data[4 * at + 3]!;
  const layers = [{ read: (at: number, c: number) => seen[3 * at + c]!, first: 0, count: 3 }];
  if (clear) layers.push({ read: alpha, first: 3, count: 1 });
  else for (let i = 3; i < out.data.length; i += 4) out.data[i] = 255;
  const tiles = tilesOf(width, height);
  for (const [l, layer] of layers.entries()) {
    for (const [t, tile] of tiles.entries()) {
      const told = (done: number): void => options.progress((l + (t + done) / tiles.length) / layers.length);
      const request = { seed: options.seed, signal: options.signal, onProgress: told };
      const made = await model.make({ ...request, from: planesOf(bitmap, tile, layer.read) });
      putMiddle(out, made, tile, { ...layer, scale: model.scale });
    }
  }
  return out;
}

/** What is kept, and what is seen: the same and its margins within the picture. */
interface Tile {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly seen: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

function tilesOf(width: number, height: number): Tile[] {
  const tiles: Tile[] = [];
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const [right, bottom] = [Math.min(left + TILE, width), Math.min(top + TILE, height)];
      const [x, y] = [Math.max(0, left - MARGIN), Math.max(0, top - MARGIN)];
      const seen = {
        left: x,
        top: y,
        width: Math.min(right + MARGIN, width) - x,
        height: Math.min(bottom + MARGIN, height) - y,
      };
      tiles.push({ left, top, width: right - left, height: bottom - top, seen });
    }
  }
  return tiles;
}

function planesOf({ width: across }: Bitmap, { seen }: Tile, read: (at: number, c: number) => number): PixelPlanes {
  const { left, top, width, height } = seen;
  const data = new Float32Array(3 * width * height);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        data[(c * height + y) * width + x] = read((top + y) * across + left + x, c) / 127.5 - 1;
      }
    }
  }
  return { width, height, channels: 3, data };
}

interface Put {
  readonly first: number;
  readonly count: number;
  readonly scale: number;
}

function putMiddle(out: Bitmap, made: PixelPlanes, tile: Tile, { first, count, scale }: Put): void {
  const [skipX, skipY] = [(tile.left - tile.seen.left) * scale, (tile.top - tile.seen.top) * scale];
  for (let y = 0; y < tile.height * scale; y++) {
    for (let x = 0; x < tile.width * scale; x++) {
      const to = 4 * ((tile.top * scale + y) * out.width + tile.left * scale + x);
      const from = (skipY + y) * made.width + skipX + x;
      for (let c = 0; c < count; c++) {
        out.data[to + first + c] = Math.round((made.data[c * made.width * made.height + from]! + 1) * 127.5);
      }
    }
  }
}
