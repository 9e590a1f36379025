/** Which training picture is nearest to a made one, and whether a model copies: is it nearer than unseen pictures are? */
import type { Pictures } from '../../pictures/index.ts';
import { featureLength, patchFeatures } from './patch-features.ts';
import { areaOf, checkComparable } from './planes.ts';

/** The nearest training picture; distances are root mean squares per number. */
export interface Nearest {
  readonly index: number;
  readonly distance: number;
}

/** How near samples lie to the training set, beside pictures that were held out. */
export interface Copying {
  /** Medians of the distance to the nearest training picture. */
  readonly samples: number;
  readonly heldOut: number;
  /** Share of samples nearer to a training picture than 95 % of the held-out ones are; about 0.05 where nothing is copied. */
  readonly suspicious: number;
}

/** For each sample its nearest training picture, by pixels or by patch features (which forgive small shifts). */
export function nearest(training: Pictures, samples: Pictures, space: 'pixel' | 'patch' = 'pixel'): Nearest[] {
  checkComparable(training, samples, false);
  const [length, a, b] =
    space === 'pixel'
      ? [areaOf(training), training.data, samples.data]
      : [featureLength(training), patchFeatures(training), patchFeatures(samples)];
  return Array.from({ length: b.length / length }, (_, i) => nearestRow(a, b.subarray(i * length, (i + 1) * length)));
}

/** Compares the samples' distances to the training set with those of pictures the model never saw. */
export function measureCopying(
  training: Pictures,
  samples: Pictures,
  heldOut: Pictures,
  space: 'pixel' | 'patch' = 'patch',
): Copying {
  const sorted = (of: Pictures): number[] =>
    nearest(training, of, space)
      .map(({ distance }) => distance)
      .sort((a, b) => a - b);
  const [made, unseen] = [sorted(samples), sorted(heldOut)];
  const threshold = unseen[Math.floor(0.05 * unseen.length)]!;
  return {
    samples: made[made.length >> 1]!,
    heldOut: unseen[unseen.length >> 1]!,
    suspicious: made.filter((distance) => distance < threshold).length / made.length,
  };
}

function nearestRow(rows: Float32Array, row: Float32Array): Nearest {
  const { length } = row;
  let [index, least] = [-1, Number.POSITIVE_INFINITY];
  for (let at = 0; at * length < rows.length; at++) {
    let sum = 0;
    // Blocks of 64 numbers, so that a picture that is already too far is left early.
    for (let from = 0; from < length && sum < least; from += 64) {
      const to = Math.min(from + 64, length);
      for (let i = from; i < to; i++) sum += (rows[at * length + i]! - row[i]!) ** 2;
    }
    if (sum < least) [index, least] = [at, sum];
  }
  return { index, distance: Math.sqrt(least / length) };
}
