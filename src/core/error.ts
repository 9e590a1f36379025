/** The kind decides who can mend it: HTTP status, exit code and whether a retry can help all follow from it. */
export type ErrorKind = 'input' | 'denied' | 'missing' | 'conflict' | 'exhausted' | 'unavailable' | 'cancelled' | 'bug';

/** What an error carries: a stable `room/what-happened` code, a sentence with the facts, and how to mend it. */
export interface ErrorFacts {
  readonly kind: ErrorKind;
  readonly code: `${string}/${string}`;
  readonly message: string;
  readonly hint: string;
  /** The same sentence and hint in Chinese, shown when the artist's language is Chinese. */
  readonly zh?: { readonly message: string; readonly hint: string };
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** Process exit codes by kind, following sysexits.h where it has a word for it. */
export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  input: 64,
  missing: 66,
  unavailable: 69,
  bug: 70,
  exhausted: 74,
  conflict: 75,
  denied: 77,
  cancelled: 130,
};

/** The one error of the system. Only doors catch it; everything else lets it pass. */
export class OsError extends Error {
  readonly kind: ErrorKind;
  readonly code: `${string}/${string}`;
  readonly hint: string;
  readonly zh: { readonly message: string; readonly hint: string } | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'OsError';
    this.kind = facts.kind;
    this.code = facts.code;
    this.hint = facts.hint;
    this.zh = facts.zh;
    this.details = facts.details ?? {};
  }

  /** The public shape, as doors send it. */
  toJSON(): {
    kind: ErrorKind;
    code: string;
    message: string;
    hint: string;
    details: Readonly<Record<string, unknown>>;
  } {
    return { kind: this.kind, code: this.code, message: this.message, hint: this.hint, details: this.details };
  }
}

const DISK_CODES: Readonly<Record<string, ErrorKind>> = {
  ENOSPC: 'exhausted',
  EDQUOT: 'exhausted',
  EROFS: 'denied',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOENT: 'missing',
};

/** Turns anything thrown into an OsError: ours pass, aborts become `cancelled`, disk errors keep their meaning, the rest is a bug. */
export function toOsError(thrown: unknown): OsError {
  if (thrown instanceof OsError) return thrown;
  if (!(thrown instanceof Error)) return bug(String(thrown), thrown);
  if (thrown.name === 'AbortError') return cancelled(thrown);
  const code = (thrown as NodeJS.ErrnoException).code ?? '';
  const kind = DISK_CODES[code] ?? diskKindOfSqlite(thrown.message);
  if (kind === undefined) return bug(thrown.message, thrown);
  return new OsError({
    kind,
    code: kind === 'exhausted' ? 'core/disk-full' : kind === 'denied' ? 'core/not-writable' : 'core/file-missing',
    message: `The disk refused: ${thrown.message}.`,
    hint: 'Free some space, or set LLMAGENTOS_HOME to a folder you may write to. Nothing was half-written.',
    zh: {
      message: `磁盘拒绝了操作：${thrown.message}。`,
      hint: '请腾出空间，或把 LLMAGENTOS_HOME 设为可写的文件夹。没有留下写了一半的内容。',
    },
    cause: thrown,
  });
}

/** The error of work that was stopped on request. */
export function cancelled(cause?: unknown): OsError {
  return new OsError({
    kind: 'cancelled',
    code: 'core/cancelled',
    message: 'Stopped, as asked.',
    hint: 'Run the same command again: training goes on where it stopped, other work starts over; what was finished is kept.',
    zh: {
      message: '已按要求停止。',
      hint: '再运行一次同样的命令：训练会接着进行，其他工作重新开始；此前完成的都已保存。',
    },
    cause,
  });
}

function diskKindOfSqlite(message: string): ErrorKind | undefined {
  if (/database or disk is full/i.test(message)) return 'exhausted';
  if (/readonly database|unable to open database/i.test(message)) return 'denied';
  return undefined;
}

function bug(message: string, cause: unknown): OsError {
  return new OsError({
    kind: 'bug',
    code: 'core/bug',
    message: `Something went wrong inside: ${message}`,
    hint: 'This is our mistake. Please report it with the command you ran.',
    zh: { message: `内部出错：${message}`, hint: '这是我们的错误，请连同所用命令一起报告。' },
    cause,
  });
}
