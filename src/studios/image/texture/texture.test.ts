import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type Bitmap, createBitmap, createNoise, fractal } from '../raster/index.ts';
import { cheapestWay } from './cut.ts';
import { makeTile, measureSeam, quilt, repeatTile } from './index.ts';

function picture(
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [number, number, number],
): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let i = 0; i < width * height; i++) bitmap.data.set([...at(i % width, Math.floor(i / width)), 255], 4 * i);
  return bitmap;
}

/** Pebbles under light that falls from one side: no edge fits the other. */
const noise = fractal(createNoise(createRandom(5)), 3);
const pebbles = picture(160, 128, (x, y) => {
  const light = 90 + 90 * (x / 160) + 40 * (y / 128);
  const stone = 60 * noise(x / 9, y / 9);
  return [light + stone, light * 0.9 + stone, light * 0.75 + 0.8 * stone];
});

test('the cheapest way goes where it costs least, and comes back to where it began when it must', () => {
  const [width, height] = [9, 12];
  const cost = new Float32Array(width * height).fill(5);
  for (let y = 0; y < height; y++) cost[y * width + Math.min(8, 2 + Math.floor(y / 2))] = 0;
  const free = cheapestWay({ width, height, cost });
  assert.deepEqual([...free], [2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]);
  const closed = cheapestWay({ width, height, cost }, true);
  assert.equal(closed[0], closed.at(-1));
  for (let y = 1; y < height; y++) assert.ok(Math.abs(closed[y]! - closed[y - 1]!) <= 1);
});

test('[IM17] a tile has no seam: neither at its edge nor where it was cut', () => {
  const before = measureSeam(pebbles);
  assert.ok(before.edge > 3, `a seam is seen where there is one: ${before.edge}`);
  const tile = makeTile(pebbles);
  const after = measureSeam(tile);
  assert.deepEqual([tile.width, tile.height], [120, 96]);
  assert.ok(after.edge < 1.35 && after.worst < 1.6, `${after.edge} ${after.worst}`);
  const twice = repeatTile(tile, 2);
  assert.deepEqual([twice.width, twice.height], [240, 192]);
  assert.ok(Math.abs(measureSeam(twice).edge - after.edge) < 0.05);
});

test('[IM18] more of the same: as large as asked, of the same look, the same for the same seed', async () => {
  const cells = picture(72, 72, (x, y) =>
    ((x >> 3) + (y >> 3)) % 2 ? [190 + (x % 8), 120, 60] : [40, 60, 90 + (y % 8)],
  );
  const options = { width: 200, height: 150, block: 32, breathe: async () => {}, progress: () => {} };
  const made = await quilt(cells, { ...options, random: createRandom(3) });
  assert.deepEqual([made.width, made.height], [200, 150]);
  assert.deepEqual(made, await quilt(cells, { ...options, random: createRandom(3) }));
  assert.notDeepEqual(made, await quilt(cells, { ...options, random: createRandom(4) }));
  const share = ({ data }: Bitmap): number =>
    data.filter((value, i) => i % 4 === 0 && value > 120).length / (data.length / 4);
  assert.ok(Math.abs(share(made) - share(cells)) < 0.06, `${share(made)}`);
  // The pattern goes on over the cuts: eight pixels to the right every colour has changed.
  let kept = 0;
  for (let y = 0; y < 150; y++)
    for (let x = 0; x < 192; x++) {
      const [one, other] = [made.data[4 * (y * 200 + x)]!, made.data[4 * (y * 200 + x + 8)]!];
      if (one > 120 !== other > 120) kept++;
    }
  assert.ok(kept / (150 * 192) > 0.9, `${kept / (150 * 192)}`);
});
