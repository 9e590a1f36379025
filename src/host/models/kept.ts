/** What is kept of models as long as their files stay as they are. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Something of a model, and of which state of its files. */
export interface Kept<T> {
  readonly stamp: string;
  readonly promise: Promise<T>;
}

/** Starts once for each state of a folder's files; a failure may be tried again. `before`: what this start takes the place of. */
export async function keep<T>(
  kept: Map<string, Kept<T>>,
  key: string,
  folder: string,
  start: () => Promise<T>,
): Promise<{ readonly promise: Promise<T>; readonly before?: Promise<T> }> {
  const stamp = await stampOf(folder);
  const known = kept.get(key);
  if (known?.stamp === stamp) return { promise: known.promise };
  const promise = start();
  kept.set(key, { stamp, promise });
  promise.catch(() => {
    if (kept.get(key)?.promise === promise) kept.delete(key);
  });
  return known ? { promise, before: known.promise } : { promise };
}

/** Which files a folder holds, each with its place on the disk, size and time: cheap, and different after a replacement. */
async function stampOf(folder: string): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name), { bigint: true }).catch(() => undefined);
      return found ? `${name} ${found.ino} ${found.size} ${found.mtimeNs}` : name;
    }),
  );
  return `${folder}\n${files.join('\n')}`;
}
