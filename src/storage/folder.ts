import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder and the ones above it, and syncs each parent, so that the name itself outlives a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await fs.mkdir(path, { recursive: true });
  let made = path;
  await syncFolder(dirname(made));
  while (first !== undefined && made !== first) {
    made = dirname(made);
    await syncFolder(dirname(made));
  }
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
