/**
 * How well backgrounds are taken away: held-out emoji, whose own outline is known, on plain, graded and painted grounds.
 *
 *   node bench/image/cut-out.ts DATA PIECES [--count 40] [--show FOLDER]
 *
 * DATA holds _heldout/image_emoji_fluent3d; PIECES is the folder that recipes/enlarger/make-pictures.ts --held-out makes. IoU of what is more
 * than half opaque; mean |difference| of alpha along the outline; how often the confidence told good (IoU above 0.9) from
 * bad. Writes bench/results/cut-out.json.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRandom, type Random } from '../../src/core/index.ts';
import { cutOut } from '../../src/studios/image/cut-out/index.ts';
import { encodePng } from '../../src/studios/image/picture/index.ts';
import type { Bitmap } from '../../src/studios/image/raster/index.ts';

const SIDE = 256;
const GROUNDS = ['plain', 'graded', 'painted'] as const;
type Ground = (typeof GROUNDS)[number];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '40' }, show: { type: 'string' } },
});
const [data, pieces] = positionals;
if (!data || !pieces) throw new Error('name the folder of the data and that of the pieces');
const emoji = join(data, '_heldout/image_emoji_fluent3d/webp128');
const files = readdirSync(emoji).sort();
const paintings = readdirSync(join(pieces, 'paintings')).sort();
const rows: { ground: Ground; name: string; iou: number; edge: number; confidence: number; milliseconds: number }[] =
  [];
if (values.show) mkdirSync(values.show, { recursive: true });

for (let i = 0; i < Number(values.count); i++) {
  const name = files[Math.floor((i * files.length) / Number(values.count))]!;
  for (const ground of GROUNDS) await measure(name, ground, createRandom(`cut-out/${i}/${ground}`));
}
report();

async function measure(name: string, ground: Ground, random: Random): Promise<void> {
  const { picture, alpha } = await composite(join(emoji, name), ground, random);
  const started = performance.now();
  const made = cutOut(picture, { random: createRandom('cut-out') });
  const milliseconds = performance.now() - started;
  const [iou, edge] = made ? agreement(made.bitmap, alpha) : [0, 1];
  rows.push({ ground, name, iou, edge, confidence: made?.confidence ?? 0, milliseconds });
  if (!values.show) return;
  const path = join(values.show, `${name.slice(0, 24)}-${ground}`);
  writeFileSync(`${path}.png`, await encodePng(picture));
  if (made) writeFileSync(`${path}.cut.png`, await encodePng(made.bitmap));
}

/** An emoji of 100 to 200 pixels somewhere on the ground. */
async function composite(file: string, ground: Ground, random: Random) {
  const size = 100 + random.integer(101);
  const margin = 8 + random.integer(SIDE - size - 16);
  const [left, top] = [margin, 8 + random.integer(SIDE - size - 16)];
  const subject = await sharp(file).resize(size, size).png().toBuffer();
  const empty = {
    create: { width: SIDE, height: SIDE, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  };
  const alpha = await sharp(empty)
    .composite([{ input: subject, left, top }])
    .extractChannel(3)
    .raw()
    .toBuffer();
  const { data: pixels } = await sharp(await groundOf(ground, random))
    .composite([{ input: subject, left, top }])
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { picture: { width: SIDE, height: SIDE, data: new Uint8ClampedArray(pixels) }, alpha };
}

async function groundOf(ground: Ground, random: Random): Promise<Buffer> {
  if (ground === 'painted')
    return sharp(join(pieces!, 'paintings', random.pick(paintings)))
      .png()
      .toBuffer();
  const colour = (): string => `rgb(${random.integer(256)},${random.integer(256)},${random.integer(256)})`;
  const [one, other] = [colour(), ground === 'plain' ? '' : colour()];
  const angle = random.integer(360);
  const stops = `<linearGradient id="g" gradientTransform="rotate(${angle} .5 .5)"><stop offset="0" stop-color="${one}"/><stop offset="1" stop-color="${other || one}"/></linearGradient>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><defs>${stops}</defs><rect width="${SIDE}" height="${SIDE}" fill="url(#g)"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** Intersection over union, and the mean difference of alpha where the true one is neither 0 nor 1. */
function agreement({ data: made }: Bitmap, alpha: Uint8Array): [number, number] {
  let [both, either, off, edge] = [0, 0, 0, 0];
  for (let i = 0; i < alpha.length; i++) {
    const [own, found] = [alpha[i]! > 127, made[4 * i + 3]! > 127];
    both += Number(own && found);
    either += Number(own || found);
    if (alpha[i]! < 10 || alpha[i]! > 245) continue;
    off += Math.abs(alpha[i]! - made[4 * i + 3]!) / 255;
    edge++;
  }
  return [either > 0 ? both / either : 1, edge > 0 ? off / edge : 0];
}

function report(): void {
  const round = (value: number): number => Number(value.toFixed(3));
  const mean = (list: readonly number[]): number => round(list.reduce((a, b) => a + b, 0) / Math.max(1, list.length));
  const median = (list: readonly number[]): number => round([...list].sort((a, b) => a - b)[list.length >> 1] ?? 0);
  const summaries = GROUNDS.map((ground) => {
    const own = rows.filter((row) => row.ground === ground);
    const sure = own.filter(({ confidence }) => confidence >= 0.5);
    return {
      ground,
      pictures: own.length,
      iou: mean(own.map(({ iou }) => iou)),
      medianIou: median(own.map(({ iou }) => iou)),
      edge: mean(own.map(({ edge }) => edge)),
      taken: sure.length,
      iouOfTaken: mean(sure.map(({ iou }) => iou)),
      milliseconds: median(own.map((row) => row.milliseconds)),
    };
  });
  for (const summary of summaries) console.log(JSON.stringify(summary));
  for (const limit of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
    const right = rows.filter(({ iou, confidence }) => iou > 0.9 === confidence >= limit).length;
    const bad = rows.filter(({ iou, confidence }) => iou <= 0.9 && confidence >= limit).length;
    console.log(`confidence ${limit}: ${right} of ${rows.length} told rightly, ${bad} bad ones taken`);
  }
  if (values.show) return;
  writeFileSync('bench/results/cut-out.json', `${JSON.stringify({ summaries, rows }, null, 1)}\n`);
}
