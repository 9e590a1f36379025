import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type Bitmap, createBitmap, createField, drawStroke, parseHex } from '../raster/index.ts';
import { drawLines, linesSvg, tracePaths } from './index.ts';

const SIDE = 160;

/** A ring and a slanting stroke. */
const drawn = createField(SIDE, SIDE);
const ring = Array.from({ length: 61 }, (_, i) => {
  const angle = (i / 60) * 2 * Math.PI;
  return [60 + 34 * Math.cos(angle), 60 + 34 * Math.sin(angle)] as const;
});
drawStroke(drawn, { points: ring, radii: ring.map(() => 1.5) });
drawStroke(drawn, {
  points: [
    [30, 140],
    [145, 110],
  ],
  radii: [1.5, 1.5],
});

/** The drawing as a bad photograph: a shadow over half of it, yellow paper, grain, specks of dirt. */
function photographed(): Bitmap {
  const random = createRandom(1);
  const bitmap = createBitmap(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const light = 0.95 - 0.5 * (x / SIDE) - 0.15 * (y / SIDE) + 0.015 * random.normal();
    const dirt = x % 53 === 20 && y % 47 === 10 ? 0.4 : 0;
    const paper = light * (1 - 0.55 * drawn.data[i]!) - dirt;
    bitmap.data.set([255 * paper, 247 * paper, 225 * paper, 255], 4 * i);
  }
  return bitmap;
}

/** Shares of drawn pixels found, and of found pixels drawn (a pixel off is no fault). */
function compare(found: Float32Array): { recall: number; precision: number } {
  const near = (data: Float32Array, i: number, least: number): boolean =>
    [0, 1, -1, SIDE, -SIDE].some((step) => (data[i + step] ?? 0) >= least);
  const share = (of: Float32Array, by: Float32Array): number => {
    const all = [...of.keys()].filter((i) => of[i]! >= 0.6);
    return all.filter((i) => near(by, i, 0.3)).length / all.length;
  };
  return { recall: share(drawn.data, found), precision: share(found, drawn.data) };
}

test('[IM15] a photographed drawing becomes its lines alone: shadow, grain and dirt are gone', () => {
  const { cover, mode } = drawLines(photographed());
  assert.equal(mode, 'clean', 'seen as a drawing');
  const { recall, precision } = compare(cover.data);
  assert.ok(recall > 0.97 && precision > 0.97, `${recall} ${precision}`);
  const darkest = Math.max(...cover.data);
  assert.ok(darkest > 0.95, 'black');
});

test('[IM16] a painting has outlines where its colours meet, of equal lightness too', () => {
  const painting = createBitmap(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    // OKLab lightness of both is 0.60.
    const colour = Math.hypot(x - 80, y - 80) < 45 ? '#c85a4a' : '#4a8a5a';
    painting.data.set([...parseHex(colour), 255], 4 * i);
  }
  const { cover, mode } = drawLines(painting);
  assert.equal(mode, 'extract');
  let [onEdge, off] = [0, 0];
  for (let i = 0; i < cover.data.length; i++) {
    if (cover.data[i]! < 0.5) continue;
    const away = Math.abs(Math.hypot((i % SIDE) - 80, Math.floor(i / SIDE) - 80) - 45);
    if (away < 5) onEdge++;
    else off++;
  }
  assert.ok(onEdge > 2 * Math.PI * 45 * 0.9 && off === 0, `${onEdge} ${off}`);
});

test('a calm surface has no lines', () => {
  const calm = createBitmap(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) calm.data.set([90, 120, 150 + (i % 2), 255], 4 * i);
  assert.ok(drawLines(calm, { mode: 'extract' }).cover.data.every((value) => value === 0));
});

test('lines are traced as few smooth paths, and written as SVG', () => {
  const paths = tracePaths(drawn);
  assert.ok(paths.length <= 4, `${paths.length}`);
  const on = paths.flatMap(({ points }) => points);
  for (const [x, y] of on) assert.ok(drawn.data[Math.floor(y) * SIDE + Math.floor(x)]! > 0.4, `${x} ${y}`);
  assert.ok(on.length < 80, 'simplified');
  assert.ok(Math.abs(paths[0]!.breadth - 3) < 1, `${paths[0]!.breadth}`);
  const svg = linesSvg({ width: SIDE, height: SIDE, paths });
  assert.equal(svg.match(/<path /g)!.length, paths.length);
  assert.ok(!/NaN|undefined/.test(svg));
});
