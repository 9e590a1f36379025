/**
 * `<home>/server.json`: how the artist's own programs find the running system and prove to be the artist's. Only the artist's
 * account can read it. The key stays when the system ends, so that a page that was left open goes on after the next start.
 */
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createKey, type Seal } from './guard/index.ts';

const serverFileSchema = z.object({
  key: z.string().min(16),
  /** Absent while nothing is running. */
  running: z
    .object({
      host: z.string(),
      port: z.int(),
      pid: z.int(),
      /** New with every start; tickets hold for one. */
      boot: z.string(),
      /** ISO 8601. */
      startedAt: z.string(),
    })
    .optional(),
});

/** What the file says. */
export type ServerFile = z.output<typeof serverFileSchema>;

/** Path of the file. */
export function serverFilePath(home: string): string {
  return join(home, 'server.json');
}

/** Reads the file; undefined where there is none, or none that makes sense. */
export async function readServerFile(home: string): Promise<ServerFile | undefined> {
  try {
    return serverFileSchema.parse(JSON.parse(await readFile(serverFilePath(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes the file whole or not at all, for this account alone. */
export async function writeServerFile(home: string, file: ServerFile): Promise<void> {
  await mkdir(home, { recursive: true });
  const path = serverFilePath(home);
  const next = `${path}.${process.pid}`;
  try {
    await writeFile(next, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await chmod(next, 0o600);
    await rename(next, path);
  } catch (thrown) {
    await rm(next, { force: true });
    throw thrown;
  }
}

/** The key of this home, new where it has none. */
export async function keyOf(home: string): Promise<string> {
  return (await readServerFile(home))?.key ?? createKey();
}

/** A system that runs now. */
export interface RunningServer extends Seal {
  /** `http://127.0.0.1:4870`. */
  readonly url: string;
  readonly pid: number;
}

/** The system that runs on this home, asked whether it does; undefined where none answers. */
export async function findRunning(home: string, fetch = globalThis.fetch): Promise<RunningServer | undefined> {
  const file = await readServerFile(home);
  if (file?.running === undefined) return undefined;
  const { key, running } = file;
  const url = `http://${running.host}:${running.port}`;
  try {
    const response = await fetch(`${url}/api/system`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(3000),
    });
    await response.body?.cancel();
    return response.ok ? { url, key, boot: running.boot, pid: running.pid } : undefined;
  } catch {
    return undefined;
  }
}
