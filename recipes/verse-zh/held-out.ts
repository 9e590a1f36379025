/**
 * The held-out poems as something to measure on: which predicted tokens are characters of a poem, of which form, and the same
 * poems with nothing asked of them but their form.
 *
 *   <s> <七绝> <theme>明月 <title>静夜思 <rhyme:阳> <body>床前明月光，……</s>     as the recipe wrote it
 *   <s> <七绝> <body>床前明月光，……</s>                                          without wishes
 */
import type { Perplexity } from '../../src/training/index.ts';

/** Rows as `Dataset.loadSplit` gives them. */
export interface Rows {
  readonly rows: number;
  readonly length: number;
  readonly tokens: Uint16Array;
  readonly segments: Uint8Array;
  readonly predict: Uint8Array;
}

/** The group of tokens that are no character of a poem: title, rhyme, punctuation, end. */
export const REST = 'rest';

/** A document's cells in the rows, `end` exclusive, and where its poem begins (after `<body>`). */
interface Place {
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

/** Finds the documents of a split. */
export function findDocuments({ tokens, segments, length }: Rows, vocabulary: readonly string[]): Place[] {
  const bodyToken = vocabulary.indexOf('<body>');
  const places: Place[] = [];
  for (let start = 0; start < tokens.length; ) {
    let end = start + 1;
    while (end % length > 0 && segments[end] === segments[start]) end++;
    const body = tokens.subarray(start, end).indexOf(bodyToken) + 1;
    if (segments[start] !== 0 && body > 0) places.push({ start, body: start + body, end });
    start = end;
  }
  return places;
}

/** Names every predicted token by its poem's form when it is a Chinese character of the poem itself, else `rest`. */
export function groupByForm(split: Rows, vocabulary: readonly string[]): (at: number) => string {
  const isHan = vocabulary.map((token) => /^\p{Script=Han}$/u.test(token));
  const groups = new Map<number, string>();
  for (const { start, body, end } of findDocuments(split, vocabulary)) {
    const form = vocabulary[split.tokens[start + 1]!]!.replace(/[<>]/g, '');
    for (let at = body; at < end; at++) if (isHan[split.tokens[at]!]) groups.set(at, form);
  }
  return (at) => groups.get(at) ?? REST;
}

/** The same poems in the same rows, with themes, title and rhyme cut out: form and tune stay, the poem alone is predicted. */
export function withoutWishes(split: Rows, vocabulary: readonly string[]): Rows {
  const cells = split.tokens.length;
  const bare = { tokens: new Uint16Array(cells), segments: new Uint8Array(cells), predict: new Uint8Array(cells) };
  const isWish = vocabulary.map((token) => /^<(theme|title|rhyme:.+|body)>$/.test(token));
  let at = 0;
  for (const { start, body, end } of findDocuments(split, vocabulary)) {
    at = Math.max(at, start - (start % split.length));
    let wish = start;
    while (!isWish[split.tokens[wish]!]) wish++;
    for (const from of [...range(start, wish), ...range(body - 1, end)]) {
      bare.tokens[at] = split.tokens[from]!;
      bare.segments[at] = split.segments[from]!;
      bare.predict[at] = from >= body ? 1 : 0;
      at++;
    }
  }
  return { ...split, ...bare };
}

/** Characters only: the mean over all forms, and each form by itself. */
export function perCharacter(groups: Readonly<Record<string, Perplexity>>): Perplexity & {
  readonly byForm: Readonly<Record<string, Perplexity>>;
} {
  const byForm = Object.fromEntries(Object.entries(groups).filter(([name]) => name !== REST));
  const all = Object.values(byForm);
  const tokens = all.reduce((sum, one) => sum + one.tokens, 0);
  const loss = all.reduce((sum, one) => sum + one.loss * one.tokens, 0) / tokens;
  return { perplexity: Math.exp(loss), loss, tokens, byForm };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
