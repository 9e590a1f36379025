/**
 * Scores the sticker model on names it never learned:
 *
 *   node bench/image/stickers.ts MODEL SHEETS [--each 4] [--sheet docs/pictures/stickers.webp] [--out bench/results/stickers.json]
 *
 * SHEETS is what recipes/stickers/prepare.ts made. A judge trained on real pictures (stickers/judge.ts) says what samples
 * show: which category, and which of the names that were held out; beside it stand the real pictures of those names, and
 * chance. Then: how near samples come to what was learned, beside held-out pictures; sliced Wasserstein distance and diversity;
 * seconds for one sticker of 20 steps. The sheet shows first seeds, unpicked.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import {
  diffusion,
  loadPictureAtlas,
  type PictureSet,
  type Pictures,
  pictureMetrics,
  splitPictures,
  words,
} from '../../src/training/index.ts';
import { featuresOf, hits, learnJudge } from './stickers/judge.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: 'string', default: '4' },
    names: { type: 'string' },
    guidance: { type: 'string', default: '3' },
    sheet: { type: 'string' },
    out: { type: 'string', default: 'bench/results/stickers.json' },
  },
});
const [folder, sheets] = positionals;
if (!folder || !sheets) throw new Error('usage: stickers.ts MODEL SHEETS');
const [EACH, STEPS, GUIDANCE, SIDE] = [Number(values.each), 20, Number(values.guidance), 48];
/** On the sheet: names that were learned and names that were not, in both languages. */
const SHOWN = ['red apple', '巴士', 'house', '船', 'smiling face', '猫头鹰', 'heart', '机器人'];

await using model = await diffusion.createDiffusionModel(folder);
const vectors = words.loadWordFolder(join(folder, 'words')).vectors;
const learning = model.card.learning as { readonly validationShare: number };
const set = await loadPictureAtlas(sheets, { width: SIDE, take: ({ caption }) => caption?.style !== 'icon' });
const { train, validation } = splitPictures(set, { share: learning.validationShare });
if (!validation) throw new Error('nothing is held out');
const unseen = chosen(validation, (path) => /flat\/0$/.test(path)).slice(0, Number(values.names ?? 1000));
const samples = await makeSamples();
const real = pictures(validation, unseen);
const result = {
  model: { name: model.card.name, digest: model.digest },
  machine: cpus()[0]?.model,
  names: unseen.length,
  samples: unseen.length * EACH,
  steps: STEPS,
  guidance: GUIDANCE,
  category: categories(),
  name: names(),
  copying: copying(),
  distance: distances(),
  secondsFor20Steps: await seconds(),
};
console.log(JSON.stringify(result, null, 2));
writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
if (values.sheet) await drawSheet(values.sheet);

function chosen({ labels }: PictureSet, wanted: (source: string) => boolean): number[] {
  return labels.flatMap(({ source }, i) => (wanted(source) ? [i] : []));
}

function pictures(from: PictureSet, indices: readonly number[]): Pictures {
  return { data: from.batch(indices), width: SIDE, height: SIDE, channels: 3 };
}

/** EACH of every held-out name, flat, by turns in English and Chinese; brought to SIDE. */
async function makeSamples(): Promise<Pictures> {
  const asked = unseen.flatMap((index) => {
    const { names } = validation!.labels[index]!.caption!;
    return Array.from({ length: EACH }, (_, k) => ({ words: [{ text: names[k % names.length]! }], style: 'flat' }));
  });
  const request = { count: asked.length, seed: 'bench', steps: STEPS, guidance: GUIDANCE, prompts: asked };
  const { data, width, height } = await model.sample(request);
  const area = 3 * width * height;
  const parts: Float32Array[] = [];
  for (let i = 0; i < asked.length; i++) parts.push(await smaller(data.subarray(i * area, (i + 1) * area), width));
  return { data: Float32Array.from(parts.flatMap((part) => [...part])), width: SIDE, height: SIDE, channels: 3 };
}

async function smaller(planes: Float32Array, side: number): Promise<Float32Array> {
  const area = side * side;
  const bytes = Uint8Array.from(
    { length: 3 * area },
    (_, i) => 127.5 * (planes[(i % 3) * area + Math.floor(i / 3)]! + 1),
  );
  const raw = await sharp(bytes, { raw: { width: side, height: side, channels: 3 } })
    .resize(SIDE, SIDE)
    .raw()
    .toBuffer();
  const own = SIDE * SIDE;
  return Float32Array.from({ length: 3 * own }, (_, i) => raw[3 * (i % own) + Math.floor(i / own)]! / 127.5 - 1);
}

/** The judge's category of samples and of real pictures of the same names. */
function categories() {
  const listed = [...new Set(train.labels.map(({ category }) => category))].toSorted();
  const column = new Map(listed.map((category, i) => [category, i]));
  const targets = new Float64Array(train.count * listed.length);
  train.labels.forEach(({ category }, i) => {
    targets[i * listed.length + column.get(category)!] = 1;
  });
  const judge = learnJudge(featuresOf(pictures(train, everyOf(train))), targets, listed.length);
  const wanted = unseen.map((index) => column.get(validation!.labels[index]!.category) ?? -1);
  const judged = (of: Pictures, answers: readonly number[]) =>
    hits(judge.predict(featuresOf(of)), listed.length, answers);
  return {
    categories: listed.length,
    samples: judged(
      samples,
      wanted.flatMap((one) => Array<number>(EACH).fill(one)),
    ),
    real: judged(real, wanted),
  };
}

