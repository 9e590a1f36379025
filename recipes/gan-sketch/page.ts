/**
 * The page about a trained painter:  node recipes/gan-sketch/page.ts <run folder> <folder of emoji> <page folder>
 *
 * Sketches of held-out pictures are painted and compared with the true ones, beside an untrained painter and beside
 * copying: the picture of the training sketch that is most alike.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meanSquaredError, nearest, ssim } from '../../src/training/evaluation/pictures/index.ts';
import { createSketchPainter, loadPictureModel, savePictureModel, sketchAll } from '../../src/training/gan/index.ts';
import { pictureParameters } from '../../src/training/gan/picture-model.ts';
import { createParameters } from '../../src/training/learn/index.ts';
import { loadPictures, type PictureSet, type Pictures, splitPictures } from '../../src/training/pictures/index.ts';
import { choosePictures, joinPictures, type Words, writePicturePage } from '../picture-page.ts';

const [run, folder, page] = process.argv.slice(2);
if (!run || !folder || !page) {
  console.error('usage: page.ts <run folder> <folder of emoji> <page folder>');
  process.exit(64);
}
const recipe = JSON.parse(await readFile(new URL('./recipe.json', import.meta.url), 'utf8'));
const share = { share: recipe.validationShare };
const set = await loadPictures({ ...recipe.pictures, folder });
const { train, validation } = splitPictures(set, share);
const all = (of: PictureSet): Pictures => ({ ...of, data: of.batch(Array.from({ length: of.count }, (_, i) => i)) });
const [training, truth] = [all(train), all(validation!)];
const sketches = sketchAll(truth, 'page');
const count = validation!.count;

const model = await loadPictureModel(join(run, 'model'));
const empty = await mkdtemp(join(tmpdir(), 'untrained-'));
await savePictureModel(empty, { ...model, weights: createParameters(pictureParameters(model.config), 'untrained') });
const paintedBy = async (path: string, lines: Pictures): Promise<Pictures> => {
  await using painter = await createSketchPainter(path);
  return await painter.paint(lines);
};
const painted = await paintedBy(join(run, 'model'), sketches);
const untrained = await paintedBy(empty, sketches);
await rm(empty, { recursive: true });
const alike = nearest(sketchAll(training, 'page/training'), sketches, 'patch');
const copied = choosePictures(
  training,
  alike.map(({ index }) => index),
);
const inColour: Pictures = joinPictures(
  Array.from({ length: count }, (_, i) => {
    const one = choosePictures(sketches, [i]).data;
    return { ...truth, data: Float32Array.from([...one, ...one, ...one]) };
  }),
);

const measure = (name: Words, pictures: Pictures) => {
  const off = pictures.data.reduce((sum, value, i) => sum + Math.abs(value - truth.data[i]!), 0) / truth.data.length;
  return { name, values: [off, Math.sqrt(meanSquaredError(pictures, truth)), ssim(pictures, truth)] };
};
const rows = [
  measure({ en: 'trained painter', zh: '训练后的模型' }, painted),
  measure({ en: 'untrained painter', zh: '未训练的模型' }, untrained),
  measure({ en: 'copy: picture of the most alike training sketch', zh: '照抄：最相似的训练草图的原图' }, copied),
  measure({ en: 'the sketch itself', zh: '草图本身' }, inColour),
];
for (const { name, values } of rows) console.log(name.en, values);

const large = splitPictures(await loadPictures({ ...recipe.pictures, folder, width: 128 }), share).validation!;
const shown = Array.from({ length: 12 }, (_, i) => Math.floor((i * count) / 12));
const largeTruth: Pictures = { ...large, data: large.batch(shown.slice(0, 6)) };
const largeLines = sketchAll(largeTruth, 'page/large');
const largePainted = await paintedBy(join(run, 'model'), largeLines);
const rowsOf = (...batches: Pictures[]): Pictures => joinPictures(batches.map((batch) => choosePictures(batch, shown)));

await writePicturePage(page, {
  title: { en: 'Sketch to picture', zh: '草图上色' },
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
      { en: 'mean |difference| in [−1, 1] ↓', zh: '平均绝对差（[−1, 1]）↓' },
      { en: 'root mean square difference ↓', zh: '均方根差 ↓' },
      { en: 'SSIM ↑', zh: 'SSIM ↑' },
    ],
    rows,
    note: {
      en: `${count} held-out pictures, none of them seen in training (${train.count} pictures). A sketch does not say its colours: many paintings are right that differ from the true one.`,
      zh: `${count} 张留出图片，训练（${train.count} 张）时从未见过。草图不含颜色信息：与原图不同的上色也可能合理。`,
    },
  },
  sheets: [
    {
      title: { en: 'Sketch, painted, true, copy of the most alike', zh: '草图、上色、原图、照抄最相似者' },
      pictures: rowsOf(inColour, painted, truth, copied),
      columns: shown.length,
      options: { scale: 1 },
    },
    {
      title: { en: 'Before training', zh: '训练前' },
      pictures: choosePictures(untrained, shown),
      columns: 12,
      options: { scale: 1 },
    },
    {
      title: { en: 'At twice the size it was trained at', zh: '两倍于训练尺寸' },
      pictures: joinPictures([largePainted, largeTruth]),
      columns: 6,
      options: { scale: 1 },
    },
  ],
});
console.log(join(page, 'index.html'));
