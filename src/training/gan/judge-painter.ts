/**
 * Judges a painter of sketches: sketches of held-out pictures are painted and compared with the true ones, beside an
 * untrained painter and beside copying: the picture of the training sketch that is most alike.
 */
import {
  brief,
  checkStop,
  type JudgedPictures,
  loadJudgedPictures,
  sheet,
} from '../evaluation/judge/judged-pictures.ts';
import type { Judge, JudgeOptions } from '../evaluation/judge/judgement.ts';
import { meanSquaredError, nearest, ssim } from '../evaluation/pictures/index.ts';
import type { Name, Section } from '../evaluation/report/index.ts';
import { createParameters } from '../learn/index.ts';
import { loadSource, threadsOf } from '../loop/picture-course.ts';
import { choosePictures, countPictures, joinPictures, type Pictures } from '../pictures/index.ts';
import { badModel } from './config.ts';
import { inColour } from './painter-course.ts';
import { broughtAlong, pairsOf, sketchAll } from './pairs.ts';
import { loadPictureModel, pictureParameters } from './picture-model.ts';
import { createBrush } from './sketch-painter.ts';

const SHOWN = 12;
const LARGE = 6;

/** What became of the sketches of held-out pictures. */
interface Painted {
  readonly sketches: Pictures;
  readonly painted: Pictures;
  readonly untrained: Pictures;
  readonly copied: Pictures;
}

/** Throws as `loadPictureModel` and `loadJudgedPictures`. */
export const judge: Judge = async (folder, options) => {
  const { config, weights, card, digest } = await loadPictureModel(folder);
  if (config.kind !== 'sketch-painter') throw badModel(folder, `a ${config.kind} is not a sketch painter`);
  const judged = await loadJudgedPictures({ card, digest }, options);
  const brought = broughtAlong(judged.source);
  const learned = pairsOf(judged.training, { brought, seed: 'page/training' });
  const { sketches: lines, pictures: heldOut } = pairsOf(judged.heldOut, { brought, seed: 'page' });
  await using brush = createBrush(config, threadsOf(options));
  options.onStage?.({ en: 'painting sketches', zh: '为草图上色' });
  const blank = createParameters(pictureParameters(config), 'untrained');
  const alike = nearest(learned.sketches, lines, 'patch').map(({ index }) => index);
  const all: Painted = {
    sketches: { ...heldOut, data: inColour(lines, heldOut.channels) },
    painted: await brush.paint(weights, lines),
    untrained: await brush.paint(blank, lines),
    copied: choosePictures(learned.pictures, alike),
  };
  checkStop(options.signal);
  const large = await largePictures(judged, options);
  const largePainted = large && (await brush.paint(weights, sketchAll(large, 'page/large')));
  const twice = { en: 'At twice the size it was trained at: painted, true', zh: '两倍于训练尺寸：上色、原图' };
  return {
    card,
    report: {
      title: { en: `Sketch to picture: ${card.name}`, zh: `草图上色：${card.name}` },
      summary: card.summary,
      facts: judged.facts,
      sections: [
        ...comparison(heldOut, all),
        ...(await sheets(heldOut, all)),
        ...(large && largePainted
          ? [await sheet(twice, joinPictures([largePainted, large]), countPictures(large))]
          : []),
      ],
    },
  };
};

function comparison(truth: Pictures, { sketches, painted, untrained, copied }: Painted): Section[] {
  const row = (name: Name, pictures: Pictures) => {
    const off = pictures.data.reduce((sum, value, i) => sum + Math.abs(value - truth.data[i]!), 0) / truth.data.length;
    return { name, values: [off, Math.sqrt(meanSquaredError(pictures, truth)), ssim(pictures, truth)] };
  };
  const rows = [
    row({ en: 'this painter', zh: '本模型' }, painted),
    row({ en: 'untrained painter', zh: '未训练的模型' }, untrained),
    row({ en: 'copy: picture of the most alike training sketch', zh: '照抄：最相似的训练草图的原图' }, copied),
    row({ en: 'the sketch itself', zh: '草图本身' }, sketches),
  ];
  return [
    {
      kind: 'table',
      title: { en: 'Painted beside true', zh: '上色与原图' },
      note: {
        en: 'No held-out picture was seen in training. A sketch does not say its colours: many paintings are right that differ from the true one.',
        zh: '留出的图片训练时从未见过。草图不含颜色信息：与原图不同的上色也可能合理。',
      },
      columns: [
        { en: 'mean |difference| in [−1, 1] ↓', zh: '平均绝对差（[−1, 1]）↓' },
        { en: 'root mean square difference ↓', zh: '均方根差 ↓' },
        { en: 'SSIM ↑', zh: '结构相似度 ↑' },
      ],
      rows,
    },
    {
      kind: 'bars',
      title: { en: 'Distance from the true picture', zh: '与原图的差距' },
      y: { en: 'mean |difference|', zh: '平均绝对差' },
      series: [{ en: 'mean |difference|', zh: '平均绝对差' }],
      bars: rows.map(({ name, values }) => ({ name: brief(name), values: [values[0]!] })),
    },
  ];
}

function sheets(truth: Pictures, { sketches, painted, untrained, copied }: Painted): Promise<Section[]> {
  const shown = evenly(countPictures(truth), SHOWN);
  const rows = [sketches, painted, truth, copied].map((pictures) => choosePictures(pictures, shown));
  return Promise.all([
    sheet(
      { en: 'Sketch, painted, true, copy of the most alike', zh: '草图、上色、原图、照抄最相似者' },
      joinPictures(rows),
      shown.length,
    ),
    sheet({ en: 'Before training', zh: '训练前' }, choosePictures(untrained, shown), shown.length),
  ]);
}

/** Held-out pictures at twice the size; none of spectrograms, and none where sketches were brought in one size. */
async function largePictures(judged: JudgedPictures, { heldOut }: JudgeOptions): Promise<Pictures | undefined> {
  const { source, heldOutSet, train } = judged;
  if (source.from === 'sound' || broughtAlong(source)) return undefined;
  const set = await loadSource({
    ...source,
    width: 2 * train.width,
    ...(heldOut === undefined ? {} : { folder: heldOut }),
  });
  const keys = new Set(heldOutSet.labels.map(({ key }) => key));
  const known =
    heldOut === undefined ? [...set.labels.keys()].filter((i) => keys.has(set.labels[i]!.key)) : [...set.labels.keys()];
  const indices = evenly(known.length, LARGE).map((i) => known[i]!);
  const { width, height, channels } = set;
  return { width, height, channels, data: set.batch(indices) };
}

function evenly(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
