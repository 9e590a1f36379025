/**
 * What a network is asked to say about a noisy picture x = α·x₀ + σ·ε, and how each answer is turned into the others:
 *
 *   epsilon   ε                    Ho et al. 2020
 *   x0        x₀
 *   v         α·ε − σ·x₀           Salimans and Ho 2022
 *   flow      ε − x₀               Liu et al. 2022, from data (time 0) to noise (time 1)
 *
 * All four hold for every α and σ, so any prediction may be used with any process.
 */
import { mix } from './schedule.ts';

export const PREDICTIONS = ['epsilon', 'x0', 'v', 'flow'] as const;
export type Prediction = (typeof PREDICTIONS)[number];

/** How much of the picture (alpha) and of the noise (sigma) is in x. */
export interface Mixture {
  readonly alpha: number;
  readonly sigma: number;
}

/** The two parts of a noisy picture. */
export interface Parted {
  readonly x0: Float32Array;
  readonly epsilon: Float32Array;
}

/** A noisy picture, α·x₀ + σ·ε. */
export function noised({ alpha, sigma }: Mixture, { x0, epsilon }: Parted): Float32Array {
  return mix(alpha, x0, sigma, epsilon);
}

/** What a perfect network answers. */
export function targetOf(prediction: Prediction, { alpha, sigma }: Mixture, { x0, epsilon }: Parted): Float32Array {
  switch (prediction) {
    case 'epsilon':
      return epsilon;
    case 'x0':
      return x0;
    case 'v':
      return mix(alpha, epsilon, -sigma, x0);
    case 'flow':
      return mix(1, epsilon, -1, x0);
  }
}

/** The parts of x that an answer implies. At α = 0 an ε says nothing of x₀, which comes out as x; likewise x₀ at σ = 0. */
export function partsOf(prediction: Prediction, level: Mixture, x: Float32Array, answer: Float32Array): Parted {
  const { alpha, sigma } = level;
  switch (prediction) {
    case 'epsilon':
      return { epsilon: answer, x0: alpha === 0 ? x : mix(1 / alpha, x, -sigma / alpha, answer) };
    case 'x0':
      return { x0: answer, epsilon: epsilonOf(level, x, answer) };
    case 'v': {
      const size = alpha * alpha + sigma * sigma;
      return { x0: mix(alpha / size, x, -sigma / size, answer), epsilon: mix(sigma / size, x, alpha / size, answer) };
    }
    case 'flow': {
      const size = alpha + sigma;
      return { x0: mix(1 / size, x, -sigma / size, answer), epsilon: mix(1 / size, x, alpha / size, answer) };
    }
  }
}

/** The noise in x when the picture is x₀. */
export function epsilonOf({ alpha, sigma }: Mixture, x: Float32Array, x0: Float32Array): Float32Array {
  return sigma === 0 ? x : mix(1 / sigma, x, -alpha / sigma, x0);
}

/** One answer in the words of another prediction. */
export function convert(
  from: Prediction,
  to: Prediction,
  level: Mixture,
  x: Float32Array,
  answer: Float32Array,
): Float32Array {
  return from === to ? answer : targetOf(to, level, partsOf(from, level, x, answer));
}

/**
 * The weight of the squared error under min-SNR (Hang et al. 2023): no noise level counts more than its share of x₀'s
 * error up to a signal-to-noise ratio of `gamma` (5 in the paper). Multiplies the error of the prediction itself.
 */
export function minSnrWeight(prediction: Prediction, { alpha, sigma }: Mixture, gamma: number): number {
  const ratio = (alpha / sigma) ** 2;
  const ofX0 = Math.min(ratio, gamma);
  switch (prediction) {
    case 'epsilon':
      return ratio === 0 ? 1 : ofX0 / ratio;
    case 'x0':
      return ofX0;
    case 'v':
      return (ofX0 * sigma * sigma) / (alpha * alpha + sigma * sigma) ** 2;
    case 'flow':
      return ofX0 * (sigma / (alpha + sigma)) ** 2;
  }
}
