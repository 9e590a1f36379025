/**
 * Keeps the drawing of the content in a picture whose patches are pushed about: where the content has strong edges the detail of the picture
 * is made stronger, where it is calm fainter, so that the style's detail lies where the content's lies. Nothing is drawn into it.
 */
import { blurField } from '../raster/index.ts';
import { type Channels, lumaOf } from './channels.ts';

/** Strength of the edges around each pixel. */
export interface Edges {
  readonly values: Float32Array;
  readonly mean: number;
  readonly spread: number;
}

/** What is finer than so many pixels is detail. */
const DETAIL = 2;

export function edgesOf(picture: Channels): Edges {
  const { width, height } = picture;
  const light = lumaOf(picture);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [up, row, down] = [Math.max(0, y - 1) * width, y * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      const corner = light[down + right]! - light[up + left]!;
      const other = light[up + right]! - light[down + left]!;
      const across = corner + other + 2 * (light[row + right]! - light[row + left]!);
      const along = corner - other + 2 * (light[down + x]! - light[up + x]!);
      data[row + x] = Math.sqrt(across * across + along * along);
    }
  }
  const values = blurField({ width, height, data }, 1.5).data;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { values, mean, spread };
}

/** Correlation of two pictures' edges, −1 … 1; 0 when one has none. */
export function likenessOf(one: Edges, other: Edges): number {
  let sum = 0;
  for (let i = 0; i < one.values.length; i++) sum += (one.values[i]! - one.mean) * (other.values[i]! - other.mean);
  return sum / (one.values.length * one.spread * other.spread || Infinity);
}

/** Brings the detail of `picture` nearer to where `content` has its edges, in place; `firmly` 0 leaves it. `own` are its edges. */
export function holdEdges(picture: Channels, own: Edges, content: Edges, firmly: number): void {
  const gain = new Float32Array(own.values.length);
  const scale = own.spread / Math.max(content.spread, 1e-6);
  for (let i = 0; i < gain.length; i++) {
    const wanted = Math.max(0.15 * own.mean, own.mean + scale * (content.values[i]! - content.mean));
    gain[i] = Math.min(2.5, Math.max(0.3, (wanted / (own.values[i]! + 0.02)) ** firmly));
  }
  for (const data of picture.data) {
    const coarse = blurField({ ...picture, data }, DETAIL).data;
    for (let i = 0; i < data.length; i++) data[i] = coarse[i]! + gain[i]! * (data[i]! - coarse[i]!);
  }
}
