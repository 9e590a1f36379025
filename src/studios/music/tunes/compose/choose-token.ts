/** Choosing one of the admitted tokens from logits: temperature, nucleus (top-p, Holtzman et al. 2020) and min-p (Nguyen et al. 2024). */
import type { Random } from '../../../../core/index.ts';

export interface Sampling {
  /** Divides the logits; 0 takes the likeliest. */
  readonly temperature: number;
  /** Keeps the smallest set with this much probability; 1 keeps all. */
  readonly topP: number;
  /** Keeps tokens at least this share as likely as the likeliest; 0 keeps all. */
  readonly minP: number;
}

/** Draws one of the ids, which must not be none; `leaning` is added to their logits. */
export function chooseToken(
  logits: Float32Array,
  ids: readonly number[],
  { temperature, topP, minP }: Sampling,
  { random, leaning = () => 0 }: { readonly random: Random; readonly leaning?: ((id: number) => number) | undefined },
): number {
  const leant = new Map(ids.map((id) => [id, logits[id]! + leaning(id)]));
  const ranked = [...ids].sort((a, b) => leant.get(b)! - leant.get(a)! || a - b);
  if (temperature === 0) return ranked[0]!;
  const top = leant.get(ranked[0]!)!;
  const weights = ranked.map((id) => Math.exp((leant.get(id)! - top) / temperature));
  const total = weights.reduce((a, b) => a + b, 0);
  let kept = 0;
  let end = 0;
  while (end < ranked.length && (end === 0 || (kept < topP * total && weights[end]! >= minP))) kept += weights[end++]!;
  let rest = random.next() * kept;
  for (let i = 0; i < end; i++) {
    rest -= weights[i]!;
    if (rest < 0) return ranked[i]!;
  }
  return ranked[end - 1]!;
}

/** Natural-log probability of a token among the whole vocabulary. */
export function logProbability(logits: Float32Array, id: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const logit of logits) top = Math.max(top, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  return logits[id]! - top - Math.log(sum);
}
