/**
 * How much noise a picture holds at each step of the discrete forward process (Ho et al. 2020):
 *
 *   x₀ ─q─▶ x₁ ─q─▶ … ─q─▶ x_T ≈ N(0, 1)        q(x_t | x_{t−1}) = N(√(1−β_t) x_{t−1}, β_t)
 *   x₀ ────────q────────▶ x_t                    q(x_t | x₀)      = N(√ᾱ_t x₀, 1−ᾱ_t)
 *
 * Steps are counted from 0, as in code; the paper's t is one more.
 */

/** The variance added at every step, and the share of the picture's variance that is left, ᾱ_t = Π (1 − β). */
export interface NoiseSchedule {
  readonly betas: Float64Array;
  readonly alphaBars: Float64Array;
}

/** β rising evenly from `first` to `last` (Ho et al. 2020: 1e-4 to 0.02 over 1000 steps). */
export function linearSchedule(steps = 1000, first = 1e-4, last = 0.02): NoiseSchedule {
  const rise = steps > 1 ? (last - first) / (steps - 1) : 0;
  return fromBetas(Float64Array.from({ length: steps }, (_, t) => first + rise * t));
}

/** ᾱ_t = cos²((t/T + s) / (1 + s) · π/2), β at most 0.999 (Nichol and Dhariwal 2021). */
export function cosineSchedule(steps = 1000, offset = 0.008): NoiseSchedule {
  const left = (share: number): number => Math.cos(((share + offset) / (1 + offset)) * (Math.PI / 2)) ** 2;
  return fromBetas(
    Float64Array.from({ length: steps }, (_, t) => Math.min(0.999, 1 - left((t + 1) / steps) / left(t / steps))),
  );
}

/** One step of the forward process, a draw from q(x_t | x_{t−1}) made of standard normal `noise`. */
export function forwardStep(
  schedule: NoiseSchedule,
  t: number,
  previous: Float32Array,
  noise: Float32Array,
): Float32Array {
  const beta = schedule.betas[t]!;
  return mix(Math.sqrt(1 - beta), previous, Math.sqrt(beta), noise);
}

/** A draw from q(x_t | x₀) made of standard normal `noise`. */
export function forwardTo(schedule: NoiseSchedule, t: number, x0: Float32Array, noise: Float32Array): Float32Array {
  const left = schedule.alphaBars[t]!;
  return mix(Math.sqrt(left), x0, Math.sqrt(1 - left), noise);
}

/** Mean and variance of q(x_{t−1} | x_t, x₀), equations 6 and 7 of Ho et al. (2020); the variance is 0 at t = 0. */
export function posterior(
  schedule: NoiseSchedule,
  t: number,
  x0: Float32Array,
  xt: Float32Array,
): { readonly mean: Float32Array; readonly variance: number } {
  const beta = schedule.betas[t]!;
  const left = schedule.alphaBars[t]!;
  const before = t === 0 ? 1 : schedule.alphaBars[t - 1]!;
  const ofX0 = (Math.sqrt(before) * beta) / (1 - left);
  const ofXt = (Math.sqrt(1 - beta) * (1 - before)) / (1 - left);
  return { mean: mix(ofX0, x0, ofXt, xt), variance: ((1 - before) / (1 - left)) * beta };
}

/** a · x + b · y. */
export function mix(a: number, x: Float32Array, b: number, y: Float32Array): Float32Array {
  const out = new Float32Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]!;
  return out;
}

function fromBetas(betas: Float64Array): NoiseSchedule {
  let left = 1;
  return { betas, alphaBars: betas.map((beta) => (left *= 1 - beta)) };
}
