/**
 * What a picture looks like, patch by patch, with small shifts forgiven: over a 4×4 grid the mean of each channel, and how
 * strongly edges run in each of eight directions (after the histograms of oriented gradients of Dalal and Triggs, 2005).
 */
import type { Pictures } from '../../pictures/index.ts';
import { countOf, pictureAt } from './planes.ts';

const GRID = 4;
const DIRECTIONS = 8;

/** Numbers per picture. */
export function featureLength({ channels }: Pictures): number {
  return GRID * GRID * (channels + DIRECTIONS);
}

/** Features of every picture, (n, length). Means and edges weigh about the same. */
export function patchFeatures(pictures: Pictures): Float32Array {
  const length = featureLength(pictures);
  const out = new Float32Array(countOf(pictures) * length);
  for (let i = 0; i < countOf(pictures); i++) {
    describe(pictureAt(pictures, i), pictures, out.subarray(i * length, (i + 1) * length));
  }
  return out;
}

function describe(data: Float32Array, { width, height, channels }: Pictures, out: Float32Array): void {
  const perCell = channels + DIRECTIONS;
  const share = (GRID * GRID) / (width * height);
  const grey = (x: number, y: number): number => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += data[(c * height + y) * width + x]!;
    return sum / channels;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * GRID) / height) * GRID + Math.floor((x * GRID) / width);
      for (let c = 0; c < channels; c++) out[cell * perCell + c]! += share * data[(c * height + y) * width + x]!;
      const dx = grey(Math.min(x + 1, width - 1), y) - grey(Math.max(x - 1, 0), y);
      const dy = grey(x, Math.min(y + 1, height - 1)) - grey(x, Math.max(y - 1, 0));
      // Edges have no front or back: directions span half a turn, and each edge is shared between the two next to it.
      const turn = ((Math.atan2(dy, dx) / Math.PI + 1) % 1) * DIRECTIONS;
      const first = Math.floor(turn) % DIRECTIONS;
      const strength = share * Math.hypot(dx, dy);
      out[cell * perCell + channels + first]! += strength * (1 - (turn - Math.floor(turn)));
      out[cell * perCell + channels + ((first + 1) % DIRECTIONS)]! += strength * (turn - Math.floor(turn));
    }
  }
}
