/**
 * Training an autoencoder as a course: `createCourse` for options of the kind `vae`.
 *
 * Validation measures the moving average on pictures that were kept back, without noise: mean squared error and PSNR, the
 * divergence or the codes in use. Samples are a sheet of held-out pictures over their reconstructions, and for KL a sheet of
 * pictures decoded from N(0, 1).
 */
import { join } from 'node:path';
import { createRandom } from '../../core/index.ts';
import {
  createLearner,
  createParameters,
  type Feeds,
  freshLearnerState,
  type Parameters as Weights,
} from '../learn/index.ts';
import type { Course, PlannedCourse, Scores } from '../loop/course.ts';
import { loadSource, pictureCard, pictureRun, threadsOf } from '../loop/picture-course.ts';
import { scheduleAt } from '../loop/schedule.ts';
import type { ModelCard } from '../model/card.ts';
import { createPictureBatches, type PictureSet, splitPictures, writeContactSheet } from '../pictures/index.ts';
import { latentShape, type VaeConfig, vaeConfig } from './config.ts';
import { type VaeCourseOptions, vaeCourseOptions } from './course-options.ts';
import { createVaeRunner, randomLatents, type VaeRunner } from './model.ts';
import { saveVaeFolder } from './model-folder.ts';
import { vaeObjective, vaeParameterCount } from './objective.ts';

const LEARNER = 'network';
const SHOWN = 16;

/** Loads the pictures and plans the training. Throws `training/bad-options`, `training/bad-vae-config` and as `loadPictures`. */
export async function createCourse(given: unknown): Promise<PlannedCourse> {
  const options = vaeCourseOptions(given);
  const set = await loadSource(options.pictures);
  const { train, validation } = splitPictures(set, { share: options.validationShare });
  const { channels, height, width } = train;
  const config = vaeConfig({ ...options.model, picture: { channels, height, width } } as VaeSizes);
  const { out: _, name: __, saveEvery, validateEvery, sampleEvery, ...deciding } = options;
  return {
    course: await vaeCourse(options, config, { train, validation }),
    run: pictureRun(options, { ...deciding, pictures: set.digest }),
  };
}

type VaeSizes = Parameters<typeof vaeConfig>[0];

interface Sets {
  readonly train: PictureSet;
  readonly validation: PictureSet | undefined;
}

async function vaeCourse(options: VaeCourseOptions, config: VaeConfig, sets: Sets): Promise<Course> {
  const { batch, seed, average, clip, beta1, beta2, weightDecay, steps } = options;
  const threads = threadsOf(options);
  const objective = vaeObjective(config, batch);
  const start = freshLearnerState(objective, createParameters(objective.parameters, seed));
  const optimiser = { kind: 'adamw', beta1, beta2, epsilon: 1e-8, weightDecay } as const;
  const learner = await createLearner(objective, start, { optimiser, clip, average, ...threads });
  const weights = (): Weights => new Map([...learner.average()!, ...learner.buffers()]);
  const runner = createVaeRunner(config, weights, threads);
  const batches = createPictureBatches(sets.train, { size: batch, seed, flip: options.flip });
  const schedule = {
    kind: 'cosine',
    warmupSteps: options.warmupSteps,
    finalShare: options.finalShare,
    decayShare: 0,
  } as const;
  return {
    unit: { en: 'pictures', zh: '张图片' },
    parameters: vaeParameterCount(config),
    items: sets.train.count,
    step: async (index) => {
      const learningRate = options.learningRate * scheduleAt(schedule, index, steps);
      const feeds = { ...pictureFeed(config, batches(index).data), ...bottleneckFeeds(config, options, index) };
      const { loss, gradientNorm, reports } = await learner.step(feeds, learningRate);
      return { loss, gradientNorm, learningRate, reports, amount: batch };
    },
    state: () => new Map([[LEARNER, learner.state()]]),
    restore: (state) => learner.restore(state.get(LEARNER)!),
    validate: (extent) => measure(runner, sets.validation, extent === 'part' ? 64 : Number.POSITIVE_INFINITY),
    sample: (folder) => writeSheets(folder, runner, config, sets.validation ?? sets.train),
    finish: async ({ model, scores }) => {
      const card = cardOf(options, sets.train, scores);
      await saveVaeFolder(model, { config, parameters: weights(), card }, { precision: options.precision });
    },
    [Symbol.asyncDispose]: async () => {
      await learner[Symbol.asyncDispose]();
      await runner[Symbol.asyncDispose]();
    },
  };
}

function pictureFeed({ picture }: VaeConfig, data: Float32Array): Feeds {
  const { channels, height, width } = picture;
  return { pictures: { data, shape: [data.length / (channels * height * width), channels, height, width] } };
}

/** The noise of a step, drawn from seed and index. */
function bottleneckFeeds(config: VaeConfig, { batch, seed, betaWarmupSteps }: VaeCourseOptions, index: number): Feeds {
  const { bottleneck } = config;
  const shape = latentShape(config);
  if (bottleneck.kind === 'kl') {
    const share = Math.min(1, (index + 1) / Math.max(1, betaWarmupSteps));
    return {
      noise: { data: randomLatents(config, batch, `${seed}/noise/${index}`), shape: [batch, ...shape] },
      beta: { data: Float32Array.of(bottleneck.beta * share), shape: [] },
    };
  }
  if (bottleneck.learning === 'loss') return {};
  const random = createRandom(`${seed}/candidates/${index}`);
  const places = batch * shape[1] * shape[2];
  const candidates = BigInt64Array.from({ length: bottleneck.codes }, () => BigInt(random.integer(places)));
  return { candidates: { data: candidates, shape: [bottleneck.codes] } };
}

async function measure(runner: VaeRunner, set: PictureSet | undefined, most: number): Promise<Scores | undefined> {
  if (!set) return undefined;
  const originals = set.batch(Array.from({ length: Math.min(most, set.count) }, (_, i) => i));
  const back = await runner.decode(await runner.encode(originals));
  const error = back.reduce((sum, value, i) => sum + (value - originals[i]!) ** 2, 0) / back.length;
  return { loss: error, psnr: 10 * Math.log10(4 / error) }; // the range [−1, 1] is 2 wide
}

async function writeSheets(folder: string, runner: VaeRunner, config: VaeConfig, set: PictureSet): Promise<void> {
  const { width, height, channels } = set;
  const count = Math.min(SHOWN, set.count);
  const originals = set.batch(Array.from({ length: count }, (_, i) => i));
  const back = await runner.decode(await runner.encode(originals));
  const both = { data: Float32Array.from([...originals, ...back]), width, height, channels };
  await writeContactSheet(both, count, join(folder, 'reconstructions.png'));
  if (config.bottleneck.kind !== 'kl') return;
  const data = await runner.decode(randomLatents(config, 2 * SHOWN, 'samples'));
  await writeContactSheet({ data, width, height, channels }, SHOWN, join(folder, 'samples.png'));
}

function cardOf(options: VaeCourseOptions, train: PictureSet, scores: Scores | undefined): ModelCard {
  const summary = {
    en: `Turns pictures of ${train.width}×${train.height} into a few numbers and back; it has seen ${train.count}.`,
    zh: `把 ${train.width}×${train.height} 的图片压缩成少量数字再还原；学习了 ${train.count} 张。`,
  };
  return {
    ...pictureCard(options, train.digest, summary),
    ...(scores ? { scores: { validation: { ...scores } } } : {}),
  };
}
