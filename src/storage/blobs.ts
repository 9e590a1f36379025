/**
 * Blobs as files: `<home>/blobs/ab/cdef…`, named by SHA-256.
 *
 *   write blobs/incoming/x ─▶ fsync ─▶ rename to blobs/ab/cdef… ─▶ fsync blobs/ab
 *
 * A reader never sees half a blob, and after `put` has returned not even a power cut takes it away. Several processes may
 * write at once: equal bytes have equal names, and a rename replaces like by like.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OsError, type Sha256, sha256 } from '../core/index.ts';
import type { BlobStore } from '../kernel/index.ts';
import { withDiskErrors } from './disk-error.ts';
import { makeFolder, syncFolder } from './folder.ts';

/** Files that a killed process left in `incoming` are removed after this many milliseconds. */
const LEFTOVER_AGE = 60 * 60 * 1000;

/** Opens the blobs of a home folder, making the folders where they are missing. Throws as `withDiskErrors`. */
export async function openBlobs(home: string): Promise<BlobStore> {
  const root = join(home, 'blobs');
  const incoming = join(root, 'incoming');
  await withDiskErrors(home, async () => {
    await makeFolder(incoming);
    await removeLeftovers(incoming);
  });
  const pathOf = (hash: Sha256): string => join(root, hash.slice(0, 2), hash.slice(2));
  const ready = new Set<string>();
  const put = async (bytes: Uint8Array): Promise<Sha256> => {
    const hash = sha256(bytes);
    const path = pathOf(hash);
    if (!ready.has(dirname(path))) {
      await makeFolder(dirname(path));
      await syncFolder(root);
      ready.add(dirname(path));
    }
    if ((await sizeOf(path)) !== bytes.length) await writeWhole(path, join(incoming, randomUUID()), bytes);
    // Also when the file stood there: another process may have renamed it and not yet synced the folder.
    await syncFolder(dirname(path));
    return hash;
  };
  return {
    put: (bytes) => withDiskErrors(home, () => put(bytes)),
    get: (hash) => withDiskErrors(home, async () => checkBytes(hash, await readIfThere(pathOf(hash)), pathOf(hash))),
    has: (hash) => withDiskErrors(home, async () => (await sizeOf(pathOf(hash))) !== undefined),
  };
}

async function writeWhole(path: string, draft: string, bytes: Uint8Array): Promise<void> {
  try {
    const file = await fs.open(draft, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(draft, path);
  } catch (thrown) {
    await fs.rm(draft, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await fs.stat(path).catch(ifThere))?.size;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  const bytes = await fs.readFile(path).catch(ifThere);
  return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function ifThere(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code !== 'ENOENT') throw thrown;
}

function checkBytes(hash: Sha256, bytes: Uint8Array | undefined, path: string): Uint8Array {
  if (bytes === undefined) {
    throw new OsError({
      kind: 'missing',
      code: 'storage/blob-missing',
      message: `The content ${hash.slice(0, 12)} is not in the store (${path}).`,
      hint: 'Restore the blobs folder from a copy, or replay the work to make its content again.',
      zh: {
        message: `库中没有内容 ${hash.slice(0, 12)}（${path}）。`,
        hint: '请从备份恢复 blobs 文件夹，或重放该作品。',
      },
    });
  }
  if (sha256(bytes) === hash) return bytes;
  throw new OsError({
    kind: 'unavailable',
    code: 'storage/blob-damaged',
    message: `The content ${hash.slice(0, 12)} was damaged on disk: its bytes no longer match its name (${path}).`,
    hint: 'Delete that file and restore it from a copy, or replay the work to make its content again.',
    zh: {
      message: `内容 ${hash.slice(0, 12)} 在磁盘上已损坏，与其名称不符（${path}）。`,
      hint: '请删除该文件并从备份恢复，或重放该作品以重新生成。',
    },
  });
}

async function removeLeftovers(incoming: string): Promise<void> {
  for (const name of await fs.readdir(incoming)) {
    const path = join(incoming, name);
    const stat = await fs.stat(path).catch(ifThere);
    if (stat && Date.now() - stat.mtimeMs > LEFTOVER_AGE) await fs.rm(path, { force: true });
  }
}
