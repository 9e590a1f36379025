import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type Bitmap, createBitmap, mixHex, parseHex, toOklab } from '../raster/index.ts';
import { channelsOf } from './channels.ts';
import { edgesOf, likenessOf } from './hold-edges.ts';
import { coverOf, paintWhere, restyle, transferColours } from './index.ts';
import { matchDistribution } from './patch-distribution.ts';

/** A picture by a rule. */
function picture(width: number, height: number, colourAt: (x: number, y: number) => string): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let i = 0; i < width * height; i++)
    bitmap.data.set([...parseHex(colourAt(i % width, Math.floor(i / width))), 255], 4 * i);
  return bitmap;
}

const disc = picture(72, 72, (x, y) => (Math.hypot(x - 36, y - 36) < 22 ? '#d04030' : '#f0f0e8'));
const stripes = picture(64, 64, (x, y) => ((x + y) % 8 < 4 ? '#203a6a' : '#9fc0d8'));

/** Colours that go over into one another. */
const slopes = picture(60, 60, (x, y) => mixHex(mixHex('#304a20', '#e8e0c0', x / 60), '#a03a50', y / 120));
const dunes = picture(50, 70, (x, y) => mixHex('#20305a', '#f0b070', (Math.sin(x / 9) + y / 35) / 3 + 0.3));

function meanOf({ data }: Bitmap): number[] {
  const sum = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4)
    for (const [c, value] of toOklab([data[i]!, data[i + 1]!, data[i + 2]!]).entries()) sum[c]! += value;
  return sum.map((value) => value / (data.length / 4));
}

test('colours are carried over: mean and spread become those of the style', () => {
  const moved = transferColours(slopes, dunes, createRandom(1));
  const [own, wanted] = [meanOf(moved), meanOf(dunes)];
  for (const [c, value] of own.entries()) assert.ok(Math.abs(value - wanted[c]!) < 0.02, `${value} ${wanted[c]}`);
  assert.deepEqual(transferColours(slopes, dunes, createRandom(1), 0), slopes);
});

const quiet = { breathe: async () => {}, progress: () => {} };

/** Projections of all 3 × 3 patches of lightness on one pattern, sorted. */
function projected(bitmap: Bitmap, pattern: readonly number[]): number[] {
  const values: number[] = [];
  for (let y = 1; y < bitmap.height - 1; y++) {
    for (let x = 1; x < bitmap.width - 1; x++) {
      const at = (dx: number, dy: number): number => bitmap.data[4 * ((y + dy) * bitmap.width + x + dx) + 1]!;
      values.push(pattern.reduce((sum, weight, k) => sum + weight * at((k % 3) - 1, Math.floor(k / 3) - 1), 0));
    }
  }
  return values.sort((a, b) => a - b);
}

/** How far the patches of one picture are from those of another. */
function patchesApart(one: Bitmap, other: Bitmap): number {
  const random = createRandom('patterns');
  const patterns = Array.from({ length: 12 }, () => Array.from({ length: 9 }, () => random.normal()));
  const apart = patterns.map((pattern) => {
    const [p, q] = [projected(one, pattern), projected(other, pattern)];
    const quantile = (list: number[], i: number): number => list[Math.floor(((i + 0.5) / 50) * list.length)]!;
    return Array.from({ length: 50 }, (_, i) => Math.abs(quantile(p, i) - quantile(q, i))).reduce((a, b) => a + b);
  });
  return apart.reduce((a, b) => a + b);
}

test('[IM10] the patches become those of the style, the edges stay those of the content', async () => {
  const made = await restyle(disc, stripes, { random: createRandom(2), ...quiet });
  const again = await restyle(disc, stripes, { random: createRandom(2), ...quiet });
  assert.deepEqual(made, again);
  const ratio = patchesApart(made, stripes) / patchesApart(transferColours(disc, stripes, createRandom(2)), stripes);
  assert.ok(ratio < 0.6, `patches: ${ratio}`);
  const edges = likenessOf(edgesOf(channelsOf(made)), edgesOf(channelsOf(disc)));
  assert.ok(edges > 0.6, `edges: ${edges}`);
});

test('a picture that has the patches already is left as it is', async () => {
  const picture = channelsOf(dunes);
  await matchDistribution(picture, channelsOf(dunes), {
    rounds: 2,
    random: createRandom(1),
    afterRound: async () => {},
  });
  for (const [c, plane] of channelsOf(dunes).data.entries())
    for (const [i, value] of plane.entries()) assert.ok(Math.abs(value - picture.data[c]![i]!) < 1e-3);
});

test('[IM11] with a mask only what it covers is changed', () => {
  const mask = coverOf(
    picture(36, 36, (x) => (x < 18 ? '#000000' : '#ffffff')),
    72,
    72,
  );
  const made = paintWhere(disc, filledLike(disc), mask);
  const at = (x: number): number[] => [...made.data.subarray(4 * (30 * 72 + x), 4 * (30 * 72 + x) + 3)];
  assert.deepEqual(at(5), [...disc.data.subarray(4 * (30 * 72 + 5), 4 * (30 * 72 + 5) + 3)]);
  assert.deepEqual(at(65), [0, 0, 0]);
});

function filledLike({ width, height }: Bitmap): Bitmap {
  return picture(width, height, () => '#000000');
}
