/**
 * The port to a model that looks at pictures: what is on them, how well words fit them, what is near and far, where the
 * subject is. A driver implements what its model can; agents and studios ask the kernel for it.
 *
 *   picture ─▶ describe ─▶ "a red boat on a lake"      picture, words ─▶ match ─▶ how well each fits
 *           ─▶ depth ─▶ near and far                   picture ─▶ subject ─▶ what stands before the ground
 */
import type { PixelPlanes } from './picture-model.ts';
import type { ModelIdentity } from './token-model.ts';

/** What an eye can do; a model has some of these. */
export const EYE_SKILLS = ['describe', 'match', 'depth', 'subject'] as const;

export type EyeSkill = (typeof EYE_SKILLS)[number];

export interface LookOptions {
  readonly signal?: AbortSignal;
}

export interface PictureEye extends AsyncDisposable {
  readonly identity: ModelIdentity;
  readonly skills: readonly EyeSkill[];
  /** In words of the model's own language. Throws `engine/cannot` where it is not among the skills, as all of these do. */
  describe(picture: PixelPlanes, options?: LookOptions): Promise<string>;
  /**
   * How well each text fits each picture: cosine similarity, −1 to 1, one row a picture. Comparable within one model only.
   * Texts longer than the model can read throw `engine/context-full`.
   */
  match(
    pictures: readonly PixelPlanes[],
    texts: readonly string[],
    options?: LookOptions,
  ): Promise<readonly Float32Array[]>;
  /** One plane of the picture's size: 1 is nearest, −1 farthest. */
  depth(picture: PixelPlanes, options?: LookOptions): Promise<PixelPlanes>;
  /** One plane of the picture's size: 1 where the subject is, −1 where the ground is. */
  subject(picture: PixelPlanes, options?: LookOptions): Promise<PixelPlanes>;
}

/** A candidate among others, and how well it fits what was asked. */
export interface Ranked {
  /** Place among the pictures that were given. */
  readonly index: number;
  readonly score: number;
}

/**
 * Orders pictures by how well they fit the words, best first; equal ones stay in the order given. Throws what `match` throws.
 */
export async function rankPictures(
  eye: PictureEye,
  pictures: readonly PixelPlanes[],
  words: string,
  options: LookOptions = {},
): Promise<readonly Ranked[]> {
  const rows = await eye.match(pictures, [words], options);
  return rows.map((row, index) => ({ index, score: row[0]! })).sort((a, b) => b.score - a.score || a.index - b.index);
}
