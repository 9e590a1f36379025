/**
 * The novelty report of a poem: line by line, whether it stands in the training poems, nearly stands there, or is new, and
 * what was looked for. What was not looked for is said, so that silence is never mistaken for a clean bill.
 */
import { SHORTEST_LINE } from './build.ts';
import type { PoemName } from './format.ts';
import type { LineLookup } from './lookup.ts';
import { hanOnly } from './normalise.ts';

/** What was found about one line. `unchecked`: fewer than three characters. */
export interface LineNovelty {
  readonly line: string;
  readonly verdict: 'copied' | 'near' | 'new' | 'unchecked';
  /** The training poem, for `copied` and `near`. */
  readonly source?: PoemName;
  /** The training line, for `near`. */
  readonly original?: string;
  readonly how?: 'replaced' | 'contained';
}

/** How a poem stands to the poems its model was trained on. Plain data, kept with the work. */
export interface NoveltyReport {
  readonly lines: readonly LineNovelty[];
  readonly copiedLines: readonly { readonly line: string; readonly author: string; readonly title: string }[];
  readonly nearLines: readonly {
    readonly line: string;
    readonly original: string;
    readonly author: string;
    readonly title: string;
  }[];
  /** The training poem with which most lines are shared, exactly or nearly; absent when none is. */
  readonly nearest?: PoemName & { readonly sharedLines: number };
  /** Copied lines over checked lines, 0–1; 0 when no line could be checked. */
  readonly share: number;
  readonly checked: {
    /** Against how much the poem was checked. */
    readonly poems: number;
    readonly lines: number;
    /** The probability that one new line is called copied. */
    readonly falsePositiveRate: number;
    readonly looked: { readonly en: string; readonly zh: string };
    readonly notLooked: { readonly en: string; readonly zh: string };
  };
}

/** Shortest line, in characters, that is searched for near copies. */
const SHORTEST_NEAR = 5;

const LOOKED = {
  en: 'whole lines of three or more characters; lines of five or more characters with one character replaced; training lines of five or more characters inside a longer line',
  zh: '三字及以上的整句；只换了一个字的五字及以上的句子；长句中嵌入的五字及以上的训练句',
} as const;
const NOT_LOOKED = {
  en: 'lines with two or more characters changed, reordered or shifted; borrowed images and phrases; poems outside the training set',
  zh: '改动两字以上、调换语序或错位的句子；借用的意象与词组；训练集以外的诗作',
} as const;

/** Compares every line with the index. Some milliseconds a line. */
export function reportNovelty(index: LineLookup, lines: readonly string[]): NoveltyReport {
  const found = lines.map((line) => judgeLine(index, line));
  const checked = found.filter(({ verdict }) => verdict !== 'unchecked').length;
  const copied = found.filter(({ verdict }) => verdict === 'copied');
  const near = found.filter(({ verdict }) => verdict === 'near');
  const nearest = nearestPoem([...copied, ...near]);
  return {
    lines: found,
    copiedLines: copied.map(({ line, source }) => ({ line, ...source! })),
    nearLines: near.map(({ line, original, source }) => ({ line, original: original!, ...source! })),
    ...(nearest === undefined ? {} : { nearest }),
    share: checked === 0 ? 0 : copied.length / checked,
    checked: {
      poems: index.poemCount,
      lines: index.lineCount,
      falsePositiveRate: index.falsePositiveRate,
      looked: LOOKED,
      notLooked: NOT_LOOKED,
    },
  };
}

function judgeLine(index: LineLookup, line: string): LineNovelty {
  if ([...hanOnly(line)].length < SHORTEST_LINE) return { line, verdict: 'unchecked' };
  const source = index.findLine(line);
  if (source !== undefined) return { line, verdict: 'copied', source };
  // Of three or four characters almost every line has a neighbour: that says nothing.
  const near = [...hanOnly(line)].length < SHORTEST_NEAR ? undefined : index.findNearLine(line);
  if (near === undefined) return { line, verdict: 'new' };
  const { original, how, author, title } = near;
  return { line, verdict: 'near', source: { author, title }, original, how };
}

function nearestPoem(found: readonly LineNovelty[]): NoveltyReport['nearest'] {
  const shared = new Map<string, PoemName & { sharedLines: number }>();
  for (const { source } of found) {
    const key = `${source!.author}\t${source!.title}`;
    shared.set(key, { ...source!, sharedLines: (shared.get(key)?.sharedLines ?? 0) + 1 });
  }
  return [...shared.values()].sort((a, b) => b.sharedLines - a.sharedLines)[0];
}
