/**
 * What a run in the workshop was told, kept in its folder as `run.json`: so that it can be trained again when something is
 * withdrawn from its dataset, long after the request that began it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { listCheckpoints, rowOrderOf, type TrainedRun, writeDurably } from '../../../training/index.ts';
import type { Shelf } from './shelf.ts';

/** Rows in a step; small, because an artist's own work gives few. */
export const BATCH_ROWS = 8;

const RUN = z.object({
  /** Digest of the dataset as it was at first. */
  dataset: z.string(),
  base: z.string(),
  baseDigest: z.string(),
  method: z.enum(['full', 'lora']),
  steps: z.int().positive(),
  learningRate: z.number(),
  rank: z.int(),
  seed: z.int(),
  order: z.enum(['shuffled', 'shards']),
  /** Times through a shard in its turn. */
  epochs: z.int().positive(),
});
export type KeptRun = z.infer<typeof RUN>;

/** Writes `run.json`. */
export async function keepRun(folder: string, run: KeptRun): Promise<void> {
  await writeDurably(join(folder, 'run.json'), `${JSON.stringify(RUN.parse(run), null, 2)}\n`);
}

/** Undefined where there is none, as in runs of earlier versions. */
export async function findRun(folder: string): Promise<KeptRun | undefined> {
  const text = await readFile(join(folder, 'run.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : RUN.safeParse(JSON.parse(text)).data;
}

/** Runs that began on one of the datasets, as the withdrawal wants to know them; `shardRows` as they were when it is made. */
export async function runsOn(shelf: Shelf, datasets: readonly string[], shardRows: readonly number[]) {
  const found: (TrainedRun & { readonly run: KeptRun })[] = [];
  for (const folder of await shelf.list('run')) {
    const run = await findRun(folder);
    if (!run || !datasets.includes(run.dataset)) continue;
    const checkpoints = await listCheckpoints(join(folder, 'checkpoints'));
    found.push({
      model: folder,
      run,
      order: rowOrderOf(run, shardRows),
      samplesPerStep: BATCH_ROWS,
      steps: run.steps,
      // In shuffled order no checkpoint is worth anything: the rows that are left come in another order.
      checkpoints: run.order === 'shards' ? checkpoints.map(({ step }) => step) : [],
    });
  }
  return found;
}
