import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Bitmap, createBitmap, filledBitmap } from '../raster/index.ts';
import { flatten, type Layer, type Picture, writePsd } from './index.ts';
import { packRows } from './pack-bits.ts';

/** Takes PackBits apart again. */
function unpack(bytes: Uint8Array, length: number): number[] {
  const row: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const count = (bytes[at++]! << 24) >> 24;
    if (count >= 0) {
      row.push(...bytes.subarray(at, at + count + 1));
      at += count + 1;
    } else if (count > -128) row.push(...new Array<number>(1 - count).fill(bytes[at++]!));
  }
  assert.equal(row.length, length);
  return row;
}

test('rows survive packing, whatever stands in them', () => {
  const byte = fc.oneof({ weight: 3, arbitrary: fc.constant(7) }, fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 1, maxLength: 700 }), (row) => {
      const bitmap = createBitmap(row.length, 1);
      for (const [i, value] of row.entries()) bitmap.data[4 * i + 2] = value;
      const { bytes, lengths } = packRows(bitmap, 2);
      assert.deepEqual(unpack(bytes, row.length), row);
      assert.ok(lengths[0] === bytes.length && bytes.length <= row.length + Math.ceil(row.length / 128));
    }),
    { seed: 2 },
  );
});

const layer = (id: string, zh: string, bitmap: Bitmap, more: Partial<Layer> = {}): Layer => ({
  id,
  names: { en: id, zh },
  bitmap,
  x: 0,
  y: 0,
  ...more,
});
const spot = createBitmap(40, 30);
for (let y = 5; y < 9; y++) for (let x = 3; x < 13; x++) spot.data.set([200, 10 * x, 30, 128], (y * 40 + x) * 4);

const PICTURE: Picture = {
  width: 40,
  height: 30,
  layers: [
    layer('paper', '纸', filledBitmap(40, 30, [240, 230, 210])),
    layer('mist', '雾', spot, { blend: 'multiply', opacity: 0.5, x: -5, y: 2 }),
    layer('moon & 光', '月', filledBitmap(4, 4, [255, 250, 200]), { blend: 'screen', x: 20, y: 10, visible: false }),
    layer('glow', '辉', filledBitmap(3, 3, [9, 9, 9]), { blend: 'plus', x: 38, y: 28 }),
  ],
  about: {},
};

interface Found {
  readonly box: readonly number[];
  readonly channels: readonly (readonly [id: number, length: number])[];
  readonly blend: string;
  readonly opacity: number;
  readonly isHidden: boolean;
  readonly name: string;
  readonly unicode: string;
}

/** Reads what the specification says stands where. */
function readPsd(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const letters = (at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));
  assert.equal(letters(0, 4), '8BPS');
  const head = {
    version: view.getUint16(4),
    channels: view.getUint16(12),
    height: view.getUint32(14),
    width: view.getUint32(18),
    depth: view.getUint16(22),
    mode: view.getUint16(24),
  };
  let at = 26 + 4 + view.getUint32(26);
  at += 4 + view.getUint32(at);
  const [section, info] = [at + 4, at + 8];
  const end = section + view.getUint32(at);
  assert.ok(view.getUint32(section) % 2 === 0 && info + view.getUint32(section) <= end);
  const count = view.getInt16(info);
  at = info + 2;
  const layers: Found[] = [];
  for (let i = 0; i < Math.abs(count); i++) {
    const box = [0, 4, 8, 12].map((step) => view.getInt32(at + step));
    const many = view.getUint16(at + 16);
    const channels = Array.from(
      { length: many },
      (_, c) => [view.getInt16(at + 18 + 6 * c), view.getUint32(at + 20 + 6 * c)] as const,
    );
    at += 18 + 6 * many;
    assert.equal(letters(at, 4), '8BIM');
    const facts = { blend: letters(at + 4, 4), opacity: bytes[at + 8]!, isHidden: (bytes[at + 10]! & 2) !== 0 };
    const extra = at + 16;
    const after = extra + view.getUint32(at + 12);
    at = extra + 4 + view.getUint32(extra);
    at += 4 + view.getUint32(at);
    const name = letters(at + 1, bytes[at]!);
    at += Math.ceil((bytes[at]! + 1) / 4) * 4;
    assert.equal(letters(at, 8), '8BIMluni');
    const units = view.getUint32(at + 12);
    const unicode = new TextDecoder('utf-16be').decode(bytes.subarray(at + 16, at + 16 + 2 * units));
    assert.equal(at + 12 + view.getUint32(at + 8), after, 'the record ends where it says');
    layers.push({ box, channels, ...facts, name, unicode });
    at = after;
  }
  return { head, count, layers, pixels: at, end };
}

/** A channel of a layer as rows of bytes. */
function channelAt(bytes: Uint8Array, at: number, width: number, height: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  assert.equal(view.getUint16(at), 1);
  let from = at + 2 + 2 * height;
  return Array.from({ length: height }, (_, y) => {
    const length = view.getUint16(at + 2 + 2 * y);
    const row = unpack(bytes.subarray(from, from + length), width);
    from += length;
    return row;
  }).flat();
}

test('[IM56] a PSD says of every layer where it stands, how it blends and what it is called in Unicode', () => {
  const bytes = writePsd(PICTURE);
  const { head, count, layers } = readPsd(bytes);
  assert.deepEqual(head, { version: 1, channels: 3, height: 30, width: 40, depth: 8, mode: 3 });
  assert.equal(count, 4);
  assert.deepEqual(
    layers.map(({ box, blend, opacity, isHidden, unicode }) => [box, blend, opacity, isHidden, unicode]),
    [
      [[0, 0, 30, 40], 'norm', 255, false, '纸 paper'],
      [[7, -2, 11, 8], 'mul ', 128, false, '雾 mist'],
      [[10, 20, 14, 24], 'scrn', 255, true, '月 moon & 光'],
      [[28, 38, 31, 41], 'lddg', 255, false, '辉 glow'],
    ],
  );
  assert.equal(layers[2]!.name, 'moon & ?');
  assert.deepEqual(writePsd(PICTURE), bytes);
});

test('[IM56] its pixels are those of the layers, and of the picture laid flat', () => {
  const bytes = writePsd(PICTURE);
  const { layers, pixels, end } = readPsd(bytes);
  const [alpha, red] = layers[1]!.channels;
  const before = layers[0]!.channels.reduce((sum, [, length]) => sum + length, 0);
  assert.deepEqual([alpha![0], red![0]], [-1, 0]);
  assert.deepEqual(new Set(channelAt(bytes, pixels + before, 10, 4)), new Set([128]));
  assert.deepEqual(new Set(channelAt(bytes, pixels + before + alpha![1], 10, 4)), new Set([200]));
  const flat = flatten(PICTURE);
  const view = new DataView(bytes.buffer);
  let from = end + 2 + 2 * 30 * 3;
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < 30; y++) {
      const length = view.getUint16(end + 2 + 2 * (c * 30 + y));
      const row = Array.from({ length: 40 }, (_, x) => flat.data[(y * 40 + x) * 4 + c]!);
      assert.deepEqual(unpack(bytes.subarray(from, from + length), 40), row);
      from += length;
    }
  }
  assert.equal(from, bytes.length);
  const open = readPsd(writePsd({ ...PICTURE, layers: PICTURE.layers.slice(1) }));
  assert.deepEqual([open.count, open.head.channels], [-3, 4]);
});
