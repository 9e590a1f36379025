import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type Bitmap, createBitmap, mixHex, parseHex, toOklab } from '../raster/index.ts';
import { drawSwatch, extractPalette, HARMONIES, harmonise, leadingColour, nameColour, recolour } from './index.ts';
import { toLch } from './oklch.ts';
import traditional from './traditional-colours.table.json' with { type: 'json' };

function picture(width: number, height: number, colourAt: (x: number, y: number) => string): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let i = 0; i < width * height; i++)
    bitmap.data.set([...parseHex(colourAt(i % width, Math.floor(i / width))), 255], 4 * i);
  return bitmap;
}

/** Half blue, three tenths sand, a little red. */
const flag = picture(40, 40, (x, y) => (x > 35 && y > 35 ? '#c83228' : y < 20 ? '#28508c' : '#dcc896'));

test('[IM12] the palette of a picture has its colours with their shares, small ones too, the same for the same seed', () => {
  const colours = extractPalette(flag, 3, createRandom(1));
  assert.deepEqual(
    colours.map(({ hex }) => hex),
    ['#28508c', '#dcc896', '#c83228'],
  );
  assert.deepEqual(
    colours.map(({ share }) => share),
    [0.5, 0.49, 0.01],
  );
  const slopes = picture(40, 40, (x, y) => mixHex(mixHex('#304a20', '#e8e0c0', x / 40), '#a03a50', y / 40));
  const five = extractPalette(slopes, 5, createRandom(3));
  assert.deepEqual(five, extractPalette(slopes, 5, createRandom(3)));
  assert.equal(five.length, 5);
  assert.ok(Math.abs(five.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
  assert.equal(extractPalette(flag, 8, createRandom(1)).length, 3, 'no more than there are');
});

test('[IM13] harmonies keep lightness and turn the hue by the angles of their names', () => {
  const turns = {
    complementary: [180],
    analogous: [330, 30],
    triad: [120, 240],
    split: [150, 210],
    tetrad: [90, 180, 270],
  };
  const own = toLch(toOklab(parseHex('#8a6f5e')));
  for (const harmony of HARMONIES) {
    const [first, ...rest] = harmonise('#8a6f5e', harmony);
    assert.equal(first, '#8a6f5e');
    for (const [i, hex] of rest.entries()) {
      const { lightness, hue } = toLch(toOklab(parseHex(hex)));
      const turned = (hue - own.hue + 720) % 360;
      assert.ok(Math.abs(turned - turns[harmony][i]!) < 4, `${harmony}: ${turned}`);
      assert.ok(Math.abs(lightness - own.lightness) < 0.01);
    }
  }
  assert.equal(leadingColour(extractPalette(flag, 3, createRandom(1))), '#28508c');
});

test('colours have plain names and the nearest traditional one', () => {
  assert.deepEqual(nameColour('#ffffff').plain, { en: 'white', zh: '白' });
  assert.deepEqual(nameColour('#d01818').plain, { en: 'red', zh: '红' });
  assert.deepEqual(nameColour('#205020').plain, { en: 'dark green', zh: '深绿' });
  assert.equal(nameColour('#177db2').traditional.zh, '靛青');
  assert.ok(nameColour('#177db2').traditional.away < 0.01);
});

test('every traditional colour has two names and a value of its own', () => {
  const { colours } = traditional;
  assert.ok(colours.length > 100);
  for (const key of ['zh', 'en', 'hex'] as const)
    assert.equal(new Set(colours.map((colour) => colour[key])).size, colours.length, key);
  for (const { hex, zh, en } of colours) assert.match(`${zh} ${en} ${hex}`, /^\p{Script=Han}+ [\w’ -]+ #[0-9a-f]{6}$/u);
});

test('[IM14] recolouring brings the hues of the wanted colours and leaves the lightness', () => {
  const { bitmap, moves } = recolour(flag, ['#3a7a3a', '#e8d0d8'], createRandom(1));
  assert.equal(moves.length, 2);
  for (const at of [0, 4 * (30 * 40 + 3)]) {
    const before = toOklab([flag.data[at]!, flag.data[at + 1]!, flag.data[at + 2]!]);
    const after = toOklab([bitmap.data[at]!, bitmap.data[at + 1]!, bitmap.data[at + 2]!]);
    assert.ok(Math.abs(before[0] - after[0]) < 0.01, `${before[0]} ${after[0]}`);
  }
  const blue = toLch(toOklab([bitmap.data[0]!, bitmap.data[1]!, bitmap.data[2]!]));
  assert.ok(Math.abs(blue.hue - toLch(toOklab(parseHex('#3a7a3a'))).hue) < 12, `${blue.hue}`);
});

test('the card of a palette shows every colour', () => {
  const colours = extractPalette(flag, 3, createRandom(1));
  const card = drawSwatch(colours, [{ hex: '#123456' }]);
  for (const hex of [...colours.map((colour) => colour.hex), '#123456']) {
    const wanted = parseHex(hex);
    let seen = 0;
    for (let i = 0; i < card.data.length; i += 4) if (wanted.every((value, c) => card.data[i + c] === value)) seen++;
    assert.ok(seen > 1000, `${hex} ${seen}`);
  }
});
