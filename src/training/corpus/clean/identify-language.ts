/**
 * The language of a text by small statistics: scripts first, then for Chinese which of a pair of forms is used (这 or 這),
 * for Latin letters how many trigrams are among the commonest of English.
 */
import table from './language.table.json' with { type: 'json' };

export type Language = 'zh-Hans' | 'zh-Hant' | 'en' | 'other';

const PAIRS = table.pairs.split(' ').map((pair) => [...pair] as [string, string]);
const SIMPLIFIED = new Set(PAIRS.map(([simplified]) => simplified));
const TRADITIONAL = new Set(PAIRS.map(([, traditional]) => traditional));
const ENGLISH = new Set(table.english.split(' ').map((trigram) => trigram.replaceAll('_', ' ')));
/** English prose has 0.56–0.76 of its trigrams among them (3,819 chapters); French, German, Spanish and Latin about 0.2–0.45. */
const ENGLISH_SHARE = 0.53;
const SAMPLE = 20_000;

/** Identifies by the first 20,000 characters; a text without letters is `other`. Classical Chinese without either form counts as simplified. */
export function identifyLanguage(text: string): Language {
  const sample = text.slice(0, SAMPLE);
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  const han = count(/\p{Script=Han}/gu);
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const letters = count(/\p{L}/gu);
  if (letters === 0 || kana > 0.1 * han + 5) return 'other';
  // A Chinese character says about as much as four letters.
  if (4 * han >= letters - han) return isTraditional(sample) ? 'zh-Hant' : 'zh-Hans';
  const latin = count(/\p{Script=Latin}/gu);
  return latin > 0.9 * (letters - han) && englishShare(sample) >= ENGLISH_SHARE ? 'en' : 'other';
}

function isTraditional(text: string): boolean {
  let [simplified, traditional] = [0, 0];
  for (const character of text) {
    if (SIMPLIFIED.has(character)) simplified++;
    else if (TRADITIONAL.has(character)) traditional++;
  }
  return traditional > simplified;
}

/** Share of a text's letter trigrams that are among the 400 commonest of English, 0–1. */
export function englishShare(text: string): number {
  const words = ` ${text
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^\p{L}']+/gu, ' ')
    .trim()} `;
  let known = 0;
  for (let i = 0; i + 3 <= words.length; i++) if (ENGLISH.has(words.slice(i, i + 3))) known++;
  return words.length < 3 ? 0 : known / (words.length - 2);
}
