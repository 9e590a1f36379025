/**
 * How well holes are filled: 50 pictures with seeded masks, by our patch-based completion, by plain diffusion, and by
 * OpenCV's Telea and Navier–Stokes where bench/image/inpaint-baseline.py has been run on the folder.
 *
 *   node recipes/enlarger/make-pictures.ts DATA PIECES --held-out --paintings 27
 *   node bench/image/inpaint.ts DATA PIECES OUT --lay        writes the pictures and masks, 256 × 256
 *   python bench/image/inpaint-baseline.py OUT
 *   node bench/image/inpaint.ts DATA PIECES OUT              fills, measures, writes bench/results/inpaint.json
 *
 * PSNR counts the holes alone; SSIM is that of the whole picture.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../../src/core/index.ts';
import { bitmapOf, type Colours, complete, fillMembrane, type Holes } from '../../src/studios/image/mend/index.ts';
import { encodePng } from '../../src/studios/image/picture/index.ts';
import { pictureMetrics } from '../../src/training/index.ts';
import { drawMask, MASK_KINDS } from './masks.ts';

const SIDE = 256;
const COUNTS = { paintings: 30, emoji: 10, textures: 10 };
const WAYS = ['patches', 'diffusion', 'telea', 'navier-stokes'] as const;

interface Case {
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly picture: Colours;
  readonly holes: Holes;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lay: { type: 'boolean', default: false }, few: { type: 'string', default: '50' } },
});
const [data, pieces, out] = positionals;
if (!data || !pieces || !out) throw new Error('name the data, the pieces and a folder to work in');
mkdirSync(out, { recursive: true });
const cases = (await collect()).slice(0, Number(values.few));
if (values.lay) for (const one of cases) await lay(one);
else await measure();

async function collect(): Promise<Case[]> {
  const busy = await busiest(join(pieces!, 'paintings'), COUNTS.paintings);
  const emoji = readdirSync(join(pieces!, 'emoji')).sort().slice(0, COUNTS.emoji);
  const files = [
    ...busy.map((file) => ({ group: 'paintings', load: () => read(join(pieces!, 'paintings', file)) })),
    ...emoji.map((file) => ({ group: 'emoji', load: () => read(join(pieces!, 'emoji', file)) })),
    ...Array.from({ length: COUNTS.textures }, (_, i) => ({ group: 'textures', load: () => texture(i) })),
  ];
  const list: Case[] = [];
  for (const [i, { group, load }] of files.entries()) {
    const kind = MASK_KINDS[i % MASK_KINDS.length]!;
    const mask = drawMask(kind, SIDE, SIDE, createRandom(`inpaint/${i}`));
    const name = `${String(i).padStart(2, '0')}-${group}-${kind}`;
    list.push({ name, group, kind, picture: await load(), holes: { width: SIDE, height: SIDE, data: mask } });
  }
  return list;
}

/** The paintings' pieces where most happens, one of each painting. */
async function busiest(folder: string, count: number): Promise<string[]> {
  const best = new Map<string, { readonly file: string; readonly unrest: number }>();
  for (const file of readdirSync(folder).sort()) {
    const { channels } = await sharp(join(folder, file))
      .greyscale()
      .convolve({
        width: 3,
        height: 3,
        kernel: [0, -1, 0, -1, 4, -1, 0, -1, 0],
      })
      .stats();
    const unrest = channels[0]!.mean;
    for (const key of [file.slice(0, -6), file]) {
      if ((best.get(key)?.unrest ?? -1) < unrest) best.set(key, { file, unrest });
    }
  }
  const first = [...best].filter(([key, { file }]) => key !== file).map(([, one]) => one);
  const rest = [...best].filter(([key]) => key.endsWith('.png')).map(([, one]) => one);
  rest.sort((a, b) => b.unrest - a.unrest);
  return [...new Set([...first, ...rest].map(({ file }) => file))].slice(0, count);
}

async function read(file: string): Promise<Colours> {
  return planes(sharp(file).removeAlpha());
}

/** A floor or wall of 32 × 32 pixels, repeated: neighbouring tiles of one row of the sheet, so that no two are alike. */
async function texture(index: number): Promise<Colours> {
  const sheet = join(data!, 'image_tiles_crawl/dngn.png');
  const { width = 0 } = await sharp(sheet).metadata();
  const random = createRandom(`texture/${index}`);
  const [left, top] = [32 * random.integer((width - SIDE) / 32), SIDE + 64 * index];
  return planes(sharp(sheet).extract({ left, top, width: SIDE, height: SIDE }).flatten({ background: '#40382c' }));
}

