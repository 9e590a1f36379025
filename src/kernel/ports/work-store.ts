import type { Json, Sha256 } from '../../core/index.ts';
import type { Work } from '../work.ts';

/** Which works to list; newest first. */
export interface WorkQuery {
  readonly medium?: string;
  /** Default 50. */
  readonly limit?: number;
  /** Only works older than this one, for paging. */
  readonly before?: string;
}

/** What one record led to: the cache's entry. */
export interface Outcome {
  readonly recordHash: Sha256;
  /** Ids of the works, in their places. */
  readonly works: readonly string[];
  readonly report: Json;
}

/** Reads works and their lineage; works are written by `Storage.commit` only. */
export interface WorkStore {
  /** By id, or by the beginning of one (4 digits or more) when only one work fits. Throws `storage/ambiguous-id`. */
  find(id: string): Promise<Work | undefined>;
  /** As `find`; throws `storage/work-missing`. */
  get(id: string): Promise<Work>;
  list(query?: WorkQuery): Promise<readonly Work[]>;
  /** Works made from this one, oldest first. */
  children(id: string): Promise<readonly Work[]>;
  /** The latest outcome of a record. */
  outcome(recordHash: Sha256): Promise<Outcome | undefined>;
}
