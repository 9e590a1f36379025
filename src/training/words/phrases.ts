/** Finds words that belong together, such as `new_york` (Mikolov and others, 2013). */
import { createNgramTable } from '../evaluation/ngram-table.ts';

/** Between words that are not next to each other in a text. */
export const BREAK = 0xffff;

export interface PhraseOptions {
  /** Times the pair must occur. Default 30. */
  readonly least?: number;
  /** How many times more often than by chance. Default 200. */
  readonly lift?: number;
}

/** Pairs of word ids that form a phrase; `tokens` holds ids below 65,535 and `BREAK`s. */
export function findPhrases(tokens: Uint16Array, options: PhraseOptions = {}): [number, number][] {
  const { least = 30, lift = 200 } = options;
  const singles = new Float64Array(BREAK + 1);
  const table = createNgramTable();
  const [pairs, counts]: [[number, number][], number[]] = [[], []];
  tokens.forEach((token, i) => {
    singles[token]!++;
    const next = tokens[i + 1] ?? BREAK;
    if (token === BREAK || next === BREAK) return;
    const id = table.insert(token, next);
    pairs[id] = [token, next];
    counts[id] = (counts[id] ?? 0) + 1;
  });
  const total = tokens.length - singles[BREAK]!;
  return pairs.filter(([a, b], id) => {
    const count = counts[id]!;
    return count >= least && ((count - least / 2) * total) / (singles[a]! * singles[b]!) >= lift;
  });
}

/** The same tokens with each pair put together, from the left, under the id given for it. */
export function joinPhrases(tokens: Uint16Array, idOf: (a: number, b: number) => number | undefined): Uint16Array {
  const out = new Uint16Array(tokens.length);
  let size = 0;
  for (let i = 0; i < tokens.length; i++) {
    const joined = i + 1 < tokens.length ? idOf(tokens[i]!, tokens[i + 1]!) : undefined;
    out[size++] = joined ?? tokens[i]!;
    if (joined !== undefined) i++;
  }
  return out.slice(0, size);
}
