/**
 * BLEU (Papineni and others, 2002) with the scores of sacreBLEU 2 (Post, 2018).
 *
 *   line ─▶ words ─▶ 1- to 4-grams ─▶ matches, clipped ─▶ Σ over lines ─▶ geometric mean of precisions · brevity penalty
 *
 * Lines are counted first and scored once: the BLEU of a corpus is not the mean of its lines' scores.
 */
import { refusal } from '../../refusal.ts';
import { BLEU_TOKENIZERS, type BleuTokenizer } from './bleu-tokenizers.ts';
import { splitWords, trimEnd } from './python-text.ts';

export interface BleuOptions {
  /** Default `13a`; take `zh` for Chinese. */
  readonly tokenize?: BleuTokenizer;
  /** What stands for precisions of 0 (Chen and Cherry, 2014). Default `exp`. */
  readonly smooth?: 'exp' | 'floor' | 'add-k' | 'none';
  /** For `floor` (default 0.1) and `add-k` (default 1). */
  readonly smoothValue?: number;
  /** Default false. */
  readonly lowercase?: boolean;
  /** Leaves out orders longer than the text. Default false for a corpus, true for a sentence. */
  readonly effectiveOrder?: boolean;
  /** Longest n-gram. Default 4. */
  readonly order?: number;
}

export interface BleuScore {
  /** 0 to 100. */
  readonly score: number;
  /** In per cent, by order. */
  readonly precisions: readonly number[];
  readonly brevityPenalty: number;
  /** Words of the lines, and of the references nearest to them in length. */
  readonly words: number;
  readonly referenceWords: number;
  /** How it was measured, in sacreBLEU's notation. */
  readonly signature: string;
}

interface Counts {
  readonly words: number;
  readonly referenceWords: number;
  readonly correct: readonly number[];
  readonly total: readonly number[];
}

/** Lines with their references, `references[line]`; throws `training/no-references` for other numbers of them. */
export function corpusBleu(
  lines: readonly string[],
  references: readonly (readonly string[])[],
  options: BleuOptions = {},
): BleuScore {
  if (lines.length === 0 || lines.length !== references.length || references.some((list) => list.length === 0)) {
    throw noReferences(lines.length, references.length);
  }
  const sum = lines.map((line, i) => countLine(line, references[i]!, options)).reduce(addCounts);
  return { ...scoreOf(sum, options), signature: bleuSignature(options, references) };
}

/** One line; effective order is on unless told otherwise, as sacreBLEU advises. */
export function sentenceBleu(line: string, references: readonly string[], options: BleuOptions = {}): BleuScore {
  return corpusBleu([line], [references], { effectiveOrder: true, ...options });
}

/** The signature under which sacreBLEU gives the same score. */
export function bleuSignature(options: BleuOptions, references: readonly (readonly string[])[]): string {
  const { tokenize = '13a', smooth = 'exp', lowercase = false, effectiveOrder = false } = options;
  const value = smoothValueOf(options);
  return [
    `nrefs:${referenceCount(references)}`,
    `case:${lowercase ? 'lc' : 'mixed'}`,
    `eff:${effectiveOrder ? 'yes' : 'no'}`,
    `tok:${tokenize}`,
    `smooth:${smooth}${value === undefined ? '' : `[${value.toFixed(2)}]`}`,
    'version:2.6.0',
  ].join('|');
}

/** How many references lines have: a number, or `var`. */
export function referenceCount(references: readonly (readonly string[])[]): string {
  const counts = new Set(references.map((list) => list.length));
  return counts.size === 1 ? String([...counts][0]) : 'var';
}

/** N-grams of all orders with their counts, by order; keys are joined by a character no word can hold. */
export function countNgrams(items: readonly string[], order: number, join: string): Map<string, number>[] {
  return Array.from({ length: order }, (_, k) => {
    const counts = new Map<string, number>();
    for (let i = 0; i + k < items.length; i++) {
      const ngram = items.slice(i, i + k + 1).join(join);
      counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
    }
    return counts;
  });
}

