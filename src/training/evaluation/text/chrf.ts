/**
 * chrF (Popović, 2015) and chrF++ (2017) with the scores of sacreBLEU 2: how many n-grams of characters (and, in chrF++,
 * words) a line shares with its reference, recall counting more than precision. Needs no word segmentation.
 */
import { countNgrams, noReferences, referenceCount } from './bleu.ts';
import { splitWords } from './python-text.ts';

export interface ChrfOptions {
  /** Longest n-gram of characters. Default 6. */
  readonly characters?: number;
  /** Longest n-gram of words: 0 is chrF (default), 2 is chrF++. */
  readonly words?: number;
  /** Weight of recall. Default 2. */
  readonly beta?: number;
  /** Defaults false. */
  readonly lowercase?: boolean;
  readonly whitespace?: boolean;
  /** Smoothing of chrF++.py instead of leaving out orders without n-grams. Default false. */
  readonly epsSmoothing?: boolean;
}

/** N-grams of one order: in the line, in the reference, in both. */
type Match = readonly [number, number, number];

/** chrF of a corpus, 0 to 100; of several references each line counts the best. Throws `training/no-references`. */
export function corpusChrf(
  lines: readonly string[],
  references: readonly (readonly string[])[],
  options: ChrfOptions = {},
): number {
  if (lines.length === 0 || lines.length !== references.length || references.some((list) => list.length === 0)) {
    throw noReferences(lines.length, references.length);
  }
  const sums = lines
    .map((line, i) => matchLine(line, references[i]!, options))
    .reduce((a, b) => a.map(([x, y, z], k): Match => [x + b[k]![0], y + b[k]![1], z + b[k]![2]]));
  return scoreOf(sums, options);
}

/** chrF of one line. */
export function sentenceChrf(line: string, references: readonly string[], options: ChrfOptions = {}): number {
  return corpusChrf([line], [references], options);
}

/** The signature under which sacreBLEU gives the same score. */
export function chrfSignature(options: ChrfOptions, references: readonly (readonly string[])[]): string {
  const { characters = 6, words = 0, lowercase = false, whitespace = false, epsSmoothing = false } = options;
  return [
    `nrefs:${referenceCount(references)}`,
    `case:${lowercase ? 'lc' : 'mixed'}`,
    `eff:${epsSmoothing ? 'no' : 'yes'}`,
    `nc:${characters}`,
    `nw:${words}`,
    `space:${whitespace ? 'yes' : 'no'}`,
    'version:2.6.0',
  ].join('|');
}

function matchLine(line: string, references: readonly string[], options: ChrfOptions): Match[] {
  const mine = ngramsOf(line, options);
  let [best, bestScore]: [Match[], number] = [[], -1];
  for (const reference of references) {
    const matches = ngramsOf(reference, options).map((theirs, k) => match(mine[k]!, theirs));
    const score = scoreOf(matches, options);
    if (score > bestScore) [best, bestScore] = [matches, score];
  }
  return best;
}

function ngramsOf(text: string, options: ChrfOptions): Map<string, number>[] {
  const { characters = 6, words = 0, lowercase = false, whitespace = false } = options;
  const cased = lowercase ? text.toLowerCase() : text;
  const chars = [...(whitespace ? cased : splitWords(cased).join(''))];
  return [...countNgrams(chars, characters, ''), ...countNgrams(partPunctuation(cased), words, ' ')];
}

const PUNCTUATION = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');

/** Words with one mark of ASCII punctuation split off, from the end if there is one, else from the beginning. */
function partPunctuation(text: string): string[] {
  return splitWords(text).flatMap((word) => {
    const chars = [...word];
    if (chars.length === 1) return [word];
    if (PUNCTUATION.has(chars.at(-1)!)) return [chars.slice(0, -1).join(''), chars.at(-1)!];
    return PUNCTUATION.has(chars[0]!) ? [chars[0]!, chars.slice(1).join('')] : [word];
  });
}

function match(mine: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>): Match {
  const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
  const both = [...mine].reduce((sum, [ngram, count]) => sum + Math.min(count, theirs.get(ngram) ?? 0), 0);
  return [theirs.size > 0 ? total(mine) : 0, total(theirs), both];
}

function scoreOf(matches: readonly Match[], { beta = 2, epsSmoothing = false }: ChrfOptions): number {
  const factor = beta ** 2;
  const shares = matches.map(([line, reference, both]) => ({
    precision: line > 0 ? both / line : 1e-16,
    recall: reference > 0 ? both / reference : 1e-16,
    counts: line > 0 && reference > 0,
  }));
  if (epsSmoothing) {
    const scores = shares.map(({ precision, recall }) => {
      const weight = factor * precision + recall;
      return weight > 0 ? ((1 + factor) * precision * recall) / weight : 1e-16;
    });
    return (100 * scores.reduce((a, b) => a + b, 0)) / matches.length;
  }
  const counted = shares.filter(({ counts }) => counts);
  if (counted.length === 0) return 0;
  const precision = counted.reduce((sum, share) => sum + share.precision, 0) / counted.length;
  const recall = counted.reduce((sum, share) => sum + share.recall, 0) / counted.length;
  if (precision + recall === 0) return 0;
  return (100 * (1 + factor) * precision * recall) / (factor * precision + recall);
}
