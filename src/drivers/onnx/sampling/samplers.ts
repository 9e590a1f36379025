/**
 * From noise to picture in few steps. Every sampler asks the network what it sees in what it is given, and goes on to less
 * noise; they differ in how. Their arithmetic is that of diffusers' schedulers of the same name.
 *
 *   noise · scale ─▶ [ input(x, i) ─▶ network ─▶ step(prediction, i, x) ] × steps ─▶ latent
 *
 * DDIM: Song et al. 2021. Euler, Euler ancestral: Karras et al. 2022, Crowson. DPM++ 2M: Lu et al. 2022. Flow: Lipman et al. 2023.
 */
import {
  alphaProducts,
  even,
  karrasSigmas,
  momentAt,
  momentsOf,
  type Run,
  type Scheduler,
  sigmaAt,
  trainedSigmas,
} from './noise-levels.ts';

export type SamplerName = 'ddim' | 'euler' | 'euler-ancestral' | 'dpm++2m' | 'flow-euler';

export interface Sampler {
  readonly name: SamplerName;
  readonly steps: number;
  /** What the network is told at each step. */
  readonly moments: Float32Array;
  /** Noise alone, as the run begins with it: noise times this. */
  readonly scale: number;
  /** A picture with as much noise as before step i. */
  addNoise(clean: Float32Array, noise: Float32Array, i: number): Float32Array;
  /** What the network is given at step i. */
  input(x: Float32Array, i: number): Float32Array;
  /** What the network's answer says the picture is. */
  clean(prediction: Float32Array, i: number, x: Float32Array): Float32Array;
  /** What comes after step i; `noise` is drawn anew where a sampler adds some. Call it in order, each step once. */
  step(prediction: Float32Array, i: number, x: Float32Array, noise: () => Float32Array): Float32Array;
}

/** The sampler that a scheduler of diffusers stands for; others that a model of noise can be sampled by have the nearest. */
export function samplerOf({ _class_name: name }: Scheduler): SamplerName {
  if (name.startsWith('FlowMatch')) return 'flow-euler';
  if (name.startsWith('EulerAncestral')) return 'euler-ancestral';
  if (name.startsWith('DPMSolver') || name.startsWith('UniPC') || name.startsWith('DEIS')) return 'dpm++2m';
  return name.startsWith('Euler') || name.startsWith('LMS') || name.startsWith('Heun') ? 'euler' : 'ddim';
}

/** Creates a sampler for one run. */
export function createSampler(scheduler: Scheduler, steps: number, name = samplerOf(scheduler)): Sampler {
  if (name === 'flow-euler' || scheduler.prediction_type === 'flow_prediction') return flow(scheduler, steps);
  if (name === 'ddim') return ddim(scheduler, steps);
  return name === 'dpm++2m' ? dpm(scheduler, steps) : euler(scheduler, steps, name);
}

/** a·x + b·y */
function mix(a: number, x: Float32Array, b: number, y: Float32Array): Float32Array {
  return x.map((value, i) => a * value + b * y[i]!);
}

function ddim(scheduler: Scheduler, steps: number): Sampler {
  const products = alphaProducts(scheduler);
  const spacing = scheduler.timestep_spacing ?? 'leading';
  const moments = momentsOf(scheduler, steps, spacing).map(even);
  const stride = Math.floor(scheduler.num_train_timesteps / steps);
  const clips = scheduler.clip_sample ?? scheduler._class_name === 'DDIMScheduler';
  const final = scheduler.set_alpha_to_one ? 1 : products[0]!;
  const productOf = (moment: number): number =>
    moment >= 0 ? products[Math.min(moment, products.length - 1)]! : final;
  const clean = (prediction: Float32Array, i: number, x: Float32Array): Float32Array => {
    const [signal, noise] = parts(productOf(moments[i]!));
    const found = cleanOf(scheduler, prediction, x, signal, noise);
    const most = scheduler.clip_sample_range;
    return clips ? found.map((value) => Math.max(-most, Math.min(most, value))) : found;
  };
  return {
    name: 'ddim',
    steps,
    moments: Float32Array.from(moments),
    scale: 1,
    addNoise: (picture, noise, i) => mix(...spread(parts(productOf(moments[i]!)), picture, noise)),
    input: (x) => x,
    clean,
    step: (prediction, i, x) => {
      const [signal, noise] = parts(productOf(moments[i]!));
      const [nextSignal, nextNoise] = parts(productOf(moments[i]! - stride));
      const picture = clean(prediction, i, x);
      // As diffusers: what the network said of the noise, whatever the clipping of the picture.
      const epsilon = epsilonOf(scheduler, prediction, x, signal, noise);
      return mix(nextSignal, picture, nextNoise, epsilon);
    },
  };
}

