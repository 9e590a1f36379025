/** Makes pictures with a trained GAN. */
import { createRandom } from '../../core/index.ts';
import type { SessionOptions } from '../graph/index.ts';
import { createEvaluation, type Evaluation, type Parameters } from '../learn/index.ts';
import type { Pictures } from '../pictures/index.ts';
import { badModel, type GanConfig, pictureSize } from './config.ts';
import { generate, generatorParameters } from './generator.ts';
import { loadPictureModel } from './picture-model.ts';

/** What to make. */
export interface SampleOptions {
  /** The same seed gives the same pictures; picture i does not depend on the count. */
  readonly seed: string | number;
  /** Default 1. */
  readonly count?: number;
  /** Length of the noise against training's; below 1 trades variety for plainness. Default 1. */
  readonly truncation?: number;
}

export interface PictureGenerator extends AsyncDisposable {
  readonly config: GanConfig;
  /** Makes pictures. Blocks while it computes. */
  sample(options: SampleOptions): Promise<Pictures>;
}

const AT_ONCE = 8;

/** Opens a model folder; throws as `loadPictureModel`, and `training/bad-picture-model` when it is no GAN. */
export async function createPictureGenerator(folder: string, options: SessionOptions = {}): Promise<PictureGenerator> {
  const { config, weights } = await loadPictureModel(folder);
  if (config.kind !== 'gan') throw badModel(folder, `a ${config.kind} is not a GAN`);
  const sampler = await createSampler(config, options);
  return {
    config,
    sample: (wanted) => sampler.sample(weights, wanted),
    [Symbol.asyncDispose]: () => sampler[Symbol.asyncDispose](),
  };
}

/** As a generator, for weights that change, such as those in training. */
export interface Sampler extends AsyncDisposable {
  sample(weights: Parameters, options: SampleOptions): Promise<Pictures>;
}

/** Compiles the generator's forward pass for eight pictures at once. */
export async function createSampler(config: GanConfig, options: SessionOptions = {}): Promise<Sampler> {
  const evaluation: Evaluation = await createEvaluation(
    {
      name: 'picture-generator',
      parameters: generatorParameters(config),
      inputs: [{ name: 'noise', type: 'f32', shape: [AT_ONCE, config.latent] }],
      build: ({ weight, input }) => ({ pictures: generate(config, weight, input('noise')) }),
    },
    options,
  );
  const size = pictureSize(config);
  return {
    sample: async (weights, { seed, count = 1, truncation = 1 }) => {
      const area = config.channels * size * size;
      const data = new Float32Array(count * area);
      for (let from = 0; from < count; from += AT_ONCE) {
        const noise = drawNoise(config, `${seed}`, from, AT_ONCE, truncation);
        const { pictures } = await evaluation.run(weights, { noise: { data: noise, shape: [AT_ONCE, config.latent] } });
        const taken = Math.min(AT_ONCE, count - from) * area;
        data.set((pictures as Float32Array).subarray(0, taken), from * area);
      }
      return { data, width: size, height: size, channels: config.channels };
    },
    [Symbol.asyncDispose]: () => evaluation[Symbol.asyncDispose](),
  };
}

/** Noise for pictures `from` ≤ i < `from + count` of a seed, (count, latent). */
function drawNoise({ latent }: GanConfig, seed: string, from: number, count: number, length: number): Float32Array {
  const noise = new Float32Array(count * latent);
  for (let i = 0; i < count; i++) {
    const random = createRandom(`${seed}/picture-${from + i}`);
    for (let at = 0; at < latent; at++) noise[i * latent + at] = length * random.normal();
  }
  return noise;
}