/** The error of lines without references. */
export function noReferences(lines: number, references: number): Error {
  return refusal(
    'input',
    'training/no-references',
    {
      en: `${lines} lines and ${references} lists of references: each line needs at least one reference.`,
      zh: `${lines} 行文本与 ${references} 组参考译文：每一行至少需要一个参考。`,
    },
    { en: 'Give one list of references for every line.', zh: '请为每一行提供一组参考文本。' },
  );
}

function countLine(line: string, references: readonly string[], options: BleuOptions): Counts {
  const { tokenize = '13a', lowercase = false, order = 4 } = options;
  const cut = (text: string): string[] =>
    splitWords(BLEU_TOKENIZERS[tokenize](trimEnd(lowercase ? text.toLowerCase() : text)));
  const words = cut(line);
  const others = references.map(cut);
  const most = others.map((other) => countNgrams(other, order, ' ')).reduce(largestCounts);
  const mine = countNgrams(words, order, ' ');
  const correct = mine.map((ngrams, k) =>
    [...ngrams].reduce((sum, [ngram, count]) => sum + Math.min(count, most[k]!.get(ngram) ?? 0), 0),
  );
  const total = mine.map((_, k) => Math.max(words.length - k, 0));
  return { words: words.length, referenceWords: nearestLength(words.length, others), correct, total };
}

function largestCounts(a: readonly Map<string, number>[], b: readonly Map<string, number>[]): Map<string, number>[] {
  return a.map((counts, k) => {
    const most = new Map(counts);
    for (const [ngram, count] of b[k]!) most.set(ngram, Math.max(count, most.get(ngram) ?? 0));
    return most;
  });
}

/** The length nearest to that of the line; of two equally near the shorter. */
function nearestLength(length: number, references: readonly (readonly string[])[]): number {
  const [first] = references
    .map((reference) => reference.length)
    .sort((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b);
  return first!;
}

function addCounts(a: Counts, b: Counts): Counts {
  return {
    words: a.words + b.words,
    referenceWords: a.referenceWords + b.referenceWords,
    correct: a.correct.map((count, k) => count + b.correct[k]!),
    total: a.total.map((count, k) => count + b.total[k]!),
  };
}

function scoreOf(counts: Counts, options: BleuOptions): Omit<BleuScore, 'signature'> {
  const { words, referenceWords } = counts;
  const short = words < referenceWords;
  const brevityPenalty = !short ? 1 : words > 0 ? Math.exp(1 - referenceWords / words) : 0;
  const facts = { brevityPenalty, words, referenceWords };
  if (!counts.correct.some((count) => count > 0))
    return { score: 0, precisions: counts.correct.map(() => 0), ...facts };
  const { precisions, orders } = smoothed(counts, options);
  const logs = precisions.slice(0, orders).map((p) => (p === 0 ? -9_999_999_999 : Math.log(p)));
  const score = brevityPenalty * Math.exp(logs.reduce((sum, log) => sum + log, 0) / orders);
  return { score, precisions, ...facts };
}

function smoothed({ correct, total }: Counts, options: BleuOptions): { precisions: number[]; orders: number } {
  const { smooth = 'exp', effectiveOrder = false } = options;
  const value = smoothValueOf(options) ?? 0;
  const precisions = correct.map(() => 0);
  let [orders, halvings] = [correct.length, 0];
  for (let k = 0; k < correct.length; k++) {
    const added = smooth === 'add-k' && k > 0 ? value : 0;
    const [right, all] = [correct[k]! + added, total[k]! + added];
    if (all === 0) break;
    if (effectiveOrder) orders = k + 1;
    if (right > 0) precisions[k] = (100 * right) / all;
    else if (smooth === 'exp') precisions[k] = 100 / (2 ** ++halvings * all);
    else if (smooth === 'floor') precisions[k] = (100 * value) / all;
  }
  return { precisions, orders };
}

function smoothValueOf({ smooth = 'exp', smoothValue }: BleuOptions): number | undefined {
  if (smooth === 'floor') return smoothValue ?? 0.1;
  if (smooth === 'add-k') return smoothValue ?? 1;
  return undefined;
}