/** √ᾱ and √(1 − ᾱ). */
const parts = (product: number): [number, number] => [Math.sqrt(product), Math.sqrt(1 - product)];

const spread = (
  [a, b]: [number, number],
  x: Float32Array,
  y: Float32Array,
): [number, Float32Array, number, Float32Array] => [a, x, b, y];

/** The picture in x = signal·picture + noise·ε. */
function cleanOf(
  { prediction_type: kind }: Scheduler,
  said: Float32Array,
  x: Float32Array,
  signal: number,
  noise: number,
): Float32Array {
  if (kind === 'sample') return said;
  if (kind === 'v_prediction') return mix(signal, x, -noise, said);
  return mix(1 / signal, x, -noise / signal, said);
}

/** The noise in it. */
function epsilonOf(
  { prediction_type: kind }: Scheduler,
  said: Float32Array,
  x: Float32Array,
  signal: number,
  noise: number,
): Float32Array {
  if (kind === 'epsilon') return said;
  if (kind === 'v_prediction') return mix(signal, said, noise, x);
  return mix(1 / noise, x, -signal / noise, said);
}

/** σ and moments of a run of Euler's kind. */
function eulerRun(scheduler: Scheduler, steps: number): Run {
  const trained = trainedSigmas(alphaProducts(scheduler));
  let moments = momentsOf(scheduler, steps, scheduler.timestep_spacing ?? 'linspace');
  let sigmas = moments.map((moment) => sigmaAt(trained, moment));
  if (scheduler.use_karras_sigmas) {
    sigmas = karrasSigmas(sigmas[0]!, sigmas.at(-1)!, steps);
    moments = sigmas.map((sigma) => momentAt(trained, sigma));
  }
  return { sigmas: Float32Array.from([...sigmas, 0]), moments: Float32Array.from(moments) };
}

/** Works on picture + σ·noise, without shrinking it. */
function euler(scheduler: Scheduler, steps: number, name: 'euler' | 'euler-ancestral'): Sampler {
  const { sigmas, moments } = eulerRun(scheduler, steps);
  const most = Math.max(...sigmas);
  const shrunk = scheduler.timestep_spacing === 'leading';
  const clean = (said: Float32Array, i: number, x: Float32Array): Float32Array => {
    const sigma = sigmas[i]!;
    const [signal, noise] = shares(sigma);
    return cleanOf(
      scheduler,
      said,
      x.map((value) => value * signal),
      signal,
      noise,
    );
  };
  return {
    name,
    steps,
    moments,
    scale: shrunk ? Math.hypot(most, 1) : most,
    addNoise: (picture, noise, i) => mix(1, picture, sigmas[i]!, noise),
    input: (x, i) => x.map((value) => value / Math.hypot(sigmas[i]!, 1)),
    clean,
    step: (said, i, x, noise) => {
      const [sigma, next] = [sigmas[i]!, sigmas[i + 1]!];
      const picture = clean(said, i, x);
      const up = name === 'euler' ? 0 : Math.sqrt((next ** 2 * (sigma ** 2 - next ** 2)) / sigma ** 2);
      const down = Math.sqrt(next ** 2 - up ** 2);
      // x + (x − picture)/σ · (σ↓ − σ)
      const share = (down - sigma) / sigma;
      const moved = mix(1 + share, x, -share, picture);
      return up > 0 ? mix(1, moved, up, noise()) : moved;
    },
  };
}

