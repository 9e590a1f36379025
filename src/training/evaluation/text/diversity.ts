/**
 * Does a model repeat itself? Within one text: repetition and the longest repeat; between texts: distinct-n and self-BLEU.
 * All take items (words, characters or tokens), so that Chinese needs no segmentation.
 */
import { corpusBleu } from './bleu.ts';

const SEPARATOR = '\u0000';

/** Share of different n-grams among all n-grams of the texts (Li and others, 2016); 1 when none comes twice. */
export function distinctN(texts: readonly (readonly string[])[], n: number): number {
  const seen = new Set<string>();
  let total = 0;
  for (const text of texts) {
    for (let i = 0; i + n <= text.length; i++, total++) seen.add(text.slice(i, i + n).join(SEPARATOR));
  }
  return total === 0 ? 1 : seen.size / total;
}

/** Share of the n-grams of one text that stood there before, 1 − distinct-n (rep-n; Su and others, 2022). */
export function repetitionN(text: readonly string[], n: number): number {
  return 1 - distinctN([text], n);
}

/** Items of the longest passage that comes twice in a text; the two may overlap. */
export function longestRepeat(text: readonly string[]): number {
  let [low, high] = [0, text.length - 1];
  while (low < high) {
    const n = Math.ceil((low + high) / 2);
    if (distinctN([text], n) < 1) low = n;
    else high = n - 1;
  }
  return Math.max(low, 0);
}

/** Mean BLEU of each text against all others (Zhu and others, 2018), 0 to 100: the higher, the more alike they are. */
export function selfBleu(texts: readonly (readonly string[])[], order = 4): number {
  if (texts.length < 2) return 0;
  const lines = texts.map((text) => text.map((item) => item.replaceAll(/\s/g, '␣')).join(' '));
  const scores = lines.map((line, i) => {
    const others = lines.filter((_, j) => j !== i);
    return corpusBleu([line], [others], { tokenize: 'none', order, effectiveOrder: true }).score;
  });
  return scores.reduce((a, b) => a + b, 0) / scores.length;
}
