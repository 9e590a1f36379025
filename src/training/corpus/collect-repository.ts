/**
 * Files of a public repository, named in a recipe by commit and SHA-256: each is fetched once, checked and kept under its
 * digest, so that a run that was interrupted goes on where it stopped and a second run needs no network.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Sha256, sha256 } from '../../core/index.ts';
import { writeDurably } from '../model/durable.ts';
import { refusal } from '../refusal.ts';
import { type CollectOptions, collectFolder } from './collect-folder.ts';
import type { Collection } from './document.ts';
import { type Fetch, fetchBytes } from './fetch-bytes.ts';

/** What a recipe says. */
export interface RepositorySource {
  /** Base address that raw files are found under: `<address>/<commit>/<path>`. */
  readonly address: string;
  /** Its name, for the record: `owner/name`. */
  readonly repository: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  readonly files: readonly { readonly path: string; readonly sha256: Sha256 }[];
  readonly licence?: string;
}

/**
 * Fetches what is not yet in the cache, checks it, and collects it. Throws `training/bad-repository`,
 * `training/fetch-failed`, `training/digest-mismatch`, and the errors of `collectFolder`.
 */
export async function collectRepository(
  source: RepositorySource,
  fetch: Fetch,
  cacheFolder: string,
  options: CollectOptions = {},
): Promise<Collection> {
  check(source);
  const folder = join(cacheFolder, sha256(source.repository).slice(0, 16), source.commit);
  await mkdir(folder, { recursive: true });
  for (const file of source.files) await ensureFile(source, file, folder, fetch, options.signal);
  const { licence, repository, commit } = source;
  const prefix = `${repository}@${commit.slice(0, 12)}`;
  const only = new Set(source.files.map(({ path }) => posix.normalize(path)));
  return collectFolder(folder, { prefix, only, ...(licence ? { licence } : {}), ...options });
}

async function ensureFile(
  source: RepositorySource,
  file: RepositorySource['files'][number],
  folder: string,
  fetch: Fetch,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = join(folder, file.path);
  const kept = await readFile(path).catch(() => undefined);
  if (kept && sha256(kept) === file.sha256) return;
  const url = `${source.address}/${source.commit}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
  const bytes = await fetchBytes(fetch, url, signal ? { signal } : {});
  const digest = sha256(bytes);
  if (digest !== file.sha256) throw mismatch(file.path, file.sha256, digest);
  await writeDurably(path, bytes);
}

function check({ commit, files, address }: RepositorySource): void {
  const wrong =
    (!/^[0-9a-f]{40}$/.test(commit) && `commit '${commit}' is not 40 hexadecimal digits`) ||
    (!/^https:\/\//.test(address) && `address '${address}' is not https`) ||
    (files.length === 0 && 'no file is named') ||
    files.flatMap(({ path, sha256: digest }) => [
      ...(escapes(path) ? [`the path '${path}' leads out of the repository`] : []),
      ...(/^[0-9a-f]{64}$/.test(digest) ? [] : [`'${path}' has no SHA-256`]),
    ])[0];
  if (!wrong) return;
  throw refusal(
    'input',
    'training/bad-repository',
    { en: `The recipe's repository cannot be used: ${wrong}.`, zh: `配方中的仓库无法使用：${wrong}。` },
    { en: 'Name files by commit, path and SHA-256.', zh: '请以提交号、路径和 SHA-256 指定文件。' },
  );
}

function escapes(path: string): boolean {
  return (
    path === '' || posix.isAbsolute(path) || /[\\\0]|^[a-z]:/i.test(path) || posix.normalize(path).startsWith('..')
  );
}

function mismatch(path: string, wanted: Sha256, found: Sha256): Error {
  return refusal(
    'conflict',
    'training/digest-mismatch',
    {
      en: `${path} is not the file the recipe names: its SHA-256 is ${found}, not ${wanted}.`,
      zh: `${path} 不是配方所指的文件：其 SHA-256 为 ${found}，而非 ${wanted}。`,
    },
    {
      en: 'Do not train on it. Ask the author of the recipe, or correct the digest if you trust the file.',
      zh: '请勿用它训练。请询问配方作者；若信任该文件，可改正摘要。',
    },
  );
}
