/** A mask softened along the edges of a picture (He, Sun, Tang, 2013), by the picture's lightness. */
import type { Colours } from '../mend/index.ts';
import { blurField } from '../raster/index.ts';

/** `radius` in pixels; `noise`: differences of 0–255 that are no edge. Values stay within 0–1. */
export function guidedFilter(guide: Colours, mask: Float32Array, radius: number, noise: number): Float32Array {
  const { width, height, data } = guide;
  const mean = (values: Float32Array): Float32Array => blurField({ width, height, data: values }, radius / 1.5).data;
  const light = mask.map((_, i) => 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!);
  const [light1, mask1] = [mean(light), mean(mask)];
  const square = mean(light.map((value) => value * value));
  const both = mean(light.map((value, i) => value * mask[i]!));
  const slope = mask.map((_, i) => {
    const variance = square[i]! - light1[i]! ** 2;
    return (both[i]! - light1[i]! * mask1[i]!) / (variance + noise);
  });
  const offset = mask.map((_, i) => mask1[i]! - slope[i]! * light1[i]!);
  const [slope1, offset1] = [mean(slope), mean(offset)];
  return light.map((value, i) => Math.max(0, Math.min(1, slope1[i]! * value + offset1[i]!)));
}
