/** How near made loops lie to those that were learned from, whichever way round they are turned. */
import { BANDS } from './features.ts';

const [ROWS, COLUMNS] = [20, 48];

/** A picture (bands, frames) made small: means of 20 × 48 fields. */
export function smallOf(picture: Float32Array): Float32Array {
  const frames = picture.length / BANDS;
  const [high, wide] = [BANDS / ROWS, frames / COLUMNS];
  const out = new Float32Array(ROWS * COLUMNS);
  picture.forEach((value, at) => {
    const [band, t] = [Math.floor(at / frames), at % frames];
    out[Math.floor(band / high) * COLUMNS + Math.floor(t / wide)]! += value / (high * wide);
  });
  return out;
}

/** Root mean square to the nearest of `known` over all turns. */
export function nearestTurned(one: Float32Array, known: readonly Float32Array[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (const other of known) {
    for (let turn = 0; turn < COLUMNS; turn += 2) {
      let sum = 0;
      for (let row = 0; row < ROWS && sum < best; row++) {
        for (let t = 0; t < COLUMNS; t++) {
          const off = one[row * COLUMNS + t]! - other[row * COLUMNS + ((t + turn) % COLUMNS)]!;
          sum += off * off;
        }
      }
      best = Math.min(best, sum);
    }
  }
  return Math.sqrt(best / (ROWS * COLUMNS));
}
