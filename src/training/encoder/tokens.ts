/** The control tokens of an encoder, and texts as it reads them. */
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

/** Stands for a hidden token. */
export const MASK = '<mask>';

/** In this order the first tokens of an encoder's vocabulary; words begin after them. */
export const ENCODER_TOKENS = ['<pad>', '<s>', '</s>', MASK] as const;

/** `<s>` text `</s>`, cut to a length; `<mask>` in the text is the token. */
export function wordTokens(tokenizer: Tokenizer, text: string, length: number): number[] {
  const id = (token: string): number => tokenizer.find(token)!;
  const parts = text.split(MASK).map((part) => tokenizer.encode(part));
  const ids = parts.flatMap((part, i) => (i === 0 ? part : [id(MASK), ...part]));
  return [id('<s>'), ...ids.slice(0, length - 2), id('</s>')];
}
