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

/**
 * One long text without documents, in windows of `length` tokens; window r starts at token r · length, and its last token
 * predicts the first of the next. `rows` counts the windows that do not overlap.
 */
export interface TokenStream extends BatchShape {
  readonly kind: 'stream';
  readonly tokens: Uint16Array;
}

/** What a batch is taken from. */
export type TrainingSplit = PackedRows | TokenStream;

/** A stream over tokens; it must hold more than `length`. */
export function tokenStream(tokens: Uint16Array, length: number): TokenStream {
  return { kind: 'stream', tokens, length, rows: Math.floor((tokens.length - 1) / length) };
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

/**
 * Takes rows of a split by number. Position t predicts t + 1 where both lie in one segment and t + 1 is marked; in a stream
 * every position predicts the next token.
 */
export function createBatch(split: TrainingSplit, chosen: readonly number[]): Batch {
  const { length } = split;
  if ('kind' in split) {
    return createWindows(
      split,
      chosen.map((row) => row * length),
    );
  }
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

/** Windows of a stream that start at the given tokens. */
export function createWindows({ tokens, length }: TokenStream, starts: readonly number[]): Batch {
  const rows = starts.length;
  const at = (shift: number) =>
    Int32Array.from({ length: rows * length }, (_, n) => tokens[starts[n % rows]! + Math.floor(n / rows) + shift]!);
  const predicted = Int32Array.from({ length: rows * length }, (_, n) => n);
  return { rows, length, ids: at(0), segments: new Int32Array(rows * length).fill(1), predicted, targets: at(1) };
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
