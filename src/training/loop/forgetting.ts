/**
 * A run whose data lost something goes on from a checkpoint that never read it. Before what has read it is removed, a line
 * is written to `forgotten.jsonl`: what was withdrawn, and from which step the run was trained again.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json } from '../../core/index.ts';
import { writeDurably } from '../model/durable.ts';
import type { FoundCheckpoint } from './checkpoint.ts';
import type { Forgotten } from './course.ts';

const RECORD = 'forgotten.jsonl';

/** Writes the record, then removes the checkpoints and the model that have read what was withdrawn. */
export async function forgetTainted(out: string, { checkpoint, earlier, tainted }: FoundCheckpoint): Promise<void> {
  if (!earlier) return;
  const from = checkpoint?.step ?? 0;
  const known = await readForgotten(out);
  const entry: Forgotten = { withdrawn: earlier.withdrawn, from };
  const line = canonicalJson(entry as unknown as Json);
  // Begun again after a crash, it finds its own line.
  if (canonicalJson((known.at(-1) ?? null) as unknown as Json) !== line) {
    const lines = [...known.map((one) => canonicalJson(one as unknown as Json)), line];
    await writeDurably(join(out, RECORD), lines.map((one) => `${one}\n`).join(''));
  }
  for (const path of tainted) await rm(path, { force: true });
  if (tainted.length > 0) await rm(join(out, 'model'), { recursive: true, force: true });
}

/** What a run has forgotten, oldest first. */
export async function readForgotten(out: string): Promise<Forgotten[]> {
  const text = await readFile(join(out, RECORD), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Forgotten);
}
