/**
 * Training a diffusion model as a course: batches with noise ─▶ learner ─▶ moving average ─▶ sheets of samples and the
 * finished model folder.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../core/index.ts';
import { createEvaluation, createLearner, freshLearnerState, type Learner, lossOf } from '../learn/index.ts';
import type { Course, PlannedCourse, Scores } from '../loop/course.ts';
import { loadSource, pictureCard, pictureRun, threadsOf } from '../loop/picture-course.ts';
import { scheduleAt } from '../loop/schedule.ts';
import { writeContactSheet } from '../pictures/index.ts';
import { loadWordFolder } from '../words/index.ts';
import { createDiffusionBatches, type DiffusionData } from './batches.ts';
import { type Collection, pictureCollection } from './collection.ts';
import { type DiffusionConfig, diffusionConfig } from './config.ts';
import { type CompleteDiffusionCourse, diffusionCourseOptions } from './course-options.ts';
import { diffusionStart } from './course-start.ts';
import { createDecoder, loadLatents } from './latents.ts';
import { createDiffusionSampler } from './model.ts';
import { loadDiffusionFolder, saveDiffusionFolder } from './model-folder.ts';
import { diffusionObjective, diffusionParameterCount } from './network.ts';
import { createPromptRow, type PromptRow } from './prompt.ts';

const LEARNER = 'network';
/** Batches of a quick validation. */
const PART = 8;

/** Plans the training of a recipe's model; throws `training/bad-options`, and the errors of pictures and configuration. */
export async function createCourse(given: unknown): Promise<PlannedCourse> {
  const options = diffusionCourseOptions(given);
  const pixels = pictureCollection(await loadSource(options.pictures), options);
  const collection = options.vae ? await loadLatents(pixels, options.vae, options) : pixels;
  const {
    vae: _,
    initFrom,
    words: ____,
    out: __,
    name: ___,
    saveEvery,
    validateEvery,
    sampleEvery,
    threads,
    samples,
    ...deciding
  } = options;
  return {
    course: await diffusionCourse(options, collection),
    run: pictureRun(options, {
      ...deciding,
      pictures: collection.digest,
      ...(initFrom !== undefined && { initFrom: (await loadDiffusionFolder(initFrom)).digest }),
      ...vectorsOf(options),
    }),
  };
}

/** What word vectors are known by, where words are listened to. */
function vectorsOf({ words }: CompleteDiffusionCourse): { readonly words?: string } {
  return words === undefined ? {} : { words: sha256(readFileSync(join(words, 'words.safetensors'))) };
}

/** The course of a collection, whatever it was before. */
export async function diffusionCourse(options: CompleteDiffusionCourse, collection: Collection): Promise<Course> {
  const { network, process, prediction, batch, seed, learningRate, schedule, steps, unlabelled, minSnr } = options;
  const { picture, labels, train, styles = [] } = collection;
  const vectors = options.words === undefined ? undefined : loadWordFolder(options.words).vectors;
  const words = vectors ? { dimensions: vectors.dimensions, styles: [...styles] } : null;
  const promptRow = vectors && words ? createPromptRow(words, vectors) : undefined;
  const kind = collection.vae ? ({ clip: null, decoder: 'vae' } as const) : {};
  const { scaling = null } = collection;
  const shape = { picture, labels: [...labels], words, network, process, prediction, scaling, ...kind };
  const config = diffusionConfig(shape);
  const decoder = collection.vae && createDecoder(collection.vae, options);
  const learner = await openLearner(options, config);
  const averaged = (): ReturnType<Learner['parameters']> => learner.average() ?? learner.parameters();
  const sampler = createDiffusionSampler(config, averaged, {
    ...threadsOf(options),
    decode: decoder?.decode,
    promptRow,
  });
  const batches = createDiffusionBatches(config, train, { size: batch, seed, unlabelled, minSnr, promptRow });
  const validation = await createValidation(options, config, collection.validation, promptRow);
  return {
    unit: { en: 'pictures', zh: '张图片' },
    parameters: diffusionParameterCount(config),
    items: train.count,
    step: async (index) => {
      const rate = learningRate * scheduleAt(schedule, index, steps);
      const { loss, gradientNorm } = await learner.step(batches(index), rate);
      return { loss, gradientNorm, learningRate: rate, amount: batch };
    },
    state: () => new Map([[LEARNER, learner.state()]]),
    restore: (state) => learner.restore(state.get(LEARNER)!),
    validate: (extent, signal) => validation.measure(averaged(), extent, signal),
    sample: async (folder) => {
      const { count, columns, scale, prompts = [], ...how } = options.samples;
      const asked = { labels: labels.map((label) => [label]), prompts: promptsOf(prompts, styles) };
      const made = await sampler.sample({ count, seed: 'samples', ...asked, ...how });
      await writeContactSheet(made, columns, join(folder, 'samples.png'), { scale });
    },
    finish: async ({ model, scores }) => {
      const card = { ...cardOf(options, collection), ...(scores ? { scores: { validation: { ...scores } } } : {}) };
      await saveDiffusionFolder(model, {
        config,
        parameters: averaged(),
        card,
        vae: collection.vae,
        words: options.words,
      });
    },
    [Symbol.asyncDispose]: async () => {
      for (const one of [learner, sampler, validation, decoder]) await one?.[Symbol.asyncDispose]();
    },
  };
}

