/** Writing files so that a crash leaves either the old or the new content, never half of it. */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes to `path.tmp`, flushes it to disk, renames it over `path` and flushes the folder. Creates the folder. When the
 * disk refuses, the temporary file is removed and the refusal passed on.
 */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.tmp`;
  try {
    await writeFlushed(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeFlushed(path: string, content: Uint8Array | string): Promise<void> {
  await using file = await disposable(open(path, 'w'));
  await file.handle.writeFile(content);
  await file.handle.sync();
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
