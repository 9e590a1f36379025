/**
 * Names the manner of a melody by n-grams: logistic regression over counts of intervals with their times. It has never seen
 * how the product composes.
 *
 *   notes ─▶ (interval, time to the next onset) ─▶ n-grams of 1, 2, 3 ─▶ log counts, length 1 ─▶ weights ─▶ manner
 *
 * With `metre` the place in the bar and the metre itself are features too; without it nothing tells where bars are.
 */
import type { PlainNote } from './copies.ts';

/** A melody to be named: notes in 24ths of a quarter. */
export interface StyleSample {
  readonly notes: readonly PlainNote[];
  readonly metre: string;
  /** In 24ths of a quarter. */
  readonly barLength: number;
}

export interface LabelledSample extends StyleSample {
  readonly style: string;
}

export interface StyleClassifier {
  /** Manners, likeliest first. */
  name(sample: StyleSample): string[];
}

const EPOCHS = 12;
const RATE = 0.5;
/** A prime, so that the walk meets every row. */
const STRIDE = 7919;

/** Features of a sample by number, with their values. */
interface Row {
  readonly ids: Int32Array;
  readonly values: Float64Array;
}

/** Weights of every feature for every manner, side by side: (features, manners). */
interface Weights {
  readonly table: Float64Array;
  readonly manners: number;
}

/** Learns from samples by AdaGrad; manners that are rare count as much as common ones. */
export function trainStyleClassifier(
  samples: readonly LabelledSample[],
  options: { readonly metre: boolean },
): StyleClassifier {
  const styles = [...new Set(samples.map(({ style }) => style))].sort();
  const numbers = new Map<string, number>();
  const rows = samples.map((sample) => rowOf(sample, options, numbers, true));
  const labels = samples.map(({ style }) => styles.indexOf(style));
  const shares = styles.map((_, i) => rows.length / (styles.length * labels.filter((label) => label === i).length));
  const weights = { table: new Float64Array(styles.length * numbers.size), manners: styles.length };
  const squares = new Float64Array(weights.table.length).fill(1e-6);
  for (let step = 0; step < EPOCHS * rows.length; step++) {
    // A fixed walk that meets every row once an epoch, in mixed order.
    const i = (step * STRIDE) % rows.length;
    learn(rows[i]!, { label: labels[i]!, share: shares[labels[i]!]! }, weights, squares);
  }
  return {
    name(sample) {
      const scores = scoresOf(rowOf(sample, options, numbers, false), weights);
      return styles.toSorted((a, b) => scores[styles.indexOf(b)]! - scores[styles.indexOf(a)]!);
    },
  };
}

function learn(row: Row, target: { label: number; share: number }, weights: Weights, squares: Float64Array): void {
  const { table, manners } = weights;
  const slopes = softmax(scoresOf(row, weights));
  slopes[target.label]! -= 1;
  for (const [n, id] of row.ids.entries()) {
    const value = row.values[n]! * target.share;
    for (let label = 0; label < manners; label++) {
      const gradient = slopes[label]! * value;
      const place = id * manners + label;
      squares[place]! += gradient * gradient;
      table[place]! -= (RATE * gradient) / Math.sqrt(squares[place]!);
    }
  }
}

function rowOf(
  sample: StyleSample,
  { metre }: { readonly metre: boolean },
  numbers: Map<string, number>,
  grow: boolean,
): Row {
  const counts = new Map<number, number>();
  for (const name of featuresOf(sample, metre)) {
    const id = numbers.get(name) ?? (grow ? numbers.size : undefined);
    if (id === undefined) continue;
    if (grow) numbers.set(name, id);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const values = Float64Array.from(counts.values(), (n) => Math.log(1 + n));
  const length = Math.hypot(...values) || 1;
  return { ids: Int32Array.from(counts.keys()), values: values.map((value) => value / length) };
}

function featuresOf({ notes, metre, barLength }: StyleSample, withMetre: boolean): string[] {
  const moves = notes.slice(1).map(([at, , midi], i) => ({
    interval: Math.max(-12, Math.min(12, midi - notes[i]![2])),
    time: dotted(Math.min(96, Math.round(at - notes[i]![0]))),
    place: dotted(Math.round(notes[i]![0] % barLength)),
  }));
  const features: string[] = [];
  for (const [i, { interval, time, place }] of moves.entries()) {
    const before = moves[i - 1];
    const first = moves[i - 2];
    features.push(`i${interval}`, `t${time}`, `m${interval},${time}`);
    if (before)
      features.push(
        `ii${before.interval},${interval}`,
        `tt${before.time},${time}`,
        `mm${before.interval},${before.time},${interval},${time}`,
      );
    if (before && first)
      features.push(`iii${first.interval},${before.interval},${interval}`, `ttt${first.time},${before.time},${time}`);
    if (withMetre) features.push(`p${place},${time}`, `q${place},${interval}`);
  }
  // As heavy as the commonest n-gram.
  if (withMetre) features.push(...Array.from({ length: 40 }, () => `metre${metre}`));
  return features;
}

/** Swung eighths are written two to one in one edition and three to one in another: both are taken as the dotted. */
function dotted(ticks: number): number {
  return ticks % 24 === 16 ? ticks + 2 : ticks % 24 === 8 ? ticks - 2 : ticks;
}

function scoresOf({ ids, values }: Row, { table, manners }: Weights): Float64Array {
  const scores = new Float64Array(manners);
  for (const [n, id] of ids.entries()) {
    for (let label = 0; label < manners; label++) scores[label]! += table[id * manners + label]! * values[n]!;
  }
  return scores;
}

function softmax(scores: Float64Array): Float64Array {
  const top = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((each) => each / sum);
}
