/**
 * A public repository as a whole, or a folder of it, by commit and SHA-256:
 *
 *   address + commit ─▶ tar.gz, fetched once ─ SHA-256 ─▶ kept ─▶ unpacked for the moment ─▶ documents with their licence
 *
 * The archive is checked each time it is read, so that a second run needs no network and a changed file is not believed.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { cancelled, type Sha256, sha256 } from '../../core/index.ts';
import { writeDurably } from '../model/durable.ts';
import { refusal } from '../refusal.ts';
import { type CollectOptions, collectFolder } from './collect-folder.ts';
import type { Collection } from './document.ts';
import { type Fetch, fetchBytes } from './fetch-bytes.ts';
import { isAbout } from './find-licence.ts';
import { readTar, type TarFile } from './read-tar.ts';
import { archiveAddress, REPOSITORY_HOSTS, type RepositoryPlace } from './repository-address.ts';

/** What a recipe says: see `RepositoryPlace`. */
export interface ArchiveSource extends RepositoryPlace {
  /** Of the archive as it is fetched (tar.gz), or of the tar in it, which no change of compression touches. */
  readonly sha256: Sha256;
  /** As SPDX name; the repository's own licence files decide when absent. */
  readonly licence?: string;
}

/** A collection and what it was fetched from. */
export interface ArchiveCollection extends Collection {
  readonly address: string;
  /** Of the archive. */
  readonly bytes: number;
  /** False when a kept archive was used. */
  readonly fetched: boolean;
}

/** Most bytes of an archive, and of what it unpacks to. */
const MOST_BYTES = 512 * 2 ** 20;
const MOST_UNPACKED = 1.5 * 2 ** 30;

/**
 * Fetches the archive unless it is kept under `cacheFolder`, checks it, and collects what is in it. Throws
 * `training/bad-repository`, `training/fetch-failed`, `training/digest-mismatch`, `training/bad-archive`, and the errors of
 * `collectFolder`.
 */
export async function collectArchive(
  source: ArchiveSource,
  fetch: Fetch,
  cacheFolder: string,
  options: CollectOptions & { readonly onBytes?: (done: number) => void } = {},
): Promise<ArchiveCollection> {
  const address = check(source);
  await mkdir(cacheFolder, { recursive: true });
  const kept = join(cacheFolder, `${source.sha256}.tar.gz`);
  const known = await readFile(kept).catch(() => undefined);
  let tar = known && (await verify(source, known));
  const fetched = tar === undefined;
  let bytes = known?.length ?? 0;
  if (tar === undefined) {
    const archive = await fetchBytes(fetch, address, { most: MOST_BYTES, ...options });
    tar = await verify(source, archive);
    if (tar === undefined) throw mismatch(source, sha256(archive));
    bytes = archive.length;
    await writeDurably(kept, archive);
  }
  const collection = await collectFiles(source, unpack(source, tar), cacheFolder, options);
  return { ...collection, address, bytes, fetched };
}

/** The tar within, when archive or tar are what the source names; undefined otherwise. */
async function verify({ sha256: wanted, repository }: ArchiveSource, archive: Uint8Array): Promise<Buffer | undefined> {
  const right = sha256(archive) === wanted;
  const tar = await promisify(gunzip)(archive, { maxOutputLength: MOST_UNPACKED }).catch(() => undefined);
  if (right && tar === undefined) throw damaged(repository);
  return right || (tar && sha256(tar) === wanted) ? tar : undefined;
}

/** Files without the folder that archives put everything into; those about the others, and those of the folder meant. */
function unpack({ repository, folder }: ArchiveSource, tar: Uint8Array): readonly TarFile[] {
  const files = readTar(tar);
  if (files === undefined) throw damaged(repository);
  const inside = folder === undefined ? '' : `${posix.normalize(folder)}/`;
  return files.flatMap(({ path, bytes }) => {
    const inner = path.split('/').slice(1).join('/');
    if (inner === '' || escapes(inner)) return [];
    const above = inside.startsWith(inner.slice(0, inner.lastIndexOf('/') + 1)) && isAbout(inner);
    return inner.startsWith(inside) || above ? [{ path: inner, bytes }] : [];
  });
}

async function collectFiles(
  { repository, commit, folder, licence }: ArchiveSource,
  files: readonly TarFile[],
  cacheFolder: string,
  { onBytes: _, ...options }: CollectOptions & { readonly onBytes?: unknown },
): Promise<Collection> {
  const draft = await mkdtemp(join(cacheFolder, 'unpacked-'));
  try {
    for (const { path, bytes } of files) {
      if (options.signal?.aborted) throw cancelled(options.signal.reason);
      await mkdir(dirname(join(draft, path)), { recursive: true });
      await writeFile(join(draft, path), bytes);
    }
    const prefix = `${URL.parse(repository)!.pathname.slice(1)}@${commit.slice(0, 12)}`;
    const collection = await collectFolder(draft, { prefix, ...(licence ? { licence } : {}), ...options });
    const place = folder === undefined ? prefix : `${prefix}/${folder}`;
    return { ...collection, report: { ...collection.report, folder: place } };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function check(source: ArchiveSource): string {
  const { repository, commit, sha256: digest, folder } = source;
  const address = archiveAddress(source);
  const wrong =
    (!/^[0-9a-f]{40}$/.test(commit) && `commit '${commit}' is not 40 hexadecimal digits`) ||
    (!/^[0-9a-f]{64}$/.test(digest) && `SHA-256 '${digest}' is not 64 hexadecimal digits`) ||
    (folder !== undefined && escapes(folder) && `the folder '${folder}' leads out of the repository`);
  if (address !== undefined && !wrong) return address;
  const reason = wrong || `'${repository}' is not https://HOST/OWNER/NAME on ${REPOSITORY_HOSTS.join(', ')}`;
  throw refusal(
    'input',
    'training/bad-repository',
    { en: `The repository cannot be used: ${reason}.`, zh: `仓库无法使用：${reason}。` },
    {
      en: 'Name it like https://github.com/OWNER/NAME@COMMIT, with the SHA-256 of its archive.',
      zh: '请写成 https://github.com/OWNER/NAME@COMMIT，并给出其存档的 SHA-256。',
    },
  );
}

function escapes(path: string): boolean {
  return posix.isAbsolute(path) || /[\\\0]|^[a-z]:/i.test(path) || path.split('/').includes('..');
}

function mismatch({ repository, commit, sha256: wanted }: ArchiveSource, found: Sha256): Error {
  return refusal(
    'conflict',
    'training/digest-mismatch',
    {
      en: `The archive of ${repository}@${commit.slice(0, 12)} is not the one named: its SHA-256 is ${found}, not ${wanted}.`,
      zh: `${repository}@${commit.slice(0, 12)} 的存档不是所指的那份：其 SHA-256 为 ${found}，而非 ${wanted}。`,
    },
    {
      en: 'Nothing of it was used. If you trust what is there, name this digest.',
      zh: '其内容未被使用。若您信任它，请改用这个摘要。',
    },
  );
}

function damaged(repository: string): Error {
  return refusal(
    'input',
    'training/bad-archive',
    { en: `The archive of ${repository} is not a whole tar.gz.`, zh: `${repository} 的存档不是完整的 tar.gz。` },
    {
      en: 'Check commit and SHA-256; name an archive that can be unpacked.',
      zh: '请检查提交号与 SHA-256，并指定可解开的存档。',
    },
  );
}
