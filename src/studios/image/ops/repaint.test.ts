import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import type { InputWork, OpContext } from '../../../kernel/index.ts';
import { mergedOf, readOpenRaster, writeOpenRaster } from '../picture/index.ts';
import { type Bitmap, createBitmap } from '../raster/index.ts';
import { repaintPicture } from './repaint.ts';

/** A soft green disc on a ground that goes from dark to light, with grain: nothing that was drawn with hard edges. */
function photograph(width: number, height: number): Bitmap {
  const bitmap = createBitmap(width, height);
  const random = createRandom('grain');
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const disc = Math.min(1, Math.max(0, (height / 3 - Math.hypot(x - width / 2, y - height / 2)) / 6));
      const ground = 60 + (130 * x) / width + 14 * random.next();
      const green = [40, 150, 60];
      bitmap.data.set([...green.map((value) => value * disc + ground * (1 - disc)), 255], at);
    }
  }
  return bitmap;
}

const motif = photograph(192, 128);

async function repaint(options: object) {
  const { width, height } = motif;
  const layers = [{ id: 'photo', names: { en: 'photo', zh: '照片' }, bitmap: motif, x: 0, y: 0 }];
  const bytes = await writeOpenRaster({ width, height, layers, about: {} });
  const input = { work: { id: 'a', medium: 'picture', title: 'a' }, bytes } as unknown as InputWork;
  const context = { seed: 5, progress: () => {}, breathe: async () => {} } as unknown as OpContext;
  const { works } = await repaintPicture.run(context, [input], repaintPicture.options.parse(options));
  const [work] = works;
  return work && 'bytes' in work ? work.bytes : assert.fail('a picture has bytes');
}

/** Mean difference of channels from the motif, 0–255. */
function awayFromMotif({ data }: Bitmap): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) if (i % 4 < 3) sum += Math.abs(data[i]! - motif.data[i]!);
  return sum / (0.75 * data.length);
}

const coloursOf = ({ data }: Bitmap): Set<number> => new Set(new Uint32Array(data.slice().buffer));

test('[IM83] any picture is painted over: its forms stay, its pixels do not; the same seed gives the same', async () => {
  for (const painter of ['oil', 'pixel', 'woodcut'] as const) {
    const bytes = await repaint({ painter, longest: 192 });
    const seen = await mergedOf(bytes);
    assert.deepEqual([seen.width, seen.height], [192, 128]);
    const away = awayFromMotif(seen);
    assert.ok(away > 2 && away < 40, `${painter}: ${away}`);
    assert.deepEqual(Buffer.from(await repaint({ painter, longest: 192 })), Buffer.from(bytes), painter);
    const { layers } = await readOpenRaster(bytes);
    assert.deepEqual([layers[0]!.id, layers[0]!.visible], ['before', false]);
  }
});

test('[IM83] pixels keep to the palette; a woodcut has a block for each colour and lines over them', async () => {
  const palette = ['#102030', '#40a050', '#e0e0d0'];
  const pixels = await mergedOf(await repaint({ painter: 'pixel', longest: 192, grid: 48, palette }));
  assert.deepEqual(
    [...coloursOf(pixels)].map((value) => `#${Buffer.from(Uint32Array.of(value).buffer).toString('hex', 0, 3)}`).sort(),
    palette,
  );
  const { layers } = await readOpenRaster(await repaint({ painter: 'woodcut', longest: 192, colours: 4 }));
  assert.deepEqual(
    layers.map(({ id }) => id),
    ['before', 'block-1', 'block-2', 'block-3', 'block-4', 'key', 'paper'],
  );
  const covered = layers.slice(1, 5).map(({ bitmap }) => bitmap.data.filter((value, i) => i % 4 === 3 && value).length);
  assert.equal(
    covered.reduce((sum, value) => sum + value, 0),
    192 * 128,
  );
});

test('[IM83] broad strokes leave more of the motif behind than fine ones; a small picture is enlarged first', async () => {
  const [broad, fine] = await Promise.all(
    [0, 1].map(async (fineness) => {
      const { layers } = await readOpenRaster(await repaint({ longest: 640, fineness }));
      const [before, , paint] = layers.map(({ bitmap }) => bitmap.data);
      return before!.reduce((sum, value, i) => sum + Math.abs(value - paint![i]!), 0);
    }),
  );
  assert.ok(broad! > 1.2 * fine!, `${broad} ${fine}`);
  assert.equal((await mergedOf(await repaint({ longest: 300 }))).width, 300);
});

test('what a manner does not know is refused, not passed over', () => {
  for (const options of [{ painter: 'oil', grid: 40 }, { painter: 'woodcut', colours: 20 }, { painter: 'ink' }])
    assert.throws(() => repaintPicture.options.parse(options));
});