async function planes(picture: Sharp): Promise<Colours> {
  const { data: bytes } = await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { width: SIDE, height: SIDE, data: Float32Array.from(bytes) };
}

async function lay({ name, picture, holes }: Case): Promise<void> {
  const mask = Buffer.from(holes.data.map((hole) => 255 * hole));
  const grey = { raw: { width: SIDE, height: SIDE, channels: 1 as const } };
  await sharp(mask, grey)
    .png()
    .toFile(join(out!, `${name}.mask.png`));
  writeFileSync(join(out!, `${name}.true.png`), await encodePng(bitmapOf(picture)));
  writeFileSync(join(out!, `${name}.png`), await encodePng(bitmapOf(emptied(picture, holes))));
}

function emptied(picture: Colours, holes: Holes): Colours {
  return { ...picture, data: picture.data.map((value, i) => (holes.data[Math.floor(i / 3)] ? 0 : value)) };
}

async function measure(): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  let milliseconds = 0;
  for (const one of cases) {
    const started = performance.now();
    const ours = await fill(one, 'patches');
    milliseconds += performance.now() - started;
    const scores: Record<string, unknown> = {};
    for (const way of WAYS) {
      const filled = way === 'patches' ? ours : await fill(one, way);
      if (filled) scores[way] = score(one, filled);
    }
    rows.push({ name: one.name, group: one.group, kind: one.kind, ...scores });
    writeFileSync(join(out!, `${one.name}.patches.png`), await encodePng(bitmapOf(ours!)));
  }
  const holes = cases.reduce((sum, { holes: { data: mask } }) => sum + mask.reduce((a, b) => a + b, 0), 0);
  const summary = { all: mean(rows), ...by(rows, 'group'), ...by(rows, 'kind') };
  for (const [name, ways] of Object.entries(summary)) console.log(name.padEnd(12), JSON.stringify(ways));
  console.log(
    `${(milliseconds / cases.length).toFixed(0)} ms a picture, ${(holes / cases.length).toFixed(0)} pixels missing`,
  );
  if (cases.length < 50) return;
  const about = { pictures: cases.length, side: SIDE, holes: holes / cases.length / SIDE ** 2 };
  writeFileSync('bench/results/inpaint.json', `${JSON.stringify({ about, summary, rows }, null, 1)}\n`);
}

type Way = (typeof WAYS)[number];

async function fill({ name, picture, holes }: Case, way: Way): Promise<Colours | undefined> {
  const known = emptied(picture, holes);
  if (way === 'patches') return complete(known, holes, { random: createRandom(name), breathe: async () => {} });
  if (way === 'diffusion') return fillMembrane(known, holes);
  const file = join(out!, `${name}.${way}.png`);
  return existsSync(file) ? read(file) : undefined;
}

interface Score {
  readonly psnr: number;
  readonly ssim: number;
}

/** PSNR in the holes, SSIM of the whole. */
function score({ picture, holes }: Case, filled: Colours): Score {
  let [sum, count] = [0, 0];
  for (let i = 0; i < picture.data.length; i++) {
    if (!holes.data[Math.floor(i / 3)]) continue;
    const value = Math.max(0, Math.min(255, Math.round(filled.data[i]!)));
    sum += (value - picture.data[i]!) ** 2;
    count++;
  }
  const psnr = 10 * Math.log10(255 ** 2 / Math.max(sum / count, 1e-2));
  return { psnr: round(psnr), ssim: round(pictureMetrics.ssim(metricOf(picture), metricOf(filled)), 4) };
}

function metricOf({ width, height, data: colours }: Colours) {
  const area = width * height;
  const planar = Float32Array.from({ length: 3 * area }, (_, i) => {
    const value = colours[3 * (i % area) + Math.floor(i / area)]!;
    return Math.max(0, Math.min(255, Math.round(value))) / 127.5 - 1;
  });
  return { width, height, channels: 3, data: planar };
}

function by(rows: readonly Record<string, unknown>[], key: string) {
  const names = [...new Set(rows.map((row) => String(row[key])))];
  return Object.fromEntries(names.map((name) => [name, mean(rows.filter((row) => row[key] === name))]));
}

function mean(rows: readonly Record<string, unknown>[]): Record<string, Score> {
  const known = WAYS.filter((way) => rows.every((row) => row[way]));
  const average = (way: Way, what: keyof Score): number =>
    rows.reduce((sum, row) => sum + (row[way] as Score)[what], 0) / rows.length;
  return Object.fromEntries(
    known.map((way) => [way, { psnr: round(average(way, 'psnr')), ssim: round(average(way, 'ssim'), 4) }]),
  );
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
