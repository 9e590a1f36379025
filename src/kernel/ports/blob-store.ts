import type { Sha256 } from '../../core/index.ts';

/** Bytes by their SHA-256. Blobs never change and are never lost once `put` has returned. */
export interface BlobStore {
  /** Writes (write, fsync, rename, fsync the folder); the same bytes twice are stored once. */
  put(bytes: Uint8Array): Promise<Sha256>;
  /** Reads and checks the hash. Throws `storage/blob-missing`, `storage/blob-damaged`. */
  get(hash: Sha256): Promise<Uint8Array>;
  has(hash: Sha256): Promise<boolean>;
}
