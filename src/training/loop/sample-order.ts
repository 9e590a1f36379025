/**
 * Which rows each step of a GPT's course reads, and what follows from it: where checkpoints are worth keeping, and how far
 * a run had come when it first read something that is now withdrawn.
 */
import { createRandom } from '../../core/index.ts';
import { createRowOrder, type RowOrder } from '../data/row-order.ts';
import { createShardOrder, shardStarts } from '../data/shard-order.ts';
import { type Batch, createBatch, createWindows, type TokenStream, type TrainingSplit } from '../gpt/batch.ts';
import { type CompleteOptions, unusable } from './options.ts';

export interface SampleOrder {
  /** The batches of a step counted from 0, one for each accumulation. */
  readonly batches: (step: number) => Batch[];
  /** Steps after which a shard has its turn. */
  readonly keep: readonly number[];
  /** The most steps that read nothing of the shards: 0 in shuffled order, no bound for no shard. */
  readonly untouchedUntil: (shards: readonly number[]) => number;
}

type OrderOptions = Pick<CompleteOptions, 'batchRows' | 'accumulation' | 'seed' | 'steps' | 'order' | 'epochs'>;

/** What the rows are read in; throws `training/bad-options` for shards where there are no rows. */
export function planOrder(options: OrderOptions, train: TrainingSplit, shardRows: readonly number[]): SampleOrder {
  if (options.order !== 'shards') return shuffled(options, train);
  if ('kind' in train)
    throw unusable('"order": "shards" needs a dataset of rows', '"order": "shards" 需要按行的数据集');
  const { batchRows, accumulation, steps, epochs = 1 } = options;
  const order = rowOrderOf(options, shardRows);
  const starts = shardStarts(shardRows, epochs).map((sample) => Math.floor(sample / (batchRows * accumulation)));
  return {
    batches: (step) => take(options, train, order, step),
    keep: [...new Set(starts)].filter((step) => step > 0 && step < steps),
    untouchedUntil: (shards) => (shards.length === 0 ? Number.POSITIVE_INFINITY : starts[Math.min(...shards)]!),
  };
}

/** The order of rows of a run; `rows` are those of each shard. */
export function rowOrderOf(
  { order, epochs = 1, seed }: Pick<OrderOptions, 'order' | 'epochs' | 'seed'>,
  rows: readonly number[],
): RowOrder {
  if (order === 'shards') return createShardOrder(rows, epochs, `${seed}/rows`);
  return createRowOrder(
    rows.reduce((sum, one) => sum + one, 0),
    `${seed}/rows`,
  );
}

/** Rows in their order of epochs; of a stream, windows that start anywhere. */
function shuffled(options: OrderOptions, train: TrainingSplit): SampleOrder {
  const order = 'kind' in train ? undefined : rowOrderOf(options, [train.rows]);
  return {
    batches: (step) => (order ? take(options, train, order, step) : windows(options, train as TokenStream, step)),
    keep: [],
    untouchedUntil: (shards) => (shards.length === 0 ? Number.POSITIVE_INFINITY : 0),
  };
}

function take({ batchRows, accumulation }: OrderOptions, train: TrainingSplit, order: RowOrder, step: number): Batch[] {
  const perStep = batchRows * accumulation;
  const chosen = order(step * perStep, perStep);
  return Array.from({ length: accumulation }, (_, i) =>
    createBatch(train, chosen.slice(i * batchRows, (i + 1) * batchRows)),
  );
}

function windows({ batchRows, accumulation, seed }: OrderOptions, train: TokenStream, step: number): Batch[] {
  const random = createRandom(`${seed}/windows/${step}`);
  return Array.from({ length: accumulation }, () => {
    const starts = Array.from({ length: batchRows }, () => random.integer(train.tokens.length - train.length));
    return createWindows(train, starts);
  });
}
