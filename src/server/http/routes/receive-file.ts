/** An upload on its way: written to disk piece by piece while it comes, then kept as a work; whatever happens, nothing is left over. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Os } from '../../../host/index.ts';
import { LARGEST_FILE, type Work } from '../../../kernel/index.ts';
import { readPieces } from '../read-body.ts';
import { fileKind, safeFileName } from './file-kinds.ts';

/** So many files are taken into memory at once; others wait on disk. */
const AT_ONCE = 2;

/** Receives the body of a request as a file. Throws `http/too-large`, `http/too-slow`, `kernel/empty-file`. */
export function createReceiver(os: Os): (request: Request) => Promise<Work> {
  const folder = join(os.home, 'arriving');
  const turn = createTurns(AT_ONCE);
  return async (request) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, randomUUID());
    try {
      await writePieces(path, request);
      const name = safeFileName(decodeName(request.headers.get('x-file-name')));
      return await turn(async () => os.bring({ name, mime: fileKind(name).mime, bytes: await readFile(path) }));
    } finally {
      await rm(path, { force: true });
    }
  };
}

async function writePieces(path: string, request: Request): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  for await (const piece of readPieces(request, { most: LARGEST_FILE })) await file.write(piece);
}

function decodeName(header: string | null): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    return '';
  }
}

/** Lets so many at once through, the others in order. */
function createTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