/** Which held-out name a picture is taken for: from features to word vectors, then the nearest of the names. */
function names() {
  const { dimensions } = vectors;
  const vector = (text: string): Float32Array => vectors.textVector(text) ?? new Float32Array(dimensions);
  const targets = Float64Array.from(train.labels.flatMap(({ name }) => [...vector(name)]));
  const judge = learnJudge(featuresOf(pictures(train, everyOf(train))), targets, dimensions);
  const known = unseen.map((index) => vector(validation!.labels[index]!.name));
  const mean = Float64Array.from({ length: dimensions }, (_, d) => {
    return targets.reduce((sum, value, i) => (i % dimensions === d ? sum + value : sum), 0) / train.count;
  });
  const judged = (of: Pictures, answers: readonly number[]) => {
    const found = judge.predict(featuresOf(of));
    const rows = Float64Array.from(
      answers.flatMap((_, i) =>
        known.map((name) => cosine(found.subarray(i * dimensions, (i + 1) * dimensions), name, mean)),
      ),
    );
    return hits(rows, known.length, answers);
  };
  const wanted = unseen.map((_, i) => i);
  return {
    samples: judged(
      samples,
      wanted.flatMap((one) => Array<number>(EACH).fill(one)),
    ),
    real: judged(real, wanted),
  };
}

function cosine(a: Float64Array, b: Float32Array, mean: Float64Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < b.length; i++) {
    const [x, y] = [a[i]! - mean[i]!, b[i]! - mean[i]!];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot / Math.sqrt(aa * bb + 1e-12);
}

function everyOf({ count }: PictureSet): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Distance to the nearest picture learned from: samples beside pictures that were held out. */
function copying() {
  const known = chosen(train, (path) => path.endsWith('/0'));
  const learned = smallOf(pictures(train, known));
  const [made, others] = [distancesTo(learned, samples), distancesTo(learned, real)];
  const threshold = others[Math.floor(0.05 * others.length)]!;
  return {
    samples: quantiles(made),
    heldOut: quantiles(others),
    nearerThan95PercentOfHeldOut: made.filter((distance) => distance < threshold).length / made.length,
  };
}

function smallOf({ data }: Pictures): Uint8Array[] {
  const area = 3 * SIDE * SIDE;
  return Array.from({ length: data.length / area }, (_, i) =>
    diffusion.smallPicture({ width: SIDE, height: SIDE, data: data.subarray(i * area, (i + 1) * area) }),
  );
}

function distancesTo(learned: readonly Uint8Array[], of: Pictures): number[] {
  const all = Uint8Array.from(learned.flatMap((one) => [...one]));
  return smallOf(of)
    .map((one) => diffusion.nearestSmall(one, all).distance)
    .sort((a, b) => a - b);
}

function quantiles(sorted: readonly number[]) {
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { least: at(0), fifth: at(0.05), median: at(0.5), ninetyFifth: at(0.95) };
}

/** Patch statistics of samples, beside as many pictures learned from. */
function distances() {
  const learned = chosen(train, (path) => /flat\/0$/.test(path));
  const some = pictures(
    train,
    learned.filter((_, i) => i % Math.ceil(learned.length / unseen.length) === 0),
  );
  const wasserstein = (of: Pictures): number => pictureMetrics.slicedWasserstein(of, real).mean;
  return {
    slicedWasserstein: { samples: wasserstein(samples), learned: wasserstein(some) },
    diversity: { samples: pictureMetrics.diversity(samples), learned: pictureMetrics.diversity(some) },
  };
}

/** One sticker, guidance and decoder included, after one to warm up; the least of three. */
async function seconds(): Promise<number> {
  const request = { count: 1, seed: 1, steps: STEPS, guidance: GUIDANCE, prompts: [{ words: [{ text: 'cat' }] }] };
  const took: number[] = [];
  for (let i = 0; i < 4; i++) {
    const began = performance.now();
    await model.sample(request);
    took.push((performance.now() - began) / 1000);
  }
  return Math.min(...took.slice(1));
}

/** Eight names across; each style of the model with two seeds, three where it has but one, down. */
async function drawSheet(file: string): Promise<void> {
  const own = model.config.words?.styles ?? [];
  const styles = own.flatMap((style) => Array<string>(own.length > 1 ? 2 : 3).fill(style));
  const prompts = styles.flatMap((style) => SHOWN.map((text) => ({ words: [{ text }], style })));
  const made = await model.sample({ count: prompts.length, seed: 1, steps: STEPS, guidance: GUIDANCE, prompts });
  const area = made.width * made.height;
  const pieces = prompts.map((_, i) => {
    const planes = made.data.subarray(i * 3 * area, (i + 1) * 3 * area);
    const bytes = Buffer.from(
      Uint8Array.from({ length: 3 * area }, (__, k) => 127.5 * (planes[(k % 3) * area + Math.floor(k / 3)]! + 1)),
    );
    const raw = { width: made.width, height: made.height, channels: 3 as const };
    return { input: bytes, raw, left: (i % 8) * (made.width + 4), top: Math.floor(i / 8) * (made.height + 4) };
  });
  const size = { width: 8 * (made.width + 4) - 4, height: styles.length * (made.height + 4) - 4 };
  await sharp({ create: { ...size, channels: 3, background: '#ffffff' } })
    .composite(pieces)
    .webp({ quality: 86 })
    .toFile(file);
}
