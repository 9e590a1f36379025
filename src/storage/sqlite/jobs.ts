/** Jobs in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { Job, JobEnd, JobState } from '../../kernel/index.ts';
import { isGone, OWNER } from './owner.ts';

/** As `JobStore.start`, at once. */
export function startJobRow(db: DatabaseSync, job: Pick<Job, 'id' | 'op' | 'recordHash'>, at: string): void {
  db.prepare(`INSERT INTO jobs (id, op, record_hash, state, owner, started_at) VALUES (?, ?, ?, 'running', ?, ?)`).run(
    job.id,
    job.op,
    job.recordHash,
    OWNER,
    at,
  );
}

/** As `JobStore.end`, at once; a job that has ended stays as it ended. */
export function endJobRow(db: DatabaseSync, { id, state, error }: JobEnd, at: string): void {
  db.prepare(`UPDATE jobs SET state = ?, error = ?, ended_at = ? WHERE id = ? AND state = 'running'`).run(
    state,
    error ?? null,
    at,
    id,
  );
}

/** As `JobStore.find`, at once. */
export function findJob(db: DatabaseSync, id: string): Job | undefined {
  const row = db.prepare('SELECT * FROM jobs WHERE id = ?').get(id);
  return row && toJob(row);
}

/** As `JobStore.list`, at once. */
export function listJobs(
  db: DatabaseSync,
  {
    state,
    limit = 50,
    without = '',
  }: { readonly state?: JobState; readonly limit?: number; readonly without?: string },
): Job[] {
  return db
    .prepare(
      `SELECT * FROM jobs WHERE (?1 IS NULL OR state = ?1) AND (?2 = '' OR substr(id, 1, length(?2)) <> ?2)
       ORDER BY seq DESC LIMIT ?3`,
    )
    .all(state ?? null, without, limit)
    .map(toJob);
}

/** As `JobStore.sweep`, at once. Only inside a transaction. */
export function sweepJobs(db: DatabaseSync, at: string): number {
  const orphans = db
    .prepare(`SELECT id, owner FROM jobs WHERE state = 'running'`)
    .all()
    .filter((row) => isGone(String(row.owner)));
  for (const row of orphans) endJobRow(db, { id: String(row.id), state: 'lost' }, at);
  return orphans.length;
}

function toJob(row: Record<string, unknown>): Job {
  return {
    id: String(row.id),
    op: String(row.op),
    recordHash: String(row.record_hash),
    state: row.state as JobState,
    owner: String(row.owner),
    startedAt: String(row.started_at),
    ...(row.ended_at === null ? {} : { endedAt: String(row.ended_at) }),
    ...(row.error === null ? {} : { error: String(row.error) }),
  };
}
