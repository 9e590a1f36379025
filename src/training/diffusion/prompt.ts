/**
 * What a model with open vocabulary is asked for, as numbers. Words of any language that the word vectors know, a style:
 *
 *   prompt ─▶ [ √D · Σ weight · vector(text) / |Σ vector(text)| , style , nothing asked ]      D + styles + 1 numbers
 *
 * A text's vector is the mean of its words, rare ones weighing more (words/word-vectors.ts), so that names never learned
 * stand near names that were. A weight of 1.3 makes its part of the vector so much longer.
 */
import { refusal } from '../refusal.ts';
import type { WordVectors } from '../words/index.ts';

/** Words and how much of them; weight 1 (default) is plain. */
export interface WeightedText {
  readonly text: string;
  readonly weight?: number | undefined;
}

/** What a picture shall show, in which style; nothing: anything. */
export interface WordPrompt {
  readonly words: readonly WeightedText[];
  /** One of the model's styles. */
  readonly style?: string | undefined;
  /** On the way to another prompt: share 0 is this one, 1 the other; in between along the arc of both (slerp). */
  readonly between?: { readonly words: readonly WeightedText[]; readonly share: number } | undefined;
}

/** What a configuration says of its words. */
export interface WordCondition {
  readonly dimensions: number;
  readonly styles: readonly string[];
}

/** Turns prompts into rows of `promptWidth` numbers. */
export type PromptRow = (prompt: WordPrompt) => Float32Array;

/** Numbers in a row. */
export function promptWidth({ dimensions, styles }: WordCondition): number {
  return dimensions + styles.length + 1;
}

/** Remembers the vectors of texts it has met. The row throws `training/unknown-style`. */
export function createPromptRow(condition: WordCondition, vectors: WordVectors): PromptRow {
  const { dimensions, styles } = condition;
  const met = new Map<string, Float32Array | undefined>();
  const vector = (text: string): Float32Array | undefined => {
    if (!met.has(text)) met.set(text, vectors.textVector(text));
    return met.get(text);
  };
  const sumOf = (words: readonly WeightedText[]) => weighted(words, vector, dimensions);
  return ({ words, style, between }) => {
    const row = new Float32Array(promptWidth(condition));
    const [here, there] = [sumOf(words), between && sumOf(between.words)];
    const asked = here && there ? arc(here, there, between!.share) : here;
    const size = Math.sqrt(dimensions);
    if (asked) for (let i = 0; i < dimensions; i++) row[i] = size * asked[i]!;
    else row[row.length - 1] = 1;
    if (style !== undefined) row[dimensions + styleNumber(styles, style)] = size / 2;
    return row;
  };
}

/** Words of a text that the vectors know by their pieces only, and those that they cannot know at all. */
export function strangeWords(vectors: WordVectors, text: string): { guessed: string[]; unknown: string[] } {
  const strange = [...new Set(vectors.cut(text))].filter((word) => !vectors.has(word));
  return {
    guessed: strange.filter((word) => vectors.vector(word) !== undefined),
    unknown: strange.filter((word) => vectors.vector(word) === undefined),
  };
}

/** Nothing where no word has a vector. */
function weighted(
  words: readonly WeightedText[],
  vector: (text: string) => Float32Array | undefined,
  dimensions: number,
): Float32Array | undefined {
  const plain = new Float32Array(dimensions);
  const sum = new Float32Array(dimensions);
  for (const { text, weight = 1 } of words) {
    const own = vector(text);
    if (!own) continue;
    for (let i = 0; i < dimensions; i++) {
      plain[i]! += own[i]!;
      sum[i]! += weight * own[i]!;
    }
  }
  const length = Math.hypot(...plain);
  return length < 1e-6 ? undefined : sum.map((value) => value / length);
}

/** Shoemake (1985); lengths go evenly from one to the other. */
function arc(a: Float32Array, b: Float32Array, share: number): Float32Array {
  const [la, lb] = [Math.hypot(...a), Math.hypot(...b)];
  const cosine = Math.max(-1, Math.min(1, a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (la * lb)));
  const angle = Math.acos(cosine);
  const sine = Math.sin(angle);
  const [x, y] =
    sine < 1e-4 ? [1 - share, share] : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  const length = (1 - share) * la + share * lb;
  return a.map((value, i) => length * ((x * value) / la + (y * b[i]!) / lb));
}

function styleNumber(styles: readonly string[], style: string): number {
  const found = styles.indexOf(style);
  if (found >= 0) return found;
  throw refusal(
    'input',
    'training/unknown-style',
    {
      en: `The model knows no style '${style}'. It knows: ${styles.join(', ')}.`,
      zh: `模型没有“${style}”这种样式，可选：${styles.join('、')}。`,
    },
    { en: 'Choose one of them, or none.', zh: '请选用其中之一，或不指定。' },
  );
}
