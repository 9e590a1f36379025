import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and the ones above it, and syncs each parent, so that the name itself outlives a power cut.
 * Not `mkdir` with `recursive`: where a parent is there but takes no folders (`/proc`), Node 24's tries for ever.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    await fs.mkdir(path);
  } catch (thrown) {
    // Another process may have made it in between.
    if (!(await isFolder(path))) throw thrown;
  }
  await syncFolder(parent);
}

/** Makes renames inside a folder durable. Windows has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await fs.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw thrown;
  }
}
