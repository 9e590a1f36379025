import type { Work } from '../work.ts';
import type { AgentStore } from './agent-store.ts';
import type { BlobStore } from './blob-store.ts';
import type { DeskStore } from './desk-store.ts';
import type { JobEnd, JobStore } from './job-store.ts';
import type { Ledger, LedgerDraft, LedgerEntry } from './ledger.ts';
import type { LibraryStore } from './library-store.ts';
import type { Outcome, WorkStore } from './work-store.ts';

/** What belongs together and is kept whole or not at all. */
export interface Commit {
  readonly blobs?: readonly Uint8Array[];
  /** A work whose id is known already is left as it is: it is committed once. */
  readonly works?: readonly Work[];
  /** Replaces the record's earlier outcome. */
  readonly outcome?: Outcome;
  readonly ledger?: readonly LedgerDraft[];
  readonly job?: JobEnd;
}

/**
 * The port to everything that is kept. Blobs first, each durable, then one transaction with all the rest; when `commit`
 * returns, nothing of it can be lost. Two processes may hold the same storage open.
 *
 * Every store passes the suite in `src/storage/contract.ts`.
 */
export interface Storage extends AsyncDisposable {
  readonly works: WorkStore;
  readonly blobs: BlobStore;
  readonly ledger: Ledger;
  readonly jobs: JobStore;
  readonly desk: DeskStore;
  readonly agents: AgentStore;
  readonly library: LibraryStore;
  /** A number that changes whenever another process has written. */
  changesOfOthers(): number;
  /** Ids of the works that came after a number, oldest first, and the number of the latest; none without `after`. */
  news(after?: number): Promise<{ readonly latest: number; readonly works: readonly string[] }>;
  /** Returns the ledger entries as they were sealed. */
  commit(change: Commit): Promise<readonly LedgerEntry[]>;
}
