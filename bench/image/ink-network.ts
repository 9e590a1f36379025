/**
 * How the ink network paints: scenes it never saw beside the careful painter's, and sketches drawn by hand for this test.
 *
 *   node bench/image/ink-network.ts MODEL HELD_OUT_PAIRS TRAINING_PAIRS [--plain MODEL] [--sheet]
 *
 *   held-out pairs  ─▶ network ─▶ distance of patches, SSIM ─┬─ beside the line drawing itself
 *                                                            ├─ beside a network that learned pixels alone (--plain)
 *                                                            └─ beside the painting of the most alike training sketch
 *   rough-sketches.json ─▶ drawn by an unsteady pen, photographed ─▶ network ─▶ are the lines still there? (chamfer distance)
 *
 * The pairs come from recipes/ink/make-pairs.ts; results go to bench/results/ink-network.json, with --sheet the hand-drawn
 * sketches and what became of them to docs/pictures/ink-sketches.webp.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRandom } from '../../src/core/index.ts';
import { createHousePictureModel } from '../../src/drivers/house/index.ts';
import type { PictureModel, PixelPlanes } from '../../src/kernel/index.ts';
import type { Field } from '../../src/studios/image/raster/index.ts';
import { bitmapOf, layGrain, paintByNetwork, readySketch } from '../../src/studios/image/sketch/index.ts';
import { type Pictures, pictureMetrics } from '../../src/training/index.ts';
import { chamfer, edgesOf } from './rough/chamfer.ts';
import { drawRough } from './rough/draw-rough.ts';
import sketches from './rough-sketches.json' with { type: 'json' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { plain: { type: 'string' }, sheet: { type: 'boolean', default: false } },
});
const [folder, heldOut, training] = positionals;
if (!folder || !heldOut || !training) throw new Error('name the model, the held-out pairs and the training pairs');

const PIECE = 256;
const SHEET = new URL('../../docs/pictures/ink-sketches.webp', import.meta.url).pathname;

await using model = await createHousePictureModel(folder, { threads: 2 });
const results = {
  model: model.identity.name,
  digest: model.identity.digest,
  scenes: await measureScenes(model),
  sketches: await measureSketches(model),
  time: await measureTime(model),
};
writeFileSync(new URL('../results/ink-network.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));

async function measureScenes(painter: PictureModel) {
  const truth = await readPairs(heldOut!);
  const known = await readPairs(training!, 400);
  const plainly = await paintAll(painter, truth.sketches);
  const painted = grained(plainly);
  const alike = pictureMetrics.nearest(known.sketches, truth.sketches, 'patch').map(({ index }) => index);
  const rows: Record<string, Pictures> = {
    'this network': painted,
    'this network without the grain of paper': plainly,
    'the line drawing itself': inColour(truth.sketches),
    'painting of the most alike training sketch': chosen(known.pictures, alike),
    'blank paper': blank(truth.pictures),
  };
  if (values.plain) {
    await using plain = await createHousePictureModel(values.plain, { threads: 2 });
    rows['a network that learned pixels alone, with the grain'] = grained(await paintAll(plain, truth.sketches));
  }
  const measured = Object.entries(rows).map(([name, pictures]) => {
    return [name, distancesOf(pictures, truth.pictures)] as const;
  });
  const table = Object.fromEntries(measured);
  const floor = halvesOf(truth.pictures);
  const [own, line] = [table['this network']!, table['the line drawing itself']!];
  const share = { colour: round(own.colour / line.colour), texture: round(own.texture / line.texture) };
  const copies = {
    painted: nearness(painted, known.pictures),
    carefulPainter: nearness(truth.pictures, known.pictures),
  };
  return {
    pairs: countOf(truth.pictures),
    shareOfLineDrawing: share,
    textureOfOneHalfToTheOther: floor,
    table,
    nearestTrainingPicture: copies,
  };
}

/**
 * Sliced Wasserstein distances of patches, and SSIM. `colour`: patches at the same places of the same pairs, with lightness,
 * colour and contrast as they are; `texture`: all patches against all, each brought to one mean and deviation (Karras et al., 2018).
 */
function distancesOf(pictures: Pictures, truth: Pictures) {
  const colour = pictureMetrics.slicedWasserstein(pictures, truth, { scale: 'second', paired: true });
  const texture = pictureMetrics.slicedWasserstein(pictures, truth);
  return {
    colour: round(colour.mean),
    texture: round(texture.mean),
    levels: texture.levels.map(round),
    ssim: round(pictureMetrics.ssim(pictures, truth)),
  };
}

/** What the texture distance of the careful painter to itself is: one half of the scenes beside the other. */
function halvesOf(truth: Pictures): number {
  const half = (from: number): Pictures =>
    chosen(
      truth,
      Array.from({ length: countOf(truth) }, (_, i) => i).filter((i) => Math.floor(i / 5) % 2 === from),
    );
  return round(pictureMetrics.slicedWasserstein(half(0), half(1)).mean);
}

/** With the grain of rice paper, as the op lays it. */
function grained(pictures: Pictures): Pictures {
  const { width, height, channels } = pictures;
  const area = width * height * channels;
  const data = new Float32Array(pictures.data.length);
  for (let n = 0; n < countOf(pictures); n++) {
    const one = bitmapOf({ width, height, channels, data: pictures.data.slice(n * area, (n + 1) * area) });
    const laid = layGrain(one, 1, createRandom(`${n} paper`)).data;
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) data[n * area + c * width * height + i] = laid[4 * i + c]! / 127.5 - 1;
    }
  }
  return { ...pictures, data };
}

