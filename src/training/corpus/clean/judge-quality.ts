/**
 * Whether a document reads like writing: the rules of Gopher (Rae et al. 2021, table A1), with wider bounds, for they are
 * meant for pages of the web and this is an artist's work: refrains, dialogue that breaks off and sayings in parallel are
 * style. A Chinese character counts as a word.
 */
import { countLetters, HAN, letterShare, wordsOf } from './characters.ts';
import { hashWord, mix } from './min-hash.ts';
import type { Removal, Rule } from './rules.ts';

/** Bounds; shares are 0–1. */
export interface QualityLimits {
  /** Letters or characters a document must have, default 24: a quatrain. */
  readonly minLetters: number;
  readonly minLetterShare: number;
  readonly maxSymbolShare: number;
  readonly maxBulletLines: number;
  readonly maxEllipsisLines: number;
  /** Share of the letters in lines that stood before. */
  readonly maxRepeatedLines: number;
  /** Share of the letters within word n-grams that occur more than once, by n. */
  readonly maxRepeatedPhrases: Readonly<Record<number, number>>;
}

export const QUALITY_LIMITS: QualityLimits = {
  minLetters: 24,
  minLetterShare: 0.6,
  maxSymbolShare: 0.1,
  maxBulletLines: 0.9,
  maxEllipsisLines: 0.5,
  maxRepeatedLines: 0.3,
  maxRepeatedPhrases: { 5: 0.35, 7: 0.3, 10: 0.25 },
};

/** Chinese words are two characters long on the average, so that its phrases are counted at twice the length. */
const CHINESE_FACTOR = 2;
/** A poem or saying shorter than this may repeat itself as it likes. */
const FEWEST_WORDS = 200;

/** The first rule a text fails, with the measure, or undefined. */
export function judgeQuality(text: string, limits: QualityLimits = QUALITY_LIMITS): Removal | undefined {
  const letters = countLetters(text);
  const fail = (rule: Rule, value: number, limit: number): Removal => ({
    rule,
    text,
    because: `${Number(value.toFixed(3))} / ${limit}`,
  });
  if (letters < limits.minLetters) return fail('too-short', letters, limits.minLetters);
  const share = letterShare(text);
  if (share < limits.minLetterShare) return fail('letters', share, limits.minLetterShare);
  const symbols = (text.match(/[#*|\\{}<>=~^_@]|\u2026\s*\n/gu)?.length ?? 0) / letters;
  if (symbols > limits.maxSymbolShare) return fail('symbols', symbols, limits.maxSymbolShare);
  return judgeLines(text, limits, fail) ?? judgePhrases(text, limits, fail);
}

type Fail = (rule: Rule, value: number, limit: number) => Removal;

function judgeLines(text: string, limits: QualityLimits, fail: Fail): Removal | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length < 5) return undefined;
  const share = (match: (line: string, at: number) => boolean): number => lines.filter(match).length / lines.length;
  const bullets = share((line) => /^[•●○◦▪\-*·]\s/.test(line));
  if (bullets > limits.maxBulletLines) return fail('bullets', bullets, limits.maxBulletLines);
  const ellipses = share((line) => /(?:…|\.\.\.)$/.test(line));
  if (ellipses > limits.maxEllipsisLines) return fail('ellipses', ellipses, limits.maxEllipsisLines);
  const seen = new Set<string>();
  const again = lines.filter((line) => seen.size === seen.add(line).size); // by letters: rules between sections weigh nothing
  const repeated = countLetters(again.join('')) / Math.max(1, countLetters(lines.join('')));
  return repeated > limits.maxRepeatedLines ? fail('repeated-lines', repeated, limits.maxRepeatedLines) : undefined;
}

function judgePhrases(text: string, limits: QualityLimits, fail: Fail): Removal | undefined {
  const words = wordsOf(text);
  if (words.length < FEWEST_WORDS) return undefined;
  const factor = HAN.test(words[words.length >> 1] ?? '') ? CHINESE_FACTOR : 1;
  const hashes = Int32Array.from(words, hashWord);
  for (const [n, limit] of Object.entries(limits.maxRepeatedPhrases)) {
    const share = repeatedShare(hashes, Number(n) * factor);
    if (share > limit) return fail('repeated-phrases', share, limit);
  }
  return undefined;
}

/** Share of words (as hashes) that lie in an n-gram that stood before, 0–1. */
function repeatedShare(words: Int32Array, n: number): number {
  if (words.length < 2 * n) return 0;
  const seen = new Set<number>();
  let [covered, until] = [0, 0];
  for (let i = 0; i + n <= words.length; i++) {
    let phrase = n;
    for (let j = i; j < i + n; j++) phrase = mix(Math.imul(phrase, 31) + words[j]!);
    if (seen.size !== seen.add(phrase).size) continue;
    covered += i + n - Math.max(i, until);
    until = i + n;
  }
  return covered / words.length;
}
