import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import type { PictureModel, PictureRequest } from '../../../kernel/index.ts';
import { createBitmap, filledBitmap } from '../raster/index.ts';
import { depthOf, halve } from './colours.ts';
import {
  addBoxes,
  type Colours,
  coloursBehind,
  complete,
  enlargeByLanczos,
  enlargeByModel,
  fillMembrane,
  grow,
  holesOf,
} from './index.ts';

const noHoles = (width: number, height: number) => ({ width, height, data: new Uint8Array(width * height) });

function paint(width: number, height: number, colour: (x: number, y: number) => readonly number[]): Colours {
  const data = new Float32Array(3 * width * height);
  for (let at = 0; at < width * height; at++) data.set(colour(at % width, Math.floor(at / width)), 3 * at);
  return { width, height, data };
}

const punched = (colours: Colours, holes: { readonly data: Uint8Array }): Colours => ({
  ...colours,
  data: colours.data.map((value, i) => (holes.data[Math.floor(i / 3)] ? 0 : value)),
});

const meanOff = (a: Colours, b: Colours, holes: { readonly data: Uint8Array }): number => {
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    if (!holes.data[Math.floor(i / 3)]) continue;
    sum += Math.abs(a.data[i]! - b.data[i]!);
    count++;
  }
  return sum / count;
};

const options = (seed: string | number) => ({ random: createRandom(seed), breathe: async () => {} });

test('[IM30] a texture goes on through a hole, far better than what is smoothest; what is known stays as it was', async () => {
  const stripes = paint(72, 64, (x, y) => {
    const light = (x + 2 * y) % 8 < 4 ? 220 : 40;
    return [light, light / 2, 255 - light];
  });
  const holes = addBoxes(noHoles(72, 64), [{ x: 26, y: 22, width: 18, height: 16 }]);
  const known = punched(stripes, holes);
  const told: number[] = [];
  const filled = await complete(known, holes, { ...options(1), progress: (done) => told.push(done) });
  const off = meanOff(filled, stripes, holes);
  assert.ok(off < 15, `${off}`);
  assert.ok(off < meanOff(fillMembrane(known, holes), stripes, holes) / 3);
  for (let i = 0; i < known.data.length; i++) {
    if (!holes.data[Math.floor(i / 3)]) assert.equal(filled.data[i], stripes.data[i]);
  }
  assert.ok(told.every((done, i) => done > (told[i - 1] ?? 0)) && Math.abs(told.at(-1)! - 1) < 1e-9);
  assert.deepEqual(await complete(known, holes, options(1)), filled);
});

test('[IM30] a slow change of colour goes on through a hole without a seam', async () => {
  const sky = paint(80, 60, (x, y) => [80 + x, 120 + y, 200 - x / 2]);
  const holes = addBoxes(noHoles(80, 60), [{ x: 30, y: 20, width: 20, height: 20 }]);
  const filled = await complete(punched(sky, holes), holes, options(2));
  assert.ok(meanOff(filled, sky, holes) < 4, `${meanOff(filled, sky, holes)}`);
});

test('[IM31] a picture goes on beyond its edge; without holes nothing changes; where nothing is left a membrane fills', async () => {
  const bricks = paint(80, 48, (x, y) => (y % 8 === 0 || (x + (y >> 3) * 6) % 12 === 0 ? [60, 60, 60] : [180, 80, 50]));
  const beyond = addBoxes(noHoles(80, 48), [{ x: 0, y: 0, width: 16, height: 48 }]);
  const filled = await complete(punched(bricks, beyond), beyond, options(3));
  assert.ok(meanOff(filled, bricks, beyond) < 40, `${meanOff(filled, bricks, beyond)}`);
  const dark = [...filled.data].filter((value, i) => i % 3 === 0 && (i / 3) % 80 < 16 && value < 100).length;
  assert.ok(dark > 60, `${dark} pixels of mortar`);
  assert.equal(await complete(bricks, noHoles(80, 48), options(3)), bricks);
  const tiny = paint(6, 6, () => [10, 20, 30]);
  const most = addBoxes(noHoles(6, 6), [{ x: 1, y: 1, width: 4, height: 4 }]);
  assert.ok(meanOff(await complete(punched(tiny, most), most, options(3)), tiny, most) < 0.5);
});

test('a membrane lies between what holds it, coarse and fine', () => {
  const slope = paint(40, 30, (x) => [6 * x, 240 - 6 * x, 100]);
  const holes = addBoxes(noHoles(40, 30), [{ x: 4, y: 4, width: 32, height: 22 }]);
  const filled = fillMembrane(punched(slope, holes), holes);
  assert.ok(meanOff(filled, slope, holes) < 2, `${meanOff(filled, slope, holes)}`);
  const half = halve(punched(slope, holes), holes);
  assert.deepEqual([half.colours.width, half.colours.height, half.holes.data[0]], [20, 15, 0]);
});

