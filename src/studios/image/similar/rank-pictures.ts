/** Kept pictures by how alike they are to one. */
import { mergedOf, shrink } from '../picture/index.ts';
import { compareFeatures } from './compare.ts';
import { featuresOf, type PictureFeatures } from './picture-features.ts';

/** Pixels at which files are measured. */
const LARGEST = 256;

/** A picture by id and its likeness, 0–1. */
export interface Ranked {
  readonly id: string;
  readonly likeness: number;
}

/** All of `ids`, most alike first; each is loaded and measured in turn. Throws `image/bad-picture`. */
export async function rankPictures(
  bytes: Uint8Array,
  ids: readonly string[],
  load: (id: string) => Promise<Uint8Array>,
): Promise<Ranked[]> {
  const own = await measured(bytes);
  const ranked: Ranked[] = [];
  for (const id of ids) ranked.push({ id, likeness: compareFeatures(own, await measured(await load(id))).likeness });
  return ranked.toSorted((a, b) => b.likeness - a.likeness);
}

async function measured(bytes: Uint8Array): Promise<PictureFeatures> {
  return featuresOf(await shrink(await mergedOf(bytes), LARGEST));
}
