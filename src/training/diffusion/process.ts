/**
 * The way from picture to noise as a set of levels. A level says how much of each is present and the time a network is
 * told. Discrete processes (linear, cosine) have the levels of their schedule, times 0 … steps − 1; rectified flow is the
 * straight line α = 1 − t, σ = t with t in [0, 1], told as 1000·t.
 */
import type { Random } from '../../core/index.ts';
import type { Mixture } from './prediction.ts';
import { cosineSchedule, linearSchedule } from './schedule.ts';

/** A point on the way. */
export interface Level extends Mixture {
  /** What the network is told. */
  readonly time: number;
}

/** Which process; plain data, as it stands in a model's configuration. */
export type ProcessOptions =
  | { readonly kind: 'linear' | 'cosine'; readonly steps: number }
  /** `mean` and `deviation` of the logit of t in training (Esser et al. 2024). Default 0 and 1. */
  | { readonly kind: 'flow'; readonly mean?: number | undefined; readonly deviation?: number | undefined };

export interface Process {
  /** A level to train on. */
  draw(random: Random): Level;
  /** `count` levels from the noisiest down, and the clean picture after them. */
  levels(count: number): Level[];
}

const CLEAN: Level = { time: 0, alpha: 1, sigma: 0 };
const FLOW_TIMES = 1000;

/** The process of a configuration. */
export function createProcess(options: ProcessOptions): Process {
  return options.kind === 'flow' ? flow(options.mean, options.deviation) : scheduled(options.kind, options.steps);
}

/** Levels are spaced evenly and end at the noisiest ("trailing" of Lin et al. 2023). */
function scheduled(kind: 'linear' | 'cosine', steps: number): Process {
  const { alphaBars } = kind === 'linear' ? linearSchedule(steps) : cosineSchedule(steps);
  const at = (time: number): Level => {
    const left = alphaBars[time]!;
    return { time, alpha: Math.sqrt(left), sigma: Math.sqrt(1 - left) };
  };
  return {
    draw: (random) => at(random.integer(steps)),
    levels: (count) => {
      const taken = Math.min(count, steps);
      return [...Array.from({ length: taken }, (_, i) => at(Math.round(steps * (1 - i / taken)) - 1)), CLEAN];
    },
  };
}

/** Training times are drawn where learning is hardest, in the middle: the logit of t is normal. */
function flow(mean = 0, deviation = 1): Process {
  const at = (t: number): Level => ({ time: FLOW_TIMES * t, alpha: 1 - t, sigma: t });
  return {
    draw: (random) => at(1 / (1 + Math.exp(-(mean + deviation * random.normal())))),
    levels: (count) => [...Array.from({ length: count }, (_, i) => at(1 - i / count)), CLEAN],
  };
}
