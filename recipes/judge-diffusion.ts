/**
 * A page about a trained diffusion model, in the run's folder:
 *   node recipes/judge-diffusion.ts <recipe> <folder of pictures> <run folder>
 *
 * Samples beside pictures that were kept back, an untrained network, and the nearest training pictures themselves:
 * sliced Wasserstein distance on patches, diversity, and how near samples lie to what was learned.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { labelsOf } from '../src/training/diffusion/collection.ts';
import {
  createDiffusionModel,
  createDiffusionSampler,
  type DiffusionModel,
  type DiffusionSampler,
  diffusionParameters,
} from '../src/training/diffusion/index.ts';
import { diversity, measureCopying, nearest, slicedWasserstein } from '../src/training/evaluation/pictures/index.ts';
import { createParameters } from '../src/training/learn/index.ts';
import {
  formatContactSheet,
  loadPictures,
  type PictureSet,
  type Pictures,
  splitPictures,
} from '../src/training/pictures/index.ts';

const MOST = 256;
const [name, folder, run] = process.argv.slice(2);
if (!name || !folder || !run) {
  console.error('usage: judge-diffusion.ts <recipe> <folder of pictures> <run folder>');
  process.exit(64);
}
const recipe = JSON.parse(await readFile(new URL(`./${name}/recipe.json`, import.meta.url), 'utf8'));
const set = await loadPictures({ ...recipe.pictures, folder });
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

const rows = Object.entries({
  samples,
  untrained: noise,
  'nearest training pictures': copies,
  'training pictures': other,
});
const scores = {
  pictures: { training: train.count, heldOut: validation.count, samples: count },
  parameters: model.card.parameters,
  secondsPerPicture: Number(secondsPerPicture.toFixed(2)),
  sets: Object.fromEntries(
    rows.map(([label, pictures]) => [
      label,
      {
        slicedWassersteinToHeldOut: slicedWasserstein(pictures, heldOut, { seed: 1 }),
        diversity: diversity(pictures),
        copying: measureCopying(training, pictures, heldOut),
      },
    ]),
  ),
  diversityOfHeldOut: diversity(heldOut),
};
await writeFile(join(run, 'page.json'), `${JSON.stringify(scores, null, 2)}\n`);
await writeFile(join(run, 'page.html'), await page());
console.log(JSON.stringify(scores, null, 2));

function untrained({ config }: DiffusionModel): DiffusionSampler {
  const parameters = createParameters(diffusionParameters(config), 'untrained');
  return createDiffusionSampler({ ...config, decoder: null }, () => parameters);
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

async function page(): Promise<string> {
  const some = (of: Pictures, from = 0, to = 64): Pictures => {
    const area = of.width * of.height * of.channels;
    return { ...of, data: of.data.subarray(from * area, to * area) };
  };
  const pair = { ...samples, data: new Float32Array(3 * 24 * (samples.data.length / count)) };
  const area = samples.data.length / count;
  for (let i = 0; i < 24; i++) {
    pair.data.set(samples.data.subarray(i * area, (i + 1) * area), 3 * i * area);
    pair.data.set(train.batch([same[i]!.index]), (3 * i + 1) * area);
    pair.data.set(train.batch([alike[i]!.index]), (3 * i + 2) * area);
  }
  const image = async (of: Pictures, columns: number): Promise<string> => {
    const png = await formatContactSheet(of, columns, { scale: 3 });
    return `<img alt="" src="data:image/png;base64,${Buffer.from(png).toString('base64')}">`;
  };
  const table = Object.entries(scores.sets).map(([label, { slicedWassersteinToHeldOut: d, diversity: v, copying }]) => {
    const cells = [d.mean, ...d.levels, v.pixel, v.patch, copying.samples].map((x) => x.toFixed(3));
    return `<tr><td>${label}</td>${[...cells, `${(100 * copying.suspicious).toFixed(1)} %`].map((x) => `<td>${x}</td>`).join('')}</tr>`;
  });
  const levels = scores.sets.samples!.slicedWassersteinToHeldOut.levels.map((_, i) => `<th>level ${i}</th>`).join('');
  return `<!doctype html><meta charset="utf-8"><title>${name}</title>
<style>body{font:15px/1.5 sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}img{max-width:100%;image-rendering:pixelated}td,th{padding:.2rem .6rem;text-align:right}td:first-child{text-align:left}</style>
<h1>${name}</h1>
<p>${model.card.summary.en} ${model.card.parameters?.toLocaleString('en')} parameters, ${scores.secondsPerPicture} s per picture.<br>${model.card.summary.zh}</p>
<h2>Samples · 样本</h2>${await image(some(samples), 16)}
<h2>Kept back, never seen · 留出、从未见过的图片</h2>${await image(some(heldOut), 16)}
<h2>Sample, nearest training picture by pixels, by patches · 样本、像素上与图块特征上最近的训练图片</h2>${await image(pair, 12)}
<h2>Figures · 数据</h2>
<p>Sliced Wasserstein distance to the pictures kept back (× 10³, smaller is nearer), diversity, median distance to the nearest training picture (kept-back pictures: ${scores.sets.samples!.copying.heldOut.toFixed(3)}), and the share that lies suspiciously near (5 % where nothing is copied).<br>
到留出图片的切片 Wasserstein 距离（×10³，越小越近）、多样性、到最近训练图片的距离中位数，以及可疑地接近训练图片的比例（无抄袭时约 5 %）。</p>
<table><tr><th></th><th>distance · 距离</th>${levels}<th>diversity: pixels · 多样性</th><th>patches</th><th>nearest · 最近</th><th>suspicious · 可疑</th></tr>${table.join('')}
<tr><td>kept back · 留出</td>${'<td></td>'.repeat(1 + scores.sets.samples!.slicedWassersteinToHeldOut.levels.length)}<td>${scores.diversityOfHeldOut.pixel.toFixed(3)}</td><td>${scores.diversityOfHeldOut.patch.toFixed(3)}</td><td>${scores.sets.samples!.copying.heldOut.toFixed(3)}</td><td></td></tr></table>
<h2>Untrained · 未训练</h2>${await image(some(noise, 0, 16), 16)}
`;
}
