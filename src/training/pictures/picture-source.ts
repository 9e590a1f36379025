/** Where pictures come from, as plain data in a recipe. */
import { z } from 'zod';
import { loadPictureAtlas } from './load-atlas.ts';
import { loadEmojiPictures } from './load-emoji.ts';
import { loadPictureFolder } from './load-folder.ts';
import type { PictureSet } from './picture-set.ts';

const FIT = {
  folder: z.string().min(1),
  width: z.int().min(1).max(1024),
  height: z.int().min(1).max(1024).optional(),
  channels: z.union([z.literal(1), z.literal(3)]).optional(),
  fit: z.enum(['letterbox', 'crop']).optional(),
  background: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .optional(),
  resampling: z.enum(['smooth', 'nearest']).optional(),
  /** Beginnings of the categories to take. Default: all. */
  categories: z.array(z.string()).optional(),
};

/** The plain data of a source; see `FitOptions` for the fields. */
export const PICTURE_SOURCE = z.discriminatedUnion('from', [
  z.object({ from: z.literal('folder'), ...FIT }),
  /** Files with a sketch on the left and its picture on the right, each `width` wide and as high. */
  z.object({ from: z.literal('pairs'), ...FIT }),
  z.object({ from: z.literal('atlas'), ...FIT }),
  z.object({ from: z.literal('emoji'), ...FIT, style: z.enum(['3d', 'flat', 'high_contrast']).optional() }),
]);
export type PictureSource = z.infer<typeof PICTURE_SOURCE>;

/** Loads a source; throws as the loader of its kind. */
export async function loadPictures(source: PictureSource): Promise<PictureSet> {
  const { from, folder, categories, ...given } = source;
  const options = defined(given);
  const wanted = (category: string): boolean => !categories || categories.some((start) => category.startsWith(start));
  if (from === 'atlas') return loadPictureAtlas(folder, { ...options, take: (line) => wanted(line.category ?? '') });
  if (from === 'emoji') return loadEmojiPictures(folder, { ...options, take: (line) => wanted(line.group) });
  const both = from === 'pairs' ? { width: 2 * options.width, height: options.width } : {};
  return loadPictureFolder(folder, { ...options, ...both, take: wanted });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function defined<T extends object>(given: T): Defined<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;
}
