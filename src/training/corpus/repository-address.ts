/** Where a public repository can be fetched from, by the address that a browser shows. */

/** A place in a repository. */
export interface RepositoryPlace {
  /** `https://host/owner/name`. */
  readonly repository: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** Folder within, absent for the whole. */
  readonly folder?: string;
}

/** Hosts by the archive of a commit that they serve. */
const ARCHIVES: Readonly<Record<string, (path: string, commit: string) => string>> = {
  'github.com': (path, commit) => `https://codeload.github.com${path}/tar.gz/${commit}`,
  'gitlab.com': (path, commit) =>
    `https://gitlab.com${path}/-/archive/${commit}/${path.split('/').at(-1)}-${commit}.tar.gz`,
  'codeberg.org': (path, commit) => `https://codeberg.org${path}/archive/${commit}.tar.gz`,
};

/** The hosts that are known. */
export const REPOSITORY_HOSTS: readonly string[] = Object.keys(ARCHIVES);

/**
 * Reads `https://host/owner/name@COMMIT`, with `/folder` after it if only a part is meant, or the browser's
 * `…/tree/COMMIT/folder`. Undefined for anything else.
 */
export function parseRepositoryAddress(address: string): RepositoryPlace | undefined {
  const pattern =
    /^(https:\/\/[^/@\s]+\/[^@\s]+?)(?:\.git)?\/?(?:@|\/(?:-\/)?tree\/|\/src\/commit\/)([0-9a-f]{40})(?:\/(.*))?$/i;
  const [, repository, commit, folder = ''] = pattern.exec(address.trim()) ?? [];
  if (repository === undefined || commit === undefined) return undefined;
  const inner = decoded(folder.replace(/\/+$/, ''));
  return { repository, commit: commit.toLowerCase(), ...(inner === '' ? {} : { folder: inner }) };
}

/** The address of the archive (tar.gz) of a commit; undefined for hosts that are not known. */
export function archiveAddress({
  repository,
  commit,
}: Pick<RepositoryPlace, 'repository' | 'commit'>): string | undefined {
  const url = URL.parse(repository);
  if (url === null || url.protocol !== 'https:' || url.username !== '') return undefined;
  const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (!/^\/[\w.~-]+(\/[\w.~-]+)+$/.test(path)) return undefined;
  return Object.hasOwn(ARCHIVES, url.host) ? ARCHIVES[url.host]!(path, commit) : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
