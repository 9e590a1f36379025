/**
 * Training an enlarger as a course: the kind `enlarger` of a recipe.
 *
 * Validation makes whole held-out pictures small by the cubic kernel and large again with the moving average: PSNR beside
 * that of bicubic interpolation. Samples are rows of interpolated, enlarged and true pictures.
 */
import { join } from 'node:path';
import { psnr } from '../evaluation/pictures/index.ts';
import { createLearner, createParameters, freshLearnerState, type Parameters } from '../learn/index.ts';
import type { Course, PlannedCourse, Scores } from '../loop/course.ts';
import { parseCourseOptions } from '../loop/course-options.ts';
import { pictureCard, pictureRun, threadsOf } from '../loop/picture-course.ts';
import { scheduleAt } from '../loop/schedule.ts';
import type { ModelCard } from '../model/card.ts';
import {
  createPictureBatches,
  loadPictures,
  type PictureSet,
  type Pictures,
  splitPictures,
  writeContactSheet,
} from '../pictures/index.ts';
import { refusal } from '../refusal.ts';
import { enlargeBicubic } from './bicubic.ts';
import { type EnlargerConfig, enlargerConfig } from './config.ts';
import { ENLARGER_COURSE, type EnlargerCourseOptions } from './course-options.ts';
import { createGlass, type Glass } from './enlarger.ts';
import { saveEnlarger } from './model-folder.ts';
import { enlargerParameters } from './network.ts';
import { enlargerObjective } from './objective.ts';
import { cutPairs } from './pieces.ts';
import { SHRINKERS, shrink } from './shrink.ts';

const LEARNER = 'network';

interface Sets {
  readonly train: PictureSet;
  readonly validation: PictureSet | undefined;
}

/** Loads the pictures and plans the training. Throws `training/bad-options`, `training/bad-enlarger-config` and as `loadPictures`. */
export async function createCourse(given: unknown): Promise<PlannedCourse> {
  const options = parseCourseOptions(ENLARGER_COURSE, given);
  const config = enlargerConfig(options.model);
  const sets = splitPictures(await loadPictures(options.pictures), { share: options.validationShare });
  checkSize(sets.train, options.piece * config.scale, config);
  const { out: _, name: __, saveEvery, validateEvery, sampleEvery, threads, ...deciding } = options;
  const { folder: ___, ...source } = options.pictures;
  const identity = { ...deciding, pictures: { ...source, digest: sets.train.digest } };
  return { course: await enlargerCourse(options, config, sets), run: pictureRun(options, identity) };
}

