/**
 * Judges a diffusion model: samples beside pictures that were held out, an untrained network, and the nearest training
 * pictures themselves: distance on patches, diversity, and how near samples lie to what was learned.
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
import { diversity, measureCopying, nearest, slicedWasserstein } from '../evaluation/pictures/index.ts';
import type { Name, Report, Section } from '../evaluation/report/index.ts';
import { createParameters } from '../learn/index.ts';
import { threadsOf } from '../loop/picture-course.ts';
import { choosePictures, countPictures, firstOf, joinPictures, type Pictures } from '../pictures/index.ts';
import { labelsOf } from './collection.ts';
import { createDiffusionSampler } from './model.ts';
import { createDiffusionModel, type DiffusionModel } from './model-folder.ts';
import { diffusionParameters } from './network.ts';

const MOST = 256;
const [GUIDANCE, STEPS, UNTRAINED_STEPS] = [1.5, 30, 10];
const HEARD = 10;
const ROW = 16;

interface Made {
  readonly samples: Pictures;
  readonly labels: readonly (readonly string[])[];
  readonly untrained: Pictures;
  /** For each sample the training picture that is nearest by pixels, and by features of patches. */
  readonly same: readonly number[];
  readonly alike: readonly number[];
  readonly secondsPerPicture: number;
}

/** Throws as `createDiffusionModel` and `loadJudgedPictures`. */
export const judge: Judge = async (folder, options) => {
  await using model = await createDiffusionModel(folder, threadsOf(options));
  const { card, digest } = model;
  const judged = await loadJudgedPictures({ card, digest }, options);
  const count = Math.min(MOST, judged.heldOutSet.count);
  options.onStage?.({ en: `making ${count} pictures out of noise`, zh: `从噪声生成 ${count} 张图片` });
  const made = await makePictures(model, judged, { count, threads: threadsOf(options), signal: options.signal });
  checkStop(options.signal);
  options.onStage?.({ en: 'comparing with what it learned from', zh: '与所学图片比较' });
  return {
    card,
    report: {
      title: { en: `Diffusion model ${card.name}`, zh: `扩散模型 ${card.name}` },
      summary: card.summary,
      facts: [...judged.facts, ...costs(made)],
      sections: [...comparison(judged, made), ...(await sheets(judged, made)), ...sounds(judged, made)],
    },
  };
};

async function makePictures(
  model: DiffusionModel,
  judged: JudgedPictures,
  how: { readonly count: number; readonly threads: { threads?: number }; readonly signal: AbortSignal | undefined },
): Promise<Made> {
  const { config, decode } = model;
  const { count, threads, signal } = how;
  const labels = labelsLike(judged, config.labels, count);
  const request = { count, seed: 'page', labels, guidance: GUIDANCE, signal };
  const began = performance.now();
  const samples = await model.sample({ ...request, steps: STEPS });
  const secondsPerPicture = (performance.now() - began) / 1000 / count;
  const blank = createParameters(diffusionParameters(config), 'untrained');
  await using untrained = createDiffusionSampler(config, () => blank, { ...threads, decode });
  const indices = (space: 'pixel' | 'patch'): number[] =>
    nearest(judged.training, samples, space).map(({ index }) => index);
  return {
    samples,
    labels,
    untrained: await untrained.sample({ ...request, steps: UNTRAINED_STEPS }),
    same: indices('pixel'),
    alike: indices('patch'),
    secondsPerPicture,
  };
}

/** Label lists as often as they stand in the training set. */
function labelsLike({ train, labels }: JudgedPictures, known: readonly string[], count: number): string[][] {
  const lists = shuffled(train.count).map((index) => labelsOf(train, index, labels));
  return lists.slice(0, count).map((list) => list.filter((label) => known.includes(label)));
}

function shuffled(length: number): number[] {
  return createRandom('page').shuffle(Array.from({ length }, (_, i) => i));
}

function costs({ samples, secondsPerPicture }: Made): NonNullable<Report['facts']> {
  return [
    { name: { en: 'samples', zh: '样本' }, value: String(countPictures(samples)) },
    { name: { en: 'guidance', zh: '引导' }, value: String(GUIDANCE) },
    { name: { en: 'steps', zh: '步数' }, value: String(STEPS) },
    { name: { en: 'seconds a picture', zh: '每张秒数' }, value: secondsPerPicture.toFixed(2) },
  ];
}

