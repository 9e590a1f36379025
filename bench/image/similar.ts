/**
 * Are copies found? Every picture of a folder goes into an index; changed copies of some of them look for their original.
 *
 *   node bench/image/similar.ts FOLDER [QUERIES]   ─▶ bench/results/image-similar.json
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { createRandom, type Random } from '../../src/core/index.ts';
import type { Bitmap } from '../../src/studios/image/raster/index.ts';
import {
  buildPictureIndex,
  nearestPictures,
  readPictureIndex,
  writePictureIndex,
} from '../../src/studios/image/similar/index.ts';

const [folder, asked = '300'] = process.argv.slice(2);
if (!folder) throw new Error('usage: similar.ts FOLDER [QUERIES]');

const files = readdirSync(folder)
  .filter((file) => /\.(webp|png|jpe?g)$/.test(file))
  .sort();

async function bitmapOf(picture: Sharp): Promise<Bitmap> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** A rectangle of a share of both sides, anywhere. */
async function cut(picture: Sharp, share: number, random: Random): Promise<Buffer> {
  const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
  const [width, height] = [Math.round(info.width * share), Math.round(info.height * share)];
  const left = random.integer(info.width - width + 1);
  const top = random.integer(info.height - height + 1);
  return sharp(data).extract({ left, top, width, height }).png().toBuffer();
}

const white = (file: string): Sharp => sharp(file).flatten({ background: '#ffffff' });

const CHANGES: Readonly<Record<string, (file: string, random: Random) => Promise<Sharp>>> = {
  'recompressed (JPEG 25)': async (file) => sharp(await white(file).jpeg({ quality: 25 }).toBuffer()),
  'half the size (WebP 40)': async (file) => sharp(await white(file).resize(64).webp({ quality: 40 }).toBuffer()),
  'colour shifted (hue 40°, saturation 0.7, lightness 0.9)': async (file) =>
    sharp(await white(file).modulate({ hue: 40, saturation: 0.7, brightness: 0.9 }).png().toBuffer()),
  grey: async (file) => sharp(await white(file).greyscale().png().toBuffer()),
  'cropped to 85 %': async (file, random) => sharp(await cut(white(file), 0.85, random)),
  'cropped to 70 %': async (file, random) => sharp(await cut(white(file), 0.7, random)),
  'turned by 4°': async (file) => sharp(await white(file).rotate(4, { background: '#ffffff' }).png().toBuffer()),
  'cropped to 85 %, hue 25°, JPEG 35': async (file, random) =>
    sharp(
      await sharp(await cut(white(file), 0.85, random))
        .modulate({ hue: 25 })
        .jpeg({ quality: 35 })
        .toBuffer(),
    ),
};

const started = performance.now();
const bitmaps: { readonly name: string; readonly bitmap: Bitmap }[] = [];
for (const file of files) bitmaps.push({ name: file, bitmap: await bitmapOf(sharp(join(folder, file))) });
const built = performance.now();
const index = buildPictureIndex(bitmaps);
const builtSeconds = (performance.now() - built) / 1000;
const bytes = writePictureIndex(index);
const known = readPictureIndex(bytes);

const step = Math.max(1, Math.floor(files.length / Number(asked)));
const queries = files.filter((_, i) => i % step === 0);
const rows = [];
// Other pictures than the original that the guard calls copies: some of the folder are (the same figure in another colour).
const strangers = queries.map((file) => {
  const { bitmap } = bitmaps.find(({ name }) => name === file)!;
  const others = known.entries.filter(({ name }) => name !== file);
  return nearestPictures({ ...known, entries: others }, bitmap, 1)[0]!;
});
const alarms = strangers.filter(({ copy }) => copy !== 'none').length / queries.length;
let [searched, searchMs] = [0, 0];
for (const [change, apply] of Object.entries(CHANGES)) {
  let [first, firstFive, guarded] = [0, 0, 0];
  for (const file of queries) {
    const bitmap = await bitmapOf(await apply(join(folder, file), createRandom(`${change}/${file}`)));
    const before = performance.now();
    const found = nearestPictures(known, bitmap, 5);
    searchMs += performance.now() - before;
    searched++;
    if (found[0]!.name === file) first++;
    if (found.some(({ name }) => name === file)) firstFive++;
    if (found[0]!.name === file && found[0]!.copy !== 'none') guarded++;
  }
  const share = (count: number): number => Math.round((count / queries.length) * 1000) / 1000;
  rows.push({
    change,
    queries: queries.length,
    recallAt1: share(first),
    recallAt5: share(firstFive),
    guarded: share(guarded),
  });
  console.log(rows.at(-1));
}
const result = {
  pictures: files.length,
  indexBytes: bytes.length,
  suspect: index.suspect,
  buildSeconds: Math.round(builtSeconds * 10) / 10,
  millisecondsPerSearch: Math.round(searchMs / searched),
  alarmsAmongOthers: Math.round(alarms * 1000) / 1000,
  rows,
};
writeFileSync(new URL('../results/image-similar.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(result, Math.round((performance.now() - started) / 1000));
