/**
 * Judges an autoencoder: held-out pictures through the model, beside three ways of not learning: the same network
 * untrained, the mean training picture, and the nearest training picture. Then pictures out of nothing.
 */
import { createRandom } from '../../core/index.ts';
import {
  brief,
  checkStop,
  type JudgedPictures,
  loadJudgedPictures,
  recordings,
  sheet,
} from '../evaluation/judge/judged-pictures.ts';
import type { Judge } from '../evaluation/judge/judgement.ts';
import { meanSquaredError, nearest, psnr, slicedWasserstein, ssim } from '../evaluation/pictures/index.ts';
import type { Name, Section } from '../evaluation/report/index.ts';
import { createParameters } from '../learn/index.ts';
import { threadsOf } from '../loop/picture-course.ts';
import { allPictures, choosePictures, countPictures, firstOf, joinPictures, type Pictures } from '../pictures/index.ts';
import type { VaeConfig } from './config.ts';
import { createVaeRunner, randomLatents, type VaeRunner } from './model.ts';
import { loadVaeFolder } from './model-folder.ts';
import { vaeParameters } from './objective.ts';

const SHOWN = 16;
const SAMPLES = 64;
const HEARD = 5;

/** A way of giving pictures back, and what came of it. */
interface Way {
  readonly name: Name;
  readonly pictures: Pictures;
}

/** Throws as `loadVaeFolder` and `loadJudgedPictures`. */
export const judge: Judge = async (folder, options) => {
  const { config, parameters, card, digest } = await loadVaeFolder(folder);
  const judged = await loadJudgedPictures({ card, digest }, options);
  const untrained = createParameters(vaeParameters(config), 'untrained');
  await using model = createVaeRunner(config, () => parameters, threadsOf(options));
  await using blank = createVaeRunner(config, () => untrained, threadsOf(options));
  options.onStage?.({ en: 'pictures there and back', zh: '图片编码与还原' });
  const ways = await waysOf(judged, model, blank);
  checkStop(options.signal);
  options.onStage?.({ en: 'pictures out of nothing', zh: '凭空生成图片' });
  const samples = { ...judged.heldOut, data: await outOfNothing(config, model, judged.training) };
  const noise = { ...judged.heldOut, data: await blank.decode(randomLatents(config, SAMPLES, 'untrained')) };
  return {
    card,
    report: {
      title: { en: `Autoencoder ${card.name}`, zh: `自编码器 ${card.name}` },
      summary: card.summary,
      facts: judged.facts,
      sections: [
        ...reconstructions(judged, ways),
        distances(judged, samples, noise),
        ...(await sheets(judged, ways[0]!.pictures, samples)),
        ...sounds(judged, ways[0]!.pictures),
      ],
    },
  };
};

async function waysOf({ training, heldOut }: JudgedPictures, model: VaeRunner, blank: VaeRunner): Promise<Way[]> {
  const through = async (runner: VaeRunner): Promise<Pictures> => ({
    ...heldOut,
    data: await runner.decode(await runner.encode(heldOut.data)),
  });
  const near = nearest(training, heldOut, 'pixel').map(({ index }) => index);
  return [
    { name: { en: 'this model', zh: '本模型' }, pictures: await through(model) },
    { name: { en: 'untrained network', zh: '未训练的网络' }, pictures: await through(blank) },
    {
      name: { en: 'mean training picture', zh: '训练图片的均值' },
      pictures: meanPicture(training, countPictures(heldOut)),
    },
    { name: { en: 'nearest training picture', zh: '最近的训练图片' }, pictures: choosePictures(training, near) },
  ];
}

