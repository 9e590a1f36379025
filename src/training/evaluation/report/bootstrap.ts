/** How sure a mean is: what it might have been with other samples from the same source (Efron, 1979). */
import { createRandom } from '../../../core/index.ts';

/** An estimate and the range in which it would lie in `level` of all repetitions. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Default the mean. */
  readonly statistic?: (values: readonly number[]) => number;
  /** Default 1000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly level?: number;
  /** Default 0. */
  readonly seed?: number | string;
}

/** Percentile interval over samples drawn with replacement; of no values everything is NaN. */
export function bootstrapInterval(values: readonly number[], options: BootstrapOptions = {}): Interval {
  const { statistic = mean, resamples = 1000, level = 0.95, seed = 0 } = options;
  if (values.length === 0) return { estimate: Number.NaN, low: Number.NaN, high: Number.NaN };
  const random = createRandom(`bootstrap/${seed}`);
  const found = Array.from({ length: resamples }, () => statistic(values.map(() => random.pick(values))));
  found.sort((a, b) => a - b);
  const at = (share: number): number => found[Math.min(resamples - 1, Math.floor(share * resamples))]!;
  return { estimate: statistic(values), low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
