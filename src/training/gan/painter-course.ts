/** Training a painter of sketches as a course: the kind `sketch-painter` of a recipe. */
import { join } from 'node:path';
import type { Parameters } from '../learn/index.ts';
import type { PlannedCourse, StepNumbers } from '../loop/course.ts';
import { parseCourseOptions } from '../loop/course-options.ts';
import { pictureCard, threadsOf } from '../loop/picture-course.ts';
import {
  createPictureBatches,
  loadPictures,
  type PictureSet,
  type Pictures,
  splitPictures,
  writeContactSheet,
} from '../pictures/index.ts';
import { refusal } from '../refusal.ts';
import type { PainterConfig } from './config.ts';
import { PAINTER_COURSE, type PainterCourseOptions } from './course-options.ts';
import { createDuel, type Duel } from './duel.ts';
import { firstPictures, runOf } from './gan-course.ts';
import { painterStep } from './painter.ts';
import { type PainterObjectiveOptions, painterObjective, patchObjective } from './painter-objectives.ts';
import { painterStart } from './painter-start.ts';
import { broughtAlong, cutSquares, pairsOf, pictureWidth, type SketchPairs } from './pairs.ts';
import { pictureParameters, savePictureModel } from './picture-model.ts';
import { type Brush, createBrush } from './sketch-painter.ts';

/** Loads the pictures, and learns to paint sketches that are drawn of them anew in every step. Throws as `createGanCourse`. */
export async function createPainterCourse(given: unknown): Promise<PlannedCourse> {
  const options = parseCourseOptions(PAINTER_COURSE, given);
  const { config, weights, digest } = await painterStart(options);
  const { train, validation } = splitPictures(await loadPictures(options.pictures), { share: options.validationShare });
  const brought = broughtAlong(options.pictures);
  const cut = (loaded: Pictures, seed: string): Pictures =>
    options.crop === undefined || brought ? loaded : cutSquares(loaded, options.crop, seed);
  const { width: both, height, channels } = cut({ ...train, data: new Float32Array(0) }, '');
  const frame = { width: pictureWidth({ width: both }, brought), height, channels };
  checkSize(config, frame);
  const duel = await openDuel(config, options, frame.width, weights);
  const brush = createBrush(config, threadsOf(options));
  const batches = createPictureBatches(train, {
    size: options.batch,
    seed: options.seed,
    flip: options.flip && !brought,
  });
  const rates = { generator: options.learningRate, discriminator: options.learningRate * options.discriminatorRate };
  const step = async (index: number): Promise<StepNumbers> => {
    const { data } = batches(index);
    const seed = `${options.seed}/${index}`;
    const { sketches, pictures } = pairsOf(cut({ ...train, data }, seed), { brought, seed, flip: options.flip });
    const shape = (channels: number): number[] => [options.batch, channels, frame.height, frame.width];
    const pairs = {
      sketch: { data: sketches.data, shape: shape(1) },
      picture: { data: pictures.data, shape: shape(frame.channels) },
    };
    const numbers = await duel.step(index, pairs, pairs, rates);
    return { ...numbers, learningRate: options.learningRate, amount: options.batch };
  };
  const kept = (loaded: Pictures): SketchPairs => pairsOf(cut(loaded, 'kept'), { brought, seed: 'validation' });
  return {
    course: {
      unit: { en: 'pictures', zh: '张图片' },
      parameters: pictureParameters(config).reduce((sum, one) => sum + one.shape.reduce((a, b) => a * b, 1), 0),
      items: train.count,
      step,
      state: duel.state,
      restore: duel.restore,
      validate: async (extent, signal) => {
        if (!validation) return undefined;
        const few = extent === 'part' ? Math.min(16, validation.count) : validation.count;
        return measure(brush, duel, kept(firstPictures(validation, few)), signal);
      },
      sample: (folder) =>
        writeSamples(brush, duel, kept(firstPictures(validation ?? train, 12)), join(folder, 'samples.png')),
      finish: async ({ model, scores }) => {
        const card = cardOf(options, train, frame);
        await savePictureModel(model, { config, weights: duel.average(), card: { ...card, scores: { ...scores } } });
      },
      [Symbol.asyncDispose]: async () => {
        await duel[Symbol.asyncDispose]();
        await brush[Symbol.asyncDispose]();
      },
    },
    run: runOf({ ...options, initFrom: digest }, train),
  };
}

function openDuel(config: PainterConfig, options: PainterCourseOptions, size: number, start: Parameters | undefined) {
  const { batch, loss, pixels, features, adversarial, beta1, beta2, seed, average } = options;
  const shaped: PainterObjectiveOptions = { batch, size, loss, pixels, features, adversarial };
  return createDuel({
    generator: painterObjective(config, shaped),
    discriminator: patchObjective(config, shaped),
    seed,
    average,
    start,
    learner: { optimiser: { kind: 'adamw', beta1, beta2 }, ...threadsOf(options) },
  });
}

/** `loss`: mean distance of a pixel's value in [−1, 1] from the true picture. */
async function measure(brush: Brush, duel: Duel, { sketches, pictures }: SketchPairs, signal?: AbortSignal) {
  signal?.throwIfAborted();
  const painted = await brush.paint(duel.average(), sketches);
  const off = painted.data.reduce((sum, value, i) => sum + Math.abs(value - pictures.data[i]!), 0);
  return { loss: off / painted.data.length };
}

/** Rows of sketch, painting, truth. */
async function writeSamples(
  brush: Brush,
  duel: Duel,
  { sketches, pictures }: SketchPairs,
  path: string,
): Promise<void> {
  const painted = await brush.paint(duel.average(), sketches);
  const count = sketches.data.length / (sketches.width * sketches.height);
  const rows = [inColour(sketches, pictures.channels), painted.data, pictures.data];
  const data = Float32Array.from(rows.flatMap((row) => [...row]));
  await writeContactSheet({ ...pictures, data }, count, path, { scale: 1 });
}

/** Grey planes repeated for every colour. */
export function inColour({ data, width, height }: Pictures, channels: number): Float32Array {
  const area = width * height;
  return Float32Array.from({ length: data.length * channels }, (_, i) => {
    const picture = Math.floor(i / (area * channels));
    return data[picture * area + (i % area)]!;
  });
}

function cardOf(options: PainterCourseOptions, train: PictureSet, { width, height }: Size) {
  const summary = {
    en: `Paints line drawings, as learned from ${train.count} pictures of ${width}×${height}.`,
    zh: `为线稿上色；从 ${train.count} 张 ${width}×${height} 的图片学得。`,
  };
  return pictureCard(options, train.digest, summary);
}

type Size = Pick<Pictures, 'width' | 'height' | 'channels'>;

function checkSize(config: PainterConfig, { width, height, channels }: Size): void {
  const step = painterStep(config);
  if (width === height && width % step === 0 && channels === config.channels && config.sketchChannels === 1) return;
  throw refusal(
    'input',
    'training/bad-options',
    {
      en: `Pictures of ${width}×${height} with ${channels} channel(s) do not fit: squares of a multiple of ${step} with ${config.channels} channel(s) and grey sketches do.`,
      zh: `${width}×${height}、${channels} 个通道的图片不适用：须为边长是 ${step} 的倍数、${config.channels} 个通道的正方形图片，草图为灰度。`,
    },
    { en: 'Choose another width for the pictures.', zh: '请为图片选择别的宽度。' },
  );
}
