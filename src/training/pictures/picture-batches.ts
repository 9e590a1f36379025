/** Which pictures a step sees, and the part of a set that is kept back: both follow from names and seeds alone. */
import { createRandom, sha256 } from '../../core/index.ts';
import { createRowOrder } from '../data/row-order.ts';
import { type PictureSet, selectPictures } from './picture-set.ts';

/** A set in two parts. */
export interface PictureSplit {
  readonly train: PictureSet;
  /** Undefined when no picture fell into it. */
  readonly validation: PictureSet | undefined;
}

/** Splits by the hash of each picture's key: adding pictures moves no other. `share` goes to validation, default 0.05. */
export function splitPictures(set: PictureSet, options: { readonly share?: number } = {}): PictureSplit {
  const { share = 0.05 } = options;
  const kept = (index: number): boolean =>
    Number.parseInt(sha256(set.labels[index]!.key).slice(0, 8), 16) / 2 ** 32 < share;
  const all = Array.from({ length: set.count }, (_, i) => i);
  const validation = all.filter(kept);
  return {
    train: selectPictures(
      set,
      all.filter((index) => !kept(index)),
    ),
    validation: validation.length === 0 ? undefined : selectPictures(set, validation),
  };
}

/** How batches are drawn. */
export interface BatchOptions {
  /** Pictures per step. */
  readonly size: number;
  readonly seed: string | number;
  /** Mirror half of the pictures left to right. Default false. */
  readonly flip?: boolean;
}

/** One batch. */
export interface PictureBatch {
  readonly indices: readonly number[];
  /** Which positions were mirrored, so that a paired set can be mirrored alike. */
  readonly flipped: readonly boolean[];
  /** (size, C, H, W) in [−1, 1]. */
  readonly data: Float32Array;
}

/** Returns the batch of a step (from 0); every epoch goes once through all pictures in an order of its own. */
export function createPictureBatches(
  set: PictureSet,
  { size, seed, flip = false }: BatchOptions,
): (step: number) => PictureBatch {
  const order = createRowOrder(set.count, `${seed}/pictures`);
  return (step) => {
    const indices = order(step * size, size);
    const random = createRandom(`${seed}/flips-${step}`);
    const flipped = indices.map(() => flip && random.next() < 0.5);
    return { indices, flipped, data: set.batch(indices, (i) => flipped[i]!) };
  };
}
