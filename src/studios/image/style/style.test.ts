import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type Bitmap, createBitmap, mixHex, parseHex, toOklab } from '../raster/index.ts';
import { restyle, transferColours } from './index.ts';

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

const light = ({ data }: Bitmap): number[] => Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + 1]!);

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((x, y) => x + y, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  const cross = a.reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0);
  return cross / Math.sqrt(a.reduce((s, v) => s + (v - ma) ** 2, 0) * b.reduce((s, v) => s + (v - mb) ** 2, 0));
}

test('colours are carried over: mean and spread become those of the style', () => {
  const moved = transferColours(slopes, dunes, createRandom(1));
  const [own, wanted] = [meanOf(moved), meanOf(dunes)];
  for (const [c, value] of own.entries()) assert.ok(Math.abs(value - wanted[c]!) < 0.02, `${value} ${wanted[c]}`);
  assert.deepEqual(transferColours(slopes, dunes, createRandom(1), 0), slopes);
});

test('the manner comes from the style, the forms stay those of the content', async () => {
  const quiet = { breathe: async () => {}, progress: () => {} };
  const made = await restyle(disc, stripes, { strength: 0.6, random: createRandom(2), ...quiet });
  const again = await restyle(disc, stripes, { strength: 0.6, random: createRandom(2), ...quiet });
  assert.deepEqual(made, again);
  const likeness = Math.abs(correlation(light(made), light(disc)));
  assert.ok(likeness > 0.5, `${likeness}`);
  const steps = (bitmap: Bitmap): number => {
    const values = light(bitmap);
    return values.reduce((sum, value, i) => sum + (i % bitmap.width ? Math.abs(value - values[i - 1]!) : 0), 0);
  };
  const colouredOnly = transferColours(disc, stripes, createRandom(2));
  assert.ok(
    steps(made) > 1.5 * steps(colouredOnly),
    `strokes of the style are seen: ${steps(made) / steps(colouredOnly)}`,
  );
});
