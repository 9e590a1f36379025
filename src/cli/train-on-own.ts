/** `train --on`: which way an artist's own work goes, that of texts or that of tunes. */
import { checkModelName } from './check-model-name.ts';
import type { Door, Reply } from './door.ts';
import { decideKind } from './own-sources.ts';
import { nameMissing, type OwnWorkOptions, trainOnOwnWork } from './train-on-own-work.ts';

/** Repositories hold texts; a folder is learned as what it holds. Throws before anything is read when the name cannot be used. */
export async function trainOnOwn(door: Door, options: OwnWorkOptions): Promise<Reply> {
  const { name, replace, kind, from } = options;
  if (name === undefined) throw nameMissing();
  await checkModelName(await door.os(), name, replace);
  if (from.folder === undefined || (await decideKind(door, from.folder, kind)) === 'text') {
    return trainOnOwnWork(door, options);
  }
  const { trainOnOwnTunes } = await import('./train-on-own-tunes.ts');
  return trainOnOwnTunes(door, { ...options, name, folder: from.folder });
}
