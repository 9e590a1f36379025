/** What an answer cost, by the price list of the card; told to the way out, which adds it up. */
import type { ChatUsage } from '../../../kernel/index.ts';
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

/** What pictures or sounds cost, by the price of each. */
export async function noteEach(line: Line, pieces = 1): Promise<void> {
  const { prices } = line.card;
  if (prices?.each) await noteCost(line, { amount: prices.each * pieces, currency: prices.currency });
}
