/**
 * One process at a time trains in a folder. `run.lock` names the process that holds it; the lock of a process that is gone
 * is taken over. Taking over cannot be made wholly free of races with plain files, so the holder looks again before every
 * checkpoint (`check`) and stops when the lock has become another's.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { refusal } from '../refusal.ts';

const HOLDER = z.object({
  pid: z.int(),
  host: z.string(),
  /** When the process started, as the system counts; '' where it cannot be known. Tells a reused number from the old one. */
  started: z.string(),
  token: z.string(),
});
type Holder = z.infer<typeof HOLDER>;

export interface RunLock extends AsyncDisposable {
  /** Throws `training/run-in-use` when another process has taken the folder over. */
  check(): Promise<void>;
}

/** Takes the folder, creating it; throws `training/run-in-use`. */
export async function lockRun(folder: string): Promise<RunLock> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'run.lock');
  const own: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid), token: randomUUID() };
  await take(folder, path, own);
  const check = async (): Promise<void> => {
    const holder = await readHolder(path);
    if (holder?.token !== own.token) throw inUse(folder, holder);
  };
  await check();
  return {
    check,
    [Symbol.asyncDispose]: async () => {
      if ((await readHolder(path))?.token === own.token) await rm(path, { force: true });
    },
  };
}

async function take(folder: string, path: string, own: Holder): Promise<void> {
  const mine = `${path}.${own.token}`;
  await writeFile(mine, JSON.stringify(own));
  try {
    while (!(await linked(mine, path))) {
      const holder = await readHolder(path);
      if (holder && isAlive(holder)) throw inUse(folder, holder);
      await rename(path, `${path}.gone`).catch(passOverMissing);
    }
  } finally {
    await rm(mine, { force: true });
    await rm(`${path}.gone`, { force: true });
  }
}

/** Links atomically; false when the name is taken. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when there is no lock or none that can be read. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return HOLDER.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A process on another machine cannot be asked and counts as alive. */
function isAlive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return started === startOf(pid);
}

/** Field 22 of /proc/PID/stat, in clock ticks since the system started. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function passOverMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

function inUse(folder: string, holder: Holder | undefined): Error {
  const who = holder
    ? { en: ` (process ${holder.pid} on ${holder.host})`, zh: `（${holder.host} 上的进程 ${holder.pid}）` }
    : { en: '', zh: '' };
  return refusal(
    'conflict',
    'training/run-in-use',
    { en: `Another process is training in '${folder}'${who.en}.`, zh: `另一个进程正在“${folder}”中训练${who.zh}。` },
    {
      en: `Wait for it, stop it, or use another folder. If it is certainly gone, remove run.lock there.`,
      zh: '请等待或停止它，或换一个文件夹；若确知它已不在，可删除其中的 run.lock。',
    },
  );
}
