/** Rows of a dataset as the feeds of a training or evaluation graph. */
import type { Feed } from '../graph/index.ts';
import { refusal } from '../refusal.ts';

/** Sizes of a batch. */
export interface BatchShape {
  /** Sequences, B. */
  readonly rows: number;
  /** Tokens in each, T. */
  readonly length: number;
}

/** Packed rows, (rows, length) each: tokens, the document each belongs to (0 = padding), and whether it is predicted. */
export interface PackedRows extends BatchShape {
  readonly tokens: Uint16Array;
  readonly segments: Uint8Array;
  readonly predict: Uint8Array;
}

/** A batch laid out for the graphs, time-major. */
export interface Batch extends BatchShape {
  /** (T·B), row t·B + b. */
  readonly ids: Int32Array;
  /** (B, T). */
  readonly segments: Int32Array;
  /** Rows of the hidden states from which a token is predicted, (R). */
  readonly predicted: Int32Array;
  /** The tokens to be predicted, (R). */
  readonly targets: Int32Array;
}

/** Takes rows of a split by number. Position t predicts t + 1 where both lie in one segment and t + 1 is marked. */
export function createBatch(split: PackedRows, chosen: readonly number[]): Batch {
  const { length } = split;
  const rows = chosen.length;
  const ids = new Int32Array(rows * length);
  const segments = new Int32Array(rows * length);
  const predicted: number[] = [];
  const targets: number[] = [];
  chosen.forEach((row, b) => {
    for (let t = 0; t < length; t++) {
      const at = row * length + t;
      ids[t * rows + b] = split.tokens[at]!;
      segments[b * length + t] = split.segments[at]!;
      if (t + 1 === length || !isTarget(split, at + 1)) continue;
      predicted.push(t * rows + b);
      targets.push(split.tokens[at + 1]!);
    }
  });
  return { rows, length, ids, segments, predicted: Int32Array.from(predicted), targets: Int32Array.from(targets) };
}

/** Whether the token at a place (not the first of its row) is to be predicted from the one before. */
export function isTarget({ segments, predict }: PackedRows, at: number): boolean {
  return predict[at] === 1 && segments[at] !== 0 && segments[at] === segments[at - 1];
}

/** The inputs of the network for a batch. */
export function batchFeeds(batch: Batch): Record<string, Feed> {
  return {
    ids: { data: batch.ids, shape: [batch.ids.length] },
    segments: { data: batch.segments, shape: [batch.rows, batch.length] },
    predicted: { data: batch.predicted, shape: [batch.predicted.length] },
    targets: { data: batch.targets, shape: [batch.targets.length] },
  };
}

/** How many tokens the batches predict; throws `training/nothing-to-predict` for none. */
export function countTargets(batches: readonly Batch[]): number {
  const count = batches.reduce((sum, batch) => sum + batch.targets.length, 0);
  if (count > 0) return count;
  throw refusal(
    'input',
    'training/nothing-to-predict',
    { en: 'A batch has no token to be predicted.', zh: '有一批数据没有任何需要预测的词元。' },
    { en: 'Mark tokens in predict.u8, or take more rows per batch.', zh: '请在 predict.u8 中标出词元，或增大批量。' },
  );
}
