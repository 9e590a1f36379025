/** Files on the shelf that a studio reads and writes itself: an artist's scores as they are, and what was made of them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashJson, type Json, OsError, sha256 } from '../../../core/index.ts';
import type { Made, Workshop, WorkshopHooks } from '../../../kernel/index.ts';
import { type CollectFilesOptions, collectFiles } from '../../../training/index.ts';
import type { Surroundings } from './surroundings.ts';

type CollectFilesRequest = Parameters<Workshop['collectFiles']>[0];

/** The kind under which collected files lie on the shelf, each named by its SHA-256. */
const FILES = 'files';

export async function collectKept(
  { shelf }: Surroundings,
  { folder, kinds, licence }: CollectFilesRequest,
  hooks: WorkshopHooks,
): Promise<Made> {
  const options: CollectFilesOptions = {
    kinds: kinds as CollectFilesOptions['kinds'],
    signal: hooks.signal,
    ...(licence === undefined ? {} : { licence }),
    onFile: (_, done, of) => hooks.onProgress({ done, total: of, note: { en: 'files', zh: '个文件' } }),
  };
  let made: Awaited<ReturnType<typeof collectFiles>> | undefined;
  const digest = await shelf.keep(FILES, async (draft) => {
    made = await collectFiles(folder, (file, bytes) => writeFile(join(draft, file.sha256), bytes), options);
    return hashJson(made.files as unknown as Json);
  });
  const { found, files, skipped } = made!;
  return {
    digest,
    folder,
    files: found,
    sources: files.map(({ licence: { name }, ...file }) => ({ ...file, source: file.path, licence: name })),
    skipped: skipped.map(({ source, reason }) => ({ source, reason: { ...reason } })),
  };
}

export function keepFiles(
  { shelf }: Surroundings,
  kind: string,
  files: ReadonlyMap<string, Uint8Array | string>,
): Promise<string> {
  return shelf.keep(plainName(kind), async (draft) => {
    const digests: [string, string][] = [];
    for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const path = join(draft, plainName(name));
      await writeFile(path, content);
      digests.push([name, sha256(content)]);
    }
    return hashJson(digests);
  });
}

export async function readKept(
  { shelf }: Surroundings,
  kind: string,
  digest: string,
  name: string,
): Promise<Uint8Array> {
  return readFile(join(shelf.find(plainName(kind), digest), plainName(name)));
}

/** Names come from studios; one that leads elsewhere is their mistake. */
function plainName(name: string): string {
  if (/^\w[\w.-]*$/.test(name)) return name;
  throw new OsError({
    kind: 'bug',
    code: 'house/bad-kept-name',
    message: `Nothing can be kept under the name '${name}'.`,
    hint: 'Use letters, digits, dots and dashes.',
    zh: { message: `不能用“${name}”作保存的名字。`, hint: '请只用字母、数字、点与短横线。' },
  });
}
