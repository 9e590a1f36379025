/**
 * Bitmaps: what layers are made of and files are written from. RGBA, 8 bits a channel, sRGB, alpha not multiplied in.
 * Painters work in fields (field.ts) and end in a bitmap.
 */

/** Pixels row by row from the top left, four bytes each. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A transparent bitmap. */
export function createBitmap(width: number, height: number): Bitmap {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** A bitmap of one colour; channels 0–255. */
export function filledBitmap(width: number, height: number, [r, g, b, a = 255]: readonly number[]): Bitmap {
  const bitmap = createBitmap(width, height);
  new Uint32Array(bitmap.data.buffer).fill(new Uint32Array(new Uint8Array([r!, g!, b!, a]).buffer)[0]!);
  return bitmap;
}

/** A rectangle of pixels. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box that holds every pixel with any alpha; undefined when all is transparent. */
export function opaqueBox({ width, height, data }: Bitmap): PixelBox | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 3; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      if (data[at] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return bottom < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** A part of a bitmap, copied. */
export function cropBitmap(bitmap: Bitmap, { x, y, width, height }: PixelBox): Bitmap {
  const part = createBitmap(width, height);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * bitmap.width + x) * 4;
    part.data.set(bitmap.data.subarray(from, from + width * 4), row * width * 4);
  }
  return part;
}
