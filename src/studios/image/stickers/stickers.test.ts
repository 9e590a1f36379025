/** Stickers out of a model that draws discs: what it is asked, and what becomes of what it makes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PictureModel, PictureRequest, PixelPlanes } from '../../../kernel/index.ts';
import { createBitmap, filledBitmap } from '../raster/index.ts';
import { bitmapOf, cutOut, keptOf, makeStickers, planesOf, wantedOf } from './index.ts';

const SIZE = 32;

/** A disc with a soft edge, on white. */
function disc(colour: readonly number[], ground = 1): PixelPlanes {
  const data = new Float32Array(3 * SIZE * SIZE);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const inside = Math.max(0, Math.min(1, 10.5 - Math.hypot((i % SIZE) - 15.5, Math.floor(i / SIZE) - 15.5)));
    for (let c = 0; c < 3; c++) data[c * SIZE * SIZE + i] = inside * colour[c]! + (1 - inside) * ground;
  }
  return { width: SIZE, height: SIZE, channels: 3, data };
}

function drawer(made: PixelPlanes) {
  const asked: PictureRequest[] = [];
  const model: PictureModel = {
    identity: { name: 'discs', digest: '', engine: 'test', licence: 'CC0-1.0', reproducible: true },
    source: 'words',
    channels: 3,
    scale: 1,
    size: [SIZE, SIZE],
    labels: [],
    open: true,
    make: async (request) => {
      asked.push(request);
      request.onProgress?.(1, made);
      return made;
    },
    nearest: () => ({ name: 'ball', source: 'x', distance: 0.2, suspect: 0.1 }),
    [Symbol.asyncDispose]: async () => {},
  };
  return { model, asked };
}

const WISH = { words: '红球', without: '', count: 1, seed: '7', guidance: 3, steps: 4, strength: 0.5, size: SIZE };
const hooks = () => {
  const shares: number[] = [];
  return { shares, signal: new AbortController().signal, progress: (done: number) => void shares.push(done) };
};

test('[IM60] signs of weight are read, and what they stand round', () => {
  assert.deepEqual(wantedOf('a red fox, (hat:1.3)，[snow] (wide)'), [
    { label: 'a red fox', weight: 1 },
    { label: 'hat', weight: 1.3 },
    { label: 'snow', weight: 0.9 },
    { label: 'wide', weight: 1.1 },
  ]);
  assert.deepEqual(
    wantedOf('(x:9)').map(({ weight }) => weight),
    [2],
  );
  assert.deepEqual(wantedOf(' ,, () '), []);
  assert.deepEqual(wantedOf('(open'), [{ label: 'open', weight: 1 }]);
});

test('[IM61] white that reaches the border becomes clear, white within stays, soft edges lose what was white in them', () => {
  const ring = bitmapOf(disc([1, -1, -1]));
  for (const [x, y] of [
    [15, 15],
    [16, 15],
    [15, 16],
    [16, 16],
  ])
    ring.data.fill(255, 4 * (y! * SIZE + x!), 4 * (y! * SIZE + x!) + 4);
  const cut = cutOut(ring)!;
  const at = (x: number, y: number): number[] => [...cut.data.subarray(4 * (y * SIZE + x), 4 * (y * SIZE + x) + 4)];
  assert.equal(at(0, 0)[3], 0);
  assert.deepEqual(at(15, 15), [255, 255, 255, 255]);
  assert.deepEqual(at(10, 15), [255, 0, 0, 255]);
  const soft = Array.from({ length: SIZE }, (_, x) => at(x, 15)).filter(([, , , alpha]) => alpha! > 0 && alpha! < 255);
  assert.ok(soft.length > 0);
  for (const [red, green] of soft) assert.ok(red! > 250 && green! < 12, `${red} ${green}`);
});

test('[IM61] where the border is not plain nothing is cut out, and that is said', async () => {
  assert.equal(cutOut(bitmapOf(disc([1, -1, -1], -1))), undefined);
  const { model } = drawer(disc([1, -1, -1], -1));
  const [sticker] = await makeStickers(model, WISH, hooks());
  assert.equal(sticker!.clean, false);
  assert.deepEqual(
    sticker!.layers.map(({ id, visible }) => [id, visible ?? true]),
    [
      ['ground', true],
      ['sticker', true],
    ],
  );
});

test('[IM60] words, what is not wanted, style, a picture and a mask reach the model; each sticker has a seed of its own', async () => {
  const { model, asked } = drawer(disc([-1, -1, 1]));
  const half = createBitmap(8, 8);
  half.data.fill(255, 0, 4 * 32);
  for (let i = 4 * 32; i < half.data.length; i += 4) half.data[i + 3] = 255;
  const own = { ...WISH, words: '(red:1.2) ball', without: 'snow', style: 'flat', count: 2 };
  const watched = hooks();
  const made = await makeStickers(
    model,
    { ...own, size: 64, from: filledBitmap(9, 9, [0, 0, 0]), mask: half },
    watched,
  );
  assert.deepEqual(
    asked.map(({ seed }) => seed),
    ['7/0', '7/1'],
  );
  const { labels, without, style, from, keep, strength } = asked[0]!;
  assert.deepEqual(labels, [
    { label: 'red', weight: 1.2 },
    { label: 'ball', weight: 1 },
  ]);
  assert.deepEqual([without, style, strength], [[{ label: 'snow', weight: 1 }], 'flat', 0.5]);
  assert.deepEqual([from!.width, from!.data[500]], [SIZE, -1]);
  assert.deepEqual(
    [keep!.data[2 * SIZE], keep!.data[30 * SIZE]],
    [-1, 1],
    'white above is made anew, black below stays',
  );
  assert.deepEqual([made[0]!.width, made[0]!.clean, made[0]!.nearest!.name], [64, true, 'ball']);
  assert.equal(made[0]!.layers[0]!.visible, false);
  assert.deepEqual(watched.shares, [0.5, 1]);
});

test('[IM60] a way goes in even steps from one prompt to the other, under one seed', async () => {
  const { model, asked } = drawer(disc([-1, 1, -1]));
  await makeStickers(model, { ...WISH, between: '蓝球', count: 3 }, hooks());
  assert.deepEqual(
    asked.map(({ between }) => between!.share),
    [0, 0.5, 1],
  );
  assert.deepEqual(new Set(asked.map(({ seed }) => seed)), new Set(['7']));
});

test('planes and bitmaps are the same picture', async () => {
  const bitmap = bitmapOf(disc([0.5, -0.5, 0]));
  assert.deepEqual(bitmapOf(await planesOf(bitmap, SIZE, SIZE)), bitmap);
  assert.ok((await keptOf(filledBitmap(4, 4, [0, 0, 0]), 8, 8)).data.every((value) => value === 1));
});
