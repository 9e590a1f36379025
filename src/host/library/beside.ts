/**
 * What stands beside a work when it is measured: the others of its medium, and what was found out about them before.
 *
 *   home/findings/<name>/ab/abcd…   one small file a content
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Beside, type Kernel, loadWork, type Work } from '../../kernel/index.ts';

/** What a critique of a work may look at. */
export function besideOf(kernel: Kernel, home: string, { id, medium }: Work): Beside {
  const { works } = kernel.storage;
  const placeOf = (work: Work, name: string): readonly [folder: string, file: string] => {
    const folder = join(home, 'findings', name, work.content.slice(0, 2));
    return [folder, join(folder, work.content)];
  };
  return {
    others: async (most) =>
      (await works.list({ limit: most + 1, medium })).filter((work) => work.id !== id).slice(0, most),
    isKin: async (one, other) => {
      const [own, others] = [await lineOf(kernel, one, medium), await lineOf(kernel, other, medium)];
      return [...own].some((each) => others.has(each));
    },
    recall: async (work, name) => {
      const [, file] = placeOf(work, name);
      return readFile(file).catch(() => undefined);
    },
    remember: async (work, name, bytes) => {
      const [folder, file] = placeOf(work, name);
      const making = `${file}.${process.pid}.${Math.round(performance.now() * 1000)}`;
      // What cannot be kept is found out again the next time.
      await mkdir(folder, { recursive: true })
        .then(() => writeFile(making, bytes))
        .then(() => rename(making, file))
        .catch(() => undefined);
    },
    load: (other) => loadWork(kernel, other),
  };
}

/** A work with all of its medium that it was made from. */
async function lineOf({ storage: { works } }: Kernel, id: string, medium: string): Promise<Set<string>> {
  const seen = new Set<string>();
  const line = new Set<string>();
  const walk = async (each: string): Promise<void> => {
    if (seen.has(each)) return;
    seen.add(each);
    const work = await works.get(each).catch(() => undefined);
    // A parent may have been forgotten.
    if (!work) return;
    if (work.medium === medium) line.add(each);
    for (const parent of work.parents) await walk(parent);
  };
  await walk(id);
  return line;
}
