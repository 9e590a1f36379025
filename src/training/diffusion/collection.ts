/** Pictures as a diffusion model learns from them: a training part, a part kept back, and the labels they go by. */
import type { Random, Sha256 } from '../../core/index.ts';
import { type PictureSet, splitPictures } from '../pictures/index.ts';
import type { StoredVae } from '../vae/index.ts';
import type { DiffusionData } from './batches.ts';
import { drawPrompt, plainPrompt, stylesOf } from './caption-prompts.ts';
import type { DiffusionConfig } from './config.ts';

/** What a label is: nothing, a picture's category, every one of its tags; or any words at all, as its caption has them. */
export type LabelKind = 'none' | 'category' | 'tags' | 'words';

/** Something to learn from, whatever it was before: pixels, latents, spectrograms. */
export interface Collection {
  readonly picture: DiffusionConfig['picture'];
  readonly labels: readonly string[];
  /** Of pictures with captions. */
  readonly styles?: readonly string[];
  readonly train: DiffusionData;
  readonly validation: DiffusionData | undefined;
  /** Of all that is learned from. */
  readonly digest: Sha256;
  /** Of the pictures whose latents these are. */
  readonly pixels?: Sha256;
  /** What the network is to see instead of the numbers themselves. */
  readonly scaling?: DiffusionConfig['scaling'];
  /** The autoencoder whose latents these are. */
  readonly vae?: StoredVae;
}

/** How pictures become a collection. */
export interface CollectionOptions {
  readonly labels: LabelKind;
  /** A label must stand on as many training pictures. */
  readonly leastPictures: number;
  /** Share kept back, by the hash of the pictures' keys. */
  readonly validationShare: number;
  /** Mirror half of the pictures. */
  readonly flip: boolean;
  /** Turn each round its width, by chance. */
  readonly roll?: boolean | undefined;
}

/** The pixels of a set. */
export function pictureCollection(set: PictureSet, options: CollectionOptions): Collection {
  const { train, validation } = splitPictures(set, { share: options.validationShare });
  const labels = commonLabels(train, options);
  return {
    picture: { channels: set.channels, height: set.height, width: set.width },
    labels,
    styles: stylesOf(set),
    train: pixels(train, labels, options),
    validation: validation && pixels(validation, labels, { ...options, flip: false, roll: false }),
    digest: set.digest,
  };
}

/** What a picture of a set goes by. */
export function labelsOf(set: PictureSet, index: number, kind: LabelKind): readonly string[] {
  const label = set.labels[index]!;
  if (kind === 'none' || kind === 'words') return [];
  const found = kind === 'tags' ? label.tags : [label.category];
  return [...new Set(found.filter((text) => text !== ''))];
}

function commonLabels(set: PictureSet, { labels, leastPictures }: CollectionOptions): string[] {
  const counts = new Map<string, number>();
  for (let i = 0; i < set.count; i++) {
    for (const label of labelsOf(set, i, labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].flatMap(([label, count]) => (count >= leastPictures ? [label] : [])).toSorted();
}

function pixels(set: PictureSet, known: readonly string[], { labels, flip, roll }: CollectionOptions): DiffusionData {
  const listed = new Set(known);
  return {
    count: set.count,
    batch: (indices: readonly number[], random: Random) => {
      const mirrored = indices.map(() => flip && random.next() < 0.5);
      const pictures = set.batch(indices, (i) => mirrored[i]!);
      return roll ? rolled(pictures, set, random) : pictures;
    },
    labelsOf: (index) => labelsOf(set, index, labels).filter((label) => listed.has(label)),
    promptOf: (index, random) => {
      const { caption } = set.labels[index]!;
      if (!caption) return { words: [] };
      return random ? drawPrompt(caption, random) : plainPrompt(caption);
    },
  };
}

/** Every picture of (n, C, H, W) turned round its width by a number of columns of its own. */
function rolled(pictures: Float32Array, { channels, height, width }: PictureSet, random: Random): Float32Array {
  const out = new Float32Array(pictures.length);
  const rows = channels * height;
  for (let row = 0, by = 0; row * width < pictures.length; row++) {
    if (row % rows === 0) by = random.integer(width);
    const [from, to] = [row * width, (row + 1) * width];
    out.set(pictures.subarray(from, to - by), from + by);
    out.set(pictures.subarray(to - by, to), from);
  }
  return out;
}
