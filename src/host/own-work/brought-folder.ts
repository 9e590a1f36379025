/**
 * Files that were brought one by one (dropped on a page, sent by a program) as the folder that training reads. The folder is
 * named after what is in it, so that the same files are the same folder, and training goes on where it was.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { OsError, sha256 } from '../../core/index.ts';
import type { Os } from '../os.ts';

const MUSIC = new Set(['.mid', '.midi', '.abc', '.musicxml', '.mxl', '.xml']);

/** A folder of brought files, and what most of them are. */
export interface BroughtFolder {
  readonly folder: string;
  readonly kind: 'text' | 'music';
}

/** Lays the files of these works into one folder. Throws `host/not-a-file` for a work that is no brought file. */
export async function layBroughtFiles(os: Os, ids: readonly string[]): Promise<BroughtFolder> {
  const files = await Promise.all(ids.map((id) => os.load(id)));
  const stranger = files.find(({ work }) => work.medium !== 'file');
  if (stranger) throw notAFile(stranger.work.id, stranger.work.medium);
  const digest = sha256(
    new TextEncoder().encode(
      files
        .map(({ work }) => `${work.content} ${work.title}`)
        .toSorted()
        .join('\n'),
    ),
  );
  const folder = join(os.home, 'brought', digest.slice(0, 16));
  const making = `${folder}.${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true, mode: 0o700 });
  for (const [i, { work, bytes }] of files.entries()) await writeFile(join(making, safeName(work.title, i)), bytes);
  await rm(folder, { recursive: true, force: true });
  await rename(making, folder);
  const music = files.filter(({ work }) => MUSIC.has(extname(work.title).toLowerCase())).length;
  return { folder, kind: music * 2 > files.length ? 'music' : 'text' };
}

/** Names never become paths: what is no letter, digit or mark is left out, and the place keeps equal names apart. */
function safeName(title: string, place: number): string {
  const name = (title.split(/[/\\]/).at(-1) ?? '').replace(/[^\p{L}\p{N}._ -]/gu, '').replace(/^\.+/, '');
  return `${String(place).padStart(4, '0')}-${name.slice(-120) || 'file'}`;
}

function notAFile(id: string, medium: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'host/not-a-file',
    message: `The work ${id.slice(0, 8)} is of the medium '${medium}' and no file that was brought.`,
    hint: 'Bring the files first, and name the works that come of that.',
    zh: {
      message: `作品 ${id.slice(0, 8)} 属于“${medium}”，不是带入的文件。`,
      hint: '请先带入文件，再给出由此得到的作品。',
    },
  });
}