test('masks: what is light, or opaque where parts are transparent; boxes are cut at the edge; growing and depth agree', () => {
  const light = filledBitmap(4, 2, [0, 0, 0]);
  light.data.set([255, 255, 255, 255], 0);
  assert.deepEqual([...holesOf(light, 8, 4).data].slice(0, 16), [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  const drawn = createBitmap(2, 1);
  drawn.data.set([0, 0, 0, 255], 4);
  assert.deepEqual([...holesOf(drawn, 2, 1).data], [0, 1]);
  const boxed = addBoxes(noHoles(5, 5), [{ x: -3, y: 3, width: 5, height: 9 }]);
  assert.equal(
    boxed.data.reduce((a, b) => a + b, 0),
    4,
  );
  const grown = grow(addBoxes(noHoles(7, 7), [{ x: 3, y: 3, width: 1, height: 1 }]), 2);
  assert.equal(
    grown.data.reduce((a, b) => a + b, 0),
    25,
  );
  assert.equal(depthOf(grown)[24], 3);
});

/** Repeats pixels: as a port may be answered. */
const repeater = (seen: PictureRequest[]): PictureModel =>
  ({
    source: 'small',
    channels: 3,
    scale: 2,
    make: async (request: PictureRequest) => {
      seen.push(request);
      const { width, height, data } = request.from!;
      const big = Float32Array.from({ length: 12 * width * height }, (_, i) => {
        const [plane, y, x] = [
          Math.floor(i / (4 * width * height)),
          Math.floor(i / (2 * width)) % (2 * height),
          i % (2 * width),
        ];
        return data[(plane * height + (y >> 1)) * width + (x >> 1)]!;
      });
      request.onProgress?.(1);
      return { width: 2 * width, height: 2 * height, channels: 3, data: big };
    },
  }) as unknown as PictureModel;

test('[IM32] enlarging goes tile by tile, keeps alpha, and draws nothing dark into soft edges', async () => {
  const bitmap = createBitmap(530, 3);
  for (let x = 0; x < 530; x++) {
    for (let y = 0; y < 3; y++) bitmap.data.set([x % 256, 7 * y, 200, x < 8 ? 0 : 255], 4 * (y * 530 + x));
  }
  const seen: PictureRequest[] = [];
  const told: number[] = [];
  const asked = {
    times: 4,
    seed: 0,
    signal: new AbortController().signal,
    progress: (done: number) => told.push(done),
  };
  const made = await enlargeByModel(bitmap, repeater(seen), asked);
  assert.deepEqual([made.width, made.height], [2120, 12]);
  assert.ok(
    seen.every(({ from }) => from!.width <= 576),
    'tiles are small',
  );
  assert.ok(Math.abs(told.at(-1)! - 1) < 1e-9);
  for (const [x, y] of [
    [100, 1],
    [511, 0],
    [512, 2],
    [529, 2],
  ] as const) {
    const at = 4 * (4 * y * 2120 + 4 * x);
    assert.deepEqual([...made.data.subarray(at, at + 4)], [x % 256, 7 * y, 200, 255]);
  }
  assert.equal(made.data[3], 0);
  const behind = coloursBehind(bitmap);
  assert.ok(behind.data[2]! > 150, 'colour is carried over under what is transparent');
});

test('[IM32] resampling keeps every place where it was, flat colours flat, and clear parts from darkening their neighbours', () => {
  const ramp = createBitmap(24, 5);
  for (let at = 0; at < 120; at++) ramp.data.set([10 * (at % 24), 90, 200, 255], 4 * at);
  const large = enlargeByLanczos(ramp, 2);
  assert.deepEqual([large.width, large.height], [48, 10]);
  for (let x = 10; x < 38; x++) {
    const at = 4 * (5 * 48 + x);
    assert.ok(Math.abs(large.data[at]! - 10 * ((x + 0.5) / 2 - 0.5)) <= 1, `${x}: ${large.data[at]}`);
    assert.deepEqual([...large.data.subarray(at + 1, at + 4)], [90, 200, 255]);
  }
  const half = filledBitmap(8, 8, [220, 220, 220]);
  for (let at = 0; at < 64; at++) if (at % 8 < 4) half.data.set([0, 0, 0, 0], 4 * at);
  const made = enlargeByLanczos(half, 4);
  for (let at = 0; at < made.data.length; at += 4) if (made.data[at + 3]! > 20) assert.ok(made.data[at]! > 215);
});
