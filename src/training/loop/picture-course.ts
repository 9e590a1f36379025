/** What all courses share that learn from pictures: where pictures come from, how the loop runs them, what the card says. */
import { z } from 'zod';
import type { Json } from '../../core/index.ts';
import type { ModelCard } from '../model/card.ts';
import { loadPictures, PICTURE_SOURCE, type PictureSet } from '../pictures/index.ts';
import type { Bilingual } from '../refusal.ts';
import { loadSpectrograms, SOUND_SOURCE } from '../sound/index.ts';
import type { RunOptions } from './course.ts';

/** Pictures, or recordings whose spectrograms are the pictures, as plain data in a recipe. */
export const LEARNED_SOURCE = z.union([PICTURE_SOURCE, SOUND_SOURCE]);
export type LearnedSource = z.infer<typeof LEARNED_SOURCE>;

/** Loads a source; throws as `loadPictures` and `loadSpectrograms`. */
export function loadSource(source: LearnedSource): Promise<PictureSet> {
  return source.from === 'sound' ? loadSpectrograms(source) : loadPictures(source);
}

interface Paced {
  readonly out: string;
  readonly name: string;
  readonly steps: number;
  readonly saveEvery: number;
  readonly validateEvery: number;
  readonly sampleEvery: number;
}

/** How the loop runs a course; `identity` is everything that decides what is learned. */
export function pictureRun(options: Paced, identity: object): RunOptions {
  const { out, name, steps, saveEvery, validateEvery, sampleEvery } = options;
  const plain = JSON.parse(JSON.stringify(identity)) as Json;
  return { out, steps, title: name, saveEvery, validateEvery, sampleEvery, identity: plain };
}

/** The session options that a course passes on. */
export function threadsOf({ threads }: { readonly threads?: number | undefined }): { threads?: number } {
  return threads === undefined ? {} : { threads };
}

interface Described {
  readonly name: string;
  readonly licence: string;
  readonly trainedOn: readonly { readonly name: string }[];
  readonly pictures: LearnedSource;
  readonly validationShare: number;
  readonly labels?: 'none' | 'category' | 'tags';
}

/**
 * What a card says besides its summary: how its pictures are loaded and parted, so that the model can be judged on them.
 * `digest` is that of what was learned, `pixels` that of the pictures where latents were learned.
 */
export function pictureCard(options: Described, digest: string, summary: Bilingual, pixels = digest): ModelCard {
  const { name, licence, trainedOn, validationShare, labels } = options;
  const { folder: _, ...source } = options.pictures;
  const learning = { source, pictures: pixels, validationShare, ...(labels === undefined ? {} : { labels }) };
  return { name, licence, summary, trainedOn: [...trainedOn], pictures: digest, learning };
}
