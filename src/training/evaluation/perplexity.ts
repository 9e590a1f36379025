/** Perplexity of a model over packed rows: e to the mean of −ln P over the predicted tokens. */
import { cancelled } from '../../core/index.ts';
import { createBatch, isTarget, type PackedRows, type TrainingSplit } from '../gpt/batch.ts';
import type { Evaluator } from '../gpt/evaluator.ts';
import type { Weights } from '../gpt/parameters.ts';

/** A measurement; `loss` is in nats per token. */
export interface Perplexity {
  readonly perplexity: number;
  readonly loss: number;
  /** Predicted tokens it is the mean over. */
  readonly tokens: number;
}

/** Running sums of −ln P by group; the group '' holds everything. */
export interface LossSums {
  add(group: string | undefined, loss: number): void;
  result(): Perplexity & { readonly groups: Readonly<Record<string, Perplexity>> };
}

/** Starts summing. */
export function createLossSums(): LossSums {
  const sums = new Map<string, { loss: number; tokens: number }>();
  const perplexity = ({ loss, tokens }: { loss: number; tokens: number }): Perplexity => ({
    perplexity: Math.exp(loss / tokens),
    loss: loss / tokens,
    tokens,
  });
  return {
    add: (group, loss) => {
      for (const name of group === undefined ? [''] : ['', group]) {
        const sum = sums.get(name) ?? { loss: 0, tokens: 0 };
        sums.set(name, { loss: sum.loss + loss, tokens: sum.tokens + 1 });
      }
    },
    result: () => {
      const groups = [...sums].filter(([name]) => name !== '').sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        ...perplexity(sums.get('') ?? { loss: 0, tokens: 0 }),
        groups: Object.fromEntries(groups.map(([name, sum]) => [name, perplexity(sum)])),
      };
    },
  };
}

/** Measures rows 0 to `rows` of a split (all by default), in batches of the evaluator's shape. */
export async function measurePerplexity(
  evaluator: Evaluator,
  weights: Weights,
  split: TrainingSplit,
  options: { readonly rows?: number; readonly groups?: RowGroups; readonly signal?: AbortSignal | undefined } = {},
): Promise<ReturnType<LossSums['result']>> {
  const rows = Math.min(split.rows, options.rows ?? split.rows);
  const sums = createLossSums();
  for (let from = 0; from < rows; from += evaluator.shape.rows) {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    // The last batch is filled up with row 0, whose tokens are then left out.
    const chosen = Array.from({ length: evaluator.shape.rows }, (_, i) => (from + i < rows ? from + i : 0));
    const batch = createBatch(split, chosen);
    const scores = await evaluator.scores(weights, batch);
    batch.predicted.forEach((cell, i) => {
      const b = cell % batch.rows;
      if (from + b >= rows) return;
      const at = chosen[b]! * split.length + Math.floor(cell / batch.rows) + 1;
      sums.add(options.groups?.(at), -scores[i]!);
    });
  }
  return sums.result();
}

/** Names the group of a token by its place in the split. */
export type RowGroups = (at: number) => string | undefined;

/** Groups tokens by the token that stands `offset` places after the start of their document, such as its form. */
export function groupsByToken(split: PackedRows, offset: number, vocabulary: readonly string[]): RowGroups {
  const { tokens, segments, length } = split;
  return (at) => {
    let start = at;
    while (start % length > 0 && segments[start - 1] === segments[at]) start--;
    const place = start + offset;
    return segments[place] === segments[at] ? vocabulary[tokens[place]!] : undefined;
  };
}

/** Calls back for every predicted token with its place. */
export function forEachTarget(split: PackedRows, visit: (at: number) => void, rows = split.rows): void {
  for (let at = 0; at < rows * split.length; at++) if (at % split.length > 0 && isTarget(split, at)) visit(at);
}
