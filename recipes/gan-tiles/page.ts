/**
 * The page about a trained GAN:  node recipes/gan-tiles/page.ts <run folder> <folder of pictures> <page folder>
 *
 * Made pictures are measured against held-out ones, beside an untrained model and beside true training pictures, and held
 * against the training set: a model that copies lies nearer to it than pictures it never saw.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diversity, measureCopying, nearest, slicedWasserstein } from '../../src/training/evaluation/pictures/index.ts';
import { createPictureGenerator, loadPictureModel, savePictureModel } from '../../src/training/gan/index.ts';
import { pictureParameters } from '../../src/training/gan/picture-model.ts';
import { createParameters } from '../../src/training/learn/index.ts';
import { loadPictures, type PictureSet, type Pictures, splitPictures } from '../../src/training/pictures/index.ts';
import { choosePictures, joinPictures, type Words, writePicturePage } from '../picture-page.ts';

const [run, folder, page] = process.argv.slice(2);
if (!run || !folder || !page) {
  console.error('usage: page.ts <run folder> <folder of pictures> <page folder>');
  process.exit(64);
}
const recipe = JSON.parse(await readFile(new URL('./recipe.json', import.meta.url), 'utf8'));
const set = await loadPictures({ ...recipe.pictures, folder });
const { train, validation } = splitPictures(set, { share: recipe.validationShare });
const evenly = (of: PictureSet, count: number): Pictures => ({
  ...of,
  data: of.batch(
    Array.from({ length: Math.min(count, of.count) }, (_, i) => Math.floor((i * of.count) / Math.min(count, of.count))),
  ),
});
const training = evenly(train, train.count);
const heldOut = evenly(validation!, validation!.count);
const count = validation!.count;

const model = await loadPictureModel(join(run, 'model'));
const empty = await mkdtemp(join(tmpdir(), 'untrained-'));
await savePictureModel(empty, { ...model, weights: createParameters(pictureParameters(model.config), 'untrained') });
const samplesOf = async (path: string, truncation = 1): Promise<Pictures> => {
  await using generator = await createPictureGenerator(path);
  return await generator.sample({ seed: 'page', count, truncation });
};
const made = await samplesOf(join(run, 'model'));
const untrained = await samplesOf(empty);
await rm(empty, { recursive: true });
const plain = await samplesOf(join(run, 'model'), 0.7);
const copies = nearest(training, made, 'patch');

const measure = (name: Words, pictures: Pictures, copying = true) => {
  const copied = copying ? measureCopying(training, pictures, heldOut) : undefined;
  const { pixel } = diversity(pictures);
  const distance = slicedWasserstein(pictures, heldOut).mean;
  return { name, values: [distance, pixel, copied?.samples, copied?.suspicious] };
};
const copied = choosePictures(
  training,
  copies.map(({ index }) => index),
);
const rows = [
  measure({ en: 'trained model', zh: '训练后的模型' }, made),
  measure({ en: 'trained, noise × 0.7', zh: '训练后，噪声 ×0.7' }, plain),
  measure({ en: 'untrained model', zh: '未训练的模型' }, untrained),
  measure({ en: 'copies: nearest training pictures', zh: '照抄：最近的训练图片' }, copied),
  measure({ en: 'true training pictures (floor)', zh: '真实训练图片（下限）' }, evenly(train, count), false),
  {
    name: { en: 'held-out pictures', zh: '留出的图片' },
    values: [undefined, diversity(heldOut).pixel, measureCopying(training, made, heldOut).heldOut, 0.05],
  },
];
for (const { name, values } of rows) console.log(name.en, values);

const first = (pictures: Pictures, many: number): Pictures =>
  choosePictures(
    pictures,
    Array.from({ length: Math.min(many, count) }, (_, i) => i),
  );
await writePicturePage(page, {
  title: { en: `GAN: ${train.width}×${train.height} tiles`, zh: `生成对抗网络：${train.width}×${train.height} 图块` },
  facts: {
    recipe,
    digest: model.digest,
    pictures: set.digest,
    training: train.count,
    heldOut: count,
    skipped: set.skipped.length,
  },
  table: {
    columns: [
      { en: 'sliced Wasserstein to held-out ×10³ ↓', zh: '与留出图片的切片 Wasserstein 距离 ×10³ ↓' },
      { en: 'diversity (pixels)', zh: '多样性（像素）' },
      { en: 'median distance to nearest training picture', zh: '到最近训练图片的距离（中位数）' },
      { en: 'share nearer than 95 % of held-out', zh: '比 95% 的留出图片更近的比例' },
    ],
    rows,
    note: {
      en: `${count} pictures each; ${train.count} training, ${count} held-out. A copier scores well on the first column and shows itself in the last two.`,
      zh: `每行 ${count} 张；训练 ${train.count} 张，留出 ${count} 张。照抄者第一列会很好，但后两列会露馅。`,
    },
  },
  sheets: [
    { title: { en: 'Made by the model', zh: '模型生成' }, pictures: first(made, 96), columns: 16 },
    { title: { en: 'Noise × 0.7: plainer', zh: '噪声 ×0.7：更平稳' }, pictures: first(plain, 96), columns: 16 },
    {
      title: { en: 'Made (above) and the nearest training picture (below)', zh: '生成（上）与最近的训练图片（下）' },
      pictures: joinPictures([first(made, 16), first(copied, 16)]),
      columns: 16,
    },
    { title: { en: 'Before training', zh: '训练前' }, pictures: first(untrained, 16), columns: 16 },
    { title: { en: 'Training pictures', zh: '训练图片' }, pictures: first(evenly(train, 96), 96), columns: 16 },
  ],
});
console.log(`${join(page, 'index.html')}`);
