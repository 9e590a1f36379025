/** What is to be made anew: a mask that the artist painted, or rectangles. */
import type { Bitmap, PixelBox } from '../raster/index.ts';
import type { Holes } from './colours.ts';

/**
 * A mask picture brought to a size: where it has transparent parts, what is opaque is a hole; else what is light. Pixels
 * are taken as they lie nearest.
 */
export function holesOf(mask: Bitmap, width: number, height: number): Holes {
  const { data } = mask;
  let clear = false;
  for (let i = 3; i < data.length; i += 4) clear ||= data[i]! < 128;
  const light = (i: number): boolean =>
    clear ? data[i + 3]! >= 128 : 0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]! >= 128;
  const holes = new Uint8Array(width * height);
  for (let at = 0; at < holes.length; at++) {
    const x = Math.floor((((at % width) + 0.5) * mask.width) / width);
    const y = Math.floor(((Math.floor(at / width) + 0.5) * mask.height) / height);
    holes[at] = Number(light(4 * (y * mask.width + x)));
  }
  return { width, height, data: holes };
}

/** The holes and what lies in the boxes. */
export function addBoxes({ width, height, data }: Holes, boxes: readonly PixelBox[]): Holes {
  const holes = data.slice();
  for (const box of boxes) {
    for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y++) {
      for (let x = Math.max(0, box.x); x < Math.min(width, box.x + box.width); x++) holes[y * width + x] = 1;
    }
  }
  return { width, height, data: holes };
}
