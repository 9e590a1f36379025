/** Training a painter of sketches as a course: the kind `sketch-painter` of a recipe. */
import { join } from 'node:path';
import { createRandom } from '../../core/index.ts';
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
import { type PainterConfig, painterConfig } from './config.ts';
import { PAINTER_COURSE, type PainterCourseOptions } from './course-options.ts';
import { createDuel, type Duel } from './duel.ts';
import { firstPictures, runOf } from './gan-course.ts';
import { painterStep } from './painter.ts';
import { type PainterObjectiveOptions, painterObjective, patchObjective } from './painter-objectives.ts';
import { pictureParameters, savePictureModel } from './picture-model.ts';
import { drawSketch } from './sketch.ts';
import { type Brush, createBrush } from './sketch-painter.ts';

/** Loads the pictures, and learns to paint sketches that are drawn of them anew in every step. Throws as `createGanCourse`. */
export async function createPainterCourse(given: unknown): Promise<PlannedCourse> {
  const options = parseCourseOptions(PAINTER_COURSE, given);
  const config = painterConfig(options.model);
  const { train, validation } = splitPictures(await loadPictures(options.pictures), { share: options.validationShare });
  checkSize(config, train);
  const duel = await openDuel(config, options, train);
  const brush = createBrush(config, threadsOf(options));
  const batches = createPictureBatches(train, { size: options.batch, seed: options.seed, flip: options.flip });
  const rates = { generator: options.learningRate, discriminator: options.learningRate * options.discriminatorRate };
  const step = async (index: number): Promise<StepNumbers> => {
    const { data } = batches(index);
    const pictures = { ...train, data };
    const sketches = sketchAll(pictures, `${options.seed}/${index}`);
    const shape = (channels: number): number[] => [options.batch, channels, train.height, train.width];
    const pairs = { sketch: { data: sketches.data, shape: shape(1) }, picture: { data, shape: shape(train.channels) } };
    const numbers = await duel.step(index, pairs, pairs, rates);
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
      validate: async (extent, signal) => {
        if (!validation) return undefined;
        const few = extent === 'part' ? Math.min(16, validation.count) : validation.count;
        return measure(brush, duel, firstPictures(validation, few), signal);
      },
      sample: (folder) =>
        writeSamples(brush, duel, firstPictures(validation ?? train, 12), join(folder, 'samples.png')),
      finish: async ({ model, scores }) => {
        const card = cardOf(options, train);
        await savePictureModel(model, { config, weights: duel.average(), card: { ...card, scores: { ...scores } } });
      },
      [Symbol.asyncDispose]: async () => {
        await duel[Symbol.asyncDispose]();
        await brush[Symbol.asyncDispose]();
      },
    },
    run: runOf(options, train),
  };
}

/** Sketches of all pictures; hand, line and gaps differ from picture to picture and follow from the seed. */
export function sketchAll(pictures: Pictures, seed: string): Pictures {
  const { width, height, channels } = pictures;
  const area = width * height;
  const count = pictures.data.length / (area * channels);
  const data = new Float32Array(count * area);
  for (let i = 0; i < count; i++) {
    const random = createRandom(`${seed}/hand-${i}`);
    const hand = { thickness: 0.5 + 0.5 * random.next(), wobble: random.next(), gaps: 0.12 * random.next() };
    const picture = pictures.data.subarray(i * area * channels, (i + 1) * area * channels);
    data.set(drawSketch(picture, { width, height, channels, seed: `${seed}/${i}`, ...hand }), i * area);
  }
  return { data, width, height, channels: 1 };
}

function openDuel(config: PainterConfig, options: PainterCourseOptions, train: PictureSet): Promise<Duel> {
  const { batch, loss, pixels, features, beta1, beta2, seed, average } = options;
  const shaped: PainterObjectiveOptions = { batch, size: train.width, loss, pixels, features };
  return createDuel({
    generator: painterObjective(config, shaped),
    discriminator: patchObjective(config, shaped),
    seed,
    average,
    learner: { optimiser: { kind: 'adamw', beta1, beta2 }, ...threadsOf(options) },
  });
}

/** `loss`: mean distance of a pixel's value in [−1, 1] from the true picture. */
async function measure(brush: Brush, duel: Duel, pictures: Pictures, signal: AbortSignal | undefined) {
  signal?.throwIfAborted();
  const painted = await brush.paint(duel.average(), sketchAll(pictures, 'validation'));
  const off = painted.data.reduce((sum, value, i) => sum + Math.abs(value - pictures.data[i]!), 0);
  return { loss: off / painted.data.length };
}

/** Rows of sketch, painting, truth. */
async function writeSamples(brush: Brush, duel: Duel, pictures: Pictures, path: string): Promise<void> {
  const sketches = sketchAll(pictures, 'validation');
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

function cardOf(options: PainterCourseOptions, train: PictureSet) {
  const summary = {
    en: `Paints line drawings, as learned from ${train.count} pictures of ${train.width}×${train.height}.`,
    zh: `为线稿上色；从 ${train.count} 张 ${train.width}×${train.height} 的图片学得。`,
  };
  return pictureCard(options, train.digest, summary);
}

function checkSize(config: PainterConfig, { width, height, channels }: PictureSet): void {
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
