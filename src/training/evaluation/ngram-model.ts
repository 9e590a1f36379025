/**
 * An interpolated Kneser–Ney model of order 5, the baseline that a neural model has to beat.
 *
 *   p₅(w | a b c d) = max(n(abcdw) − D, 0) / n(abcd·) + share kept back · p₄(w | b c d), … down to 1/V
 *
 * The longest context counts occurrences; shorter ones count in how many different contexts a word was seen, except at the
 * start of a document, where nothing stands before. One discount D = n₁ / (n₁ + 2·n₂) per order. After Kneser and Ney
 * (1995) and Chen and Goodman (1999). Learns and predicts the same tokens as the neural model: those marked to be
 * predicted, each from what stands before it in its own segment.
 */
import type { PackedRows } from '../gpt/batch.ts';
import { createNgramTable, type NgramTable } from './ngram-table.ts';
import { forEachTarget } from './perplexity.ts';

export interface NgramModel {
  readonly order: number;
  /** P of the token at a place in a split, given its segment up to there. */
  probability(split: PackedRows, at: number): number;
}

/** What is known of the n-grams of one length. */
interface Level {
  /** Ids of all n-grams met, also those met only as contexts. */
  readonly table: NgramTable;
  /** By n-gram: how often it counts. */
  readonly counts: Counter;
  /** By context one shorter: sum of counts, and number of different n-grams, that continue it. */
  readonly totals: Counter;
  readonly kinds: Counter;
  discount: number;
}

/** Learns from a split. Order 5 unless told otherwise. */
export function learnNgrams(split: PackedRows, vocabSize: number, order = 5): NgramModel {
  const levels = Array.from(
    { length: order },
    (): Level => ({
      table: createNgramTable(),
      counts: createCounter(),
      totals: createCounter(),
      kinds: createCounter(),
      discount: 0,
    }),
  );
  forEachTarget(split, (at) => {
    countTarget(levels, split, at);
  });
  for (const level of levels) level.discount = discountOf(level.counts);
  return { order, probability: (rows, at) => probabilityAt(levels, vocabSize, rows, at) };
}

/** Tokens before `at` in its segment that a context may hold. */
function contextLength(split: PackedRows, at: number, longest: number): number {
  const { segments, length } = split;
  let n = 0;
  while (n < longest && (at - n) % length > 0 && segments[at - n - 1] === segments[at]) n++;
  return n;
}

/** Id of the n tokens before `at`; ids of the empty context are 0. Returns −1 for one never met, when `insert` is not set. */
function contextId(levels: readonly Level[], split: PackedRows, at: number, n: number, insert: boolean): number {
  let id = 0;
  for (let i = 0; i < n && id >= 0; i++) {
    const { table } = levels[i]!;
    const token = split.tokens[at - n + i]!;
    id = insert ? table.insert(id, token) : table.find(id, token);
  }
  return id;
}

function countTarget(levels: readonly Level[], split: PackedRows, at: number): void {
  const longest = contextLength(split, at, levels.length - 1);
  const token = split.tokens[at]!;
  // From the longest context down: a shorter one counts only what a longer one met for the first time.
  for (let n = longest; n >= 0; n--) {
    const { table, counts, totals, kinds } = levels[n]!;
    const context = contextId(levels, split, at, n, true);
    const id = table.insert(context, token);
    const isNew = counts.get(id) === 0;
    counts.add(id);
    totals.add(context);
    if (!isNew) return;
    kinds.add(context);
  }
}

function discountOf(counts: Counter): number {
  const [once, twice] = counts.countOf(1, 2);
  return once === 0 ? 0.5 : once / (once + 2 * twice);
}

function probabilityAt(levels: readonly Level[], vocabSize: number, split: PackedRows, at: number): number {
  const longest = contextLength(split, at, levels.length - 1);
  const token = split.tokens[at]!;
  let p = 1 / vocabSize;
  for (let n = 0; n <= longest; n++) {
    const { table, counts, totals, kinds, discount } = levels[n]!;
    const context = contextId(levels, split, at, n, false);
    const total = context < 0 ? 0 : totals.get(context);
    if (total === 0) break; // longer contexts are unknown too
    const id = table.find(context, token);
    const count = id < 0 ? 0 : counts.get(id);
    p = (Math.max(count - discount, 0) + discount * kinds.get(context) * p) / total;
  }
  return p;
}

interface Counter {
  get(id: number): number;
  add(id: number): void;
  /** How many ids have count `a`, and how many `b`. */
  countOf(a: number, b: number): [number, number];
}

function createCounter(): Counter {
  let values = new Uint32Array(1024);
  return {
    get: (id) => values[id] ?? 0,
    add: (id) => {
      if (id >= values.length) {
        const grown = new Uint32Array(Math.max(2 * values.length, id + 1));
        grown.set(values);
        values = grown;
      }
      values[id]!++;
    },
    countOf: (a, b) =>
      values.reduce<[number, number]>(([x, y], value) => [x + Number(value === a), y + Number(value === b)], [0, 0]),
  };
}
