import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flatten } from '../picture/index.ts';
import { type Bitmap, createBitmap, filledBitmap } from '../raster/index.ts';
import { blendPictures, maskOf, shapedMask } from './index.ts';
import { mixed, seamless } from './solve-poisson.ts';

const [WIDTH, HEIGHT] = [61, 47];
const count = WIDTH * HEIGHT;

/** Inside an ellipse. */
const region = Uint8Array.from({ length: count }, (_, i) => {
  const [x, y] = [(i % WIDTH) / WIDTH - 0.5, Math.floor(i / WIDTH) / HEIGHT - 0.5];
  return Math.hypot(x, y) < 0.36 ? 1 : 0;
});
const sheet = { width: WIDTH, height: HEIGHT, region };

const plane = (valueAt: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => valueAt(i % WIDTH, Math.floor(i / WIDTH)));

const worst = (one: Float32Array, other: Float32Array): number =>
  one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);

test('[IM25] a guest that differs from its host by a constant, or by a plane, becomes the host', () => {
  const host = plane((x, y) => 80 + x + 2 * y + 12 * Math.sin(x / 4));
  assert.ok(
    worst(
      seamless(
        host,
        host.map((value) => value + 55),
        sheet,
      ),
      host,
    ) < 0.5,
  );
  const tilted = host.map((value, i) => value - 30 + (i % WIDTH) * 0.8);
  assert.ok(worst(seamless(host, tilted, sheet), host) < 1);
});

test('[IM25] the gradients of the guest are kept inside, the host outside, and no seam is seen', () => {
  const host = plane((x) => 60 + x);
  const bump = (x: number, y: number): number => 70 * Math.exp(-((x - 30) ** 2 + (y - 23) ** 2) / 40);
  const guest = plane((x, y) => 190 + bump(x, y));
  const made = seamless(host, guest, sheet);
  assert.ok(
    worst(
      made,
      plane((x, y) => 60 + x + bump(x, y)),
    ) < 4,
  );
  for (let i = 0; i < count; i++) if (!region[i]) assert.equal(made[i], host[i]);
});

test('mixed gradients keep the lines of the host where the guest is plain', () => {
  const lines = plane((x) => (x % 10 < 5 ? 60 : 140));
  const guest = plane(() => 200);
  const [plain, through] = [seamless(lines, guest, sheet), mixed(lines, guest, sheet)];
  const spread = (values: Float32Array): number => {
    const inside = [...values].filter((_, i) => region[i] && Math.abs(Math.floor(i / WIDTH) - 23) < 4);
    return Math.max(...inside) - Math.min(...inside);
  };
  assert.ok(worst(through, lines) < 3, `${worst(through, lines)}`);
  assert.ok(spread(through) > 70 && worst(plain, lines) > 20);
});

test('a region that is the whole sheet stays the guest', () => {
  const guest = plane((x) => x * 2);
  const made = seamless(
    plane(() => 9),
    guest,
    { ...sheet, region: new Uint8Array(count).fill(1) },
  );
  assert.ok(worst(made, guest) < 1e-3);
});

const pixel = ({ width, data }: Bitmap, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

test('[IM25] ramps show the second on their side, the first on the other, and half of each between', () => {
  const [black, white] = [filledBitmap(41, 20, [0, 0, 0]), filledBitmap(41, 20, [255, 255, 255])];
  const at = (shape: 'left' | 'right' | 'top' | 'bottom', x: number, y: number): number => {
    const layers = blendPictures(black, white, { way: 'normal', mask: shapedMask(shape, 41, 20, 0.4), strength: 1 });
    return pixel(flatten({ width: 41, height: 20, layers, about: {} }), x, y)[0]!;
  };
  assert.deepEqual([at('left', 2, 10), at('left', 38, 10)], [255, 0]);
  assert.deepEqual([at('right', 2, 10), at('right', 38, 10)], [0, 255]);
  assert.ok(Math.abs(at('left', 20, 10) - 128) < 3);
  assert.ok(at('top', 20, 0) === 255 && at('bottom', 20, 0) === 0);
});

test('modes blend as layers do, as strongly as asked, and the layers stay apart', () => {
  const [one, other] = [filledBitmap(4, 4, [200, 100, 40]), filledBitmap(4, 4, [100, 200, 255])];
  const layers = blendPictures(one, other, { way: 'multiply', mask: shapedMask('all', 4, 4, 0), strength: 0.5 });
  assert.deepEqual(
    layers.map(({ id, blend, opacity }) => [id, blend, opacity]),
    [
      ['first', undefined, undefined],
      ['second', 'multiply', 0.5],
    ],
  );
  const [r] = pixel(flatten({ width: 4, height: 4, layers, about: {} }), 1, 1);
  assert.ok(Math.abs(r! - (200 + (200 * 100) / 255) / 2) <= 1);
});

test('a grey picture is a mask, what is transparent in it hides', () => {
  const grey = createBitmap(3, 1);
  grey.data.set([255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 0]);
  assert.deepEqual(
    [...maskOf(grey)].map((value) => Math.round(value)),
    [1, 0, 0],
  );
});

test('[IM25] a small guest with nothing around it meets its host without a seam', () => {
  const [host, guest] = [filledBitmap(40, 30, [60, 90, 120]), createBitmap(40, 30)];
  for (let y = 8; y < 22; y++) for (let x = 10; x < 30; x++) guest.data.set([200, 180, 160, 255], (y * 40 + x) * 4);
  const layers = blendPictures(host, guest, { way: 'seamless', mask: shapedMask('all', 40, 30, 0), strength: 1 });
  const flat = flatten({ width: 40, height: 30, layers, about: {} });
  const away = flat.data.reduce((most, value, i) => Math.max(most, Math.abs(value - host.data[i]!)), 0);
  assert.ok(away <= 1, `${away}`);
});
