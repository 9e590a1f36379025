/** Emoji folders: `labels.jsonl` with names in English and Chinese, and one file per style. */
import { join } from 'node:path';
import { z } from 'zod';
import type { FitOptions } from './fit-picture.ts';
import { readIndex } from './load-atlas.ts';
import { loadPictureFiles } from './load-folder.ts';
import type { PictureSet } from './picture-set.ts';
import type { PictureLimits } from './read-picture.ts';

/** The ways an emoji is drawn. */
export type EmojiStyle = '3d' | 'flat' | 'high_contrast';

const LINE = z.looseObject({
  hex: z.string().min(1),
  name_en: z.string(),
  name_zh: z.string(),
  tags_en: z.array(z.string()),
  tags_zh: z.array(z.string()),
  group: z.string(),
  files: z.record(z.string(), z.string().regex(/^(?!.*\.\.)[\w./-]+$/)),
});

/** One line of an emoji index. */
export type EmojiLine = z.infer<typeof LINE>;

/** What to take of an emoji folder. */
export interface EmojiOptions extends FitOptions, PictureLimits {
  /** Default `flat`. */
  readonly style?: EmojiStyle;
  /** Which lines to take. Default: all. */
  readonly take?: (line: EmojiLine) => boolean;
}

/**
 * Loads one style in the order of the labels; the key is the code point, so styles of one emoji stay together in a
 * split. Tags hold both languages, the Chinese name first. Throws as `loadPictureAtlas`.
 */
export async function loadEmojiPictures(folder: string, options: EmojiOptions): Promise<PictureSet> {
  const { style = 'flat', take = () => true } = options;
  const lines = (await readIndex(join(folder, 'labels.jsonl'), LINE)).filter(take);
  const files = lines.flatMap((line) => {
    const file = line.files[style];
    if (file === undefined) return [];
    const tags = [line.name_zh, ...line.tags_zh, ...line.tags_en];
    const label = { name: line.name_en, tags, category: line.group, source: file, key: line.hex };
    return [{ path: join(folder, file), label }];
  });
  return loadPictureFiles(files, options, folder);
}
