/** Pictures of a folder and its subfolders; the subfolder is the category, the file name the name. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join, sep } from 'node:path';
import { refusal } from '../refusal.ts';
import { type FitOptions, fitPicture, sizeOf } from './fit-picture.ts';
import { checkRoom, createPictureSet, type PictureEntry, type PictureLabel, type PictureSet } from './picture-set.ts';
import { openPicture, type PictureLimits, reasonOf } from './read-picture.ts';
import type { Skipped } from './skipped.ts';

const ENDINGS = ['.png', '.jpg', '.jpeg', '.webp', '.gif'];
const AT_ONCE = 8;

/** A picture file and what is known of it. */
export interface PictureFile {
  readonly path: string;
  readonly label: PictureLabel;
}

/** What to take of a folder. */
export interface FolderOptions extends FitOptions, PictureLimits {
  /** Which subfolders to take, by relative path, '' for the folder itself. Default: all. */
  readonly take?: (category: string) => boolean;
}

/**
 * Loads all PNG, JPEG, WebP and GIF files (the first frame of moving ones) in the order of their paths. Broken files and
 * those beyond the limits are skipped and listed in `skipped`. Throws `training/pictures-missing`,
 * `training/no-pictures`, `training/too-many-pictures`.
 */
export async function loadPictureFolder(folder: string, options: FolderOptions): Promise<PictureSet> {
  const { take = () => true } = options;
  const found = await listFiles(folder);
  const files = found.map((file) => ({ path: join(folder, file), label: labelOf(file) }));
  return loadPictureFiles(
    files.filter(({ label }) => take(label.category)),
    options,
    folder,
  );
}

/** Loads files in the order given; `source` names them in errors. */
export async function loadPictureFiles(
  files: readonly PictureFile[],
  options: FitOptions & PictureLimits,
  source: string,
): Promise<PictureSet> {
  const size = sizeOf(options);
  checkRoom(files.length, size);
  const entries: PictureEntry[] = [];
  const skipped: Skipped[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    const read = await Promise.allSettled(
      some.map(async ({ path }) => fitPicture(await openPicture(path, options), options)),
    );
    read.forEach((result, i) => {
      const { path, label } = some[i]!;
      if (result.status === 'fulfilled') entries.push({ label, bytes: result.value });
      else skipped.push({ file: path, reason: reasonOf(result.reason) });
    });
  }
  return createPictureSet(entries, size, { skipped, source });
}

/** Relative paths with `/`, sorted by code unit, so that every machine sees one order. */
async function listFiles(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw picturesMissing(folder, cause);
  });
  return all
    .filter((file) => ENDINGS.includes(extname(file).toLowerCase()) && !basename(file).startsWith('.'))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

function labelOf(file: string): PictureLabel {
  const name = basename(file, extname(file)).replaceAll(/[_-]+/g, ' ').trim();
  const category = dirname(file) === '.' ? '' : dirname(file);
  return { name, tags: [], category, source: file, key: file };
}

/** The error of a picture set that is not there. */
export function picturesMissing(path: string, cause: unknown): Error {
  return refusal(
    'missing',
    'training/pictures-missing',
    { en: `There are no pictures at '${path}'.`, zh: `“${path}”处没有图片。` },
    { en: 'Check the path of the picture folder.', zh: '请检查图片文件夹的路径。' },
    cause,
  );
}
