/**
 * The store of one machine: a home folder with one SQLite file and a folder of blobs.
 *
 *   commit ─▶ blobs, each durable ─▶ BEGIN IMMEDIATE: works, lineage, outcome, ledger, job ─▶ COMMIT (fsync)
 *
 * Killed before COMMIT, a blob may be left that no work names; that is room lost, nothing else. Several processes may open
 * the same home: SQLite lets one write at a time and the others wait.
 */
import type { DatabaseSync } from 'node:sqlite';
import { OsError } from '../../core/index.ts';
import type { BlobStore, Clock, Commit, LedgerEntry, Storage } from '../../kernel/index.ts';
import { openBlobs } from '../blobs.ts';
import { withDiskErrors } from '../disk-error.ts';
import { makeFolder, syncFolder } from '../folder.ts';
import { addAgent, changeAgent, claimAgent, findAgent, listAgents, releaseAgent } from './agents.ts';
import { openDatabase, transaction } from './database.ts';
import { addDeskJob, adoptDeskJobs, changeDeskJob, claimDeskJob, findDeskJob, listDeskJobs } from './desk.ts';
import { endJobRow, findJob, listJobs, startJobRow, sweepJobs } from './jobs.ts';
import { appendEntry, latestEntries, listEntries, verifyEntries } from './ledger.ts';
import { findInLibrary, keepWords, listBoards, marksOf, markWorks, unreadWorks } from './library.ts';
import { childrenOf, findOutcome, findWork, getWork, insertWork, listWorks, newWorks, putOutcome } from './works.ts';

/**
 * Opens the home folder, making it where it is missing.
 * Throws `storage/not-writable`, `storage/disk-full`, `storage/corrupt`, `storage/busy`, `storage/newer-home`.
 */
export async function openSqliteStorage(home: string, clock: Clock): Promise<Storage> {
  const guard = <T>(action: () => T | Promise<T>): Promise<T> => withDiskErrors(home, action);
  const blobs = await guard(async () => {
    await makeFolder(home);
    return openBlobs(home);
  });
  const db = await guard(() => openDatabase(home));
  await guard(() => syncFolder(home));
  const at = (): string => new Date(clock.now()).toISOString();
  return {
    blobs,
    works: {
      find: (id) => guard(() => findWork(db, id)),
      get: (id) => guard(() => getWork(db, id)),
      list: (query = {}) => guard(() => listWorks(db, query)),
      children: (id) => guard(() => childrenOf(db, id)),
      outcome: (recordHash) => guard(() => findOutcome(db, recordHash)),
    },
    ledger: {
      list: ({ after = 0, limit = 100 } = {}) => guard(() => listEntries(db, after, limit)),
      latest: (limit, which) => guard(() => latestEntries(db, limit, which)),
      verify: () => guard(() => verifyEntries(db)),
    },
    jobs: {
      start: (job) => guard(() => startJobRow(db, job, at())),
      end: (end) => guard(() => endJobRow(db, end, at())),
      find: (id) => guard(() => findJob(db, id)),
      list: (query = {}) => guard(() => listJobs(db, query)),
      sweep: () => guard(() => transaction(db, () => sweepJobs(db, at()))),
    },
    desk: {
      add: (job) => guard(() => addDeskJob(db, job)),
      change: (id, change) => guard(() => changeDeskJob(db, id, change)),
      claim: (id) => guard(() => claimDeskJob(db, id, at())),
      find: (id) => guard(() => findDeskJob(db, id)),
      list: ({ state, limit }) => guard(() => listDeskJobs(db, state, limit)),
      adopt: () => guard(() => transaction(db, () => adoptDeskJobs(db))),
    },
    agents: {
      add: (change) => guard(() => transaction(db, () => addAgent(db, change, at()))),
      find: (id) => guard(() => findAgent(db, id)),
      list: ({ limit, parent }) => guard(() => listAgents(db, limit, parent)),
      change: (id, change) => guard(() => transaction(db, () => changeAgent(db, id, change, at()))),
      claim: (id) => guard(() => transaction(db, () => claimAgent(db, id))),
      release: (id) => guard(() => releaseAgent(db, id)),
    },
    library: {
      marks: (ids) => guard(() => marksOf(db, ids)),
      mark: (ids, change) => guard(() => transaction(db, () => markWorks(db, ids, change))),
      boards: () => guard(() => listBoards(db)),
      find: (query) => guard(() => findInLibrary(db, query)),
      unread: (limit) => guard(() => unreadWorks(db, limit)),
      keepWords: (entries) => guard(() => transaction(db, () => keepWords(db, entries))),
    },
    changesOfOthers: () => Number(db.prepare('PRAGMA data_version').get()?.data_version),
    news: (after) => guard(() => newWorks(db, after)),
    commit: (change) =>
      guard(async () => {
        await keepBlobs(blobs, change);
        return transaction(db, () => writeRows(db, change, at()));
      }),
    [Symbol.asyncDispose]: async () => {
      if (db.isOpen) db.close();
    },
  };
}

async function keepBlobs(blobs: BlobStore, change: Commit): Promise<void> {
  const kept = new Set<string>();
  for (const bytes of change.blobs ?? []) kept.add(await blobs.put(bytes));
  for (const work of change.works ?? []) {
    if (!kept.has(work.content) && !(await blobs.has(work.content))) throw withoutContent(work.id, work.content);
  }
}

function writeRows(db: DatabaseSync, change: Commit, at: string): LedgerEntry[] {
  for (const work of change.works ?? []) insertWork(db, work);
  if (change.outcome) putOutcome(db, change.outcome);
  if (change.job) endJobRow(db, change.job, at);
  return (change.ledger ?? []).map((draft) => appendEntry(db, draft, at));
}

function withoutContent(id: string, content: string): OsError {
  return new OsError({
    kind: 'bug',
    code: 'storage/work-without-content',
    message: `Work ${id} was to be committed without its content ${content.slice(0, 12)}.`,
    hint: 'This is our mistake. Please report it.',
    zh: { message: `作品 ${id} 在没有内容 ${content.slice(0, 12)} 的情况下提交。`, hint: '这是我们的错误，请报告。' },
  });
}
