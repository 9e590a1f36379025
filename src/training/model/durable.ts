/** Writing files so that a crash leaves either the old or the new content, never half of it. */
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes to `path.tmp`, flushes it to disk, renames it over `path` and flushes the folder. Creates the folder. */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.tmp`;
  await using file = await disposable(open(temporary, 'w'));
  await file.handle.writeFile(content);
  await file.handle.sync();
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Flushes a folder's entries to disk; where the system cannot do that (Windows) it does nothing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using file = await disposable(open(folder, 'r'));
  await file.handle.sync();
}

async function disposable(opening: Promise<FileHandle>): Promise<{ handle: FileHandle } & AsyncDisposable> {
  const handle = await opening;
  return { handle, [Symbol.asyncDispose]: () => handle.close() };
}
