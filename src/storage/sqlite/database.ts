/** Opens the database file, brings it to the present shape, and runs transactions on it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OsError } from '../../core/index.ts';
import { MIGRATIONS } from './schema.ts';

/** How long a process waits for another one's transaction, in milliseconds. */
const PATIENCE = 15_000;
/** Between two attempts, in milliseconds. */
const PAUSE = 20;
const SQLITE_BUSY = 5;

/** Throws `storage/newer-home`, and SQLite's own errors untranslated. */
export function openDatabase(home: string): DatabaseSync {
  const db = new DatabaseSync(join(home, 'llmagentos.sqlite'), { timeout: PATIENCE });
  try {
    patiently(() => db.exec('PRAGMA journal_mode = WAL;'));
    db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    migrate(db, home);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/**
 * While one process turns a new database to WAL, SQLite tells others at once that it is busy, whatever its timeout: two first
 * commands in one home would disturb each other. So the switch is tried again, for as long as a transaction is waited for.
 */
function patiently(action: () => void): void {
  for (let left = PATIENCE / PAUSE; ; left--) {
    try {
      action();
      return;
    } catch (thrown) {
      if (((thrown as { errcode?: number }).errcode ?? 0) % 256 !== SQLITE_BUSY || left <= 0) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

/** Runs `action` in one write transaction (BEGIN IMMEDIATE): all of it is kept, or nothing. */
export function transaction<T>(db: DatabaseSync, action: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = action();
    db.exec('COMMIT');
    return result;
  } catch (thrown) {
    // On a full disk SQLite may have rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw thrown;
  }
}

function migrate(db: DatabaseSync, home: string): void {
  if (versionOf(db) === MIGRATIONS.length) return;
  transaction(db, () => {
    const version = versionOf(db);
    if (version > MIGRATIONS.length) throw newerHome(home, version);
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

function newerHome(home: string, version: number): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'storage/newer-home',
    message: `The home folder ${home} was written by a newer LLMAgentOS (its form is ${version}, this one knows ${MIGRATIONS.length}).`,
    hint: 'Update LLMAgentOS, or set LLMAGENTOS_HOME to another folder.',
    zh: {
      message: `主文件夹 ${home} 由更新的 LLMAgentOS 写成（其格式为 ${version}，本程序只识 ${MIGRATIONS.length}）。`,
      hint: '请更新 LLMAgentOS，或把 LLMAGENTOS_HOME 设为别的文件夹。',
    },
  });
}
