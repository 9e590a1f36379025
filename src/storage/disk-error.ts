/** What disk and database complain of, said once, in our words, with the folder's name. */
import { type ErrorFacts, OsError, toOsError } from '../core/index.ts';

/** Runs `action`; whatever disk or database throws comes out as one OsError that names `home`. */
export async function withDiskErrors<T>(home: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    throw toStorageError(home, thrown);
  }
}

/** Throws nothing; an OsError passes through, what is neither disk nor database becomes `core/bug`. */
export function toStorageError(home: string, thrown: unknown): OsError {
  if (!(thrown instanceof Error) || thrown instanceof OsError) return toOsError(thrown);
  const { code = '', errcode } = thrown as NodeJS.ErrnoException & { errcode?: number };
  const tell = code === 'ERR_SQLITE_ERROR' ? SQLITE[(errcode ?? 0) & 0xff] : SYSTEM[code];
  return tell ? new OsError({ ...tell(home, thrown.message), cause: thrown }) : toOsError(thrown);
}

type Tell = (home: string, why: string) => ErrorFacts;

const full: Tell = (home, why) => ({
  kind: 'exhausted',
  code: 'storage/disk-full',
  message: `There is no room to write in ${home} (${why}).`,
  hint: 'Free some space, or set LLMAGENTOS_HOME to a folder on a bigger disk. Nothing was half-written.',
  zh: {
    message: `${home} 中已没有可写的空间（${why}）。`,
    hint: '请腾出空间，或把 LLMAGENTOS_HOME 设到更大的磁盘上。没有写了一半的内容。',
  },
});

const notWritable: Tell = (home, why) => ({
  kind: 'denied',
  code: 'storage/not-writable',
  message: `The home folder ${home} cannot be written to (${why}).`,
  hint: 'Give yourself the right to write there, or set LLMAGENTOS_HOME to another folder.',
  zh: { message: `主文件夹 ${home} 不可写（${why}）。`, hint: '请取得写入权限，或把 LLMAGENTOS_HOME 设为别的文件夹。' },
});

const corrupt: Tell = (home, why) => ({
  kind: 'unavailable',
  code: 'storage/corrupt',
  message: `The database in ${home} is damaged (${why}).`,
  hint: `Restore llmagentos.sqlite from a copy, or rescue what can be read: sqlite3 llmagentos.sqlite .recover | sqlite3 mended.sqlite, then put mended.sqlite in its place. The contents of all works are safe in ${home}/blobs.`,
  zh: {
    message: `${home} 中的数据库已损坏（${why}）。`,
    hint: `请用备份恢复 llmagentos.sqlite，或抢救可读的部分：sqlite3 llmagentos.sqlite .recover | sqlite3 mended.sqlite，再以 mended.sqlite 替换之。所有作品的内容都还在 ${home}/blobs。`,
  },
});

const busy: Tell = (home, why) => ({
  kind: 'conflict',
  code: 'storage/busy',
  message: `Another process has held the database in ${home} for too long (${why}).`,
  hint: 'Wait until it has finished, then run the same command again.',
  zh: { message: `另一个进程长时间占用 ${home} 中的数据库（${why}）。`, hint: '请等它结束，再运行同样的命令。' },
});

/** By SQLite's primary result code (sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, Tell>> = {
  3: notWritable, // PERM
  5: busy, // BUSY
  6: busy, // LOCKED
  8: notWritable, // READONLY
  10: full, // IOERR: in practice a quota, a file-size limit or a failing disk
  11: corrupt, // CORRUPT
  13: full, // FULL
  14: notWritable, // CANTOPEN
  23: notWritable, // AUTH
  26: corrupt, // NOTADB
};

const SYSTEM: Readonly<Record<string, Tell>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EROFS: notWritable,
  EACCES: notWritable,
  EPERM: notWritable,
  ENOTDIR: notWritable,
  EEXIST: notWritable,
  ENOENT: notWritable,
};