function reconstructions({ heldOut }: JudgedPictures, ways: readonly Way[]): Section[] {
  const rows = ways.map(({ name, pictures }) => ({
    name,
    values: [meanSquaredError(heldOut, pictures), psnr(heldOut, pictures), ssim(heldOut, pictures)],
  }));
  return [
    {
      kind: 'table',
      title: { en: 'Held-out pictures, there and back', zh: '未见过的图片：编码再还原' },
      note: {
        en: 'Numbers of pictures lie in [−1, 1]. Copying the nearest training picture is what a model does that has only learned by heart.',
        zh: '图片数值范围 [−1, 1]。只会死记的模型，与照抄最近的训练图片无异。',
      },
      columns: [
        { en: 'mean squared error ↓', zh: '均方误差 ↓' },
        { en: 'PSNR, dB ↑', zh: '峰值信噪比（dB）↑' },
        { en: 'SSIM ↑', zh: '结构相似度 ↑' },
      ],
      rows,
    },
    {
      kind: 'bars',
      title: { en: 'Structural similarity', zh: '结构相似度' },
      y: 'SSIM',
      series: ['SSIM'],
      bars: rows.map(({ name, values }) => ({ name: brief(name), values: [values[2]!] })),
    },
  ];
}

function distances({ train, heldOut }: JudgedPictures, samples: Pictures, noise: Pictures): Section {
  const some = allPictures(train, SAMPLES);
  const to = (pictures: Pictures): number => slicedWasserstein(heldOut, pictures).mean;
  return {
    kind: 'table',
    title: { en: 'Out of nothing: distance on patches', zh: '凭空生成：图块分布的距离' },
    columns: [{ en: 'sliced Wasserstein to held-out ×10³ ↓', zh: '与留出图片的切片 Wasserstein 距离 ×10³ ↓' }],
    rows: [
      { name: { en: 'this model', zh: '本模型' }, values: [to(samples)] },
      { name: { en: 'untrained network', zh: '未训练的网络' }, values: [to(noise)] },
      { name: { en: 'true training pictures (floor)', zh: '真实训练图片（下限）' }, values: [to(some)] },
    ],
  };
}

function sheets({ heldOut }: JudgedPictures, made: Pictures, samples: Pictures): Promise<Section[]> {
  const rows = joinPictures([firstOf(heldOut, SHOWN), firstOf(made, SHOWN)]);
  const columns = Math.min(SHOWN, countPictures(heldOut));
  return Promise.all([
    sheet(
      { en: 'Held-out pictures (above) and what came back (below)', zh: '未见过的图片（上）与还原（下）' },
      rows,
      columns,
    ),
    sheet({ en: 'Out of nothing', zh: '凭空生成' }, samples, SHOWN),
  ]);
}

/** Recordings as they came back, each beside the same recording through the spectrogram alone. */
function sounds({ source, heldOut, heldOutSet }: JudgedPictures, made: Pictures): Section[] {
  const list = Array.from({ length: Math.min(HEARD, heldOutSet.count) }, (_, i) => {
    const { name } = heldOutSet.labels[i]!;
    return [
      {
        caption: { en: `${name}: spectrogram alone`, zh: `${name}：仅经频谱` },
        picture: choosePictures(heldOut, [i]).data,
      },
      {
        caption: { en: `${name}: through the model`, zh: `${name}：经过模型` },
        picture: choosePictures(made, [i]).data,
      },
    ];
  });
  return recordings({ en: 'To listen to', zh: '试听' }, list.flat(), source);
}

/** KL: latents from N(0, 1). VQ: at each place a code as often as training pictures have it there. */
async function outOfNothing(config: VaeConfig, model: VaeRunner, training: Pictures): Promise<Float32Array> {
  if (config.bottleneck.kind === 'kl') return model.decode(randomLatents(config, SAMPLES, 'samples'));
  const codes = await model.codes(training.data);
  const rows = countPictures(training);
  const places = codes.length / rows;
  const random = createRandom('samples');
  const draw = (at: number): bigint => codes[random.integer(rows) * places + (at % places)]!;
  return model.decodeCodes(BigInt64Array.from({ length: SAMPLES * places }, (_, at) => draw(at)));
}

function meanPicture(pictures: Pictures, count: number): Pictures {
  const { width, height, channels, data } = pictures;
  const area = width * height * channels;
  const mean = new Float64Array(area);
  const n = data.length / area;
  data.forEach((value, i) => {
    mean[i % area]! += value / n;
  });
  return { width, height, channels, data: Float32Array.from({ length: count * area }, (_, i) => mean[i % area]!) };
}
