/**
 * Training shard by shard (SISA, Bourtoule et al. 2021): all epochs on the first shard, then all on the second, and so on.
 * A checkpoint made before a shard's turn has seen nothing of it, so that to forget a document means to go on from there.
 * What a run takes beyond those epochs it draws from all shards, shuffled.
 */
import { createRowOrder, type RowOrder } from './row-order.ts';

/** The order of samples for shards of so many rows: `epochs` times through each in its turn, then through all, shuffled. */
export function createShardOrder(shardRows: readonly number[], epochs: number, seed: string | number): RowOrder {
  const starts = shardStarts(shardRows, epochs);
  let first = 0;
  const shards = shardRows.map((rows, i) => {
    const order = createRowOrder(rows, `${seed}/shard-${i}`);
    const shard = { first, from: starts[i]!, until: starts[i]! + rows * epochs, order };
    first += rows;
    return shard;
  });
  const end = shardSamples(shardRows, epochs);
  const rest = createRowOrder(first, `${seed}/all`);
  const rowAt = (sample: number): number => {
    const shard = shards.find(({ until }) => sample < until);
    if (!shard) return rest(sample - end, 1)[0]!;
    return shard.first + shard.order(sample - shard.from, 1)[0]!;
  };
  return (start, count) => Array.from({ length: count }, (_, i) => rowAt(start + i));
}

/** The sample at which each shard's turn begins. */
export function shardStarts(shardRows: readonly number[], epochs: number): number[] {
  return shardRows.map((_, shard) => shardSamples(shardRows.slice(0, shard), epochs));
}

/** Samples of all turns: every row of every shard `epochs` times. */
export function shardSamples(shardRows: readonly number[], epochs: number): number {
  return shardRows.reduce((sum, rows) => sum + rows * epochs, 0);
}

/** What a run is known to have read. */
export interface ReadOrder {
  readonly order: RowOrder;
  /** Samples a step takes: rows of a batch times accumulation. */
  readonly samplesPerStep: number;
  readonly steps: number;
}

/** The first step (from 0) that read one of the rows, or undefined when none did. */
export function firstStepThatSaw(
  { order, samplesPerStep, steps }: ReadOrder,
  rows: ReadonlySet<number>,
): number | undefined {
  for (let step = 0; step < steps; step++) {
    if (order(step * samplesPerStep, samplesPerStep).some((row) => rows.has(row))) return step;
  }
  return undefined;
}

/**
 * Which checkpoints (by the number of steps they have made) know nothing of the rows; training resumes from the last of
 * them, 0 being a fresh start.
 */
export function untaintedCheckpoints(
  read: ReadOrder,
  rows: ReadonlySet<number>,
  checkpoints: readonly number[],
): { readonly untainted: number[]; readonly tainted: number[]; readonly resumeFrom: number } {
  const first = firstStepThatSaw(read, rows) ?? Number.POSITIVE_INFINITY;
  const untainted = checkpoints.filter((step) => step <= first);
  const tainted = checkpoints.filter((step) => step > first);
  return { untainted, tainted, resumeFrom: untainted.reduce((most, step) => Math.max(most, step), 0) };
}
