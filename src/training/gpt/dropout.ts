/**
 * Dropout (Srivastava et al., 2014) by noise that is fed. At every site the values are multiplied with an array of zeros
 * and of 1 / (1 − rate). A step draws one pool of such numbers; a site is fed a view of it that starts somewhere else each
 * time, so nothing is copied and drawing costs one pass over the largest site:
 *
 *   seed, step ─▶ pool  ···0·····0·0······0····0·0···········0·
 *                         └── embedding ──┘
 *                              └────── attention of layer 0 ──────┘
 *
 * The masks follow from seed and step alone, so a resumed run drops what an unbroken one would have dropped.
 */
import { createRandom } from '../../core/index.ts';
import type { Feed, Tensor } from '../graph/index.ts';
import type { InputSpec } from '../learn/index.ts';
import type { BatchShape } from './batch.ts';
import type { BatchNetworkParts } from './batch-network.ts';
import type { GptConfig } from './config.ts';
import { sizeOf } from './parameters.ts';

/** Share of values that is dropped, 0 to 1: in the embedded tokens, before each addition, in the attention weights. */
export interface DropoutRates {
  readonly embedding: number;
  readonly residual: number;
  readonly attention: number;
}

const PREFIX = 'noise:';
/** Views start at multiples of this, so that they are aligned as the engine likes. */
const ALIGNMENT = 16;

/** One rate everywhere, or rates by kind of site; what is left out is 0. */
export function dropoutRates(given: number | Partial<DropoutRates>): DropoutRates {
  if (typeof given === 'number') return { embedding: given, residual: given, attention: given };
  return { embedding: 0, residual: 0, attention: 0, ...given };
}

/** A site of the network and the share dropped there. */
export interface DropoutSite {
  readonly input: InputSpec;
  readonly rate: number;
}

/** The sites of a network over a batch where anything is dropped. */
export function dropoutSites(config: GptConfig, { rows, length }: BatchShape, rates: DropoutRates): DropoutSite[] {
  const hidden = [rows * length, config.hidden_size];
  const site = (name: string, rate: number, shape: readonly number[] = hidden): DropoutSite => ({
    input: { name: PREFIX + name, type: 'f32', shape },
    rate,
  });
  const square = [rows, config.num_attention_heads, length, length];
  const layers = Array.from({ length: config.num_hidden_layers }, (_, i) => [
    site(`attention.${i}`, rates.attention, square),
    site(`attended.${i}`, rates.residual),
    site(`fed.${i}`, rates.residual),
  ]);
  return [site('embedding', rates.embedding), ...layers.flat()].filter(({ rate }) => rate > 0);
}

/** The parts of the network that multiply with the noise of the given sites. */
export function dropoutParts(
  sites: readonly DropoutSite[],
  input: (name: string) => Tensor,
  multiply: (x: Tensor, noise: Tensor) => Tensor,
): Pick<BatchNetworkParts, 'drop' | 'attentionNoise'> {
  const names = new Set(sites.map((site) => site.input.name));
  const attends = names.has(`${PREFIX}attention.0`);
  return {
    drop: (x, site) => (names.has(PREFIX + site) ? multiply(x, input(PREFIX + site)) : x),
    ...(attends ? { attentionNoise: (layer: number) => input(`${PREFIX}attention.${layer}`) } : {}),
  };
}

/** The noise of one batch, by input; `at` names the batch (a step, or a step and its part). */
export type DropoutFeeds = (at: string | number) => Record<string, Feed>;

/** Draws noise for sites. What one call returned is overwritten by the next. */
export function createDropout(sites: readonly DropoutSite[], seed: string | number): DropoutFeeds {
  const rates = [...new Set(sites.map(({ rate }) => rate))];
  const pools = new Map(
    rates.map((rate) => {
      const largest = Math.max(...sites.filter((site) => site.rate === rate).map((site) => siteSize(site)));
      return [rate, new Float32Array(largest + Math.min(largest, 1 << 20) + ALIGNMENT)];
    }),
  );
  return (at) => {
    const random = createRandom(`${seed}/dropout/${at}`);
    for (const [rate, pool] of pools) fillNoise(pool, rate, random.integer(0x7fffffff));
    return Object.fromEntries(
      sites.map((site) => {
        const pool = pools.get(site.rate)!;
        const size = siteSize(site);
        const start = ALIGNMENT * random.integer(Math.floor((pool.length - size) / ALIGNMENT) + 1);
        return [site.input.name, { data: pool.subarray(start, start + size), shape: site.input.shape as number[] }];
      }),
    );
  };
}

/**
 * Zeros with the given share, else 1 / (1 − share); two draws of 16 bits from every number of Marsaglia's xorshift (2003).
 * The share is rounded to 1/65536, and the other value follows the rounded share.
 */
function fillNoise(pool: Float32Array, rate: number, seed: number): void {
  const threshold = Math.round(rate * 65536);
  const kept = 65536 / (65536 - threshold);
  let x = seed | 1;
  for (let i = 0; i < pool.length; i += 2) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    // the sign bit of draw − threshold, without a branch that could not be foreseen
    pool[i] = kept * (1 - (((x & 0xffff) - threshold) >>> 31));
    pool[i + 1] = kept * (1 - (((x >>> 16) - threshold) >>> 31));
  }
}

function siteSize({ input }: DropoutSite): number {
  return sizeOf(input.shape as number[]);
}
