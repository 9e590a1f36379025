/** Batches of pictures taken apart and put together. */
import type { PictureSet, Pictures } from './picture-set.ts';

/** How many pictures a batch holds. */
export function countPictures({ data, width, height, channels }: Pictures): number {
  return data.length / (width * height * channels);
}

/** Pictures of a batch by index, in the order given. */
export function choosePictures(pictures: Pictures, indices: readonly number[]): Pictures {
  const { width, height, channels } = pictures;
  const area = width * height * channels;
  const data = new Float32Array(indices.length * area);
  indices.forEach((index, i) => {
    data.set(pictures.data.subarray(index * area, (index + 1) * area), i * area);
  });
  return { data, width, height, channels };
}

/** The first pictures of a batch, fewer where there are not so many. */
export function firstOf(pictures: Pictures, most: number): Pictures {
  const { data, width, height, channels } = pictures;
  return { data: data.subarray(0, most * width * height * channels), width, height, channels };
}

/** Batches of one size one after another. */
export function joinPictures(batches: readonly Pictures[]): Pictures {
  const data = new Float32Array(batches.reduce((sum, batch) => sum + batch.data.length, 0));
  let at = 0;
  for (const batch of batches) {
    data.set(batch.data, at);
    at += batch.data.length;
  }
  return { ...batches[0]!, data };
}

/** All pictures of a set as one batch, or so many of them, evenly spread. */
export function allPictures({ count, width, height, channels, batch }: PictureSet, most = count): Pictures {
  const taken = Math.min(most, count);
  const indices = Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
  return { data: batch(indices), width, height, channels };
}
