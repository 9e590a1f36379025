/** Which numbers of a picture stay while the rest is made anew, in the network's own grid. */
import type { DiffusionConfig } from './config.ts';

/**
 * Masks (count, 1, H, W) over pictures, 1 where they stay, as masks (n, C, h, w) for the chosen pictures: a place of the
 * smaller grid stays where everything under it stays.
 */
export function keptParts(
  keep: Float32Array,
  count: number,
  numbers: readonly number[],
  { channels, height, width }: DiffusionConfig['picture'],
): Float32Array {
  const area = keep.length / count;
  const shrink = Math.round(Math.sqrt(area / (height * width)));
  const out = new Float32Array(numbers.length * channels * height * width);
  numbers.forEach((number, i) => {
    const small = lowest(keep.subarray(number * area, (number + 1) * area), width, shrink);
    for (let c = 0; c < channels; c++) out.set(small, (i * channels + c) * height * width);
  });
  return out;
}

function lowest(mask: Float32Array, width: number, shrink: number): Float32Array {
  const out = new Float32Array(mask.length / (shrink * shrink)).fill(1);
  const wide = width * shrink;
  mask.forEach((value, i) => {
    const at = Math.floor(Math.floor(i / wide) / shrink) * width + Math.floor((i % wide) / shrink);
    out[at] = Math.min(out[at]!, value);
  });
  return out;
}
