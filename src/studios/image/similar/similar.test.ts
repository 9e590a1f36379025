import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type Bitmap, createBitmap } from '../raster/index.ts';
import {
  buildPictureIndex,
  compareFeatures,
  featuresOf,
  nearestPictures,
  readPictureIndex,
  sideBySide,
  WINDOWS,
  writePictureIndex,
} from './index.ts';

/** Discs and bars in colours, drawn by a seed. */
function picture(seed: number, side = 120): Bitmap {
  const random = createRandom(`picture/${seed}`);
  const bitmap = createBitmap(side, side);
  bitmap.data.fill(255);
  for (let i = 0; i < 7; i++) {
    const colour = [random.integer(220), random.integer(220), random.integer(220), 255];
    const [x, y, r] = [random.next() * side, random.next() * side, side * (0.06 + random.next() * 0.16)];
    const [dx, dy] = [random.next() * 2 - 1, random.next() * 2 - 1];
    const isBar = random.next() < 0.5;
    for (let py = 0; py < side; py++) {
      for (let px = 0; px < side; px++) {
        const [u, v] = [px - x, py - y];
        const isIn = isBar
          ? Math.abs(u * dx + v * dy) < r * 0.4 && Math.abs(u) + Math.abs(v) < r * 2
          : Math.hypot(u, v) < r;
        if (isIn) bitmap.data.set(colour, (py * side + px) * 4);
      }
    }
  }
  return bitmap;
}

function changed({ width, height, data }: Bitmap, change: (r: number, g: number, b: number) => number[]): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let at = 0; at < data.length; at += 4) {
    bitmap.data.set([...change(data[at]!, data[at + 1]!, data[at + 2]!), 255], at);
  }
  return bitmap;
}

function cropped({ width, data }: Bitmap, x: number, y: number, side: number): Bitmap {
  const bitmap = createBitmap(side, side);
  for (let row = 0; row < side; row++) {
    const from = ((y + row) * width + x) * 4;
    bitmap.data.set(data.subarray(from, from + side * 4), row * side * 4);
  }
  return bitmap;
}

const KNOWN = Array.from({ length: 24 }, (_, i) => ({ name: `p${i}`, source: 'made', bitmap: picture(i) }));
const index = buildPictureIndex(KNOWN);

test('[IM22] a picture is the same as itself, and less like every other', () => {
  const [one, other] = [featuresOf(picture(1)), featuresOf(picture(2))];
  const same = compareFeatures(one, one);
  assert.ok(same.likeness > 0.99 && same.hashDistance === 0);
  assert.ok(compareFeatures(one, other).likeness < 0.7);
});

test('[IM22] copies in other colours, other sizes and cut smaller find their original', () => {
  for (const i of [0, 5, 11, 17]) {
    const own = picture(i);
    const copies = [
      changed(own, (r, g, b) => [g * 0.9, b * 0.9, r * 0.9]),
      changed(own, (r, g, b) => Array(3).fill(0.3 * r + 0.6 * g + 0.1 * b) as number[]),
      picture(i, 70),
      cropped(own, 8, 12, 98),
      cropped(own, 20, 4, 90),
    ];
    for (const [k, copy] of copies.entries())
      assert.equal(nearestPictures(index, copy, 1)[0]!.name, `p${i}`, `copy ${k} of ${i}`);
  }
});

test('[IM23] the guard says exact of the same picture, near of a close one, and nothing of a new one', () => {
  assert.equal(nearestPictures(index, picture(3, 100), 1)[0]!.copy, 'exact');
  assert.equal(nearestPictures(index, cropped(picture(3), 6, 6, 108), 1)[0]!.copy, 'near');
  for (let seed = 100; seed < 110; seed++)
    assert.equal(nearestPictures(index, picture(seed), 1)[0]!.copy, 'none', `${seed}`);
});

test('[IM23] the parts that are alike are named where they stand', () => {
  // The middle of one picture, pasted into the upper left of another.
  const pasted = picture(200);
  const middle = WINDOWS.findIndex(({ x, y, size }) => size === 0.6 && x === y && x > 0.1 && x < 0.3);
  const drawn = KNOWN.map(({ bitmap }) => featuresOf(bitmap).weights[middle]!);
  const fullest = drawn.indexOf(Math.max(...drawn));
  const from = picture(fullest);
  for (let y = 0; y < 80; y++) {
    pasted.data.set(from.data.subarray(((y + 24) * 120 + 24) * 4, ((y + 24) * 120 + 104) * 4), y * 120 * 4);
  }
  const [best] = nearestPictures(index, pasted, 1);
  assert.equal(best!.name, `p${fullest}`);
  const [part] = best!.parts;
  assert.ok(Math.abs(part!.there.x - part!.here.x - 0.2) < 0.11, JSON.stringify(part));
  assert.ok(Math.abs(part!.there.y - part!.here.y - 0.2) < 0.11, JSON.stringify(part));
});

test('an index survives its file', () => {
  const bytes = writePictureIndex(index);
  assert.deepEqual(readPictureIndex(bytes), index);
  assert.ok(bytes.length < 24 * 2600);
  assert.throws(() => readPictureIndex(bytes.subarray(0, 200)), { code: 'image/bad-index' });
  assert.throws(() => readPictureIndex(new Uint8Array(9)), { code: 'image/bad-index' });
});

test('pictures stand beside each other with their parts framed', () => {
  const parts = nearestPictures(index, picture(3), 1)[0]!.parts;
  const sheet = sideBySide(picture(3), [{ bitmap: picture(3), parts }]);
  assert.deepEqual(
    sheet.layers.map(({ id }) => id),
    ['ground', 'picture', 'picture-parts', 'alike-1', 'alike-1-parts'],
  );
});
