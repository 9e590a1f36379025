/**
 * Pictures cut from a few large sheets. A folder holds the sheets and `index.jsonl`, one picture per line:
 *
 *   {"atlas": "mon.png", "x": 64, "y": 0, "w": 32, "h": 32, "name": "orc", "category": "monster", "path": "mon/orc"}
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { refusal } from '../refusal.ts';
import { type FitOptions, fitPicture, rawPicture, sizeOf } from './fit-picture.ts';
import { picturesMissing } from './load-folder.ts';
import { checkRoom, createPictureSet, type PictureEntry, type PictureLabel, type PictureSet } from './picture-set.ts';
import { openPicture, type PictureLimits, reasonOf } from './read-picture.ts';
import type { Skipped } from './skipped.ts';

const LINE = z.looseObject({
  atlas: z.string().regex(/^[\w.-]+$/),
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  w: z.int().positive(),
  h: z.int().positive(),
  name: z.string(),
  category: z.string().optional(),
  author: z.string().optional(),
  path: z.string().optional(),
  key: z.string().optional(),
  caption: z
    .object({
      names: z.array(z.string()),
      tags: z.array(z.string()),
      colours: z.array(z.string()),
      style: z.string(),
    })
    .optional(),
});
/** One line of an atlas index. */
export type AtlasLine = z.infer<typeof LINE>;

interface Sheet {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What to take of an atlas. */
export interface AtlasOptions extends FitOptions, PictureLimits {
  /** Which lines to take. Default: all. */
  readonly take?: (line: AtlasLine) => boolean;
}

/**
 * Loads the pictures of an atlas folder in the order of its index. Sheets that are broken and lines that point outside
 * their sheet are skipped and listed. Throws `training/pictures-missing`, `training/bad-picture-index`,
 * `training/no-pictures`.
 */
export async function loadPictureAtlas(folder: string, options: AtlasOptions): Promise<PictureSet> {
  const { take = () => true } = options;
  const size = sizeOf(options);
  const lines = (await readIndex(join(folder, 'index.jsonl'), LINE)).filter(take);
  checkRoom(lines.length, size);
  const sheets = new Map<string, Sheet | undefined>();
  const entries: PictureEntry[] = [];
  const skipped: Skipped[] = [];
  for (const line of lines) {
    if (!sheets.has(line.atlas)) sheets.set(line.atlas, await loadSheet(folder, line.atlas, options, skipped));
    const sheet = sheets.get(line.atlas);
    if (!sheet) continue;
    const tile = cut(sheet, line);
    if (tile) entries.push({ label: labelOf(line), bytes: await fitPicture(tile, options) });
    else skipped.push({ file: nameOf(line), reason: { en: 'it lies outside its sheet', zh: '超出了图集的范围' } });
  }
  return createPictureSet(entries, size, { skipped, source: folder });
}

/** Reads a JSON-lines index; throws `training/pictures-missing` and `training/bad-picture-index`. */
export async function readIndex<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw picturesMissing(path, cause);
  });
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const parsed = z
      .string()
      .transform((json, context) => {
        try {
          return JSON.parse(json) as unknown;
        } catch {
          context.addIssue('not JSON');
          return z.NEVER;
        }
      })
      .pipe(schema)
      .safeParse(line);
    if (!parsed.success) throw badIndex(path, i + 1, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' '));
    return [parsed.data];
  });
}

async function loadSheet(folder: string, file: string, limits: PictureLimits, skipped: Skipped[]) {
  try {
    const picture = (await openPicture(join(folder, file), limits)).ensureAlpha().toColourspace('srgb');
    const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    skipped.push({ file, reason: reasonOf(cause) });
    return undefined;
  }
}

function cut({ data, width, height }: Sheet, { x, y, w, h }: AtlasLine) {
  if (x + w > width || y + h > height) return undefined;
  const tile = new Uint8Array(4 * w * h);
  for (let row = 0; row < h; row++) {
    const from = 4 * ((y + row) * width + x);
    tile.set(data.subarray(from, from + 4 * w), 4 * row * w);
  }
  return rawPicture(tile, w, h);
}

function labelOf(line: AtlasLine): PictureLabel {
  const category = line.category ?? line.author ?? '';
  const tags = line.name.split(' ').filter((word) => word !== '');
  const { caption, key = line.name } = line;
  return { name: line.name, tags, category, source: nameOf(line), key, ...(caption ? { caption } : {}) };
}

function nameOf({ path, atlas, x, y }: AtlasLine): string {
  return path ?? `${atlas}@${x},${y}`;
}

function badIndex(path: string, line: number, reason: string): Error {
  return refusal(
    'input',
    'training/bad-picture-index',
    { en: `Line ${line} of '${path}' cannot be used: ${reason}.`, zh: `“${path}”第 ${line} 行无法使用：${reason}。` },
    { en: 'Mend or remove that line.', zh: '请修正或删除该行。' },
  );
}
