/**
 * A page about a trained autoencoder, in the run's folder:
 *   node recipes/judge-vae.ts <recipe> <folder it learned from> <run folder> <folder of held-out pictures>
 *
 * Held-out pictures through the model, beside three ways of not learning: the same network untrained, the mean training
 * picture, and the nearest training picture. Then pictures out of nothing. For sound, a few recordings to listen to.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { meanSquaredError, nearest, psnr, slicedWasserstein, ssim } from '../src/training/evaluation/pictures/index.ts';
import { createParameters } from '../src/training/learn/index.ts';
import { loadPictures, type PictureSet, type Pictures, splitPictures } from '../src/training/pictures/index.ts';
import {
  formatWav,
  loadSpectrograms,
  melOptions,
  pictureMel,
  SOUND_SOURCE,
  soundOf,
} from '../src/training/sound/index.ts';
import { createVaeRunner, loadVaeFolder, randomLatents, vaeParameters } from '../src/training/vae/index.ts';
import { choosePictures, writePicturePage } from './picture-page.ts';

const [name, folder, run, heldOutFolder] = process.argv.slice(2);
if (!name || !folder || !run || !heldOutFolder) {
  console.error('usage: judge-vae.ts <recipe> <folder> <run folder> <held-out folder>');
  process.exit(64);
}
const recipe = JSON.parse(await readFile(new URL(`./${name}/recipe.json`, import.meta.url), 'utf8'));
const load = (from: string): Promise<PictureSet> => {
  const source = { ...recipe.pictures, folder: from };
  return source.from === 'sound' ? loadSpectrograms(SOUND_SOURCE.parse(source)) : loadPictures(source);
};
const all = (set: PictureSet): Pictures => ({
  ...set,
  data: set.batch(Array.from({ length: set.count }, (_, i) => i)),
});
const training = all(splitPictures(await load(folder), { share: recipe.validationShare }).train);
const heldOutSet = await load(heldOutFolder);
const heldOut = all(heldOutSet);

const { config, parameters, digest } = await loadVaeFolder(join(run, 'model'));
const untrained = createParameters(vaeParameters(config), 'untrained');
await using model = createVaeRunner(config, () => parameters);
await using blank = createVaeRunner(config, () => untrained);
const through = async (runner: typeof model): Promise<Pictures> => ({
  ...heldOut,
  data: await runner.decode(await runner.encode(heldOut.data)),
});
const made = await through(model);
const near = nearest(training, heldOut, 'pixel').map(({ index }) => index);
const ways = [
  { name: { en: 'this model', zh: '本模型' }, pictures: made },
  { name: { en: 'untrained network', zh: '未训练的网络' }, pictures: await through(blank) },
  { name: { en: 'mean training picture', zh: '训练图片的均值' }, pictures: meanPicture(training, heldOutSet.count) },
  { name: { en: 'nearest training picture', zh: '最近的训练图片' }, pictures: choosePictures(training, near) },
];
const columns = [
  { en: 'mean squared error', zh: '均方误差' },
  { en: 'PSNR, dB', zh: '峰值信噪比' },
  { en: 'SSIM', zh: '结构相似度' },
];
const rows = ways.map(({ name: way, pictures }) => ({
  name: way,
  values: [meanSquaredError(heldOut, pictures), psnr(heldOut, pictures), ssim(heldOut, pictures)],
}));
const samples = { ...heldOut, data: await outOfNothing(64) };
const noise = { ...heldOut, data: await blank.decode(randomLatents(config, 64, 'untrained')) };
const some = choosePictures(
  training,
  Array.from({ length: Math.min(64, heldOutSet.count) }, (_, i) => i),
);
const distances = {
  samples: slicedWasserstein(heldOut, samples),
  untrained: slicedWasserstein(heldOut, noise),
  training: slicedWasserstein(heldOut, some),
};
const shown = Array.from({ length: Math.min(16, heldOutSet.count) }, (_, i) => i);
await writePicturePage(join(run, 'page'), {
  title: { en: `Autoencoder ${name}`, zh: `自编码器 ${name}` },
  table: {
    columns,
    rows,
    note: {
      en: `${heldOutSet.count} pictures the model never saw; numbers lie in [−1, 1].`,
      zh: `${heldOutSet.count} 张模型从未见过的图片；数值范围 [−1, 1]。`,
    },
  },
  sheets: [
    { title: { en: 'Held-out pictures', zh: '未见过的图片' }, pictures: choosePictures(heldOut, shown), columns: 16 },
    { title: { en: 'Reconstructions', zh: '重建' }, pictures: choosePictures(made, shown), columns: 16 },
    { title: { en: 'Out of nothing', zh: '凭空生成' }, pictures: samples, columns: 16 },
  ],
  facts: { digest, heldOut: heldOutSet.count, distances },
});
if (recipe.pictures.from === 'sound') await writeSounds();
console.log(JSON.stringify({ rows: rows.map(({ name: way, values }) => [way.en, ...values]), distances }));

/** KL: latents from N(0, 1). VQ: at each place a code as often as training pictures have it there. */
async function outOfNothing(count: number): Promise<Float32Array> {
  if (config.bottleneck.kind === 'kl') return model.decode(randomLatents(config, count, 'samples'));
  const codes = await model.codes(training.data);
  const places = codes.length / (training.data.length / (heldOut.data.length / heldOutSet.count));
  const random = createRandom('samples');
  const rowsOfCodes = codes.length / places;
  const drawn = Array.from(
    { length: count * places },
    (_, at) => codes[random.integer(rowsOfCodes) * places + (at % places)]!,
  );
  return model.decodeCodes(BigInt64Array.from(drawn));
}

function meanPicture(pictures: Pictures, count: number): Pictures {
  const area = pictures.width * pictures.height * pictures.channels;
  const mean = new Float64Array(area);
  const n = pictures.data.length / area;
  pictures.data.forEach((value, i) => {
    mean[i % area]! += value / n;
  });
  return { ...pictures, data: Float32Array.from({ length: count * area }, (_, i) => mean[i % area]!) };
}

/** Five held-out recordings as they came back, each beside the same recording through the spectrogram alone. */
async function writeSounds(): Promise<void> {
  const source = SOUND_SOURCE.parse({ ...recipe.pictures, folder });
  const area = heldOut.width * heldOut.height;
  await mkdir(join(run!, 'page'), { recursive: true });
  for (const i of shown.slice(0, 5)) {
    for (const [kind, pictures] of [
      ['spectrogram', heldOut],
      ['model', made],
    ] as const) {
      const picture = pictures.data.subarray(i * area, (i + 1) * area);
      const samples = soundOf(pictureMel(picture, heldOut.height, source), melOptions(source));
      const file = join(run!, 'page', `${heldOutSet.labels[i]!.name}-${kind}.wav`);
      await writeFile(file, formatWav({ samples, rate: source.rate }));
    }
  }
}
