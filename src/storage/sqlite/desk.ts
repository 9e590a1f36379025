/** Tasks of the desk in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { ErrorFacts, Json } from '../../core/index.ts';
import type { DeskChange, DeskJob, DeskState, Task } from '../../kernel/index.ts';
import { isGone, OWNER } from './owner.ts';

/** As `DeskStore.add`, at once. */
export function addDeskJob(db: DatabaseSync, job: DeskJob): void {
  db.prepare(
    `INSERT INTO desk (id, task, title, state, seed, created_at, works, report, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    job.id,
    JSON.stringify(job.task),
    JSON.stringify(job.title),
    job.state,
    job.seed,
    job.createdAt,
    JSON.stringify(job.works),
    JSON.stringify(job.report),
    OWNER,
  );
}

/** As `DeskStore.change`, at once; what has ended stays as it ended. */
export function changeDeskJob(db: DatabaseSync, id: string, change: DeskChange): void {
  const { state, startedAt, endedAt, works, report, error } = change;
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  db.prepare(
    `UPDATE desk SET state = coalesce(?, state), started_at = coalesce(?, started_at), ended_at = coalesce(?, ended_at),
       works = coalesce(?, works), report = coalesce(?, report), error = coalesce(?, error)
     WHERE id = ? AND state IN ('queued', 'running')`,
  ).run(state ?? null, startedAt ?? null, endedAt ?? null, json(works), json(report), json(error), id);
}

/** As `DeskStore.claim`, at once. */
export function claimDeskJob(db: DatabaseSync, id: string, at: string): DeskJob | undefined {
  const { changes } = db
    .prepare(`UPDATE desk SET state = 'running', started_at = ? WHERE id = ? AND state = 'queued' AND owner = ?`)
    .run(at, id, OWNER);
  return changes === 0 ? undefined : findDeskJob(db, id);
}

/** As `DeskStore.find`, at once. */
export function findDeskJob(db: DatabaseSync, id: string): DeskJob | undefined {
  const row = db.prepare('SELECT * FROM desk WHERE id = ?').get(id);
  return row && toJob(row);
}

/** As `DeskStore.list`, at once. */
export function listDeskJobs(db: DatabaseSync, state: DeskState | undefined, limit: number): DeskJob[] {
  return db
    .prepare('SELECT * FROM desk WHERE (?1 IS NULL OR state = ?1) ORDER BY seq DESC LIMIT ?2')
    .all(state ?? null, limit)
    .map(toJob);
}

/** As `DeskStore.adopt`, at once. Only inside a transaction. */
export function adoptDeskJobs(db: DatabaseSync): DeskJob[] {
  const orphans = db
    .prepare(`SELECT * FROM desk WHERE state IN ('queued', 'running') ORDER BY seq`)
    .all()
    .filter((row) => isGone(String(row.owner)));
  const take = db.prepare(`UPDATE desk SET state = 'queued', started_at = NULL, owner = ? WHERE id = ?`);
  for (const row of orphans) take.run(OWNER, String(row.id));
  return orphans.map((row) => toJob({ ...row, state: 'queued', started_at: null }));
}

function toJob(row: Record<string, unknown>): DeskJob {
  return {
    id: String(row.id),
    task: JSON.parse(String(row.task)) as Task,
    title: JSON.parse(String(row.title)) as DeskJob['title'],
    state: row.state as DeskState,
    seed: Number(row.seed),
    createdAt: String(row.created_at),
    ...(row.started_at === null ? {} : { startedAt: String(row.started_at) }),
    ...(row.ended_at === null ? {} : { endedAt: String(row.ended_at) }),
    works: JSON.parse(String(row.works)) as string[],
    report: JSON.parse(String(row.report)) as Json,
    ...(row.error === null ? {} : { error: JSON.parse(String(row.error)) as ErrorFacts }),
  };
}
