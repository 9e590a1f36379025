/**
 * Learns Chinese words from text alone. A string of characters is a word when they hold together and stand free:
 *
 *   cohesion   its parts meet far more often than by chance   min over cuts of ln( n(w)·N / n(a)·n(b) )
 *   freedom    many different characters stand on both sides  min of the entropies left and right
 *
 * What passes is weeded by segmenting the text with it and counting again (hard EM of a unigram model): words that no
 * likeliest segmentation uses fall out. After Magistry and Sagot (2012) for the tests, and Kudo (2018) for the model.
 */
import { createNgramTable } from '../evaluation/ngram-table.ts';
import { createSegmenter } from './segmenter.ts';

export interface LexiconOptions {
  /** Longest candidate in characters. Default 4. */
  readonly longest?: number;
  /** Times a candidate must occur. Default 12. */
  readonly least?: number;
  /** Nats of cohesion. Default 2. */
  readonly cohesion?: number;
  /** Nats of freedom. Default 1.2. */
  readonly freedom?: number;
  /** Segment-and-count rounds. Default 3. */
  readonly rounds?: number;
  /** Words that are known beforehand, such as names of things; kept even when the text never shows them. */
  readonly known?: readonly string[];
}

const RUNS = /[\u3400-\u9fff]+/gu;

/** Words and characters with how often the segmented texts use them. */
export function learnLexicon(texts: readonly string[], options: LexiconOptions = {}): Map<string, number> {
  const { least = 12, rounds = 3, known = [] } = options;
  const runs = texts.flatMap((text) => text.match(RUNS) ?? []);
  let counts = candidates(runs, options);
  for (const word of known) counts.set(word, Math.max(counts.get(word) ?? 0, least));
  for (let round = 0; round < rounds; round++) {
    const segment = createSegmenter(counts);
    const next = new Map(known.map((word) => [word, 1]));
    for (const run of runs) for (const word of segment(run)) next.set(word, (next.get(word) ?? 0) + 1);
    const kept = new Set(known);
    counts = new Map([...next].filter(([word, count]) => word.length === 1 || kept.has(word) || 2 * count >= least));
  }
  return counts;
}

/** All n-grams of one length that occur often enough. */
interface Level {
  /** By place in the text: id of the n-gram that begins there, or −1. */
  readonly at: Int32Array;
  readonly counts: readonly number[];
}

function candidates(runs: readonly string[], options: LexiconOptions): Map<string, number> {
  const { longest = 4, least = 12, cohesion = 2, freedom = 1.2 } = options;
  const text = ['', ...runs, ''].join('\0');
  const levels: Level[] = [];
  for (let n = 1; n <= longest; n++) levels.push(countLevel(text, n, levels.at(-1), n === 1 ? 1 : least));
  const found = new Map<string, number>();
  levels[0]!.at.forEach((id, i) => {
    if (id >= 0) found.set(text[i]!, levels[0]!.counts[id]!);
  });
  for (let n = 2; n <= longest; n++) {
    const { at, counts } = levels[n - 1]!;
    const firm = holdingTogether(levels, n, cohesion);
    const free = standingFree(text, at, n, firm, freedom);
    at.forEach((id, i) => {
      if (id >= 0 && free[id]) found.set(text.slice(i, i + n), counts[id]!);
    });
  }
  return found;
}

/** Counts n-grams whose beginning and ending one shorter both occur often enough. */
function countLevel(text: string, n: number, shorter: Level | undefined, least: number): Level {
  const table = createNgramTable();
  const at = new Int32Array(text.length).fill(-1);
  const counts: number[] = [];
  for (let i = 0; i + n <= text.length; i++) {
    const code = text.charCodeAt(i + n - 1);
    const prefix = shorter?.at[i] ?? 0;
    if (code === 0 || prefix < 0 || (shorter?.at[i + 1] ?? 0) < 0) continue;
    const id = table.insert(prefix, code);
    counts[id] = (counts[id] ?? 0) + 1;
    at[i] = id;
  }
  for (let i = 0; i < at.length; i++) if (at[i]! >= 0 && counts[at[i]!]! < least) at[i] = -1;
  return { at, counts };
}

/** By id: whether the n-gram's parts meet more often than by chance, wherever it is cut. */
function holdingTogether(levels: readonly Level[], n: number, cohesion: number): Uint8Array {
  const { at, counts } = levels[n - 1]!;
  const total = Math.log(levels[0]!.counts.reduce((a, b) => a + b, 0));
  const logCount = (length: number, i: number): number =>
    Math.log(levels[length - 1]!.counts[levels[length - 1]!.at[i]!]!);
  const firm = new Uint8Array(counts.length);
  const seen = new Uint8Array(counts.length);
  at.forEach((id, i) => {
    if (id < 0 || seen[id]) return;
    seen[id] = 1;
    const whole = logCount(n, i) + total;
    const cuts = Array.from({ length: n - 1 }, (_, k) => whole - logCount(k + 1, i) - logCount(n - k - 1, i + k + 1));
    firm[id] = Number(Math.min(...cuts) >= cohesion);
  });
  return firm;
}

/** By id: whether enough different characters stand on both sides. */
function standingFree(text: string, at: Int32Array, n: number, firm: Uint8Array, freedom: number): Uint8Array {
  const left = entropies(firm.length, at, firm, (i) => text.charCodeAt(i - 1));
  const right = entropies(firm.length, at, firm, (i) => text.charCodeAt(i + n));
  return firm.map((value, id) => Number(value === 1 && Math.min(left[id]!, right[id]!) >= freedom));
}

/** Entropy of a neighbour by n-gram, in nats; each end of a run counts as a character of its own. */
function entropies(size: number, at: Int32Array, chosen: Uint8Array, neighbour: (i: number) => number): Float64Array {
  const table = createNgramTable();
  const [owners, counts]: [number[], number[]] = [[], []];
  const totals = new Float64Array(size);
  at.forEach((id, i) => {
    if (id < 0 || !chosen[id]) return;
    totals[id]!++;
    const code = neighbour(i);
    if (code === 0) return;
    const pair = table.insert(id, code);
    owners[pair] = id;
    counts[pair] = (counts[pair] ?? 0) + 1;
  });
  const out = totals.map((total) => (total === 0 ? 0 : Math.log(total)));
  owners.forEach((id, pair) => {
    out[id]! -= (counts[pair]! * Math.log(counts[pair]!)) / totals[id]!;
  });
  return out;
}
