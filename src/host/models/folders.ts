/** Folders of models, read from a disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelEntry } from '../../kernel/index.ts';

/** What a folder says of itself. */
export type Found = Omit<ModelEntry, 'enabled' | 'roles'>;

/** The models of a root; none where it does not exist. */
export async function listRoot(root: string): Promise<Found[]> {
  const names = await readdir(root).catch(() => []);
  const entries = await Promise.all(names.map((name) => readEntry(name, join(root, name))));
  return entries.filter((entry) => entry !== undefined);
}

async function readEntry(name: string, folder: string): Promise<Found | undefined> {
  const text = await readFile(join(folder, 'card.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const card = JSON.parse(text) as ModelEntry['card'];
    return { name, folder, card, driver: typeof card.driver === 'string' ? card.driver : 'house' };
  } catch (thrown) {
    // Shown in the list, refused by the driver when somebody wants to use it.
    return { name, folder, card: {}, driver: 'house', fault: `card.json: ${(thrown as Error).message}` };
  }
}
