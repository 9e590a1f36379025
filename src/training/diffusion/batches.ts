/**
 * What a step learns from: pictures, each at a level of its own, the noise in it, and its labels, some of which are left
 * out so that the network also learns to do without (classifier-free guidance). Everything follows from seed and step.
 */
import { createRandom, type Random } from '../../core/index.ts';
import { createRowOrder } from '../data/row-order.ts';
import type { Feed } from '../graph/index.ts';
import { conditionRows, labelFinder } from './condition.ts';
import type { DiffusionConfig } from './config.ts';
import { pictureSize } from './config.ts';
import { minSnrWeight, noised, targetOf } from './prediction.ts';
import { createProcess, type Level } from './process.ts';
import { fillNormal } from './sample.ts';
import { scaled } from './scaling.ts';

/** Pictures, latents or spectrograms to learn from. */
export interface DiffusionData {
  readonly count: number;
  /** Items as (n, C, H, W); `random` decides about changes such as mirroring. */
  batch(indices: readonly number[], random: Random): Float32Array;
  /** What an item may be asked for by, from the configuration's labels. */
  labelsOf(index: number): readonly string[];
}

export interface BatchOptions {
  /** Items per step. */
  readonly size: number;
  readonly seed: string | number;
  /** Share of items whose labels are left out. Default 0.1. */
  readonly unlabelled?: number | undefined;
  /** Gamma of min-SNR weights (see `minSnrWeight`). Default: every level counts alike. */
  readonly minSnr?: number | undefined;
}

/** Returns the feeds of `diffusionObjective` for a step, counted from 0. */
export function createDiffusionBatches(
  config: DiffusionConfig,
  data: DiffusionData,
  { size, seed, unlabelled = 0.1, minSnr }: BatchOptions,
): (step: number) => Record<string, Feed> {
  const order = createRowOrder(data.count, `${seed}/rows`);
  const process = createProcess(config.process);
  const find = labelFinder(config.labels);
  return (step) => {
    const random = createRandom(`${seed}/step-${step}`);
    const indices = order(step * size, size);
    const x0 = scaled(data.batch(indices, random), config);
    const levels = indices.map(() => process.draw(random));
    const dropped = indices.map(() => random.next() < unlabelled);
    const columns = indices.map((index, i) => (dropped[i] ? [] : find(data.labelsOf(index))));
    const epsilon = fillNormal(random, new Float32Array(x0.length));
    const weight = levels.map((level) => (minSnr === undefined ? 1 : minSnrWeight(config.prediction, level, minSnr)));
    return {
      ...noisyFeeds(config, { x0, epsilon, levels }),
      weight: { data: Float32Array.from(weight), shape: [size] },
      ...conditionFeed(config, columns),
    };
  };
}

/** `noisy`, `time` and `target` for pictures x₀ at given levels. */
export function noisyFeeds(
  { picture, prediction }: DiffusionConfig,
  {
    x0,
    epsilon,
    levels,
  }: { readonly x0: Float32Array; readonly epsilon: Float32Array; readonly levels: readonly Level[] },
): Record<string, Feed> {
  const shape = [levels.length, picture.channels, picture.height, picture.width];
  const noisy = new Float32Array(x0.length);
  const target = new Float32Array(x0.length);
  const length = pictureSize(picture);
  levels.forEach((level, i) => {
    const own = (all: Float32Array): Float32Array => all.subarray(i * length, (i + 1) * length);
    const parts = { x0: own(x0), epsilon: own(epsilon) };
    noisy.set(noised(level, parts), i * length);
    target.set(targetOf(prediction, level, parts), i * length);
  });
  const time = Float32Array.from(levels, (level) => level.time);
  return {
    noisy: { data: noisy, shape },
    target: { data: target, shape },
    time: { data: time, shape: [levels.length] },
  };
}

/** `condition` for the label columns of each picture, where the model has labels. */
export function conditionFeed(
  { labels }: DiffusionConfig,
  columns: readonly (readonly number[])[],
): Record<string, Feed> {
  if (labels.length === 0) return {};
  return {
    condition: { data: conditionRows(columns, labels.length), shape: [columns.length, labels.length + 1] },
  };
}
