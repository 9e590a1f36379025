/** Picture sets, with tiny pictures made on the spot. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import {
  createPictureBatches,
  createPictureSet,
  formatContactSheet,
  loadEmojiPictures,
  loadPictureAtlas,
  loadPictureFolder,
  type PictureSet,
  readPicture,
  splitPictures,
  toBytes,
} from './index.ts';

let folder = '';
const at = (...parts: string[]): string => join(folder, ...parts);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmagentos-pictures-'));
});
after(() => rm(folder, { recursive: true }));

/** A PNG (or other) of one colour with alpha. */
const plain = (width: number, height: number, colour: readonly number[]) => {
  const [r = 0, g = 0, b = 0, a = 255] = colour;
  const pixels = Buffer.from(Array.from({ length: width * height }, () => [r, g, b, a]).flat());
  return sharp(pixels, { raw: { width, height, channels: 4 } });
};

const many = (count: number): PictureSet =>
  createPictureSet(
    Array.from({ length: count }, (_, i) => ({
      label: { name: `${i}`, tags: [], category: '', source: `${i}`, key: `${i}` },
      bytes: Uint8Array.of(i, 255 - i),
    })),
    { width: 2, height: 1, channels: 1 },
  );

const coded = (code: string) => (error: unknown) => (error as { code: string }).code === code;

test('a folder becomes a set in the order of its paths, broken and huge files are listed with a reason', async () => {
  await mkdir(at('art', 'sea'), { recursive: true });
  await plain(4, 4, [255, 0, 0]).png().toFile(at('art', 'b_red.png'));
  await plain(4, 4, [0, 0, 255])
    .jpeg({ quality: 100 })
    .toFile(at('art', 'sea', 'blue.JPG'));
  await plain(4, 4, [0, 255, 0]).webp({ lossless: true }).toFile(at('art', 'a.webp'));
  await plain(40, 40, [0, 0, 0]).png().toFile(at('art', 'huge.png'));
  await writeFile(at('art', 'broken.png'), 'not a picture');
  await writeFile(at('art', 'empty.gif'), '');
  const whole = await plain(64, 64, [9, 9, 9]).png({ compressionLevel: 0 }).toBuffer();
  await writeFile(at('art', 'torn.png'), whole.subarray(0, 900));
  await writeFile(at('art', 'notes.txt'), 'no picture, not asked for');
  const set = await loadPictureFolder(at('art'), { width: 2, mostPixels: 64 * 64, mostBytes: 20_000 });
  assert.deepEqual(
    set.labels.map(({ source, category }) => [source, category]),
    [
      ['a.webp', ''],
      ['b_red.png', ''],
      ['huge.png', ''],
      ['sea/blue.JPG', 'sea'],
    ],
  );
  assert.deepEqual(
    set.skipped.map(({ file }) => file.split('/').at(-1)),
    ['broken.png', 'empty.gif', 'torn.png'],
  );
  for (const { reason } of set.skipped) assert.ok(reason.en.length > 5 && /\p{Script=Han}/u.test(reason.zh));
  assert.deepEqual([...set.batch([1]).slice(0, 4)], [1, 1, 1, 1]);
  assert.deepEqual([...set.batch([1]).slice(4)], Array(8).fill(-1));
  const small = await loadPictureFolder(at('art'), { width: 2, mostPixels: 100 });
  assert.match(small.skipped.find(({ file }) => file.endsWith('huge.png'))!.reason.en, /pixels/);
  assert.notEqual(small.digest, set.digest);
  assert.equal((await loadPictureFolder(at('art'), { width: 2, mostPixels: 64 * 64 })).digest, set.digest);
});

test('a moving picture gives its first frame, or is passed over where that is asked', async () => {
  await mkdir(at('moving'));
  const frames = await Promise.all(
    [plain(4, 4, [255, 255, 255]), plain(4, 4, [0, 0, 0])].map((one) => one.png().toBuffer()),
  );
  await sharp(frames, { join: { animated: true } })
    .gif()
    .toFile(at('moving', 'blink.gif'));
  const set = await loadPictureFolder(at('moving'), { width: 4, channels: 1 });
  assert.deepEqual([...set.batch([0])], Array(16).fill(1));
  await assert.rejects(loadPictureFolder(at('moving'), { width: 4, animated: 'skip' }), coded('training/no-pictures'));
});

test('transparent parts show the chosen colour; letterbox adds bars, crop cuts', async () => {
  await mkdir(at('alpha'));
  await plain(8, 4, [0, 0, 0, 0]).png().toFile(at('alpha', 'clear.png'));
  const first = async (options: object): Promise<number[]> => {
    const set = await loadPictureFolder(at('alpha'), { width: 4, background: '#ff0000', ...options });
    return [...set.bytes(0)];
  };
  assert.deepEqual(await first({}), [...Array(16).fill(255), ...Array(32).fill(0)]);
  await plain(8, 4, [0, 0, 255]).png().toFile(at('alpha', 'clear.png'));
  const boxed = (await first({ resampling: 'nearest' })).slice(0, 16);
  assert.deepEqual(boxed, [255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255]);
  assert.deepEqual((await first({ fit: 'crop' })).slice(0, 16), Array(16).fill(0));
});

