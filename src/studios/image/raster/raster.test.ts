import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import {
  blurField,
  createField,
  createNoise,
  drawStroke,
  fillPolygon,
  formatHex,
  fractal,
  fromOklab,
  type Point,
  parseHex,
  toOklab,
} from './index.ts';

const sum = (data: Float32Array): number => data.reduce((a, b) => a + b, 0);

test('polygons cover exactly their area, holes excepted, and are cut at the edges', () => {
  const triangle: Point[] = [
    [2.3, 1.1],
    [17.9, 6.4],
    [5.2, 15.7],
  ];
  const area = Math.abs((17.9 - 2.3) * (15.7 - 1.1) - (5.2 - 2.3) * (6.4 - 1.1)) / 2;
  assert.ok(Math.abs(sum(fillPolygon(createField(20, 20), [triangle]).data) - area) < 1e-3);
  const square = (from: number, to: number): Point[] => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ];
  const ring = fillPolygon(createField(20, 20), [square(2.5, 17.5), square(5, 10).reverse()]);
  assert.ok(Math.abs(sum(ring.data) - (225 - 25)) < 1e-3);
  const cut = fillPolygon(createField(20, 20), [square(-5.5, 4.25)]);
  assert.ok(Math.abs(sum(cut.data) - 4.25 * 4.25) < 1e-3);
  const beyond = fillPolygon(createField(20, 20), [square(15.5, 40)]);
  assert.ok(Math.abs(sum(beyond.data) - 4.5 * 4.5) < 1e-3);
});

test('strokes cover about their area, and faint lines stay faint', () => {
  const field = createField(60, 20);
  drawStroke(field, {
    points: [
      [10, 10],
      [50, 10],
    ],
    radii: [3, 3],
  });
  assert.ok(Math.abs(sum(field.data) - (240 + Math.PI * 9)) < 3);
  const faint = createField(60, 20);
  drawStroke(faint, {
    points: [
      [10, 10],
      [50, 10],
    ],
    radii: [0.1, 0.1],
  });
  assert.ok(Math.abs(sum(faint.data) - 8) < 2, `${sum(faint.data)}`);
});

test('a blur keeps the sum and has the width that was asked', () => {
  const field = createField(101, 101);
  field.data[50 * 101 + 50] = 1;
  const blurred = blurField(field, 6).data;
  assert.ok(Math.abs(sum(blurred) - 1) < 1e-4);
  let variance = 0;
  for (let y = 0; y < 101; y++) for (let x = 0; x < 101; x++) variance += blurred[y * 101 + x]! * (x - 50) ** 2;
  assert.ok(Math.abs(Math.sqrt(variance) - 6) < 0.3, `${Math.sqrt(variance)}`);
});

test('a blur leaves an even field as it is, at every width', () => {
  for (const sigma of [0.5, 0.98, 2, 7, 40]) {
    const { data } = blurField(createField(30, 20, 0.4), sigma);
    assert.ok(
      data.every((value) => Math.abs(value - 0.4) < 1e-4),
      `${sigma}: ${data[0]}`,
    );
  }
});

test('colours survive OKLab', () => {
  for (const hex of ['#000000', '#ffffff', '#c8102e', '#2a5d84', '#7fb069']) {
    assert.equal(formatHex(fromOklab(toOklab(parseHex(hex)))), hex);
  }
});

test('noise is smooth, bounded and the same for a seed', () => {
  const noise = fractal(createNoise(createRandom('n')), 5);
  const again = fractal(createNoise(createRandom('n')), 5);
  let [low, high] = [0, 0];
  for (let i = 0; i < 4000; i++) {
    const [x, y] = [(i % 63) * 0.37, i * 0.013];
    const value = noise(x, y);
    assert.equal(value, again(x, y));
    assert.ok(Math.abs(value - noise(x + 1e-4, y)) < 1e-2);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  assert.ok(low < -0.4 && high > 0.4 && low > -1.2 && high < 1.2, `${low} ${high}`);
});