function comparison({ train, training, heldOut }: JudgedPictures, { samples, untrained, same }: Made): Section[] {
  const other = choosePictures(training, shuffled(train.count).slice(0, countPictures(samples)));
  const row = (name: Name, pictures: Pictures) => {
    const near = measureCopying(training, pictures, heldOut);
    const { pixel, patch } = diversity(pictures);
    const distance = pictures === heldOut ? undefined : slicedWasserstein(pictures, heldOut, { seed: 1 }).mean;
    return { name, values: [distance, pixel, patch, near.samples, near.suspicious] };
  };
  const rows = [
    row({ en: 'samples', zh: '样本' }, samples),
    row({ en: 'untrained network', zh: '未训练的网络' }, untrained),
    row({ en: 'copies: the nearest training pictures', zh: '照抄：最近的训练图片' }, choosePictures(training, same)),
    row({ en: 'other training pictures (floor)', zh: '其他训练图片（下限）' }, other),
    row({ en: 'held out, never seen', zh: '留出、从未见过的图片' }, heldOut),
  ];
  return [
    {
      kind: 'table',
      title: { en: 'How near to pictures it never saw', zh: '与从未见过的图片有多接近' },
      note: {
        en: 'The first column is the distance on patches to the pictures held out (smaller is nearer); suspiciously near is the share that lies nearer to a training picture than 95 % of the held-out ones do.',
        zh: '第一列为图块分布到留出图片的距离（越小越近）；“可疑地接近”指比 95 % 的留出图片更接近某张训练图片的比例。',
      },
      columns: [
        { en: 'sliced Wasserstein ×10³ ↓', zh: '切片 Wasserstein 距离 ×10³ ↓' },
        { en: 'diversity, pixels', zh: '多样性（像素）' },
        { en: 'diversity, patches', zh: '多样性（图块）' },
        { en: 'to the nearest training picture', zh: '到最近训练图片的距离' },
        { en: 'suspiciously near', zh: '可疑地接近的比例' },
      ],
      rows,
    },
    {
      kind: 'bars',
      title: { en: 'Distance on patches', zh: '图块分布的距离' },
      y: { en: 'sliced Wasserstein ×10³', zh: '切片 Wasserstein ×10³' },
      series: [{ en: 'to held-out pictures', zh: '与留出图片' }],
      bars: rows.slice(0, -1).map(({ name, values }) => ({ name: brief(name), values: [values[0]!] })),
    },
  ];
}

function sheets({ training, heldOut }: JudgedPictures, { samples, untrained, same, alike }: Made): Promise<Section[]> {
  const triples = Array.from({ length: Math.min(24, countPictures(samples)) }, (_, i) =>
    joinPictures([choosePictures(samples, [i]), choosePictures(training, [same[i]!, alike[i]!])]),
  );
  const scale = { scale: samples.width < 48 ? 2 : 1 };
  return Promise.all([
    sheet({ en: 'Samples', zh: '样本' }, firstOf(samples, 4 * ROW), ROW, scale),
    sheet({ en: 'Held out, never seen', zh: '留出、从未见过的图片' }, firstOf(heldOut, 4 * ROW), ROW, scale),
    sheet(
      { en: 'Sample, nearest by pixels, nearest by patches', zh: '样本、像素上最近、图块特征上最近的训练图片' },
      joinPictures(triples),
      12,
      scale,
    ),
    sheet({ en: 'Untrained network', zh: '未训练的网络' }, firstOf(untrained, ROW), ROW, scale),
  ]);
}

function sounds({ source }: JudgedPictures, { samples, labels }: Made): Section[] {
  const list = Array.from({ length: Math.min(HEARD, countPictures(samples)) }, (_, i) => ({
    caption: labels[i]!.join(' ') || `${i + 1}`,
    picture: choosePictures(samples, [i]).data,
  }));
  return recordings({ en: 'Samples to listen to', zh: '试听样本' }, list, source);
}
