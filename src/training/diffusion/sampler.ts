/**
 * The ways back from noise to picture. Each sampler is one step from a level to the next cleaner one, given what the
 * network takes for the picture (x₀) and the noise (ε) in x:
 *
 *   ddpm      a draw from the posterior of the forward process (Ho et al. 2020)
 *   ddim      x₀ and ε mixed anew; eta 0 draws no noise, eta 1 is ddpm (Song et al. 2021)
 *   dpm++2m   second order in x₀ over log(α/σ), with the x₀ of the step before (Lu et al. 2022)
 *   euler     the straight line of rectified flow (Liu et al. 2022); the same as ddim without noise
 *   heun      euler, looked at from both ends of the step: two network calls
 *
 * Every α and σ will do. Euler and Heun go along y = x / (α + σ), τ = σ / (α + σ): there each process is the straight
 * line y = (1 − τ) x₀ + τ ε of rectified flow, with velocity ε − x₀.
 */
import type { Mixture, Parted } from './prediction.ts';
import type { Level } from './process.ts';
import { mix } from './schedule.ts';

export const SAMPLERS = ['ddpm', 'ddim', 'dpm++2m', 'euler', 'heun'] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** What a step may ask for. */
export interface StepParts {
  readonly from: Level;
  readonly to: Level;
  readonly x: Float32Array;
  /** What the network sees in x at `from`. */
  readonly seen: Parted;
  /** Looks again, at another x and level. */
  readonly look: (x: Float32Array, level: Level) => Promise<Parted>;
  /** Fresh standard normal noise of x's length. */
  readonly noise: () => Float32Array;
}

/** Goes one step; may remember earlier steps, so that every picture needs a sampler of its own. */
export type Sampler = (parts: StepParts) => Promise<Float32Array>;

/** A sampler at the start of its way; `eta` (0–1, default 0) is ddim's share of noise. */
export function createSampler(name: SamplerName, eta = 0): Sampler {
  switch (name) {
    case 'ddpm':
      return async (parts) => ancestral(parts);
    case 'ddim':
      return async (parts) => implicit(parts, eta);
    case 'dpm++2m':
      return multistep();
    case 'euler':
      return async (parts) => implicit(parts, 0);
    case 'heun':
      return heun;
  }
}

/** Variance of the forward process between two levels, and of its posterior (Kingma et al. 2021, appendix A). */
function variances(
  from: Mixture,
  to: Mixture,
): { readonly ratio: number; readonly step: number; readonly back: number } {
  const ratio = from.alpha / to.alpha;
  const step = Math.max(0, from.sigma ** 2 - ratio ** 2 * to.sigma ** 2);
  return { ratio, step, back: (step * to.sigma ** 2) / from.sigma ** 2 };
}

function ancestral({ from, to, x, seen, noise }: StepParts): Float32Array {
  const { ratio, step, back } = variances(from, to);
  const mean = mix((ratio * to.sigma ** 2) / from.sigma ** 2, x, (to.alpha * step) / from.sigma ** 2, seen.x0);
  return back === 0 ? mean : mix(1, mean, Math.sqrt(back), noise());
}

function implicit({ from, to, seen, noise }: StepParts, eta: number): Float32Array {
  const drawn = eta * eta * variances(from, to).back;
  const mean = mix(to.alpha, seen.x0, Math.sqrt(Math.max(0, to.sigma ** 2 - drawn)), seen.epsilon);
  return drawn === 0 ? mean : mix(1, mean, Math.sqrt(drawn), noise());
}

/** The first step, and the last one to the clean picture, are of first order. */
function multistep(): Sampler {
  let before: { readonly x0: Float32Array; readonly length: number } | undefined;
  return async ({ from, to, x, seen }) => {
    const length = Math.log(to.alpha / to.sigma) - Math.log(from.alpha / from.sigma);
    const share = before && Number.isFinite(length) ? length / (2 * before.length) : 0;
    const x0 = before && share !== 0 ? mix(1 + share, seen.x0, -share, before.x0) : seen.x0;
    before = { x0: seen.x0, length };
    // e^−length, written so that it holds at σ = 0 and at α = 0
    const shrink = (from.alpha * to.sigma) / (from.sigma * to.alpha);
    return mix(to.sigma / from.sigma, x, to.alpha * (1 - shrink), x0);
  };
}

async function heun({ from, to, x, seen, look }: StepParts): Promise<Float32Array> {
  const guess = mix(to.alpha, seen.x0, to.sigma, seen.epsilon);
  if (to.sigma === 0) return guess;
  const after = await look(guess, to);
  const size = to.alpha + to.sigma;
  const start = from.alpha + from.sigma;
  const half = 0.5 * (to.sigma / size - from.sigma / start);
  const out = new Float32Array(x.length);
  for (let i = 0; i < out.length; i++) {
    const slope = seen.epsilon[i]! - seen.x0[i]! + after.epsilon[i]! - after.x0[i]!;
    out[i] = size * (x[i]! / start + half * slope);
  }
  return out;
}
