/**
 * Marks, boards and words of works in SQLite. Words are found by looking through them all: at ten thousand works that takes a
 * few milliseconds, and a single Chinese character is found like any word, which no tokeniser of SQLite's does.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { LibraryQuery, MarkChange, Marks, Work, WorkWords } from '../../kernel/index.ts';
import { getWork, toWork } from './works.ts';

/** As `LibraryStore.marks`, at once. */
export function marksOf(db: DatabaseSync, ids: readonly string[]): Map<string, Marks> {
  const given = JSON.stringify(ids);
  const boards = new Map<string, string[]>();
  const hung = db.prepare('SELECT work, name FROM boards WHERE work IN (SELECT value FROM json_each(?)) ORDER BY name');
  for (const { work, name } of hung.all(given)) {
    boards.set(String(work), [...(boards.get(String(work)) ?? []), String(name)]);
  }
  const found = new Map<string, Marks>();
  const marked = db.prepare('SELECT * FROM marks WHERE work IN (SELECT value FROM json_each(?))');
  for (const { work, starred, trashed } of marked.all(given)) {
    const id = String(work);
    found.set(id, { starred: starred === 1, trashed: trashed === 1, boards: boards.get(id) ?? [] });
  }
  for (const [id, names] of boards) {
    if (!found.has(id)) found.set(id, { starred: false, trashed: false, boards: names });
  }
  return found;
}

/** As `LibraryStore.mark`, at once. Only inside a transaction. */
export function markWorks(db: DatabaseSync, ids: readonly string[], change: MarkChange): void {
  const { starred, trashed, addTo, removeFrom } = change;
  const flag = (value: boolean | undefined): number | null => (value === undefined ? null : Number(value));
  const put = db.prepare(
    `INSERT INTO marks (work, starred, trashed) VALUES (?1, coalesce(?2, 0), coalesce(?3, 0))
     ON CONFLICT (work) DO UPDATE SET starred = coalesce(?2, starred), trashed = coalesce(?3, trashed)`,
  );
  const hang = db.prepare('INSERT OR IGNORE INTO boards (name, work) VALUES (?, ?)');
  const take = db.prepare('DELETE FROM boards WHERE name = ? AND work = ?');
  for (const given of ids) {
    const { id } = getWork(db, given);
    if (starred !== undefined || trashed !== undefined) put.run(id, flag(starred), flag(trashed));
    if (addTo !== undefined) hang.run(addTo, id);
    if (removeFrom !== undefined) take.run(removeFrom, id);
  }
}

/** As `LibraryStore.boards`, at once. */
export function listBoards(db: DatabaseSync): { name: string; works: number }[] {
  return db
    .prepare(
      `SELECT name, count(*) AS works FROM boards LEFT JOIN marks USING (work)
       WHERE coalesce(trashed, 0) = 0 GROUP BY name ORDER BY name`,
    )
    .all()
    .map(({ name, works }) => ({ name: String(name), works: Number(works) }));
}

/** As `LibraryStore.find`, at once: the words are looked through once, for the page and the total. */
export function findInLibrary(db: DatabaseSync, query: LibraryQuery): { works: Work[]; total: number } {
  const { where, values } = conditions(query);
  const found = db.prepare(
    `SELECT json_group_array(seq ORDER BY seq DESC) AS places FROM works
     LEFT JOIN marks ON marks.work = works.id LEFT JOIN words ON words.work = works.id WHERE ${where}`,
  );
  const places = JSON.parse(String(found.get(...values)?.places)) as number[];
  const start = query.before === undefined ? 0 : firstBelow(places, placeOf(db, query.before));
  const page = db.prepare('SELECT * FROM works WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC');
  return {
    works: page.all(JSON.stringify(places.slice(start, start + query.limit))).map(toWork),
    total: places.length,
  };
}

function placeOf(db: DatabaseSync, id: string): number {
  return Number(db.prepare('SELECT seq FROM works WHERE id = ?').get(getWork(db, id).id)?.seq);
}

function firstBelow(places: readonly number[], place: number): number {
  const first = places.findIndex((each) => each < place);
  return first < 0 ? places.length : first;
}

function conditions(query: LibraryQuery): { where: string; values: SQLInputValue[] } {
  const { text = '', media, without, starred, board, trashed = false } = query;
  const values: SQLInputValue[] = [Number(trashed)];
  const parts = ['coalesce(marks.trashed, 0) = ?'];
  const add = (part: string, value: SQLInputValue): void => {
    parts.push(part);
    values.push(value);
  };
  if (media) add('medium IN (SELECT value FROM json_each(?))', JSON.stringify(media));
  if (without) add('medium NOT IN (SELECT value FROM json_each(?))', JSON.stringify(without));
  if (starred !== undefined) add('coalesce(marks.starred, 0) = ?', Number(starred));
  if (board !== undefined) add('id IN (SELECT work FROM boards WHERE name = ?)', board);
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    add(`instr(coalesce(words.words, lower(title)), ?) > 0`, word);
  }
  return { where: parts.join(' AND '), values };
}

/** As `LibraryStore.unread`, at once. */
export function unreadWorks(db: DatabaseSync, limit: number): Work[] {
  return db
    .prepare('SELECT * FROM works WHERE id NOT IN (SELECT work FROM words) ORDER BY seq DESC LIMIT ?')
    .all(limit)
    .map(toWork);
}

/** As `LibraryStore.keepWords`, at once. Only inside a transaction. */
export function keepWords(db: DatabaseSync, entries: readonly WorkWords[]): void {
  const put = db.prepare('INSERT OR REPLACE INTO words (work, words) VALUES (?, ?)');
  for (const { work, words } of entries) put.run(work, words.toLowerCase());
}
