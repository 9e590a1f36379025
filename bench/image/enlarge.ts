/**
 * How well pictures are made larger: held-out pictures made small by three kernels (four times: by the cubic one) and large again, by the network, by
 * Lanczos and by cubic interpolation; twice and four times. Then the time a megapixel takes.
 *
 *   node recipes/enlarger/make-pictures.ts DATA PIECES --held-out --paintings 27
 *   node bench/image/enlarge.ts PIECES [--model models/enlarger] [--show FOLDER]
 *
 * PSNR and SSIM are means over pictures, in sRGB, four pixels at every edge left out. Writes bench/results/enlarge.json.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { enlargeByLanczos } from '../../src/studios/image/mend/index.ts';
import {
  createEnlarger,
  type Enlarger,
  enlargeBicubic,
  pictureMetrics,
  SHRINKERS,
  shrink,
} from '../../src/training/index.ts';

type Pictures = Parameters<typeof enlargeBicubic>[0];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: 'models/enlarger' },
    show: { type: 'string' },
    each: { type: 'string', default: '8' },
  },
});
const pieces = positionals[0];
if (!pieces) throw new Error('name the folder of the pieces');
await using enlarger = await createEnlarger(values.model, { threads: 2 });
const groups = ['paintings', 'emoji'] as const;
const KERNELS = ['box', 'cubic', 'lanczos'] as const;
const EDGE = 4;

const rows = [];
for (const times of [2, 4]) {
  for (const group of groups) {
    for (const kernel of times === 2 ? KERNELS : (['cubic'] as const)) rows.push(await measure(group, kernel, times));
  }
}
for (const row of rows) console.log(JSON.stringify(row));
const speed = await timeMegapixels();
console.log(JSON.stringify(speed));
if (values.each === '8') {
  writeFileSync('bench/results/enlarge.json', `${JSON.stringify({ rows, speed }, null, 1)}\n`);
}

async function measure(group: (typeof groups)[number], kernel: (typeof KERNELS)[number], times: number) {
  const files = readdirSync(join(pieces!, group)).sort();
  const count = Math.min(Number(values.each), files.length);
  const scores: Record<string, { psnr: number; ssim: number }> = {};
  for (let i = 0; i < count; i++) {
    const truth = await read(join(pieces!, group, files[Math.floor((i * files.length) / count)]!));
    const small = rounded(shrink(truth, times, { kernel: SHRINKERS[kernel](times), blocks: 0 }));
    const ways = {
      network: await byNetwork(enlarger, small, times),
      lanczos: byLanczos(small, times),
      cubic: enlargeBicubic(small, times),
    };
    for (const [name, made] of Object.entries(ways)) {
      const [a, b] = [inner(truth), inner(rounded(made))];
      scores[name] ??= { psnr: 0, ssim: 0 };
      scores[name].psnr += Math.min(60, pictureMetrics.psnr(a, b)) / count;
      scores[name].ssim += pictureMetrics.ssim(a, b) / count;
    }
    if (values.show && i < 4) await show(`${group}-${kernel}-${times}-${i}`, [ways.lanczos, ways.network, truth]);
  }
  const short = Object.entries(scores).map(([name, { psnr, ssim }]) => [
    name,
    { psnr: Number(psnr.toFixed(2)), ssim: Number(ssim.toFixed(4)) },
  ]);
  return { times, group, kernel, pictures: count, ...Object.fromEntries(short) };
}

async function byNetwork({ enlarge, config }: Enlarger, small: Pictures, times: number): Promise<Pictures> {
  let made = small;
  for (let by = 1; by < times; by *= config.scale) made = await enlarge(made);
  return made;
}

function byLanczos({ data, width, height }: Pictures, times: number): Pictures {
  const area = width * height;
  const pixels = new Uint8ClampedArray(4 * area).fill(255);
  for (let i = 0; i < 3 * area; i++) pixels[4 * (i % area) + Math.floor(i / area)] = byteOf(data[i]!);
  const made = enlargeByLanczos({ width, height, data: pixels }, times);
  const large = made.width * made.height;
  const planes = Float32Array.from({ length: 3 * large }, (_, i) => {
    return made.data[4 * (i % large) + Math.floor(i / large)]! / 127.5 - 1;
  });
  return { data: planes, width: made.width, height: made.height, channels: 3 };
}

async function read(file: string): Promise<Pictures> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return planar(data, info.width, info.height);
}

function planar(bytes: Uint8Array, width: number, height: number): Pictures {
  const area = width * height;
  const data = Float32Array.from(
    { length: 3 * area },
    (_, i) => bytes[3 * (i % area) + Math.floor(i / area)]! / 127.5 - 1,
  );
  return { data, width, height, channels: 3 };
}

function byteOf(value: number): number {
  return Math.max(0, Math.min(255, Math.round((value + 1) * 127.5)));
}

/** As a file of 8 bits a channel would have it. */
function rounded(pictures: Pictures): Pictures {
  return { ...pictures, data: pictures.data.map((value) => byteOf(value) / 127.5 - 1) };
}

function inner({ data, width, height }: Pictures): Pictures {
  const [w, h] = [width - 2 * EDGE, height - 2 * EDGE];
  const out = Float32Array.from({ length: 3 * w * h }, (_, i) => {
    const [c, y, x] = [Math.floor(i / (w * h)), Math.floor(i / w) % h, i % w];
    return data[(c * height + y + EDGE) * width + x + EDGE]!;
  });
  return { data: out, width: w, height: h, channels: 3 };
}

/** The best of three runs, a picture of 512 × 512 made 1024 × 1024; interleaved with Lanczos. */
async function timeMegapixels() {
  const files = readdirSync(join(pieces!, 'paintings')).sort();
  const part = await read(join(pieces!, 'paintings', files[0]!));
  const small = enlargeBicubic(part, 2);
  const times = { network: Number.POSITIVE_INFINITY, lanczos: Number.POSITIVE_INFINITY };
  for (let run = 0; run < 3; run++) {
    for (const [way, work] of [
      ['network', () => enlarger.enlarge(small)],
      ['lanczos', () => byLanczos(small, 2)],
    ] as const) {
      const started = performance.now();
      await work();
      times[way] = Math.min(times[way], performance.now() - started);
    }
  }
  const megapixels = (4 * small.width * small.height) / 1e6;
  return {
    threads: 2,
    secondsPerMegapixel: Number((times.network / 1000 / megapixels).toFixed(2)),
    lanczos: Number((times.lanczos / 1000 / megapixels).toFixed(3)),
  };
}

async function show(name: string, pictures: readonly Pictures[]): Promise<void> {
  mkdirSync(values.show!, { recursive: true });
  const { width, height } = pictures[0]!;
  const area = width * height;
  const bytes = new Uint8Array(3 * area * pictures.length);
  for (const [p, { data }] of pictures.entries()) {
    for (let i = 0; i < area; i++) {
      const to = 3 * ((Math.floor(i / width) * pictures.length + p) * width + (i % width));
      for (let c = 0; c < 3; c++) bytes[to + c] = byteOf(data[c * area + i]!);
    }
  }
  const raw = { width: width * pictures.length, height, channels: 3 as const };
  await sharp(bytes, { raw })
    .png()
    .toFile(join(values.show!, `${name}.png`));
}
