/** Sketches before they are painted: light evened out, lines as wide as the network knows them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import type { PictureModel } from '../../../kernel/index.ts';
import { type Bitmap, createBitmap, createField, drawStroke, type Point } from '../raster/index.ts';
import { bitmapOf, paintByNetwork, readySketch, widthOfLines } from './index.ts';

/** A ring and a cross drawn with a pen of so many pixels, photographed: light falls from one side, the paper has grain. */
function photograph(size: number, pen: number): Bitmap {
  const ink = createField(size, size);
  const ring = Array.from({ length: 49 }, (_, i): Point => {
    const angle = (i / 48) * 2 * Math.PI;
    return [size * (0.5 + 0.3 * Math.cos(angle)), size * (0.5 + 0.3 * Math.sin(angle))];
  });
  for (const points of [ring, [[0.1 * size, 0.1 * size] as Point, [0.9 * size, 0.8 * size] as Point]]) {
    drawStroke(ink, { points, radii: points.map(() => pen / 2) });
  }
  const random = createRandom('paper');
  const bitmap = createBitmap(size, size);
  for (let i = 0; i < size * size; i++) {
    const light = 0.95 - (0.35 * (i % size)) / size;
    const value = 255 * (light * (1 - 0.8 * ink.data[i]!) + 0.01 * random.normal());
    bitmap.data.set([value, value, value, 255], 4 * i);
  }
  return bitmap;
}

test('the width of lines is measured', () => {
  for (const pen of [2, 4, 8]) {
    const field = createField(200, 200);
    const points: Point[] = [
      [20, 40],
      [180, 150],
    ];
    drawStroke(field, { points, radii: [pen / 2, pen / 2] });
    assert.ok(Math.abs(widthOfLines(field) - pen) < 0.2 * pen, `${pen}: ${widthOfLines(field)}`);
  }
});

test('[IM70] a photographed sketch becomes even paper with dark lines', () => {
  const { planes } = readySketch(photograph(300, 3));
  assert.deepEqual([planes.width, planes.height, planes.channels], [300, 300, 1]);
  const at = (x: number, y: number): number => planes.data[y * 300 + x]!;
  for (const [x, y] of [
    [10, 150],
    [290, 20],
    [150, 10],
    [150, 250],
  ] as const)
    assert.ok(at(x, y) > 0.9, `paper at ${x}, ${y}: ${at(x, y)}`);
  assert.ok(Math.min(at(240, 150), at(239, 150), at(241, 150)) < 0, 'the ring on its dim side');
  assert.ok(Math.min(at(60, 150), at(59, 150), at(61, 150)) < 0, 'the ring on its bright side');
});

test('a sketch with broad lines is painted smaller, and comes back at its size', async () => {
  const ready = readySketch(photograph(900, 12));
  assert.ok(ready.lineWidth > 8 && ready.lineWidth < 15, `${ready.lineWidth}`);
  assert.ok(ready.planes.width < 400 && ready.planes.width >= 256);
  const seen: number[] = [];
  const model = {
    source: 'sketch',
    make: async ({ from }) => {
      seen.push(from!.width);
      return from!;
    },
  } as Partial<PictureModel> as PictureModel;
  const signal = new AbortController().signal;
  const painted = await paintByNetwork(ready, model, { seed: 1, signal });
  assert.deepEqual([seen, painted.width, painted.height], [[ready.planes.width], 900, 900]);
});

test('planes become pixels, grey ones in three colours', () => {
  const data = Float32Array.of(-1, 0, 1, 1);
  const { data: grey } = bitmapOf({ width: 2, height: 2, channels: 1, data });
  assert.deepEqual([...grey.slice(0, 8)], [0, 0, 0, 255, 128, 128, 128, 255]);
});
