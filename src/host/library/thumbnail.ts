/** Small pictures of works, drawn by their studio and kept on disk: the same content, width and theme is drawn once. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OsError } from '../../core/index.ts';
import { type Kernel, loadWork, type Studio, type ThumbnailLook, type Work } from '../../kernel/index.ts';

/** Raise it when thumbnails are drawn otherwise. */
const MANNER = 1;

/** A WebP. Throws `storage/work-missing`, `host/no-thumbnail`, and what the studio throws for a damaged work. */
export async function thumbnailOf(
  kernel: Kernel,
  home: string,
  studios: readonly Studio[],
  id: string,
  { width, theme }: ThumbnailLook,
): Promise<Uint8Array> {
  const work = await kernel.storage.works.get(id);
  const studio = studios.find((one) => one.medium === work.medium && one.thumbnail);
  if (!studio?.thumbnail) throw noThumbnail(work);
  const folder = join(home, 'thumbnails', work.content.slice(0, 2));
  const file = join(folder, `${work.content}-${MANNER}-${width}-${theme}.webp`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return kept;
  const bytes = await studio.thumbnail(await loadWork(kernel, id), { width, theme });
  await keep(folder, file, bytes);
  return bytes;
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
