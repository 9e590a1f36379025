/**
 * Where the workshop keeps what it made: `<home>/workshop/<kind>-<digest>/`, each folder complete or absent. A step writes
 * into a folder of its own and puts it on the shelf under the digest of what is in it; runs that can be interrupted keep
 * one folder for each request, so that the same request goes on where it stopped.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OsError, sha256 } from '../../../core/index.ts';

export interface Shelf {
  /** The folder of something kept; throws `house/not-on-shelf`. */
  find(kind: string, digest: string): string;
  /** Folders of everything kept of a kind. */
  list(kind: string): Promise<string[]>;
  /** Keeps a folder under another digest, after its contents were changed. */
  rename(kind: string, before: string, after: string): Promise<void>;
  /** Lets `make` fill a folder and keeps it under the digest that `make` returns. */
  keep(kind: string, make: (folder: string) => Promise<string>): Promise<string>;
  /** The folder of a request that may take several attempts. */
  attempt(request: object): Promise<string>;
}

const SHORT = 24;

/** The shelf of a home folder. */
export function openShelf(home: string): Shelf {
  const root = join(home, 'workshop');
  const folderOf = (kind: string, digest: string): string => join(root, `${kind}-${digest.slice(0, SHORT)}`);
  return {
    find: (kind, digest) => {
      const folder = folderOf(kind, digest);
      if (existsSync(folder)) return folder;
      throw notOnShelf(kind, folder);
    },
    list: async (kind) => {
      const names = await readdir(root).catch(() => []);
      return names.filter((name) => name.startsWith(`${kind}-`)).map((name) => join(root, name));
    },
    rename: async (kind, before, after) => {
      if (before === after) return;
      await rm(folderOf(kind, after), { recursive: true, force: true });
      await rename(folderOf(kind, before), folderOf(kind, after));
    },
    keep: async (kind, make) => {
      const draft = join(root, `draft-${randomUUID()}`);
      await mkdir(draft, { recursive: true });
      try {
        const digest = await make(draft);
        const folder = folderOf(kind, digest);
        // A folder under the same digest holds the same, whoever kept it first, even this very moment.
        await rename(draft, folder).catch((error: unknown) => {
          if (!existsSync(folder)) throw error;
        });
        return digest;
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    },
    attempt: async (request) => {
      const folder = folderOf('run', sha256(JSON.stringify(request)));
      await mkdir(folder, { recursive: true });
      return folder;
    },
  };
}

/** Writes records, one JSON object a line. */
export async function writeLines(path: string, records: readonly object[]): Promise<void> {
  await writeFile(path, `${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
}

/** Reads what `writeLines` wrote. */
export async function readLines<T>(path: string): Promise<T[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

function notOnShelf(kind: string, folder: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'house/not-on-shelf',
    message: `The ${kind} is no longer in the workshop (${folder}).`,
    hint: 'Run the steps that made it again; with the same files and seed they give the same.',
    zh: {
      message: `工坊里已没有这份${kind}（${folder}）。`,
      hint: '请重新运行制作它的步骤；文件与种子相同，结果也相同。',
    },
  });
}
