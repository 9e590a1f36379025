/** All texts that lie in a picture file, by their keys, within limits. */
import { partsOf } from './containers.ts';
import { exifTexts } from './exif-texts.ts';
import { LONGEST_IN_ALL, LONGEST_TEXT, MOST_TEXTS } from './limits.ts';
import { isPng, pngExif, pngTexts } from './png-texts.ts';
import { recordOfXmp } from './xmp.ts';

/** Key under which our own record stands. */
export const OWN_KEY = 'llmagentos';

/**
 * Texts of a PNG, JPEG, WebP or AVIF: PNG keywords as they are, EXIF tags by name, `comment`, and our record as `llmagentos`. The first of a key
 * counts. Broken and overlong texts are left out; never throws.
 */
export function readTexts(bytes: Uint8Array): Readonly<Record<string, string>> {
  const texts = new Map<string, string>();
  let left = LONGEST_IN_ALL;
  for (const [key, text] of foundTexts(bytes)) {
    if (texts.size >= MOST_TEXTS) break;
    if (texts.has(key) || text.length > LONGEST_TEXT || text.length > left || text.trim() === '') continue;
    texts.set(key, text);
    left -= text.length;
  }
  return Object.fromEntries(texts);
}

function* foundTexts(bytes: Uint8Array): Generator<readonly [string, string]> {
  if (isPng(bytes)) {
    yield* pngTexts(bytes);
    const exif = pngExif(bytes);
    if (exif) yield* exifTexts(exif);
    return;
  }
  const { exif, xmp, comment } = partsOf(bytes);
  const record = xmp === undefined ? undefined : recordOfXmp(xmp);
  if (record !== undefined) yield [OWN_KEY, record];
  if (exif) yield* exifTexts(exif);
  if (comment !== undefined) yield ['comment', comment];
}
