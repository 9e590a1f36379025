/**
 * How much noise there is at each moment of training, and at which of these moments a run of so many steps stops: what
 * scheduler_config.json says, in the words and the arithmetic of diffusers, so that an exported model is sampled as it was meant.
 *
 *   β of each moment ─▶ ᾱ = ∏(1 − β) ─▶ σ = √((1 − ᾱ)/ᾱ) ─▶ moments of the run ─▶ σ of the run, most noise first, 0 at the end
 *
 * Sources: Ho et al. 2020 (β), Nichol and Dhariwal 2021 (cosine), Karras et al. 2022 (ρ = 7), Lin et al. 2023 (spacings, zero
 * terminal SNR), Esser et al. 2024 (shift of rectified flows).
 */
import { z } from 'zod';

/** The fields of scheduler_config.json that change what is computed. */
export const SCHEDULER = z.object({
  _class_name: z.string().default('DDIMScheduler'),
  num_train_timesteps: z.int().min(1).max(100_000).default(1000),
  beta_start: z.number().min(0).max(1).default(0.0001),
  beta_end: z.number().min(0).max(1).default(0.02),
  beta_schedule: z.enum(['linear', 'scaled_linear', 'squaredcos_cap_v2']).default('linear'),
  trained_betas: z.array(z.number()).nullish(),
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample', 'flow_prediction']).default('epsilon'),
  timestep_spacing: z.enum(['linspace', 'leading', 'trailing']).optional(),
  steps_offset: z.int().min(0).default(0),
  use_karras_sigmas: z.boolean().nullish(),
  rescale_betas_zero_snr: z.boolean().default(false),
  set_alpha_to_one: z.boolean().default(true),
  clip_sample: z.boolean().optional(),
  clip_sample_range: z.number().default(1),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
  lower_order_final: z.boolean().default(true),
  euler_at_final: z.boolean().default(false),
  solver_order: z.int().min(1).max(3).default(2),
  shift: z.number().positive().default(1),
});

export type Scheduler = z.infer<typeof SCHEDULER>;

/** ᾱ of each moment of training. Numbers are rounded to 32 bits where diffusers rounds them. */
export function alphaProducts(scheduler: Scheduler): Float32Array {
  const { num_train_timesteps: moments, rescale_betas_zero_snr: zero } = scheduler;
  const betas = betasOf(scheduler);
  const products = new Float32Array(moments);
  let product = 1;
  for (let t = 0; t < moments; t++) {
    product = Math.fround(product * Math.fround(1 - betas[t]!));
    products[t] = product;
  }
  return zero ? withoutLastSignal(products) : products;
}

function betasOf({
  beta_schedule,
  beta_start,
  beta_end,
  trained_betas,
  num_train_timesteps: moments,
}: Scheduler): Float32Array {
  if (trained_betas) return Float32Array.from(trained_betas);
  const line = (from: number, to: number): Float32Array =>
    Float32Array.from({ length: moments }, (_, i) => (moments === 1 ? from : from + ((to - from) * i) / (moments - 1)));
  if (beta_schedule === 'linear') return line(beta_start, beta_end);
  if (beta_schedule === 'scaled_linear')
    return line(Math.sqrt(beta_start), Math.sqrt(beta_end)).map((beta) => beta * beta);
  const bar = (t: number): number => Math.cos((((t + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  return Float32Array.from({ length: moments }, (_, i) =>
    Math.min(1 - bar((i + 1) / moments) / bar(i / moments), 0.999),
  );
}

/** The last moment holds no signal at all, and the first as much as before (Lin et al. 2023, algorithm 1). */
function withoutLastSignal(products: Float32Array): Float32Array {
  const roots = Float64Array.from(products, Math.sqrt);
  const [first, last] = [roots[0]!, roots.at(-1)!];
  return Float32Array.from(roots, (root) => ((root - last) * (first / (first - last))) ** 2);
}

/** A run: σ before each step and after the last one, and the moment that the network is told at each step. */
export interface Run {
  readonly sigmas: Float32Array;
  readonly moments: Float32Array;
}

/** Which places of training a run visits; `extra`: as diffusers has it for the multistep solver, one more is counted. */
export function momentsOf(
  scheduler: Scheduler,
  steps: number,
  spacing: 'linspace' | 'leading' | 'trailing',
  extra = 0,
): number[] {
  const { num_train_timesteps: all, steps_offset: offset } = scheduler;
  if (spacing === 'leading') {
    const ratio = Math.floor(all / (steps + extra));
    return Array.from({ length: steps }, (_, i) => (steps + extra - 1 - i) * ratio + offset);
  }
  if (spacing === 'trailing') {
    const ratio = all / steps;
    return Array.from({ length: steps }, (_, i) => even(all - i * ratio) - 1);
  }
  const last = steps + extra - 1;
  return Array.from({ length: steps }, (_, i) => (last === 0 ? 0 : ((all - 1) * (last - i)) / last));
}

/** Halves go to the even neighbour, as NumPy rounds. */
export function even(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** σ of each moment of training. */
export function trainedSigmas(products: Float32Array): Float64Array {
  return Float64Array.from(products, (product) => Math.sqrt((1 - product) / product));
}

/** σ at any place between two moments. */
export function sigmaAt(sigmas: Float64Array, moment: number): number {
  const low = Math.max(0, Math.min(sigmas.length - 1, Math.floor(moment)));
  const high = Math.min(sigmas.length - 1, low + 1);
  return sigmas[low]! + (sigmas[high]! - sigmas[low]!) * (moment - low);
}

/** The moment at which there was so much noise, between two whole ones by the logarithm. */
export function momentAt(sigmas: Float64Array, sigma: number): number {
  const wanted = Math.log(Math.max(sigma, 1e-10));
  let low = 0;
  for (let t = 0; t < sigmas.length - 1; t++) if (wanted >= Math.log(sigmas[t]!)) low = t;
  low = Math.min(low, sigmas.length - 2);
  const [from, to] = [Math.log(sigmas[low]!), Math.log(sigmas[low + 1]!)];
  return low + Math.min(1, Math.max(0, (from - wanted) / (from - to)));
}

/** σ from the most to the least, even in their seventh roots. */
export function karrasSigmas(most: number, least: number, steps: number): number[] {
  const [from, to] = [most ** (1 / 7), least ** (1 / 7)];
  return Array.from({ length: steps }, (_, i) => (from + (steps === 1 ? 0 : i / (steps - 1)) * (to - from)) ** 7);
}
