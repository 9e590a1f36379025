/**
 * Choosing one token from masked logits: temperature, top-k, top-p (nucleus, Holtzman et al. 2020), min-p (Nguyen et al.
 * 2024), locally typical sampling (Meister et al. 2023) and a repetition penalty (Keskar et al. 2019). Each filter narrows
 * what the one before left; at least one token always remains.
 */
import type { Random } from '../../core/index.ts';

export interface SamplingOptions {
  /** Divides the logits; 0 picks the likeliest (greedy). Default 0.8. */
  readonly temperature: number;
  /** Keep the k likeliest; 0 keeps all. */
  readonly topK: number;
  /** Keep the smallest set with this much probability; 1 keeps all. */
  readonly topP: number;
  /** Keep tokens at least this share as likely as the likeliest; 0 keeps all. */
  readonly minP: number;
  /** Keep the tokens nearest to the expected surprise, up to this much probability; 1 keeps all. */
  readonly typicalP: number;
  /** Divides positive logits (multiplies negative ones) of characters already in the poem; 1 leaves them. */
  readonly repetitionPenalty: number;
}

/** A token that may be chosen, with its probability among those admitted (before filters). */
export interface Choice {
  readonly token: number;
  readonly probability: number;
}

/**
 * Probabilities of the admitted tokens at a temperature, likeliest first. `admitted` holds token ids; those less than `floor`
 * times as likely as the likeliest are left out (default 0: none), which is min-p and spares sorting thousands.
 */
export function rankChoices(
  logits: Float32Array,
  admitted: readonly number[],
  temperature: number,
  floor = 0,
): Choice[] {
  const scale = temperature > 0 ? 1 / temperature : 1;
  let top = Number.NEGATIVE_INFINITY;
  for (const token of admitted) top = Math.max(top, logits[token]! * scale);
  let sum = 0;
  const kept: { token: number; weight: number }[] = [];
  for (const token of admitted) {
    const weight = Math.exp(logits[token]! * scale - top);
    sum += weight;
    if (weight >= floor) kept.push({ token, weight });
  }
  return kept
    .sort((a, b) => b.weight - a.weight || a.token - b.token)
    .map(({ token, weight }) => ({ token, probability: weight / sum }));
}

/** Lowers the logits of tokens already used, in place. */
export function penaliseRepetition(logits: Float32Array, used: Iterable<number>, penalty: number): void {
  if (penalty === 1) return;
  for (const token of new Set(used))
    logits[token] = logits[token]! > 0 ? logits[token]! / penalty : logits[token]! * penalty;
}

/** Applies the filters to ranked choices. */
export function filterChoices(ranked: readonly Choice[], options: SamplingOptions): Choice[] {
  let kept = [...ranked];
  if (options.topK > 0) kept = kept.slice(0, options.topK);
  if (options.typicalP < 1) kept = typical(kept, options.typicalP);
  if (options.topP < 1) kept = nucleus(kept, options.topP);
  if (options.minP > 0) kept = kept.filter(({ probability }) => probability >= options.minP * kept[0]!.probability);
  return kept;
}

function nucleus(choices: readonly Choice[], share: number): Choice[] {
  const total = choices.reduce((sum, { probability }) => sum + probability, 0);
  let sum = 0;
  const end = choices.findIndex(({ probability }) => {
    sum += probability;
    return sum >= share * total;
  });
  return choices.slice(0, end < 0 ? choices.length : end + 1);
}

function typical(choices: readonly Choice[], share: number): Choice[] {
  const entropy = choices.reduce((sum, { probability: p }) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
  const byTypicality = [...choices].sort(
    (a, b) => Math.abs(-Math.log(a.probability) - entropy) - Math.abs(-Math.log(b.probability) - entropy),
  );
  return nucleus(byTypicality, share).sort((a, b) => b.probability - a.probability || a.token - b.token);
}

/** Draws one of the filtered choices; greedy at temperature 0. */
export function sampleChoice(choices: readonly Choice[], temperature: number, random: Random): Choice {
  if (temperature === 0 || choices.length === 1) return choices[0]!;
  let rest = random.next() * choices.reduce((sum, { probability }) => sum + probability, 0);
  for (const choice of choices) {
    rest -= choice.probability;
    if (rest <= 0) return choice;
  }
  return choices.at(-1)!;
}
