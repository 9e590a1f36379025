/** `{ heldOut: { perplexity: 43.26 } }` ─▶ `[['heldOut · perplexity', '43.26']]`: every number of a card on a line of its own. */
export function flattenScores(scores: unknown, names: readonly string[] = []): [string, string][] {
  if (typeof scores === 'number') return [[names.join(' · '), sayNumber(scores)]];
  if (typeof scores !== 'object' || scores === null) return [];
  return Object.entries(scores).flatMap(([name, value]) => flattenScores(value, [...names, name]));
}

function sayNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(1) : value.toPrecision(3);
}
