/**
 * What a step learns from: pictures, each at a level of its own, the noise in it, and its labels, some of which are left
 * out so that the network also learns to do without (classifier-free guidance). Everything follows from seed and step.
 */
import { createRandom, type Random } from '../../core/index.ts';
import { createRowOrder } from '../data/row-order.ts';
import type { Feed } from '../graph/index.ts';
import { conditionRows, labelFinder } from './condition.ts';
import { conditionWidth, type DiffusionConfig, pictureSize } from './config.ts';
import { minSnrWeight, noised, targetOf } from './prediction.ts';
import { createProcess, type Level } from './process.ts';
import type { PromptRow, WordPrompt } from './prompt.ts';
import { fillNormal } from './sample.ts';
import { scaled } from './scaling.ts';

/** Pictures, latents or spectrograms to learn from. */
export interface DiffusionData {
  readonly count: number;
  /** Items as (n, C, H, W); `random` decides about changes such as mirroring. */
  batch(indices: readonly number[], random: Random): Float32Array;
  /** What an item may be asked for by, from the configuration's labels. */
  labelsOf(index: number): readonly string[];
  /** For models that listen to words: what an item is asked for this time; without `random`, as a person would ask. */
  promptOf?(index: number, random?: Random): WordPrompt;
}

export interface BatchOptions {
  /** Items per step. */
  readonly size: number;
  readonly seed: string | number;
  /** What words are as numbers, for models that listen to words. */
  readonly promptRow?: PromptRow | undefined;
  /** Share of items whose labels or words are left out, and likewise of styles. Default 0.1. */
  readonly unlabelled?: number | undefined;
  /** Gamma of min-SNR weights (see `minSnrWeight`). Default: every level counts alike. */
  readonly minSnr?: number | undefined;
}

/** Returns the feeds of `diffusionObjective` for a step, counted from 0. */
export function createDiffusionBatches(
  config: DiffusionConfig,
  data: DiffusionData,
  { size, seed, unlabelled = 0.1, minSnr, promptRow }: BatchOptions,
): (step: number) => Record<string, Feed> {
  const order = createRowOrder(data.count, `${seed}/rows`);
  const process = createProcess(config.process);
  const find = labelFinder(config.labels);
  const ask = (index: number, dropped: boolean, random: Random): Float32Array =>
    promptRow && data.promptOf
      ? promptRow(partly(data.promptOf(index, random), { dropped, unlabelled, random }))
      : conditionRows([dropped ? [] : find(data.labelsOf(index))], config.labels.length);
  return (step) => {
    const random = createRandom(`${seed}/step-${step}`);
    const indices = order(step * size, size);
    const x0 = scaled(data.batch(indices, random), config);
    const levels = indices.map(() => process.draw(random));
    const dropped = indices.map(() => random.next() < unlabelled);
    const asked = random.fork('asked');
    const rows = indices.map((index, i) => ask(index, dropped[i]!, asked));
    const epsilon = fillNormal(random, new Float32Array(x0.length));
    const weight = levels.map((level) => (minSnr === undefined ? 1 : minSnrWeight(config.prediction, level, minSnr)));
    return {
      ...noisyFeeds(config, { x0, epsilon, levels }),
      weight: { data: Float32Array.from(weight), shape: [size] },
      ...conditionFeed(config, rows),
    };
  };
}

/** A prompt without its words where they are dropped, and now and then without its style. */
function partly(
  prompt: WordPrompt,
  how: { readonly dropped: boolean; readonly unlabelled: number; readonly random: Random },
): WordPrompt {
  const plain = how.random.next() < how.unlabelled;
  return { words: how.dropped ? [] : prompt.words, ...(plain ? {} : { style: prompt.style }) };
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

/** `condition` of one row for each picture, where the model listens to something. */
export function conditionFeed(config: DiffusionConfig, rows: readonly Float32Array[]): Record<string, Feed> {
  const width = conditionWidth(config);
  if (width === 0) return {};
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    data.set(row, i * width);
  });
  return { condition: { data, shape: [rows.length, width] } };
}