test('an atlas is cut by its index; lines outside the sheet are listed, a broken line is named', async () => {
  await mkdir(at('atlas'));
  const pixels = Buffer.from(Array.from({ length: 8 }, (_, i) => [i * 10, 0, 0, 255]).flat());
  await sharp(pixels, { raw: { width: 4, height: 2, channels: 4 } })
    .png()
    .toFile(at('atlas', 'a.png'));
  const line = (x: number, y: number, name: string): string =>
    JSON.stringify({ atlas: 'a.png', x, y, w: 2, h: 1, name, category: 'thing', path: `a/${name}` });
  await writeFile(at('atlas', 'index.jsonl'), [line(2, 1, 'red hat'), line(0, 0, 'cap'), line(3, 0, 'out')].join('\n'));
  const set = await loadPictureAtlas(at('atlas'), { width: 2, height: 1 });
  assert.deepEqual([...set.bytes(0)], [60, 70, 0, 0, 0, 0]);
  assert.deepEqual([...set.bytes(1)], [0, 10, 0, 0, 0, 0]);
  assert.deepEqual(set.labels[0], {
    name: 'red hat',
    tags: ['red', 'hat'],
    category: 'thing',
    source: 'a/red hat',
    key: 'red hat',
  });
  assert.deepEqual(
    set.skipped.map(({ file }) => file),
    ['a/out'],
  );
  await writeFile(at('atlas', 'index.jsonl'), `${line(0, 0, 'cap')}\n{"atlas":`);
  await assert.rejects(loadPictureAtlas(at('atlas'), { width: 2 }), coded('training/bad-picture-index'));
  await assert.rejects(loadPictureAtlas(at('nowhere'), { width: 2 }), coded('training/pictures-missing'));
});

test('emoji come in one style, with names in both languages and one key over all styles', async () => {
  await mkdir(at('emoji', 'flat'), { recursive: true });
  await plain(4, 4, [255, 255, 0])
    .webp({ lossless: true })
    .toFile(at('emoji', 'flat', '1f431.webp'));
  const entry = {
    hex: '1f431',
    name_en: 'cat face',
    name_zh: '猫脸',
    tags_en: ['cat'],
    tags_zh: ['猫'],
    group: 'animals',
  };
  await writeFile(at('emoji', 'labels.jsonl'), JSON.stringify({ ...entry, files: { flat: 'flat/1f431.webp' } }));
  const set = await loadEmojiPictures(at('emoji'), { width: 2 });
  assert.deepEqual(set.labels[0]!.tags, ['猫脸', '猫', 'cat']);
  assert.equal(set.labels[0]!.key, '1f431');
  await assert.rejects(loadEmojiPictures(at('emoji'), { width: 2, style: '3d' }), coded('training/no-pictures'));
});

test('a split depends on keys alone and is disjoint', () => {
  const set = many(200);
  const { train, validation } = splitPictures(set, { share: 0.2 });
  const keys = (part: PictureSet | undefined): string[] => part?.labels.map(({ key }) => key) ?? [];
  assert.ok(keys(validation).length > 20 && keys(validation).length < 60, `${keys(validation).length}`);
  assert.equal(new Set([...keys(train), ...keys(validation)]).size, 200);
  const half = splitPictures(many(100), { share: 0.2 });
  assert.deepEqual(
    keys(half.validation),
    keys(validation).filter((key) => Number(key) < 100),
  );
});

test('batches follow from seed and step, each epoch sees every picture, flips mirror', () => {
  const set = many(6);
  const batches = createPictureBatches(set, { size: 3, seed: 's', flip: true });
  assert.deepEqual(batches(5), createPictureBatches(set, { size: 3, seed: 's', flip: true })(5));
  assert.deepEqual([...batches(2).indices, ...batches(3).indices].sort(), [0, 1, 2, 3, 4, 5]);
  const flags = Array.from({ length: 20 }, (_, step) => batches(step)).flatMap((batch) => {
    batch.indices.forEach((index, i) => {
      const bytes = [...toBytes(batch.data.subarray(2 * i, 2 * i + 2))];
      assert.deepEqual(bytes, batch.flipped[i] ? [255 - index, index] : [index, 255 - index]);
    });
    return batch.flipped;
  });
  assert.ok(flags.includes(true) && flags.includes(false));
});

test('a sheet shows each picture in its place, enlarged', async () => {
  const set = many(3);
  const png = await formatContactSheet({ ...set, data: set.batch([0, 1, 2]) }, 2, { scale: 2, gap: 1 });
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [1 + 2 * 5, 1 + 2 * 3]);
  const red = (x: number, y: number): number => data[3 * (y * info.width + x)]!;
  assert.deepEqual([red(0, 0), red(1, 1), red(2, 2), red(3, 1), red(6, 1), red(1, 4)], [32, 0, 0, 255, 1, 2]);
  const labelled = await formatContactSheet({ ...set, data: set.batch([0]) }, 1, { scale: 8, labels: ['猫<'] });
  assert.equal((await sharp(labelled).metadata()).height, 2 + 8 + 2 + 14);
});

test('one picture is read at its own size; what is none is refused', async () => {
  await plain(3, 5, [255, 255, 255]).png().toFile(at('one.png'));
  const { width, height, data } = await readPicture(at('one.png'), { channels: 1 });
  assert.deepEqual([width, height, data.length, data[0]], [3, 5, 15, 1]);
  await writeFile(at('bad.png'), 'x');
  await assert.rejects(readPicture(at('bad.png')), coded('training/bad-picture'));
});
