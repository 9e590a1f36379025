/** From noise to pictures: asks a network level by level and lets a sampler go down (sampler.ts). */
import { cancelled, createRandom, type Random } from '../../core/index.ts';
import { epsilonOf, type Parted, type Prediction, partsOf } from './prediction.ts';
import type { Level, Process } from './process.ts';
import { createSampler, type SamplerName } from './sampler.ts';
import { mix } from './schedule.ts';

/** What a network answers for noisy pictures x, in the words of its prediction. */
export type Denoise<Condition> = (x: Float32Array, time: number, condition: Condition) => Promise<Float32Array>;

/** One step taken. */
export interface SampleStep {
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  /** What the network takes the pictures for so far. */
  readonly preview: Float32Array;
}

export interface SampleOptions<Condition> {
  readonly process: Process;
  readonly prediction: Prediction;
  /** Default dpm++2m. */
  readonly sampler?: SamplerName | undefined;
  /** Share of noise in ddim, 0–1. Default 0. */
  readonly eta?: number | undefined;
  /** Levels gone down; default 30. Heun asks the network twice in each. */
  readonly steps?: number | undefined;
  readonly condition: Condition;
  /** Classifier-free guidance (Ho and Salimans 2022): answer = free + scale · (conditioned − free). */
  readonly guidance?: { readonly scale: number; readonly free: Condition } | undefined;
  /** Begins with these pictures under noise instead of noise alone (Meng et al. 2022, SDEdit). */
  readonly start?: { readonly x0: Float32Array; readonly strength: number } | undefined;
  /**
   * With a start: 1 for each number of it that stays, 0 for what is made anew. After every step what stays is put back at
   * that step's level of noise (Lugmayr et al. 2022, RePaint, without its repeats).
   */
  readonly kept?: Float32Array | undefined;
  /** Keeps what the network takes for the picture within ±clip; for pixels in [−1, 1] this is 1. Default: none. */
  readonly clip?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: SampleStep) => void | Promise<void>) | undefined;
}

/** Pictures made of what `noise` draws; calls `noise` once for the start. Throws `core/cancelled` on the signal. */
export async function sample<Condition>(
  denoise: Denoise<Condition>,
  noise: () => Float32Array,
  options: SampleOptions<Condition>,
): Promise<Float32Array> {
  const levels = levelsFrom(options.process.levels(options.steps ?? 30), options.start?.strength ?? 1);
  const look = observer(denoise, options);
  const step = createSampler(options.sampler ?? 'dpm++2m', options.eta);
  const first = levels[0]!;
  const begun = noise();
  const put = putBack(options, begun);
  let x: Float32Array = options.start
    ? mix(first.alpha, options.start.x0, first.sigma, begun)
    : begun.map((value) => value * Math.hypot(first.alpha, first.sigma));
  for (let i = 1; i < levels.length; i++) {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    const [from, to] = [levels[i - 1]!, levels[i]!];
    const seen = await look(x, from);
    x = put(await step({ from, to, x, seen, look, noise }), to);
    await options.onStep?.({ step: i, steps: levels.length - 1, preview: seen.x0 });
  }
  return x;
}

/** Puts what stays of the start back into x, under the noise of the beginning. */
function putBack<Condition>({ start, kept }: SampleOptions<Condition>, noise: Float32Array) {
  return (x: Float32Array, { alpha, sigma }: Level): Float32Array => {
    if (!start || !kept) return x;
    return x.map((value, i) => {
      const stays = kept[i]!;
      return stays === 0 ? value : stays * (alpha * start.x0[i]! + sigma * noise[i]!) + (1 - stays) * value;
    });
  };
}

/** The last `strength` (0–1) of the steps, at least one. */
function levelsFrom(levels: readonly Level[], strength: number): readonly Level[] {
  const steps = Math.max(1, Math.round(strength * (levels.length - 1)));
  return levels.slice(levels.length - 1 - steps);
}

/** Standard normal noise for several pictures of `size` numbers; each draws from a stream of its own. */
export function createNoise(seed: string | number, pictures: readonly number[], size: number): () => Float32Array {
  const root = createRandom(seed);
  const streams = pictures.map((index) => root.fork(`picture/${index}`));
  return () => {
    const out = new Float32Array(pictures.length * size);
    streams.forEach((stream, i) => {
      fillNormal(stream, out.subarray(i * size, (i + 1) * size));
    });
    return out;
  };
}

/** Fills an array with standard normal numbers, two from each pair of uniform ones (Box and Muller). */
export function fillNormal(random: Random, out: Float32Array): Float32Array {
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}

/** Asks the network, with guidance and clipping. */
function observer<Condition>(denoise: Denoise<Condition>, options: SampleOptions<Condition>) {
  const { prediction, condition, guidance, clip } = options;
  const ask = async (x: Float32Array, level: Level): Promise<Float32Array> => {
    const conditioned = await denoise(x, level.time, condition);
    if (!guidance || guidance.scale === 1) return conditioned;
    const free = await denoise(x, level.time, guidance.free);
    return mix(1 - guidance.scale, free, guidance.scale, conditioned);
  };
  return async (x: Float32Array, level: Level): Promise<Parted> => {
    const parts = partsOf(prediction, level, x, await ask(x, level));
    if (clip === undefined) return parts;
    const x0 = parts.x0.map((value) => Math.max(-clip, Math.min(clip, value)));
    return { x0, epsilon: epsilonOf(level, x, x0) };
  };
}
