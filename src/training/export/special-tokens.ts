/** The special tokens that other runtimes want to know by id. */
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

/** Ids of the tokens that begin and end a text, fill a row and stand for unknown characters, where there are such. */
export function specialTokens(tokenizer: Tokenizer): { bos?: number; eos?: number; pad?: number; unk?: number } {
  const names = { bos: '<s>', eos: '</s>', pad: '<pad>', unk: '<unk>' };
  const found = Object.entries(names).map(([name, token]) => [name, tokenizer.find(token)] as const);
  return Object.fromEntries(found.filter(([, id]) => id !== undefined));
}