/** Words of a sheet in each style by turns. */
function promptsOf(texts: readonly string[], styles: readonly string[]) {
  return texts.map((text, i) => ({
    words: [{ text }],
    ...(styles.length === 0 ? {} : { style: styles[i % styles.length] }),
  }));
}

async function openLearner(options: CompleteDiffusionCourse, config: DiffusionConfig): Promise<Learner> {
  const { clip, ...constants } = options.adam;
  const objective = diffusionObjective(config, options.batch);
  const { parameters } = await diffusionStart(config, options);
  const start = freshLearnerState(objective, parameters);
  return createLearner(objective, start, {
    optimiser: { kind: 'adamw', ...constants },
    clip,
    average: options.average,
    ...threadsOf(options),
  });
}

interface Validation extends AsyncDisposable {
  measure(
    parameters: ReturnType<Learner['parameters']>,
    extent: 'part' | 'whole',
    signal?: AbortSignal,
  ): Promise<Scores | undefined>;
}

/** The loss over pictures that were kept back, always with the same noise. */
async function createValidation(
  options: CompleteDiffusionCourse,
  config: DiffusionConfig,
  data: DiffusionData | undefined,
  promptRow: PromptRow | undefined,
): Promise<Validation> {
  if (!data) return { measure: async () => undefined, [Symbol.asyncDispose]: async () => {} };
  const { batch, minSnr } = options;
  const feeds = createDiffusionBatches(config, data, {
    size: batch,
    seed: 'validation',
    unlabelled: 0,
    minSnr,
    promptRow,
  });
  const evaluation = await createEvaluation(lossOf(diffusionObjective(config, batch)), threadsOf(options));
  return {
    measure: async (parameters, extent, signal) => {
      const whole = Math.ceil(data.count / batch);
      const batches = extent === 'part' ? Math.min(PART, whole) : whole;
      let sum = 0;
      for (let i = 0; i < batches; i++) {
        signal?.throwIfAborted();
        sum += (await evaluation.run(parameters, feeds(i))).loss![0] as number;
      }
      return { loss: sum / batches };
    },
    [Symbol.asyncDispose]: () => evaluation[Symbol.asyncDispose](),
  };
}

function cardOf(options: CompleteDiffusionCourse, { picture: learned, vae, train, digest, pixels }: Collection) {
  const picture = vae?.config.picture ?? learned;
  const size = `${picture.width}×${picture.height}`;
  const summary = {
    en: `Makes pictures of ${size} out of noise, like the ${train.count} it has seen.`,
    zh: `看过 ${train.count} 张图片后，从噪声生成类似的 ${size} 图片。`,
  };
  const labels = options.labels === 'words' ? 'none' : options.labels;
  return pictureCard({ ...options, labels }, digest, summary, pixels);
}
