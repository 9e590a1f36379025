/** The ledger in SQLite; triggers refuse every change of what is written. */
import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson, type Json } from '../../core/index.ts';
import {
  LEDGER_START,
  type LedgerDraft,
  type LedgerEntry,
  type LedgerVerdict,
  sealEntry,
  verifyChain,
} from '../../kernel/index.ts';

/** Seals a draft behind the last entry and writes it. Only inside a transaction. */
export function appendEntry(db: DatabaseSync, draft: LedgerDraft, at: string): LedgerEntry {
  const last = db.prepare('SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1').get();
  const entry = sealEntry(draft, {
    seq: Number(last?.seq ?? 0) + 1,
    at,
    prevHash: String(last?.hash ?? LEDGER_START),
  });
  db.prepare('INSERT INTO ledger (seq, at, actor, act, facts, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    entry.seq,
    entry.at,
    entry.actor,
    entry.act,
    canonicalJson(entry.facts),
    entry.prevHash,
    entry.hash,
  );
  return entry;
}

/** As `Ledger.list`, at once. */
export function listEntries(db: DatabaseSync, after: number, limit: number): LedgerEntry[] {
  return db.prepare('SELECT * FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?').all(after, limit).map(toEntry);
}

/** As `Ledger.latest`, at once. */
export function latestEntries(
  db: DatabaseSync,
  limit: number,
  { before = Number.MAX_SAFE_INTEGER, work }: { readonly before?: number; readonly work?: string } = {},
): LedgerEntry[] {
  const all = 'SELECT * FROM ledger WHERE seq < ? ORDER BY seq DESC LIMIT ?';
  if (work === undefined) return db.prepare(all).all(before, limit).map(toEntry);
  const named = `SELECT ledger.* FROM ledger_names JOIN ledger USING (seq)
    WHERE ledger_names.work = ? AND ledger_names.seq < ? ORDER BY ledger_names.seq DESC LIMIT ?`;
  return db.prepare(named).all(work, before, limit).map(toEntry);
}

/** As `Ledger.verify`, at once; reads row by row. */
export function verifyEntries(db: DatabaseSync): LedgerVerdict {
  return verifyChain(db.prepare('SELECT * FROM ledger ORDER BY seq').iterate().map(toEntry));
}

function toEntry(row: Record<string, unknown>): LedgerEntry {
  return {
    seq: Number(row.seq),
    at: String(row.at),
    actor: String(row.actor),
    act: String(row.act),
    facts: readFacts(String(row.facts)),
    prevHash: String(row.prev_hash),
    hash: String(row.hash),
  };
}

/** Facts that were tampered with may be no JSON any more; then the text itself, so that the seal shows it. */
function readFacts(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