async function enlargerCourse(options: EnlargerCourseOptions, config: EnlargerConfig, sets: Sets): Promise<Course> {
  const { batch, piece, seed, average, clip, beta1, beta2, steps } = options;
  const threads = threadsOf(options);
  const objective = enlargerObjective(config, { batch, size: piece });
  const start = freshLearnerState(objective, createParameters(objective.parameters, seed));
  const optimiser = { kind: 'adamw', beta1, beta2, epsilon: 1e-8, weightDecay: 0 } as const;
  const learner = await createLearner(objective, start, { optimiser, clip, average, ...threads });
  const weights = (): Parameters => learner.average()!;
  const glass = createGlass(config, threads);
  const batches = createPictureBatches(sets.train, { size: batch, seed });
  const { warmupSteps, finalShare } = options;
  const schedule = { kind: 'cosine', warmupSteps, finalShare, decayShare: 0 } as const;
  return {
    unit: { en: 'pieces', zh: '个图块' },
    parameters: enlargerParameters(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    items: sets.train.count,
    step: async (index) => {
      const learningRate = options.learningRate * scheduleAt(schedule, index, steps);
      const pictures = { ...sets.train, data: batches(index).data };
      const { small, detail } = cutPairs(pictures, { scale: config.scale, piece, seed: `${seed}/${index}` });
      const side = piece * config.scale;
      const feeds = {
        small: { data: small.data, shape: [batch, 3, piece, piece] },
        detail: { data: detail, shape: [batch, 3, side, side] },
      };
      const { loss, gradientNorm, reports } = await learner.step(feeds, learningRate);
      return { loss, gradientNorm, learningRate, reports, amount: batch };
    },
    state: () => new Map([[LEARNER, learner.state()]]),
    restore: (state) => learner.restore(state.get(LEARNER)!),
    validate: (extent, signal) => measure(glass, weights(), config, sets.validation, { extent, signal }),
    sample: (folder) => writeSamples(glass, weights(), config, sets.validation ?? sets.train, folder),
    finish: async ({ model, scores }) => {
      const card = cardOf(options, config, sets.train, scores);
      await saveEnlarger(model, { config, parameters: weights(), card }, { precision: options.precision });
    },
    [Symbol.asyncDispose]: async () => {
      await learner[Symbol.asyncDispose]();
      await glass[Symbol.asyncDispose]();
    },
  };
}

interface Measuring {
  readonly extent: 'part' | 'whole';
  readonly signal?: AbortSignal | undefined;
}

/** `loss`: mean squared error in [−1, 1]; PSNR of the enlarger and of interpolation, a mean over pictures. */
async function measure(
  glass: Glass,
  weights: Parameters,
  config: EnlargerConfig,
  set: PictureSet | undefined,
  { extent, signal }: Measuring,
): Promise<Scores | undefined> {
  if (!set) return undefined;
  const large = some(set, extent === 'part' ? 12 : 120);
  const small = shrink(large, config.scale, { kernel: SHRINKERS.cubic(config.scale), blocks: 0 });
  const made = await glass.enlarge(weights, small, { signal });
  const error = made.data.reduce((sum, value, i) => sum + (value - large.data[i]!) ** 2, 0) / made.data.length;
  return { loss: error, psnr: psnr(large, made), psnrBicubic: psnr(large, enlargeBicubic(small, config.scale)) };
}

async function writeSamples(
  glass: Glass,
  weights: Parameters,
  config: EnlargerConfig,
  set: PictureSet,
  folder: string,
): Promise<void> {
  const large = some(set, 6);
  const small = shrink(large, config.scale, { kernel: SHRINKERS.cubic(config.scale), blocks: 0 });
  const rows = [enlargeBicubic(small, config.scale), await glass.enlarge(weights, small), large];
  const data = Float32Array.from(rows.flatMap((row) => [...row.data]));
  const count = data.length / (9 * large.width * large.height);
  await writeContactSheet({ ...large, data }, count, join(folder, 'samples.png'), { scale: 1 });
}

function some(set: PictureSet, most: number): Pictures {
  const count = Math.min(most, set.count);
  const indices = Array.from({ length: count }, (_, i) => Math.floor((i * set.count) / count));
  const { width, height, channels } = set;
  return { data: set.batch(indices), width, height, channels };
}

function cardOf(
  options: EnlargerCourseOptions,
  { scale }: EnlargerConfig,
  train: PictureSet,
  scores: Scores | undefined,
): ModelCard {
  const summary = {
    en: `Makes pictures ${scale} times as wide and high; learned from pieces of ${train.count} pictures.`,
    zh: `把图片的宽与高放大到 ${scale} 倍；从 ${train.count} 张图片的图块学得。`,
  };
  const card = pictureCard(options, train.digest, summary);
  return { ...card, ...(scores ? { scores: { validation: { ...scores } } } : {}) };
}

function checkSize({ width, height, channels }: PictureSet, piece: number, { scale }: EnlargerConfig): void {
  const divides = width % scale === 0 && height % scale === 0;
  if (channels === 3 && divides && Math.min(width, height) >= piece) return;
  throw refusal(
    'input',
    'training/bad-options',
    {
      en: `Pictures of ${width}×${height} with ${channels} channel(s) do not fit: colour pictures of a multiple of ${scale} and at least ${piece} pixels a side do.`,
      zh: `${width}×${height}、${channels} 个通道的图片不适用：须为彩色，边长是 ${scale} 的倍数且不小于 ${piece} 像素。`,
    },
    { en: 'Choose another width for the pictures, or smaller pieces.', zh: '请为图片选择别的宽度，或用更小的图块。' },
  );
}
