import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputWork } from '../../kernel/index.ts';
import { critiquePicture, measureBitmap } from './critique.ts';
import { writeOpenRaster } from './picture/index.ts';
import { type Bitmap, createBitmap } from './raster/index.ts';

type Colour = readonly [number, number, number];
const [WHITE, BLACK, RED, BLUE, GREEN]: Colour[] = [
  [255, 255, 255],
  [0, 0, 0],
  [220, 60, 30],
  [40, 80, 210],
  [40, 170, 60],
];

/** A picture by the colour at each place, in shares of its sides. */
function made(colourAt: (x: number, y: number) => Colour, side = 128, height = side): Bitmap {
  const bitmap = createBitmap(side, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < side; x++, at += 4) {
      bitmap.data.set([...colourAt((x + 0.5) / side, (y + 0.5) / height), 255], at);
    }
  }
  return bitmap;
}

const near = (value: number, wanted: number, slack = 0.02): void =>
  assert.ok(Math.abs(value - wanted) <= slack, `${value} is not ${wanted}`);

test('[IM24] a plain sheet has no contrast, edges, colours or mass', () => {
  const plain = measureBitmap(made(() => WHITE!));
  near(plain.lightness, 1);
  for (const name of [
    'contrast',
    'edges',
    'variety',
    'colourfulness',
    'warmth',
    'density',
    'depth',
    'balance',
    'height',
  ] as const)
    near(plain[name], 0, 0.001);
  near(plain.symmetry, 1);
  near(plain.void, 1);
});

test('[IM24] half black and half white: contrast a half, one bit of colours, mass on the side of what is painted', () => {
  const half = measureBitmap(made((x) => (x < 0.6 ? WHITE! : BLACK!)));
  near(half.contrast, Math.sqrt(0.24));
  near(half.variety, -(0.6 * Math.log(0.6) + 0.4 * Math.log(0.4)) / Math.log(343), 0.01);
  near(half.density, 0.4);
  near(half.balance, 0.6);
  near(half.height, 0);
  near(half.void, 0.6);
  assert.ok(half.symmetry < 0.3);
});

test('[IM24] red is warm, blue is cold, and both together are neither, nor of one hue', () => {
  const [warm, cold] = [measureBitmap(made(() => RED!)), measureBitmap(made(() => BLUE!))];
  assert.ok(warm.warmth > 0.5 && cold.warmth < -0.5);
  near(warm.unity, 1);
  const mixed = measureBitmap(made((x) => (x < 1 / 3 ? RED! : x < 2 / 3 ? GREEN! : BLUE!)));
  assert.ok(mixed.unity < 0.4 && Math.abs(mixed.warmth) < warm.warmth / 2);
  assert.ok(mixed.variety > warm.variety && mixed.colourfulness > 0.1);
});

test('[IM24] a square in the middle covers its share; what is painted in the ground’s lightness counts too', () => {
  const square = (x: number, y: number): boolean => Math.abs(x - 0.5) < 0.25 && Math.abs(y - 0.5) < 0.25;
  const drawn = measureBitmap(made((x, y) => (square(x, y) ? BLACK! : WHITE!)));
  near(drawn.density, 0.25);
  near(drawn.symmetry, 1);
  near(drawn.balance, 0);
  near(drawn.void, 0.25);
  // Of nearly the same lightness, of other hue.
  near(measureBitmap(made((x, y) => (square(x, y) ? [200, 90, 90] : [90, 145, 90]))).density, 0.25);
});

test('[IM24] mass above is high, below is low', () => {
  const bar = (from: number, to: number) => measureBitmap(made((_, y) => (y > from && y < to ? BLACK! : WHITE!)));
  assert.ok(bar(0, 0.2).height > 0.7);
  assert.ok(bar(0.8, 1).height < -0.7);
  near(bar(0.45, 0.55).height, 0);
});

test('[IM24] finer stripes have more edges; stripes below give depth, above the opposite', () => {
  const stripes = (count: number, isOn: (y: number) => boolean) =>
    measureBitmap(made((x, y) => (isOn(y) && Math.floor(x * count) % 2 === 0 ? BLACK! : WHITE!)));
  const [few, many] = [stripes(8, () => true), stripes(32, () => true)];
  near(many.edges / few.edges, 31 / 7, 0.3);
  near(few.depth, 0, 0.02);
  assert.ok(stripes(16, (y) => y > 0.5).depth > 0.8);
  assert.ok(stripes(16, (y) => y < 0.5).depth < -0.8);
});

test('[IM7] the same picture at any size measures the same', () => {
  const scene = (x: number, y: number): Colour => {
    if (Math.hypot(x - 0.7, y - 0.25) < 0.1) return [240, 200, 80];
    if (y > 0.75 - 0.3 * Math.sin(x * 3)) return [60, 90, 80];
    return [190 + 40 * y, 210, 225];
  };
  const all = [128, 256, 700, 1500].map((side) => measureBitmap(made(scene, side, Math.round(side * 0.75))));
  for (const [name, value] of Object.entries(all[0]!)) {
    for (const other of all) near(other[name as keyof typeof other], value, 0.03);
  }
});

test('[IM23] what the op noted of a suspicious likeness to a picture that its model learned from is among the measures', async () => {
  const layer = { id: 'a', names: { en: 'a', zh: '甲' }, bitmap: made(() => RED!, 16), x: 0, y: 0 };
  const bytes = await writeOpenRaster({ width: 16, height: 16, layers: [layer], about: {} });
  const measured = async (copy: boolean): Promise<string[]> => {
    const nearest = { name: 'snow', source: 'somebody', distance: 0.01, copy };
    const work = { id: 'w', measures: { nearest }, record: { op: 'image/sticker' } };
    const measures = await critiquePicture({ work, bytes, document: undefined } as unknown as InputWork);
    return measures.flatMap(({ name, summary }) => (name === 'learnedCopy' ? [summary.en] : []));
  };
  assert.deepEqual(await measured(true), ['Near what its model learned from: “snow” (somebody), 0 the same picture']);
  assert.deepEqual(await measured(false), []);
});
