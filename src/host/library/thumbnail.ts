/** Small pictures of works, drawn by their studio and kept on disk: the same content, width and theme is drawn once. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OsError } from '../../core/index.ts';
import { type Kernel, loadWork, type Studio, type ThumbnailLook, type Work } from '../../kernel/index.ts';

/** Media that are shown as a page of their words. */
const IN_WORDS = ['verse', 'prose', 'plan'];

/** Raise it when thumbnails are drawn otherwise. */
const MANNER = 1;

/** Where thumbnails come from and lie. */
export interface Thumbnails {
  readonly kernel: Kernel;
  readonly home: string;
  readonly studios: readonly Studio[];
}

/** A WebP. Throws `storage/work-missing`, `host/no-thumbnail`, and what the studio throws for a damaged work. */
export async function thumbnailOf(from: Thumbnails, id: string, look: ThumbnailLook): Promise<Uint8Array> {
  const { draw, folder, file } = await placeOf(from, id, look);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return kept;
  const bytes = await draw(await loadWork(from.kernel, id), look);
  await keep(folder, file, bytes);
  return bytes;
}

/** The same when it was drawn before; undefined when it was not. Throws `storage/work-missing`, `host/no-thumbnail`. */
export async function keptThumbnail(
  from: Thumbnails,
  id: string,
  look: ThumbnailLook,
): Promise<Uint8Array | undefined> {
  const { file } = await placeOf(from, id, look);
  return readFile(file).catch(() => undefined);
}

async function placeOf(
  { kernel, home, studios }: Thumbnails,
  id: string,
  { width, theme }: ThumbnailLook,
): Promise<{ readonly draw: Draw; readonly folder: string; readonly file: string }> {
  const work = await kernel.storage.works.get(id);
  const draw = drawerOf(studios, work);
  if (!draw) throw noThumbnail(work);
  const folder = join(home, 'thumbnails', work.content.slice(0, 2));
  return { draw, folder, file: join(folder, `${work.content}-${MANNER}-${width}-${theme}.webp`) };
}

type Draw = NonNullable<Studio['thumbnail']>;

/** The studio's own picture, or a page of the work's words. */
function drawerOf(studios: readonly Studio[], { medium, record }: Work): Draw | undefined {
  const own = studios.find((one) => one.medium === medium && one.thumbnail);
  if (own?.thumbnail) return own.thumbnail;
  const teller = studios.find((one) => one.words && one.ops.some(({ name }) => name === record.op));
  if (!IN_WORDS.includes(medium) || !teller) return undefined;
  return async (input, look) => {
    const { pagePicture } = await import('./page-picture.ts');
    const text = await teller.words!(input);
    const { palette = [] } = (input.document ?? {}) as { readonly palette?: readonly string[] };
    return pagePicture({ title: input.work.title, text, upright: medium === 'verse', swatches: palette }, look);
  };
}

/** A thumbnail that cannot be kept is drawn again the next time. */
async function keep(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  const making = `${file}.${process.pid}.${Math.round(performance.now() * 1000)}`;
  await mkdir(folder, { recursive: true })
    .then(() => writeFile(making, bytes))
    .then(() => rename(making, file))
    .catch(() => undefined);
}

function noThumbnail({ id, medium }: Work): OsError {
  return new OsError({
    kind: 'missing',
    code: 'host/no-thumbnail',
    message: `Works of the medium '${medium}' have no small picture (${id.slice(0, 8)}).`,
    hint: 'Show its title or its words.',
    zh: { message: `“${medium}”类作品没有缩略图（${id.slice(0, 8)}）。`, hint: '请显示其标题或文字。' },
  });
}
