/** Agents in SQLite: one row each, its state as JSON; state and ledger are written in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { AgentChange, AgentState } from '../../kernel/index.ts';
import { appendEntry } from './ledger.ts';
import { isGone, OWNER } from './owner.ts';

/** As `AgentStore.add`, at once. Only inside a transaction. */
export function addAgent(db: DatabaseSync, { state, ledger = [] }: AgentChange, at: string): AgentState {
  const known = findAgent(db, state.id);
  if (known) return known;
  db.prepare('INSERT INTO agents (id, parent, state) VALUES (?, ?, ?)').run(
    state.id,
    state.parent ?? null,
    JSON.stringify(state),
  );
  for (const draft of ledger) appendEntry(db, draft, at);
  return state;
}

/** As `AgentStore.find`, at once. */
export function findAgent(db: DatabaseSync, id: string): AgentState | undefined {
  const row = db.prepare('SELECT state FROM agents WHERE id = ?').get(id);
  return row && (JSON.parse(String(row.state)) as AgentState);
}

/** As `AgentStore.list`, at once. */
export function listAgents(db: DatabaseSync, limit: number, parent: string | undefined): AgentState[] {
  return db
    .prepare('SELECT state FROM agents WHERE parent IS ? ORDER BY seq DESC LIMIT ?')
    .all(parent ?? null, limit)
    .map((row) => JSON.parse(String(row.state)) as AgentState);
}

/** As `AgentStore.change`, at once. Only inside a transaction. */
export function changeAgent(
  db: DatabaseSync,
  id: string,
  change: (state: AgentState) => AgentChange,
  at: string,
): AgentState | undefined {
  const before = findAgent(db, id);
  if (!before) return undefined;
  const { state, ledger = [] } = change(before);
  db.prepare('UPDATE agents SET state = ? WHERE id = ?').run(JSON.stringify(state), id);
  for (const draft of ledger) appendEntry(db, draft, at);
  return state;
}

/** As `AgentStore.claim`, at once. Only inside a transaction. */
export function claimAgent(db: DatabaseSync, id: string): boolean {
  const owner = db.prepare('SELECT owner FROM agents WHERE id = ?').get(id)?.owner;
  if (typeof owner === 'string' && owner !== OWNER && !isGone(owner)) return false;
  db.prepare('UPDATE agents SET owner = ? WHERE id = ?').run(OWNER, id);
  return true;
}

/** As `AgentStore.release`, at once. */
export function releaseAgent(db: DatabaseSync, id: string): void {
  db.prepare('UPDATE agents SET owner = NULL WHERE id = ? AND owner = ?').run(id, OWNER);
}
