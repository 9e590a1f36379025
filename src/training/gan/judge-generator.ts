/**
 * Judges a GAN: made pictures against held-out ones, beside an untrained model and true training pictures, and against the
 * training set: a model that copies lies nearer to it than pictures it never saw.
 */
import {
  brief,
  checkStop,
  type JudgedPictures,
  loadJudgedPictures,
  sheet,
} from '../evaluation/judge/judged-pictures.ts';
import type { Judge } from '../evaluation/judge/judgement.ts';
import { diversity, measureCopying, nearest, slicedWasserstein } from '../evaluation/pictures/index.ts';
import type { Name, Section } from '../evaluation/report/index.ts';
import { createParameters } from '../learn/index.ts';
import { threadsOf } from '../loop/picture-course.ts';
import { allPictures, choosePictures, countPictures, firstOf, joinPictures, type Pictures } from '../pictures/index.ts';
import { badModel } from './config.ts';
import { createSampler } from './picture-generator.ts';
import { loadPictureModel, pictureParameters } from './picture-model.ts';

const MOST = 512;
const SHOWN = 96;
const ROW = 16;

/** Pictures the trained and the untrained model made, and what they might be copied from. */
interface Made {
  readonly samples: Pictures;
  /** Made with shorter noise: plainer. */
  readonly plain: Pictures;
  readonly untrained: Pictures;
  readonly copies: Pictures;
}

/** Throws as `loadPictureModel` and `loadJudgedPictures`. */
export const judge: Judge = async (folder, options) => {
  const { config, weights, card, digest } = await loadPictureModel(folder);
  if (config.kind !== 'gan') throw badModel(folder, `a ${config.kind} is not a GAN`);
  const judged = await loadJudgedPictures({ card, digest }, options);
  options.onStage?.({ en: 'making pictures', zh: '生成图片' });
  await using sampler = await createSampler(config, threadsOf(options));
  const count = Math.min(MOST, judged.heldOutSet.count);
  const untrained = createParameters(pictureParameters(config), 'untrained');
  const samples = await sampler.sample(weights, { seed: 'page', count });
  const made: Made = {
    samples,
    plain: await sampler.sample(weights, { seed: 'page', count, truncation: 0.7 }),
    untrained: await sampler.sample(untrained, { seed: 'page', count }),
    copies: choosePictures(
      judged.training,
      nearest(judged.training, samples, 'patch').map(({ index }) => index),
    ),
  };
  checkStop(options.signal);
  options.onStage?.({ en: 'comparing with what it learned from', zh: '与所学图片比较' });
  const { width, height } = judged.train;
  return {
    card,
    report: {
      title: { en: `GAN ${card.name}: ${width}×${height}`, zh: `生成对抗网络 ${card.name}：${width}×${height}` },
      summary: card.summary,
      facts: judged.facts,
      sections: [...comparison(judged, made), ...(await sheets(judged, made))],
    },
  };
};

function comparison(
  { train, training, heldOut }: JudgedPictures,
  { samples, plain, untrained, copies }: Made,
): Section[] {
  const row = (name: Name, pictures: Pictures, isMade = true) => {
    const copied = isMade ? measureCopying(training, pictures, heldOut) : undefined;
    const distance = slicedWasserstein(pictures, heldOut).mean;
    return { name, values: [distance, diversity(pictures).pixel, copied?.samples, copied?.suspicious] };
  };
  const kept = measureCopying(training, heldOut, heldOut);
  const rows = [
    row({ en: 'this model', zh: '本模型' }, samples),
    row({ en: 'noise × 0.7: plainer', zh: '噪声 ×0.7：更平稳' }, plain),
    row({ en: 'untrained model', zh: '未训练的模型' }, untrained),
    row({ en: 'copies: nearest training pictures', zh: '照抄：最近的训练图片' }, copies),
    row(
      { en: 'true training pictures (floor)', zh: '真实训练图片（下限）' },
      allPictures(train, countPictures(samples)),
      false,
    ),
    {
      name: { en: 'held-out pictures', zh: '留出的图片' },
      values: [undefined, diversity(heldOut).pixel, kept.heldOut, kept.suspicious],
    },
  ];
  return [
    {
      kind: 'table',
      title: { en: 'How near to pictures it never saw', zh: '与从未见过的图片有多接近' },
      note: {
        en: 'A copier scores well in the first column and shows itself in the last two.',
        zh: '照抄者第一列会很好，但后两列会露馅。',
      },
      columns: [
        { en: 'sliced Wasserstein to held-out ×10³ ↓', zh: '与留出图片的切片 Wasserstein 距离 ×10³ ↓' },
        { en: 'diversity (pixels)', zh: '多样性（像素）' },
        { en: 'median distance to nearest training picture', zh: '到最近训练图片的距离（中位数）' },
        { en: 'share nearer than 95 % of held-out', zh: '比 95% 的留出图片更近的比例' },
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

function sheets({ train }: JudgedPictures, { samples, plain, untrained, copies }: Made): Promise<Section[]> {
  const pairs = joinPictures([firstOf(samples, ROW), firstOf(copies, ROW)]);
  const scale = { scale: 2 };
  return Promise.all([
    sheet({ en: 'Made by the model', zh: '模型生成' }, firstOf(samples, SHOWN), ROW, scale),
    sheet({ en: 'Noise × 0.7: plainer', zh: '噪声 ×0.7：更平稳' }, firstOf(plain, SHOWN), ROW, scale),
    sheet(
      { en: 'Made (above) and the nearest training picture (below)', zh: '生成（上）与最近的训练图片（下）' },
      pairs,
      Math.min(ROW, countPictures(samples)),
      scale,
    ),
    sheet({ en: 'Before training', zh: '训练前' }, firstOf(untrained, ROW), ROW, scale),
    sheet({ en: 'Training pictures', zh: '训练图片' }, allPictures(train, SHOWN), ROW, scale),
  ]);
}
