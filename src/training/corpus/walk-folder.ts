/**
 * All files under a folder in the order of their paths, hidden ones left out. Links are followed within the folder only,
 * and a folder is entered once, so that a link that leads back to itself ends nothing but its own branch.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Bilingual, refusal } from '../refusal.ts';
import type { Skip } from './document.ts';

export interface FoundFile {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

const MOST_FILES = 200_000;
const LEFT_ALONE = new Set(['node_modules', '__MACOSX']);

/** Lists the files, and what could not be entered. Throws `training/corpus-missing` when there is no such folder. */
export async function walkFolder(folder: string): Promise<{ files: FoundFile[]; skipped: Skip[] }> {
  const root = await rootOf(folder);
  const files: FoundFile[] = [];
  const skipped: Skip[] = [];
  const entered = new Set<string>();
  const skip = (source: string, en: string, zh: string): void => {
    skipped.push({ source, reason: { en, zh } });
  };
  const take = async (path: string): Promise<void> => {
    const real = await realpath(join(root, path));
    const leadsOut = real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep);
    if (leadsOut) return skip(path, 'a link that leads out of the folder', '链接指向文件夹之外');
    const found = await stat(real);
    if (found.isFile()) files.push({ path, bytes: found.size });
    else if (!found.isDirectory()) skip(path, 'not a regular file', '不是普通文件');
    else if (entered.has(real)) skip(path, 'a link to a folder already read', '链接指向已读过的文件夹');
    else await enter(path, real);
  };
  const enter = async (path: string, real: string): Promise<void> => {
    entered.add(real);
    const names = (await readdir(real)).filter((name) => !name.startsWith('.') && !LEFT_ALONE.has(name)).sort();
    for (const name of names) {
      if (files.length >= MOST_FILES) throw tooMany(folder);
      const inner = path ? `${path}/${name}` : name;
      await take(inner).catch((error: unknown) => {
        const reason = diskReason(error);
        if (!reason) throw error;
        skipped.push({ source: inner, reason });
      });
    }
  };
  await enter('', root);
  return { files, skipped };
}

const DISK: Readonly<Record<string, Bilingual>> = {
  EACCES: { en: 'no right to read it', zh: '没有读取权限' },
  EPERM: { en: 'no right to read it', zh: '没有读取权限' },
  ENOENT: { en: 'it is not there (a broken link?)', zh: '不存在（链接已失效？）' },
  ELOOP: { en: 'a link that leads back to itself', zh: '链接指向自身' },
  EIO: { en: 'the disk cannot read it', zh: '磁盘读取出错' },
  ENXIO: { en: 'not a regular file', zh: '不是普通文件' },
};

/** Why the disk refused one file, or undefined for other errors. */
export function diskReason(error: unknown): Bilingual | undefined {
  return DISK[(error as NodeJS.ErrnoException).code ?? ''];
}

async function rootOf(folder: string): Promise<string> {
  const root = await realpath(folder).catch(() => undefined);
  if (root !== undefined && (await stat(root)).isDirectory()) return root;
  throw refusal(
    'missing',
    'training/corpus-missing',
    { en: `There is no folder '${folder}'.`, zh: `没有文件夹“${folder}”。` },
    { en: 'Check the path; give the folder that holds the texts.', zh: '请检查路径，并给出存放文本的文件夹。' },
  );
}

function tooMany(folder: string): Error {
  return refusal(
    'input',
    'training/corpus-too-large',
    { en: `'${folder}' holds more than ${MOST_FILES} files.`, zh: `“${folder}”中的文件超过 ${MOST_FILES} 个。` },
    {
      en: 'Give a smaller folder, or put the texts into one jsonl file.',
      zh: '请给出更小的文件夹，或把文本放进一个 jsonl 文件。',
    },
  );
}
