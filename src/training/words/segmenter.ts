/**
 * Cuts text into words: runs of Chinese characters by the likeliest sequence of known words, Latin words by their letters.
 *
 *   小猫在汽车上睡觉  ─▶  小猫 | 在 | 汽车 | 上 | 睡觉        Don't stop! ─▶ don't | stop
 *
 * Known words stand in a trie over characters; the likeliest path (Viterbi) maximises the sum of log counts.
 */
import { createNgramTable } from '../evaluation/ngram-table.ts';

/** Cuts one run of Chinese characters. */
export type Segmenter = (run: string) => string[];

/** Longest Chinese word, in characters. */
export const LONGEST_WORD = 6;

const PIECES = /[\u3400-\u9fff]+|[a-zA-Z\u00c0-\u024f]+(?:['’][a-zA-Z]+)*/gu;

/** The words of a text in order, lower case; marks, digits and other scripts are left out. */
export function cutWords(text: string, segment: Segmenter): string[] {
  return (text.match(PIECES) ?? []).flatMap((piece) => (isChinese(piece) ? segment(piece) : [latinWord(piece)]));
}

/** Whether a word is Chinese, by its first character. */
export function isChinese(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 0x3400 && code <= 0x9fff;
}

function latinWord(piece: string): string {
  return piece.toLowerCase().replaceAll('’', "'").replace(/'s$/, '');
}

/** A segmenter from words with how often each was seen; unknown characters are words of their own. */
export function createSegmenter(counts: ReadonlyMap<string, number>): Segmenter {
  const trie = createNgramTable();
  const chinese = [...counts].filter(([word]) => isChinese(word) && word.length <= LONGEST_WORD);
  const total = Math.log(chinese.reduce((sum, [, count]) => sum + count, 1));
  const scores: number[] = [];
  for (const [word, count] of chinese) {
    let node = -1;
    for (let i = 0; i < word.length; i++) node = trie.insert(node + 1, word.charCodeAt(i));
    scores[node] = Math.log(count) - total;
  }
  const unknown = Math.log(0.1) - total;
  return (run) => likeliest(run, trie.find, scores, unknown);
}

function likeliest(
  run: string,
  find: (prefix: number, token: number) => number,
  scores: readonly (number | undefined)[],
  unknown: number,
): string[] {
  const best = new Float64Array(run.length + 1).fill(-Infinity);
  const from = new Int32Array(run.length + 1);
  best[0] = 0;
  for (let start = 0; start < run.length; start++) {
    let node = -1;
    for (let end = start + 1; end <= Math.min(run.length, start + LONGEST_WORD); end++) {
      node = find(node + 1, run.charCodeAt(end - 1));
      const score = (node < 0 ? undefined : scores[node]) ?? (end === start + 1 ? unknown : -Infinity);
      if (best[start]! + score > best[end]!) {
        best[end] = best[start]! + score;
        from[end] = start;
      }
      if (node < 0) break;
    }
  }
  const words: string[] = [];
  for (let end = run.length; end > 0; end = from[end]!) words.push(run.slice(from[end]!, end));
  return words.reverse();
}
