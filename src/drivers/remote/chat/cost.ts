/** What an answer cost, by the price list of the card; told to the way out, which adds it up. */
import type { ChatUsage, Price } from '../../../kernel/index.ts';
import type { RemoteCard } from '../card.ts';
import type { Line } from '../line/index.ts';

/** Usage with its cost, where the card has prices. */
export function usageOf({ prices }: RemoteCard, input: number, output: number): ChatUsage {
  if (prices?.input === undefined && prices?.output === undefined) return { input, output };
  const amount = (input * (prices.input ?? 0) + output * (prices.output ?? 0)) / 1e6;
  return { input, output, cost: { amount, currency: prices.currency } };
}

/** Tells the way out. */
export async function noteCost({ surroundings, errand }: Line, cost: ChatUsage['cost']): Promise<void> {
  if (cost && cost.amount > 0) await surroundings.wayOut.spent(errand, cost);
}

/** The price of one picture or sound, where the card has it. */
export function priceOf({ prices }: RemoteCard): { readonly price?: Price } {
  return prices?.each ? { price: { amount: prices.each, currency: prices.currency } } : {};
}

/** Asks leave to spend that, before anything is sent. Throws the refusals of the way out. */
export async function askEach({ card, errand, surroundings }: Line): Promise<void> {
  const { price } = priceOf(card);
  if (price) await surroundings.wayOut.maySpend(card.baseUrl, errand, price);
}

/** What pictures or sounds cost, by the price of each. */
export async function noteEach(line: Line, pieces = 1): Promise<void> {
  const { prices } = line.card;
  if (prices?.each) await noteCost(line, { amount: prices.each * pieces, currency: prices.currency });
}
