import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bitmap, filledBitmap } from '../raster/index.ts';
import { aboutOf, flatten, type Layer, mergedOf, type Picture, readOpenRaster, writeOpenRaster } from './index.ts';

function layer(id: string, bitmap: Bitmap, more: Partial<Layer> = {}): Layer {
  return { id, names: { en: id, zh: `层 ${id}` }, bitmap, x: 0, y: 0, ...more };
}

const pixel = (bitmap: Bitmap, x: number, y: number): number[] => [
  ...bitmap.data.subarray((y * bitmap.width + x) * 4, (y * bitmap.width + x) * 4 + 4),
];

const picture: Picture = {
  width: 8,
  height: 6,
  layers: [
    layer('ground', filledBitmap(8, 6, [240, 230, 210])),
    layer('red & <half>', filledBitmap(4, 4, [200, 0, 0]), { x: 2, y: 1, opacity: 0.5 }),
    layer('shade', filledBitmap(3, 3, [128, 128, 128]), { x: -1, y: -1, blend: 'multiply' }),
    layer('hidden', filledBitmap(8, 6, [0, 0, 255]), { visible: false }),
  ],
  about: { seed: 7, words: '江上' },
};

test('layers are laid over one another as painting programs do', () => {
  const flat = flatten(picture);
  assert.deepEqual(pixel(flat, 7, 5), [240, 230, 210, 255]);
  assert.deepEqual(pixel(flat, 3, 2), [220, 115, 105, 255]);
  assert.deepEqual(pixel(flat, 0, 0), [120, 115, 105, 255]);
});

test('a picture survives its file, layers and all, and gives the same bytes', async () => {
  const bytes = await writeOpenRaster(picture);
  assert.deepEqual(await writeOpenRaster(picture), bytes);
  const read = await readOpenRaster(bytes);
  assert.deepEqual(read.about, picture.about);
  assert.deepEqual(
    read.layers.map(({ id, x, y, opacity, blend, visible }) => ({ id, x, y, opacity, blend, visible })),
    [
      { id: 'ground', x: 0, y: 0, opacity: 1, blend: 'normal', visible: true },
      { id: 'red & <half>', x: 2, y: 1, opacity: 0.5, blend: 'normal', visible: true },
      { id: 'shade', x: -1, y: -1, opacity: 1, blend: 'multiply', visible: true },
      { id: 'hidden', x: 0, y: 0, opacity: 1, blend: 'normal', visible: false },
    ],
  );
  assert.deepEqual(flatten(read), flatten(picture));
  assert.deepEqual(await mergedOf(bytes), flatten(picture));
  assert.deepEqual(aboutOf(bytes), picture.about);
});

test('bytes that are no picture of ours are refused', () => {
  assert.throws(() => aboutOf(new Uint8Array([1, 2, 3])), { code: 'image/bad-picture' });
});
