/** Pairs in the tokens of a model, packed as preference tuning takes them: row 2i chosen, row 2i + 1 rejected. */
import { createPlainEncoder } from '../data/tokenise-documents.ts';
import { isSpecial, type Tokenizer } from '../tokenizer/tokenizer.ts';
import type { PackedRows } from './batch.ts';
import type { PreferencePair } from './preference-pairs.ts';

/** Rows of pairs, and how many did not fit as a whole. */
export interface PreferenceRows {
  readonly rows: PackedRows;
  /** Pairs of which an answer was cut at the end of the context. */
  readonly cut: number;
}

/**
 * A prompt stands as the model is used to: `<s><title>…<text>` where it knows those tokens, else `<s>`; one that begins with
 * a control token is taken as it is. It takes half of the context at most, its end is kept; answers are cut at the end.
 * `length`: tokens of a row, at most the context.
 */
export function packPreferences(
  pairs: readonly PreferencePair[],
  tokenizer: Tokenizer,
  context: number,
  length?: number,
): PreferenceRows {
  const plain = createPlainEncoder(tokenizer);
  const encoded = pairs.flatMap((pair) => {
    const prompt = encodePrompt(pair, tokenizer, plain, context);
    return [pair.chosen, pair.rejected].map((answer) => ({
      prompt: prompt.length,
      ids: [...prompt, ...plain(answer)],
    }));
  });
  const wide = length ?? Math.min(context, Math.max(...encoded.map(({ ids }) => ids.length)));
  const cells = encoded.length * wide;
  const rows = {
    rows: encoded.length,
    length: wide,
    tokens: new Uint16Array(cells),
    segments: new Uint8Array(cells),
    predict: new Uint8Array(cells),
  };
  encoded.forEach(({ ids, prompt }, row) => {
    const kept = ids.slice(0, wide);
    rows.tokens.set(kept, row * wide);
    rows.segments.fill(1, row * wide, row * wide + kept.length);
    rows.predict.fill(1, row * wide + prompt, row * wide + kept.length);
  });
  return { rows, cut: pairs.filter((_, i) => [0, 1].some((side) => encoded[2 * i + side]!.ids.length > wide)).length };
}

/** The chosen rows alone with every token to be predicted, for perplexity. */
export function chosenText({ rows, length, tokens, segments }: PackedRows): PackedRows {
  const count = rows / 2;
  const take = <T extends Uint16Array | Uint8Array>(from: T, to: T): T => {
    for (let i = 0; i < count; i++) to.set(from.subarray(2 * i * length, (2 * i + 1) * length), i * length);
    return to;
  };
  return {
    rows: count,
    length,
    tokens: take(tokens, new Uint16Array(count * length)),
    segments: take(segments, new Uint8Array(count * length)),
    predict: new Uint8Array(count * length).fill(1),
  };
}

function encodePrompt(
  { prompt, title = '' }: PreferencePair,
  tokenizer: Tokenizer,
  plain: (text: string) => number[],
  context: number,
): number[] {
  const control = /^<[^<>]+>/.exec(prompt)?.[0];
  if (control !== undefined && isSpecial(control) && tokenizer.find(control) !== undefined) {
    return tokenizer.encode(prompt).slice(0, context >> 1);
  }
  const token = (name: string): number[] => {
    const id = tokenizer.find(name);
    return id === undefined ? [] : [id];
  };
  const titled = token('<title>').length > 0 && token('<text>').length > 0;
  const named = titled && title !== '' ? [...token('<title>'), ...plain(title).slice(0, context >> 2)] : [];
  const frame = titled ? [...token('<s>'), ...named, ...token('<text>')] : token('<s>');
  const room = Math.max(0, (context >> 1) - frame.length);
  return [...frame, ...plain(prompt).slice(-room || Number.POSITIVE_INFINITY)];
}
