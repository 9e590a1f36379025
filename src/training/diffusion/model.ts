/**
 * Pictures from a trained network. Pictures are made in batches of a fixed size; each draws its noise from a stream of its
 * own, named by seed and number. The same request gives the same numbers.
 */
import { createEvaluation, type Evaluation, type Parameters } from '../learn/index.ts';
import { type Asked, createAsking } from './asking.ts';
import { conditionFeed } from './batches.ts';
import { type DiffusionConfig, diffusionConfig, pictureSize } from './config.ts';
import { keptParts } from './kept.ts';
import { diffusionComputation } from './network.ts';
import { createProcess } from './process.ts';
import type { PromptRow } from './prompt.ts';
import type { Preview, SampleRequest, Samples } from './request.ts';
import { createNoise, type Denoise, type SampleStep, sample } from './sample.ts';
import { scaled, unscaled } from './scaling.ts';

export interface DiffusionSampler extends AsyncDisposable {
  /** Throws `training/unknown-label`, `training/unknown-style`, `core/cancelled`. */
  sample(request: SampleRequest): Promise<Samples>;
}

export interface SamplerOptions {
  /** Pictures computed at once; default 8. */
  readonly batch?: number | undefined;
  readonly threads?: number | undefined;
  /** Turns what the network makes into pictures, as a VAE does with latents. Default: it makes pictures. */
  readonly decode?: ((made: Samples) => Promise<Samples>) | undefined;
  /** The way there, for pictures to begin with. Default: none is needed. */
  readonly encode?: ((pictures: Float32Array) => Promise<Float32Array>) | undefined;
  /** What words are as numbers, for models that listen to words. */
  readonly promptRow?: PromptRow | undefined;
}

/** A network with weights, ready to make pictures; `parameters` is asked for the weights of the moment. */
export function createDiffusionSampler(
  config: DiffusionConfig,
  parameters: () => Parameters,
  options: SamplerOptions = {},
): DiffusionSampler {
  const { batch = 8, threads, decode = async (made) => made, encode = async (pictures) => pictures } = options;
  const sessions = new Map<string, Promise<Evaluation>>();
  const session = (wide: DiffusionConfig, size: number): Promise<Evaluation> => {
    const key = `${size}/${wide.picture.width}`;
    const made = sessions.get(key) ?? createEvaluation(diffusionComputation(wide, size), threads ? { threads } : {});
    sessions.set(key, made);
    return made;
  };
  const asking = createAsking(config, options.promptRow);
  return {
    sample: async (request) => {
      const wide = ofWidth(config, request.width);
      const parts: Samples[] = [];
      const begun = request.start && (await encode(request.start.data));
      for (let first = 0; first < request.count; first += batch) {
        const numbers = Array.from({ length: Math.min(batch, request.count - first) }, (_, i) => first + i);
        const network = await session(wide, numbers.length);
        const asked = asking(request, numbers);
        const work = { config: wide, network, parameters: parameters(), request, numbers, asked, decode };
        parts.push(await sampleBatch({ ...work, begun }));
      }
      return { ...parts[0]!, data: joined(parts.map(({ data }) => data)) };
    },
    [Symbol.asyncDispose]: async () => {
      for (const one of sessions.values()) await (await one)[Symbol.asyncDispose]();
    },
  };
}

/** The configuration for pictures of another width; throws `training/bad-diffusion-config`. */
function ofWidth(config: DiffusionConfig, width = config.picture.width): DiffusionConfig {
  return width === config.picture.width
    ? config
    : diffusionConfig({ ...config, picture: { ...config.picture, width } });
}

interface Batch {
  readonly config: DiffusionConfig;
  readonly network: Evaluation;
  readonly parameters: Parameters;
  readonly request: SampleRequest;
  /** Numbers of the pictures. */
  readonly numbers: readonly number[];
  readonly asked: Asked;
  /** What all pictures of the request begin with, in the network's space. */
  readonly begun: Float32Array | undefined;
  readonly decode: (made: Samples) => Promise<Samples>;
}

async function sampleBatch(batch: Batch): Promise<Samples> {
  const { config, request, numbers, asked } = batch;
  const onStep = request.onPreview && previewer(batch, request.onPreview);
  const streams = request.oneNoise ? numbers.map(() => 0) : numbers;
  const start = startOf(batch);
  const made = await sample(denoiser(batch), createNoise(request.seed, streams, pictureSize(config.picture)), {
    process: createProcess(config.process),
    prediction: config.prediction,
    sampler: request.sampler,
    eta: request.eta,
    steps: request.steps,
    condition: asked.rows,
    guidance: asked.something ? { scale: request.guidance ?? 2, free: asked.free } : undefined,
    start,
    kept: start && request.keep && keptParts(request.keep, request.count, numbers, config.picture),
    clip: config.clip ?? undefined,
    signal: request.signal,
    onStep,
  });
  return batch.decode({ data: unscaled(made, config), ...config.picture });
}

/** The pictures a batch begins with, as the network sees them. */
function startOf({ config, request: { start }, numbers, begun }: Batch) {
  if (!start || !begun) return undefined;
  const size = pictureSize(config.picture);
  const own = begun.subarray(numbers[0]! * size, (numbers.at(-1)! + 1) * size);
  return { x0: scaled(own, config), strength: start.strength };
}

/** The network as the sampler asks it; a condition is a row for each picture. */
function denoiser({ config, network, parameters, numbers }: Batch): Denoise<readonly Float32Array[]> {
  const { channels, height, width } = config.picture;
  const count = numbers.length;
  return async (x, time, rows) => {
    const { answer } = await network.run(parameters, {
      noisy: { data: x, shape: [count, channels, height, width] },
      time: { data: new Float32Array(count).fill(time), shape: [count] },
      ...conditionFeed(config, rows),
    });
    return answer as Float32Array;
  };
}

function previewer({ config, numbers, request, decode }: Batch, tell: (preview: Preview) => void) {
  const first = numbers[0]!;
  return async ({ step, steps, preview }: SampleStep): Promise<void> => {
    const done = (first + (numbers.length * step) / steps) / request.count;
    tell({ done, first, pictures: await decode({ data: unscaled(preview, config), ...config.picture }) });
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
