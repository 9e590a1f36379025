/** How different the pictures of one set are from each other. */
import { createRandom } from '../../../core/index.ts';
import type { Pictures } from '../../pictures/index.ts';
import { featureLength, patchFeatures } from './patch-features.ts';
import { areaOf, countOf } from './planes.ts';

/** Mean root-mean-square distance between two pictures of the set. */
export interface Diversity {
  readonly pixel: number;
  readonly patch: number;
}

/** Over all pairs, or over so many random ones (default 20,000) when there are more. Compare with the training set's own. */
export function diversity(
  pictures: Pictures,
  options: { readonly pairs?: number; readonly seed?: number } = {},
): Diversity {
  const { pairs = 20_000, seed = 0 } = options;
  const chosen = choosePairs(countOf(pictures), pairs, seed);
  return {
    pixel: meanDistance(pictures.data, areaOf(pictures), chosen),
    patch: meanDistance(patchFeatures(pictures), featureLength(pictures), chosen),
  };
}

function choosePairs(count: number, most: number, seed: number): [number, number][] {
  if ((count * (count - 1)) / 2 <= most) {
    return Array.from({ length: count }, (_, i) =>
      Array.from({ length: i }, (_, j): [number, number] => [i, j]),
    ).flat();
  }
  const random = createRandom(`diversity/${seed}`);
  return Array.from({ length: most }, () => {
    const first = random.integer(count);
    return [first, (first + 1 + random.integer(count - 1)) % count];
  });
}

function meanDistance(rows: Float32Array, length: number, pairs: readonly [number, number][]): number {
  if (pairs.length === 0) return 0;
  const total = pairs.reduce((sum, [i, j]) => {
    let squares = 0;
    for (let k = 0; k < length; k++) squares += (rows[i * length + k]! - rows[j * length + k]!) ** 2;
    return sum + Math.sqrt(squares / length);
  }, 0);
  return total / pairs.length;
}
