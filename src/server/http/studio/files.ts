/**
 * The built studio, as a list of its files made beforehand: a request is looked up in the list and never becomes a path, so
 * there is nothing to climb out of.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** One file of the studio. */
export interface StudioFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  /** Whether its name changes with its content. */
  readonly hashed: boolean;
}

/** The files by address, such as `/assets/index-B5Htz4Xt.js`; `/index.html` is the page. */
export type StudioFiles = ReadonlyMap<string, StudioFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.txt': 'text/plain; charset=utf-8',
};

/** Keeps the list of a folder; looks again when its page has changed. The list is empty where nothing is built. */
export function createStudioFiles(folder: string): () => Promise<StudioFiles> {
  let built = Number.NaN;
  let files: Promise<StudioFiles> = Promise.resolve(new Map());
  return async () => {
    const page = await stat(join(folder, 'index.html')).catch(() => undefined);
    if (page === undefined) return new Map();
    if (page.mtimeMs !== built) {
      built = page.mtimeMs;
      files = listFiles(folder);
      files.catch(() => {
        built = Number.NaN;
      });
    }
    return files;
  };
}

async function listFiles(folder: string): Promise<StudioFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && extname(entry.name) in TYPES);
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, StudioFile]> => {
        const path = join(parentPath, name);
        return [`/${path.slice(folder.length + 1).replaceAll(sep, '/')}`, await readStudioFile(path)];
      }),
    ),
  );
}

async function readStudioFile(path: string): Promise<StudioFile> {
  const bytes = new Uint8Array(await readFile(path));
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const hashed = /[\\/]assets[\\/][^\\/]+-[\w-]{8}\.\w+$/.test(path);
  return { type: TYPES[extname(path)]!, bytes, etag, hashed };
}
