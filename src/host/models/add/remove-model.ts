/** A model leaves. Files that the card only names stay where they are. */
import { rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ModelCatalogue, ModelEntry } from '../../../kernel/index.ts';
import { shipped } from './refusals.ts';

/** Takes a model out of the artist's folder. Throws `host/model-missing` and `host/model-ships`. */
export async function removeModel(models: ModelCatalogue, root: string, name: string): Promise<ModelEntry> {
  const entry = (await models.list()).find((one) => one.name === name) ?? (await models.get(name));
  if (dirname(resolve(entry.folder)) !== resolve(root)) throw shipped(name);
  // Out of sight in one step; then bit by bit.
  const gone = join(root, `.removed-${process.pid}-${Date.now()}`);
  await rename(entry.folder, gone);
  await rm(gone, { recursive: true, force: true });
  return entry;
}
