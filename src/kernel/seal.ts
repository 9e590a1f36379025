/** The ledger's chain: each entry is sealed together with the hash of the one before it. */
import { hashJson, type Sha256 } from '../core/index.ts';
import type { LedgerDraft, LedgerEntry, LedgerVerdict } from './ports/ledger.ts';

/** Stands before the first entry. */
export const LEDGER_START: Sha256 = '0'.repeat(64);

/** Seals a draft; `hash` is SHA-256 over the canonical JSON of all other fields. */
export function sealEntry(draft: LedgerDraft, place: Pick<LedgerEntry, 'seq' | 'at' | 'prevHash'>): LedgerEntry {
  const body = {
    seq: place.seq,
    at: place.at,
    actor: draft.actor,
    act: draft.act,
    facts: draft.facts,
    prevHash: place.prevHash,
  };
  return { ...body, hash: hashJson(body) };
}

/** Checks a chain from its beginning and names the first entry that does not hold. */
export function verifyChain(entries: Iterable<LedgerEntry>): LedgerVerdict {
  let head = LEDGER_START;
  let count = 0;
  for (const entry of entries) {
    const fault = findFault(entry, count + 1, head);
    if (fault) return { valid: false, entries: count, head, broken: { seq: entry.seq, ...fault } };
    head = entry.hash;
    count++;
  }
  return { valid: true, entries: count, head };
}

function findFault(entry: LedgerEntry, seq: number, head: Sha256): { en: string; zh: string } | undefined {
  if (entry.seq !== seq) return { en: `entry ${seq} is missing`, zh: `缺少第 ${seq} 条` };
  if (entry.prevHash !== head) return { en: 'it does not follow the entry before it', zh: '与前一条不衔接' };
  if (sealEntry(entry, entry).hash !== entry.hash) return { en: 'its content was changed', zh: '内容被改动' };
  return undefined;
}
