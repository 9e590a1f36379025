import type { Json, Sha256 } from '../../core/index.ts';

/** What is about to be written on the ledger. */
export interface LedgerDraft {
  /** Who: `artist`, or an agent's name. */
  readonly actor: string;
  /** What: `made`, `recalled`, `chose`, `replayed`, `exported` … */
  readonly act: string;
  /** Ids, op, seed, what was shown and what was picked. */
  readonly facts: Json;
}

/** One line of the ledger; `hash` seals it together with all lines before it. */
export interface LedgerEntry extends LedgerDraft {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly prevHash: Sha256;
  /** See `sealEntry`. */
  readonly hash: Sha256;
}

/** What a check of the whole chain found. */
export interface LedgerVerdict {
  readonly valid: boolean;
  /** How many entries hold, counted from the first. */
  readonly entries: number;
  /** Hash of the last entry that holds: noted elsewhere, it also proves that no end was cut off. */
  readonly head: Sha256;
  /** The first entry that does not hold. */
  readonly broken?: { readonly seq: number; readonly en: string; readonly zh: string };
}

/** The append-only log of every act; entries are written by `Storage.commit` only. */
export interface Ledger {
  /** Oldest first from `after` (default 0); `limit` default 100. */
  list(query?: { readonly after?: number; readonly limit?: number }): Promise<readonly LedgerEntry[]>;
  /** The last `limit` entries, newest first; of those before the number `before`, and only those whose facts name a work. */
  latest(limit: number, which?: { readonly before?: number; readonly work?: string }): Promise<readonly LedgerEntry[]>;
  /** Reads the whole chain and names the first broken entry. */
  verify(): Promise<LedgerVerdict>;
}
