/**
 * A page about a trained diffusion model, in the folder `page` of its run:
 *   node recipes/judge-diffusion.ts <recipe> <folder of pictures> <run folder>
 *
 * Samples beside pictures that were kept back, an untrained network, and the nearest training pictures themselves:
 * sliced Wasserstein distance on patches, diversity, and how near samples lie to what was learned. A model of sound also
 * leaves its first samples as WAV files.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { labelsOf, loadSource } from '../src/training/diffusion/collection.ts';
import {
  createDiffusionModel,
  createDiffusionSampler,
  type DiffusionModel,
  type DiffusionSampler,
  diffusionParameters,
} from '../src/training/diffusion/index.ts';
import { diversity, measureCopying, nearest, slicedWasserstein } from '../src/training/evaluation/pictures/index.ts';
import { createParameters } from '../src/training/learn/index.ts';
import { type PictureSet, type Pictures, splitPictures } from '../src/training/pictures/index.ts';
import { formatWav, melOptions, pictureMel, type SoundSource, soundOf } from '../src/training/sound/index.ts';
import { type Words, writePicturePage } from './picture-page.ts';

const MOST = 256;
const [name, folder, run] = process.argv.slice(2);
if (!name || !folder || !run) {
  console.error('usage: judge-diffusion.ts <recipe> <folder of pictures> <run folder>');
  process.exit(64);
}
const recipe = JSON.parse(await readFile(new URL(`./${name}/recipe.json`, import.meta.url), 'utf8'));
const set = await loadSource({ ...recipe.pictures, folder });
const { train, validation } = splitPictures(set, { share: recipe.validationShare });
if (!validation) throw new Error('no picture was kept back');
await using model = await createDiffusionModel(join(run, 'model'));

const all = (of: PictureSet): Pictures => ({ ...of, data: of.batch(Array.from({ length: of.count }, (_, i) => i)) });
const [training, heldOut] = [all(train), all(validation)];
const count = Math.min(MOST, validation.count);
const request = { count, seed: 'page', labels: labelsLike(train, model), guidance: 1.5, steps: 30 };
const began = performance.now();
const samples = await model.sample(request);
const secondsPerPicture = (performance.now() - began) / 1000 / count;
await using blank = untrained(model);
const noise = await blank.sample({ ...request, steps: 10 });
const [same, alike] = [nearest(training, samples, 'pixel'), nearest(training, samples, 'patch')];
const copies = { ...training, data: train.batch(same.map(({ index }) => index)) };
const other = { ...training, data: train.batch(shuffled(train.count).slice(0, count)) };

const sets: readonly (readonly [Words, Pictures])[] = [
  [{ en: 'samples', zh: '样本' }, samples],
  [{ en: 'untrained network', zh: '未训练的网络' }, noise],
  [{ en: 'copies: the nearest training pictures', zh: '抄袭：最近的训练图片' }, copies],
  [{ en: 'other training pictures', zh: '其他训练图片' }, other],
  [{ en: 'kept back, never seen', zh: '留出、从未见过的图片' }, heldOut],
];
const page = join(run, 'page');
await writePicturePage(page, {
  title: { en: `${name}: ${model.card.summary.en}`, zh: `${name}：${model.card.summary.zh}` },
  table: {
    columns: [
      { en: 'sliced Wasserstein × 10³', zh: '切片 Wasserstein 距离 ×10³' },
      { en: 'diversity, pixels', zh: '多样性（像素）' },
      { en: 'diversity, patches', zh: '多样性（图块）' },
      { en: 'to the nearest training picture', zh: '到最近训练图片的距离' },
      { en: 'suspiciously near', zh: '可疑地接近的比例' },
    ],
    rows: sets.map(([words, pictures]) => ({ name: words, values: measure(pictures) })),
    note: {
      en: 'The first column is the distance on patches to the pictures kept back (smaller is nearer); suspiciously near is the share that lies nearer to a training picture than 95 % of the kept-back ones do.',
      zh: '第一列为图块分布到留出图片的距离（越小越近）；“可疑地接近”指比 95 % 的留出图片更接近某张训练图片的比例。',
    },
  },
  sheets: [
    { title: sets[0]![0], pictures: first(samples, 64), columns: 16 },
    { title: sets[4]![0], pictures: first(heldOut, 64), columns: 16 },
    {
      title: { en: 'sample, nearest by pixels, nearest by patches', zh: '样本、像素上最近、图块特征上最近的训练图片' },
      pictures: besideNearest(Math.min(24, count)),
      columns: 12,
    },
    { title: sets[1]![0], pictures: first(noise, 16), columns: 16 },
  ],
  facts: {
    pictures: { training: train.count, keptBack: validation.count, samples: count },
    parameters: model.card.parameters,
    guidance: request.guidance,
    steps: request.steps,
    secondsPerPicture: Number(secondsPerPicture.toFixed(2)),
  },
});
if (recipe.pictures.from === 'sound')
  await writeSounds({ ...recipe.pictures, folder } as SoundSource, Math.min(10, count));
console.log(await readFile(join(page, 'report.json'), 'utf8'));

function measure(pictures: Pictures): (number | undefined)[] {
  const near = measureCopying(training, pictures, heldOut);
  const spread = diversity(pictures);
  const distance = pictures === heldOut ? undefined : slicedWasserstein(pictures, heldOut, { seed: 1 }).mean;
  return [distance, spread.pixel, spread.patch, near.samples, near.suspicious];
}

function untrained({ config }: DiffusionModel): DiffusionSampler {
  const parameters = createParameters(diffusionParameters(config), 'untrained');
  return createDiffusionSampler(config, () => parameters, model.decode ? { decode: model.decode } : {});
}

/** Label lists as often as they stand in the training set. */
function labelsLike(of: PictureSet, { config }: DiffusionModel): (readonly string[])[] {
  const known = new Set(config.labels);
  const lists = shuffled(of.count).map((index) => labelsOf(of, index, recipe.labels ?? 'none'));
  return lists.slice(0, count).map((list) => list.filter((label) => known.has(label)));
}

function shuffled(length: number): number[] {
  return createRandom('page').shuffle(Array.from({ length }, (_, i) => i));
}

function first(of: Pictures, most: number): Pictures {
  return { ...of, data: of.data.subarray(0, most * of.width * of.height * of.channels) };
}

function besideNearest(most: number): Pictures {
  const area = samples.width * samples.height * samples.channels;
  const data = new Float32Array(3 * most * area);
  for (let i = 0; i < most; i++) {
    data.set(samples.data.subarray(i * area, (i + 1) * area), 3 * i * area);
    data.set(train.batch([same[i]!.index, alike[i]!.index]), (3 * i + 1) * area);
  }
  return { ...samples, data };
}

async function writeSounds(source: SoundSource, most: number): Promise<void> {
  await mkdir(page, { recursive: true });
  const area = samples.width * samples.height;
  for (let i = 0; i < most; i++) {
    const spectrogram = pictureMel(samples.data.subarray(i * area, (i + 1) * area), source.bands, source);
    const sound = { samples: soundOf(spectrogram, melOptions(source)), rate: source.rate };
    const label = request.labels[i]!.join('-') || 'sound';
    await writeFile(join(page, `${String(i).padStart(2, '0')}-${label}.wav`), formatWav(sound));
  }
}