/** How near the nearest training picture is: the smallest and the middle distance. A copier would be far nearer than new paintings are. */
function nearness(pictures: Pictures, known: Pictures) {
  const distances = pictureMetrics
    .nearest(known, pictures, 'patch')
    .map(({ distance }) => distance)
    .sort((a, b) => a - b);
  return { least: round(distances[0]!), median: round(distances[distances.length >> 1]!) };
}

async function measureSketches(painter: PictureModel) {
  const rows: { name: string; chamfer: number; kept: number; chance: number }[] = [];
  let other: Field | undefined;
  const cells: Buffer[] = [];
  for (const [name, lines] of Object.entries(sketches)) {
    const photo = drawRough(lines, 512, name);
    const ready = readySketch(photo);
    const painted = await paintByNetwork(ready, painter, { seed: 1, signal: new AbortController().signal });
    const edges = edgesOf(painted);
    const { mean, within } = chamfer(ready.ink, edges, 3);
    // Chance: the lines of this sketch looked for in the painting of the one before.
    const chance = other ? chamfer(ready.ink, other, 3).within : 0;
    other = edges;
    rows.push({ name, chamfer: round(mean), kept: round(within), chance: round(chance) });
    for (const { width, height, data } of [photo, painted]) {
      cells.push(
        await sharp(data, { raw: { width, height, channels: 4 } })
          .resize(192)
          .png()
          .toBuffer(),
      );
    }
  }
  if (values.sheet) await writeSheet(cells);
  const mean = (pick: (row: (typeof rows)[number]) => number): number =>
    round(rows.reduce((sum, row) => sum + pick(row), 0) / rows.length);
  return {
    count: rows.length,
    chamferPixels: mean((row) => row.chamfer),
    within3: mean((row) => row.kept),
    chance: mean((row) => row.chance),
    rows,
  };
}

/** Seconds of one painting of 1024², after a first one that makes the network ready, and with it. */
async function measureTime(painter: PictureModel) {
  const photo = drawRough(Object.values(sketches)[0]!, 1024, 'time');
  const seconds: number[] = [];
  for (let i = 0; i < 3; i++) {
    const began = performance.now();
    await paintByNetwork(readySketch(photo), painter, { seed: 1, signal: new AbortController().signal });
    seconds.push(round((performance.now() - began) / 1000));
  }
  return { pixels: '1024×1024, cleaning included', first: seconds[0], later: Math.min(...seconds.slice(1)) };
}

async function writeSheet(cells: readonly Buffer[]): Promise<void> {
  const [columns, size, gap] = [10, 192, 6];
  const rows = Math.ceil(cells.length / columns);
  const [width, height] = [columns * (size + gap) + gap, rows * (size + gap) + gap];
  await sharp({ create: { width, height, channels: 3, background: '#8a857a' } })
    .composite(
      cells.map((input, i) => ({
        input,
        left: gap + (i % columns) * (size + gap),
        top: gap + Math.floor(i / columns) * (size + gap),
      })),
    )
    .webp({ quality: 80 })
    .toFile(SHEET);
}

async function readPairs(from: string, most = Infinity): Promise<{ sketches: Pictures; pictures: Pictures }> {
  const all = readdirSync(from).filter((file) => file.endsWith('.png'));
  const step = Math.max(1, Math.ceil(all.length / most));
  const files = all.sort().filter((_, i) => i % step === 0);
  const area = PIECE * PIECE;
  const lines = new Float32Array(files.length * area);
  const colours = new Float32Array(files.length * 3 * area);
  for (const [n, file] of files.entries()) {
    const data = await sharp(join(from, file)).removeAlpha().raw().toBuffer();
    for (let i = 0; i < area; i++) {
      const at = 3 * (Math.floor(i / PIECE) * 2 * PIECE + (i % PIECE));
      lines[n * area + i] = data[at]! / 127.5 - 1;
      for (let c = 0; c < 3; c++) colours[(3 * n + c) * area + i] = data[at + 3 * PIECE + c]! / 127.5 - 1;
    }
  }
  const size = { width: PIECE, height: PIECE };
  return { sketches: { ...size, channels: 1, data: lines }, pictures: { ...size, channels: 3, data: colours } };
}

async function paintAll(painter: PictureModel, { data, width, height }: Pictures): Promise<Pictures> {
  const area = width * height;
  const out = new Float32Array(3 * data.length);
  for (let i = 0; i < data.length / area; i++) {
    const from: PixelPlanes = { width, height, channels: 1, data: data.slice(i * area, (i + 1) * area) };
    out.set((await painter.make({ seed: 1, from })).data, 3 * i * area);
  }
  return { width, height, channels: 3, data: out };
}

function inColour({ data, width, height }: Pictures): Pictures {
  const area = width * height;
  const out = Float32Array.from(
    { length: 3 * data.length },
    (_, i) => data[Math.floor(i / (3 * area)) * area + (i % area)]!,
  );
  return { width, height, channels: 3, data: out };
}

/** Paper of the mean colour everywhere. */
function blank(pictures: Pictures): Pictures {
  const area = pictures.width * pictures.height;
  const sums = [0, 0, 0];
  pictures.data.forEach((value, i) => {
    sums[Math.floor(i / area) % 3]! += value;
  });
  const each = pictures.data.length / 3;
  return { ...pictures, data: pictures.data.map((_, i) => sums[Math.floor(i / area) % 3]! / each) };
}

function chosen(pictures: Pictures, indices: readonly number[]): Pictures {
  const area = pictures.width * pictures.height * pictures.channels;
  const data = new Float32Array(indices.length * area);
  for (const [i, index] of indices.entries())
    data.set(pictures.data.subarray(index * area, (index + 1) * area), i * area);
  return { ...pictures, data };
}

function countOf({ data, width, height, channels }: Pictures): number {
  return data.length / (width * height * channels);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
