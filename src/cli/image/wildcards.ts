/** Wildcards from a folder: `flowers.txt` is `__flowers__`, `birds/small.txt` is `__birds/small__`; one entry a line, `#` begins a comment. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { OsError } from '../../core/index.ts';
import type { Wildcards } from '../../studios/image/index.ts';

const MOST_FILES = 2000;
const LARGEST_FILE = 4 * 2 ** 20;

/** Reads all text files below a folder. Throws `cli/folder-missing`. */
export function readWildcards(folder: string): Wildcards {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw folderMissing(folder);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.txt'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size <= LARGEST_FILE)
    .toSorted()
    .slice(0, MOST_FILES);
  return Object.fromEntries(
    files.map((file) => [
      relative(folder, file)
        .replace(/\.txt$/, '')
        .split(sep)
        .join('/'),
      linesOf(file),
    ]),
  );
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function folderMissing(folder: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'cli/folder-missing',
    message: `There is no folder “${folder}”.`,
    hint: 'Name a folder of text files, one entry a line.',
    zh: { message: `没有文件夹“${folder}”。`, hint: '请给出放有文本词表的文件夹，一行一条。' },
  });
}
