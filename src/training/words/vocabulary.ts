/** The words a model knows, how often each was seen, and the pieces each is made of. */
import { isChinese } from './segmenter.ts';

/** Words, most frequent first within a language; ids are places in the list. */
export interface Vocabulary {
  readonly words: readonly string[];
  readonly counts: readonly number[];
  /** Pieces of words: runs of letters for Latin words, characters and pairs of them for Chinese. */
  readonly subwords: readonly string[];
}

/** Which rows of pieces each word has: those of word `w` lie from `starts[w]` to `starts[w + 1]`. */
export interface SubwordRows {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** The pieces of a word; Latin ones of 3 to 5 letters, its ends marked by `<` and `>` (Bojanowski and others, 2017). */
export function subwordsOf(word: string): string[] {
  if (isChinese(word)) return [...new Set([...word, ...slices(word, 2, 2)])];
  return [...new Set(word.split('_').flatMap((part) => slices(`<${part}>`, 3, 5)))];
}

function slices(text: string, shortest: number, longest: number): string[] {
  const out: string[] = [];
  for (let n = shortest; n <= longest; n++) for (let i = 0; i + n <= text.length; i++) out.push(text.slice(i, i + n));
  return out;
}

/** Sizes of a vocabulary; words and subwords are for each of the two languages. */
export interface VocabularyOptions {
  /** Default 25,000. */
  readonly words?: number;
  /** Times a word must occur. Default 5. */
  readonly least?: number;
  /** Default 20,000. */
  readonly subwords?: number;
  /** Words that must be known, when they occur at all. */
  readonly wanted?: ReadonlySet<string>;
}

/** The most frequent words of both languages and the pieces that most of them share. */
export function buildVocabulary(counts: ReadonlyMap<string, number>, options: VocabularyOptions = {}): Vocabulary {
  const { words = 25_000, least = 5, subwords = 20_000, wanted = new Set() } = options;
  const chosen = [true, false].flatMap((chinese) => {
    const known = [...counts].filter(([word, n]) => isChinese(word) === chinese && (n >= least || wanted.has(word)));
    return mostFrequent(known, words, wanted);
  });
  const pieces = new Map<string, number>();
  for (const [word] of chosen) for (const piece of subwordsOf(word)) pieces.set(piece, (pieces.get(piece) ?? 0) + 1);
  const shared = [...pieces].filter(([, n]) => n >= 3);
  const isOfChinese = ([piece]: readonly [string, number]): boolean => isChinese(piece);
  return {
    words: chosen.map(([word]) => word),
    counts: chosen.map(([, count]) => count),
    subwords: [shared.filter(isOfChinese), shared.filter((piece) => !isOfChinese(piece))].flatMap((list) =>
      mostFrequent(list, subwords).map(([piece]) => piece),
    ),
  };
}

function mostFrequent(
  list: readonly (readonly [string, number])[],
  most: number,
  wanted: ReadonlySet<string> = new Set(),
): (readonly [string, number])[] {
  const rank = ([word]: readonly [string, number]): number => Number(!wanted.has(word));
  const byCount = (a: readonly [string, number], b: readonly [string, number]): number =>
    b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  const kept = [...list].sort((a, b) => rank(a) - rank(b) || byCount(a, b)).slice(0, most);
  return kept.sort(byCount);
}

/** Rows of the pieces of every word. */
export function subwordRows({ words, subwords }: Pick<Vocabulary, 'words' | 'subwords'>): SubwordRows {
  const ids = new Map(subwords.map((piece, id) => [piece, id]));
  const starts = new Uint32Array(words.length + 1);
  const rows: number[] = [];
  words.forEach((word, i) => {
    for (const piece of subwordsOf(word)) {
      const id = ids.get(piece);
      if (id !== undefined) rows.push(id);
    }
    starts[i + 1] = rows.length;
  });
  return { starts, rows: Uint32Array.from(rows) };
}
