/** A model leaves. Files that the card only names stay where they are; its own folder is laid aside, not destroyed. */
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ModelCatalogue, ModelEntry } from '../../../kernel/index.ts';
import { shipped } from './refusals.ts';

/** What was taken away, and where its folder lies now. */
export interface Removed {
  readonly entry: ModelEntry;
  /** Put it back by moving this folder to where it was. */
  readonly kept: string;
}

/** Takes a model out of the artist's folder. Throws `host/model-missing` and `host/model-ships`. */
export async function removeModel(
  { models, root, now }: { readonly models: ModelCatalogue; readonly root: string; readonly now: () => string },
  name: string,
): Promise<Removed> {
  const entry = (await models.list()).find((one) => one.name === name) ?? (await models.get(name));
  if (dirname(resolve(entry.folder)) !== resolve(root)) throw shipped(name);
  const aside = join(dirname(root), 'models-removed');
  await mkdir(aside, { recursive: true });
  const kept = join(aside, `${name}-${now().replace(/\W/g, '')}`);
  await rename(entry.folder, kept);
  return { entry, kept };
}
