/** Works, lineage and outcomes in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson, type Json, OsError } from '../../core/index.ts';
import type { OpRecord, Outcome, Work, WorkQuery } from '../../kernel/index.ts';

type Row = Record<string, unknown>;

/** As `WorkStore.find`, at once. */
export function findWork(db: DatabaseSync, id: string): Work | undefined {
  if (!/^[0-9a-f]{4,16}$/.test(id)) return undefined;
  const rows = db.prepare('SELECT * FROM works WHERE id >= ? AND id < ? LIMIT 6').all(id, `${id}g`);
  if (rows.length > 1) throw ambiguous(id, rows);
  return rows[0] && toWork(rows[0]);
}

/** As `WorkStore.get`, at once. */
export function getWork(db: DatabaseSync, id: string): Work {
  const work = findWork(db, id);
  if (work) return work;
  throw new OsError({
    kind: 'missing',
    code: 'storage/work-missing',
    message: `There is no work '${id}'.`,
    hint: 'List the works to see their ids; four digits or more of an id are enough.',
    zh: { message: `没有作品“${id}”。`, hint: '请列出作品查看编号；写出编号的前四位或更多即可。' },
  });
}

/** As `WorkStore.list`, at once. */
export function listWorks(db: DatabaseSync, { medium, limit = 50, before }: WorkQuery): Work[] {
  const below = before === undefined ? null : getWork(db, before).id;
  return db
    .prepare(
      `SELECT * FROM works WHERE (?1 IS NULL OR medium = ?1)
       AND (?2 IS NULL OR seq < (SELECT seq FROM works WHERE id = ?2)) ORDER BY seq DESC LIMIT ?3`,
    )
    .all(medium ?? null, below, limit)
    .map(toWork);
}

/** As `WorkStore.children`, at once. */
export function childrenOf(db: DatabaseSync, id: string): Work[] {
  return db
    .prepare('SELECT * FROM works WHERE id IN (SELECT child FROM lineage WHERE parent = ?) ORDER BY seq')
    .all(getWork(db, id).id)
    .map(toWork);
}

/** As `Storage.news`, at once. */
export function newWorks(db: DatabaseSync, after?: number): { latest: number; works: string[] } {
  const latest = Number(db.prepare('SELECT max(seq) AS latest FROM works').get()?.latest ?? 0);
  if (after === undefined || after === latest) return { latest, works: [] };
  const rows = db.prepare('SELECT id FROM works WHERE seq > ? AND seq <= ? ORDER BY seq').all(after, latest);
  return { latest, works: rows.map((row) => String(row.id)) };
}

/** As `WorkStore.outcome`, at once. */
export function findOutcome(db: DatabaseSync, recordHash: string): Outcome | undefined {
  const row = db.prepare('SELECT works, report FROM outcomes WHERE record_hash = ?').get(recordHash);
  return row && { recordHash, works: JSON.parse(String(row.works)), report: JSON.parse(String(row.report)) };
}

/** Writes a work and its lineage, unless it stands there already. Only inside a transaction. */
export function insertWork(db: DatabaseSync, work: Work): void {
  const { changes } = db
    .prepare(
      `INSERT INTO works (id, medium, title, content, mime, size, parents, record, record_hash, place, measures, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    )
    .run(
      work.id,
      work.medium,
      work.title,
      work.content,
      work.mime,
      work.size,
      canonicalJson(work.parents),
      canonicalJson({ ...work.record }),
      work.recordHash,
      work.place,
      canonicalJson(work.measures),
      work.createdAt,
    );
  if (changes === 0) return;
  const edge = db.prepare('INSERT INTO lineage (parent, child, place) VALUES (?, ?, ?)');
  for (const [place, parent] of work.parents.entries()) edge.run(parent, work.id, place);
}

/** Writes an outcome in place of the record's earlier one. Only inside a transaction. */
export function putOutcome(db: DatabaseSync, { recordHash, works, report }: Outcome): void {
  db.prepare('INSERT OR REPLACE INTO outcomes (record_hash, works, report) VALUES (?, ?, ?)').run(
    recordHash,
    canonicalJson(works),
    canonicalJson(report),
  );
}

/** A row as the work it holds. */
export function toWork(row: Row): Work {
  return {
    id: String(row.id),
    medium: String(row.medium),
    title: String(row.title),
    content: String(row.content),
    mime: String(row.mime),
    size: Number(row.size),
    parents: JSON.parse(String(row.parents)) as string[],
    record: JSON.parse(String(row.record)) as OpRecord,
    recordHash: String(row.record_hash),
    place: Number(row.place),
    measures: JSON.parse(String(row.measures)) as Record<string, Json>,
    createdAt: String(row.created_at),
  };
}

function ambiguous(id: string, rows: readonly Row[]): OsError {
  const some = rows.map((row) => String(row.id)).join(', ');
  return new OsError({
    kind: 'input',
    code: 'storage/ambiguous-id',
    message: `More than one work begins with '${id}': ${some}.`,
    hint: 'Write more digits of the id.',
    zh: { message: `以“${id}”开头的作品不止一件：${some}。`, hint: '请多写几位编号。' },
  });
}