/** Of x/√(σ² + 1): how much picture and how much noise. */
function shares(sigma: number): [number, number] {
  const signal = 1 / Math.hypot(sigma, 1);
  return [signal, sigma * signal];
}

function dpmRun(scheduler: Scheduler, steps: number): Run {
  const products = alphaProducts(scheduler);
  if (scheduler.rescale_betas_zero_snr) products[products.length - 1] = 2 ** -24;
  const trained = trainedSigmas(products);
  const spacing = scheduler.timestep_spacing ?? 'linspace';
  let moments = momentsOf(scheduler, steps, spacing, spacing === 'trailing' ? 0 : 1).map(even);
  let sigmas = moments.map((moment) => sigmaAt(trained, moment));
  if (scheduler.use_karras_sigmas) {
    sigmas = karrasSigmas(trained.at(-1)!, trained[0]!, steps);
    moments = sigmas.map((sigma) => even(momentAt(trained, sigma)));
  }
  const last = scheduler.final_sigmas_type === 'sigma_min' ? trained[0]! : 0;
  return { sigmas: Float32Array.from([...sigmas, last]), moments: Float32Array.from(moments) };
}

/** The midpoint rule over two answers of the network, in ln(signal/noise). */
function dpm(scheduler: Scheduler, steps: number): Sampler {
  const { sigmas, moments } = dpmRun(scheduler, steps);
  const clean = (said: Float32Array, i: number, x: Float32Array): Float32Array =>
    cleanOf(scheduler, said, x, ...shares(sigmas[i]!));
  let before: Float32Array | undefined;
  const lambda = (i: number): number => -Math.log(sigmas[i]!);
  const plain = (i: number): boolean => {
    if (scheduler.solver_order === 1 || !before) return true;
    const atEnd = i === steps - 1;
    return (
      atEnd &&
      (scheduler.euler_at_final ||
        (scheduler.lower_order_final && steps < 15) ||
        scheduler.final_sigmas_type === 'zero')
    );
  };
  return {
    name: 'dpm++2m',
    steps,
    moments,
    scale: 1,
    addNoise: (picture, noise, i) => mix(...spread(shares(sigmas[i]!), picture, noise)),
    input: (x) => x,
    clean,
    step: (said, i, x) => {
      const picture = clean(said, i, x);
      const [[, noise], [nextSignal, nextNoise]] = [shares(sigmas[i]!), shares(sigmas[i + 1]!)];
      const h = lambda(i + 1) - lambda(i);
      const pull = -nextSignal * Math.expm1(-h);
      const moved = mix(nextNoise / noise, x, pull, picture);
      const slope = plain(i) ? 0 : (0.5 * pull * h) / (lambda(i) - lambda(i - 1));
      const result = slope === 0 ? moved : moved.map((value, k) => value + slope * (picture[k]! - before![k]!));
      before = picture;
      return result;
    },
  };
}

/** Straight ways from noise to picture: the network says the direction. */
function flow({ num_train_timesteps: all, shift }: Scheduler, steps: number): Sampler {
  const shifted = (sigma: number): number => (shift * sigma) / (1 + (shift - 1) * sigma);
  const [most, least] = [shifted(1), shifted(1 / all)];
  const sigmas = Float32Array.from({ length: steps + 1 }, (_, i) =>
    i === steps ? 0 : shifted(most + (steps === 1 ? 0 : i / (steps - 1)) * (least - most)),
  );
  return {
    name: 'flow-euler',
    steps,
    moments: sigmas.slice(0, steps).map((sigma) => sigma * all),
    scale: 1,
    addNoise: (picture, noise, i) => mix(1 - sigmas[i]!, picture, sigmas[i]!, noise),
    input: (x) => x,
    clean: (said, i, x) => mix(1, x, -sigmas[i]!, said),
    step: (said, i, x) => mix(1, x, sigmas[i + 1]! - sigmas[i]!, said),
  };
}
