/** What a sampler is asked for, and what it gives. Plain data. */
import type { WordPrompt } from './prompt.ts';
import type { SamplerName } from './sampler.ts';

/** What is asked of a model. */
export interface SampleRequest {
  readonly count: number;
  readonly seed: string | number;
  /** Default 30. */
  readonly steps?: number | undefined;
  /** Default dpm++2m. */
  readonly sampler?: SamplerName | undefined;
  /** Share of noise in ddim, 0–1. Default 0. */
  readonly eta?: number | undefined;
  /** What each picture shall show, taken in turn when there are fewer lists than pictures. Default: anything. */
  readonly labels?: readonly (readonly string[])[] | undefined;
  /** The same for models that listen to words. */
  readonly prompts?: readonly WordPrompt[] | undefined;
  /** What there shall be less of, labels or words: it stands where nothing is asked for in guidance. */
  readonly without?: { readonly labels?: readonly string[]; readonly prompt?: WordPrompt } | undefined;
  /** How hard the labels pull; 1 as in training, 2–4 more plainly. Default 2 where there are labels. */
  readonly guidance?: number | undefined;
  /** Every picture begins with the noise of the first, as on the way between two prompts. Default false. */
  readonly oneNoise?: boolean | undefined;
  /** Width of the pictures, for networks that take any; default that of the configuration. */
  readonly width?: number | undefined;
  /** Pictures (count, C, H, W) to begin with, and the share of the way (0–1) that is gone from them. */
  readonly start?: { readonly data: Float32Array; readonly strength: number } | undefined;
  /** With a start: (count, 1, H, W), 1 where it stays, 0 where it is made anew. */
  readonly keep?: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onPreview?: ((preview: Preview) => void) | undefined;
}

/** Pictures on the way. */
export interface Preview {
  /** Share of the whole request that is done, 0–1. */
  readonly done: number;
  /** Number of the first picture of the batch. */
  readonly first: number;
  /** What the batch looks like so far. */
  readonly pictures: Samples;
}

/** Numbers (n, C, H, W) in the scale of the data; pictures in [−1, 1]. */
export interface Samples {
  readonly data: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}
