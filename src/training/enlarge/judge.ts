/**
 * Judges an enlarger: held-out pictures are made small by the cubic kernel and large again, beside an untrained network,
 * interpolation and plain repetition of pixels.
 */
import { brief, checkStop, loadJudgedPictures, sheet } from '../evaluation/judge/judged-pictures.ts';
import type { Judge } from '../evaluation/judge/judgement.ts';
import { psnr, ssim } from '../evaluation/pictures/index.ts';
import type { Name, Section } from '../evaluation/report/index.ts';
import { createParameters } from '../learn/index.ts';
import { threadsOf } from '../loop/picture-course.ts';
import { choosePictures, countPictures, joinPictures, type Pictures } from '../pictures/index.ts';
import { enlargeBicubic } from './bicubic.ts';
import { createGlass } from './enlarger.ts';
import { loadEnlarger } from './model-folder.ts';
import { enlargerParameters } from './network.ts';
import { SHRINKERS, shrink } from './shrink.ts';

const MEASURED = 60;
const SHOWN = 8;

/** One way of making the small pictures large again. */
interface Way {
  readonly name: Name;
  readonly pictures: Pictures;
}

/** Throws as `loadEnlarger` and `loadJudgedPictures`. */
export const judge: Judge = async (folder, options) => {
  const { config, parameters, card, digest } = await loadEnlarger(folder);
  const judged = await loadJudgedPictures({ card, digest }, options);
  const { scale } = config;
  const held = choosePictures(judged.heldOut, evenly(countPictures(judged.heldOut), MEASURED));
  const small = shrink(held, scale, { kernel: SHRINKERS.cubic(scale), blocks: 0 });
  await using glass = createGlass(config, threadsOf(options));
  options.onStage?.({ en: 'making small pictures large', zh: '放大缩小过的图片' });
  const blank = createParameters(enlargerParameters(config), 'untrained');
  const { signal } = options;
  const ways: Way[] = [
    { name: { en: 'this model', zh: '本模型' }, pictures: await glass.enlarge(parameters, small, { signal }) },
    { name: { en: 'untrained network', zh: '未训练的网络' }, pictures: await glass.enlarge(blank, small, { signal }) },
    { name: { en: 'bicubic interpolation', zh: '双三次插值' }, pictures: enlargeBicubic(small, scale) },
    { name: { en: 'repeated pixels', zh: '重复像素' }, pictures: repeat(small, scale) },
  ];
  checkStop(signal);
  return {
    card,
    report: {
      title: { en: `Enlarger ${card.name}`, zh: `放大网络 ${card.name}` },
      summary: card.summary,
      facts: judged.facts,
      sections: [...comparison(held, ways, scale), await samples(held, ways)],
    },
  };
};

function comparison(truth: Pictures, ways: readonly Way[], scale: number): Section[] {
  const rows = ways.map(({ name, pictures }) => ({ name, values: [psnr(truth, pictures), ssim(truth, pictures)] }));
  return [
    {
      kind: 'table',
      title: { en: `Made ${scale} times smaller and larger again`, zh: `缩小 ${scale} 倍再放大` },
      note: { en: 'Held-out pictures, made small by the cubic kernel.', zh: '未见过的图片，以三次核缩小。' },
      columns: [
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
      bars: rows.map(({ name, values }) => ({ name: brief(name), values: [values[1]!] })),
    },
  ];
}

function samples(truth: Pictures, ways: readonly Way[]): Promise<Section> {
  const shown = evenly(countPictures(truth), SHOWN);
  const rows = [ways[2]!.pictures, ways[0]!.pictures, truth].map((pictures) => choosePictures(pictures, shown));
  return sheet({ en: 'Interpolated, this model, true', zh: '插值、本模型、原图' }, joinPictures(rows), shown.length);
}

function repeat({ data, width, height, channels }: Pictures, scale: number): Pictures {
  const [w, h] = [width * scale, height * scale];
  const out = Float32Array.from({ length: data.length * scale * scale }, (_, i) => {
    const [plane, y, x] = [Math.floor(i / (w * h)), Math.floor(i / w) % h, i % w];
    return data[(plane * height + Math.floor(y / scale)) * width + Math.floor(x / scale)]!;
  });
  return { data: out, width: w, height: h, channels };
}

function evenly(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
