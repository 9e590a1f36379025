/** How a language model is read from: its opening tokens, the tail that fits its context, the tokens that may come next. */
import type { TokenModel } from '../../../kernel/index.ts';
import { listFitting, type Under } from './whole-characters.ts';

/** `<s><title>…<text>opening`, without the special tokens that a model does not have. */
export function promptOf(model: TokenModel, title: string, opening: string): number[] {
  const special = (token: string): number[] => {
    const id = model.vocabulary.indexOf(token);
    return id < 0 ? [] : [id];
  };
  const named = title === '' ? [] : [...special('<title>'), ...model.encode(title)];
  return [...special('<s>'), ...named, ...special('<text>'), ...model.encode(opening)];
}

/** Opens one row over a prompt; of a long one, the last half of the context. */
export function openTail(model: TokenModel, tokens: readonly number[], signal: AbortSignal) {
  const tail = tokens.length < model.contextLength ? tokens : tokens.slice(-Math.floor(model.contextLength / 2));
  return model.open(tail, 1, signal);
}

/** The token that ends a text; −1 for a model without one. */
export const endOf = (model: TokenModel): number => model.vocabulary.indexOf('</s>');

const fitting = new WeakMap<TokenModel, Readonly<Record<Under, number[]>>>();

/** Tokens that may come next; the end may come where a character is whole and something is written. */
export function admittedTokens(model: TokenModel, under: Under, written: number): readonly number[] {
  let lists = fitting.get(model);
  if (!lists) {
    lists = listFitting(model.vocabulary.length, (id) => model.bytes(id));
    fitting.set(model, lists);
  }
  const end = endOf(model);
  return under === 'whole' && end >= 0 && written > 0 ? [...lists[under], end] : lists[under];
}
