/** Training a GAN as a course: the kind `gan` of a recipe. */
import { join } from 'node:path';
import { createRandom } from '../../core/index.ts';
import { slicedWasserstein } from '../evaluation/pictures/index.ts';
import type { PlannedCourse, StepNumbers } from '../loop/course.ts';
import { parseCourseOptions } from '../loop/course-options.ts';
import { pictureCard, pictureRun, threadsOf } from '../loop/picture-course.ts';
import {
  createPictureBatches,
  loadPictures,
  type PictureSet,
  type Pictures,
  splitPictures,
  writeContactSheet,
} from '../pictures/index.ts';
import { refusal } from '../refusal.ts';
import { type GanConfig, ganConfig, pictureSize } from './config.ts';
import { GAN_COURSE, type GanCourseOptions } from './course-options.ts';
import { createDuel, type Duel } from './duel.ts';
import { type AdversarialOptions, discriminatorObjective, generatorObjective } from './gan-objectives.ts';
import { createSampler } from './picture-generator.ts';
import { pictureParameters, savePictureModel } from './picture-model.ts';

/** Loads the pictures and sets two networks against each other. Throws `training/bad-options` and as `loadPictures`. */
export async function createGanCourse(given: unknown): Promise<PlannedCourse> {
  const options = parseCourseOptions(GAN_COURSE, given);
  const config = ganConfig(options.model);
  const { train, validation } = splitPictures(await loadPictures(options.pictures), { share: options.validationShare });
  checkSize(config, train);
  const duel = await openDuel(config, options);
  const sampler = await createSampler(config, threadsOf(options));
  const batches = createPictureBatches(train, { size: options.batch, seed: options.seed, flip: options.flip });
  const size = pictureSize(config);
  const shape = [options.batch, config.channels, size, size];
  const rates = { generator: options.learningRate, discriminator: options.learningRate * options.discriminatorRate };
  const step = async (index: number): Promise<StepNumbers> => {
    const real = { real: { data: batches(index).data, shape }, noise: noiseOf(config, options, `${index}/tell`) };
    const numbers = await duel.step(index, real, { noise: noiseOf(config, options, `${index}/deceive`) }, rates);
    return { ...numbers, learningRate: options.learningRate, amount: options.batch };
  };
  return {
    course: {
      unit: { en: 'pictures', zh: '张图片' },
      parameters: pictureParameters(config).reduce((sum, one) => sum + one.shape.reduce((a, b) => a * b, 1), 0),
      items: train.count,
      step,
      state: duel.state,
      restore: duel.restore,
      validate: async (extent) => {
        if (!validation) return undefined;
        const count = Math.min(extent === 'part' ? 64 : 512, validation.count);
        const pictures = await sampler.sample(duel.average(), { seed: 'validation', count });
        return { slicedWasserstein: slicedWasserstein(pictures, firstPictures(validation, count)).mean };
      },
      sample: async (folder) => {
        const pictures = await sampler.sample(duel.average(), { seed: 'samples', count: 64 });
        await writeContactSheet(pictures, 8, join(folder, 'samples.png'), { scale: 2 });
      },
      finish: async ({ model, scores }) => {
        const card = { ...cardOf(options, train), scores: { ...scores } };
        await savePictureModel(model, { config, weights: duel.average(), card });
      },
      [Symbol.asyncDispose]: async () => {
        await duel[Symbol.asyncDispose]();
        await sampler[Symbol.asyncDispose]();
      },
    },
    run: runOf(options, train),
  };
}

/** The first pictures of a set as one batch. */
export function firstPictures(set: PictureSet, count: number): Pictures {
  const indices = Array.from({ length: Math.min(count, set.count) }, (_, i) => i);
  return { ...set, data: set.batch(indices) };
}

function openDuel(config: GanConfig, options: GanCourseOptions): Promise<Duel> {
  const { batch, loss, penalty, penaltyEvery, beta1, beta2, seed, average } = options;
  const adversarial: AdversarialOptions = { batch, loss, penalty: 0 };
  const strict = { ...adversarial, penalty: penalty * penaltyEvery };
  return createDuel({
    generator: generatorObjective(config, adversarial),
    discriminator: discriminatorObjective(config, adversarial),
    ...(penalty > 0 ? { penalised: discriminatorObjective(config, strict), penaltyEvery } : {}),
    seed,
    average,
    learner: { optimiser: { kind: 'adamw', beta1, beta2 }, ...threadsOf(options) },
  });
}

function noiseOf({ latent }: GanConfig, { batch, seed }: GanCourseOptions, label: string) {
  const random = createRandom(`${seed}/noise/${label}`);
  return { data: Float32Array.from({ length: batch * latent }, () => random.normal()), shape: [batch, latent] };
}

/** How the loop runs a course of this folder: everything but `out` and the pace of reports decides what is learned. */
export function runOf<T extends PacedOptions>(options: T, train: PictureSet): PlannedCourse['run'] {
  const { out: _, name: __, steps: ___, saveEvery, validateEvery, sampleEvery, ...deciding } = options;
  return pictureRun(options, { ...deciding, pictures: train.digest });
}

type PacedOptions = Pick<GanCourseOptions, 'out' | 'name' | 'steps' | 'saveEvery' | 'validateEvery' | 'sampleEvery'>;

function cardOf(options: GanCourseOptions, train: PictureSet) {
  const summary = {
    en: `Makes pictures of ${train.width}×${train.height} like the ${train.count} it has seen.`,
    zh: `看过 ${train.count} 张图片后，生成类似的 ${train.width}×${train.height} 图片。`,
  };
  return pictureCard(options, train.digest, summary);
}

function checkSize(config: GanConfig, { width, height, channels }: PictureSet): void {
  const size = pictureSize(config);
  if (width === size && height === size && channels === config.channels) return;
  throw refusal(
    'input',
    'training/bad-options',
    {
      en: `The pictures are ${width}×${height} with ${channels} channel(s); this model makes ${size}×${size} with ${config.channels}.`,
      zh: `图片为 ${width}×${height}、${channels} 个通道，而模型生成 ${size}×${size}、${config.channels} 个通道。`,
    },
    {
      en: 'Choose the size 4·2ⁿ with n + 1 widths of the generator, and the same channels.',
      zh: '请选用 4·2ⁿ 的尺寸（生成器需 n + 1 级宽度）和相同的通道数。',
    },
  );
}
