import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facesFor, isHan, openTypeface, writeInscription } from './index.ts';
import { hanScriptOf, isZhuyin } from './script.ts';

const fontsIn = (text: string, style: 'brush' | 'serif' | 'sans'): (string | undefined)[] => {
  const faces = facesFor(text, style);
  return [...text].map((character) => faces.glyph(character)?.font);
};

/** Area of ink of a character in square ems, inner contours taken off by their turn. */
function inkOf(id: string, character: string, weight: number): number {
  const { outlines } = openTypeface(id, { weight }).glyph(character)!;
  const areas = outlines.map((line) =>
    line.reduce((sum, [x, y], i) => {
      const [px, py] = line.at(i - 1)!;
      return sum + (px * y - x * py) / 2;
    }, 0),
  );
  return Math.abs(areas.reduce((a, b) => a + b, 0));
}

test('text is taken for traditional when it has a character that simplified text does not know', () => {
  assert.equal(hanScriptOf('岁月静好'), 'simplified');
  assert.equal(hanScriptOf('歲月靜好'), 'traditional');
  assert.equal(hanScriptOf('山中'), 'simplified');
  assert.ok(isHan('歲') && isHan('，') && isHan('𠮷') && !isHan('W'));
  assert.ok(isZhuyin('ㄅ') && isZhuyin('ˊ') && !isZhuyin('b'));
});

test('[IM80] a traditional poem is written by one hand, the traditional one, in every style', () => {
  const poem = '床前明月光疑是地上霜舉頭望明月低頭思故鄉';
  assert.deepEqual(new Set(fontsIn(poem, 'brush')), new Set(['noto-serif-tc']));
  assert.deepEqual(new Set(fontsIn(poem, 'serif')), new Set(['noto-serif-tc']));
  assert.deepEqual(new Set(fontsIn(poem, 'sans')), new Set(['noto-sans-tc']));
});

test('[IM80] simplified text keeps the brush, and Latin within it has letters of its own', () => {
  assert.deepEqual(fontsIn('夜航N', 'brush'), ['ma-shan-zheng', 'ma-shan-zheng', 'cormorant-garamond']);
  assert.deepEqual(fontsIn('夜N', 'sans'), ['noto-sans-sc', 'noto-sans-sc']);
  assert.deepEqual(fontsIn('夜Ночь', 'serif').slice(1), new Array(4).fill('cormorant-garamond'));
});

test('[IM80] zhuyin and its tones can be written in every style', () => {
  for (const style of ['brush', 'serif', 'sans'] as const) {
    assert.deepEqual(facesFor('夜', style).missing('ㄧㄝˋ ㄏㄤˊ ㄇㄚˇ ˙ㄉㄜ'), []);
  }
});

test('[IM81] a character that nobody has is named, once, and a turned sort stands in its place', () => {
  const faces = facesFor('夜ก', 'brush');
  assert.deepEqual(faces.missing('夜กก 𪚥\n'), ['ก', '𪚥']);
  assert.equal(faces.glyph('ก'), undefined);
  const room = { x: 0, y: 0, width: 300, height: 400 };
  const written = writeInscription({ title: '', lines: ['夜ก夜夜夜'], language: 'zh' }, room)!;
  assert.deepEqual(written.missing, ['ก']);
  assert.equal(written.characters.length, 5);
  assert.equal(written.characters[1]!.length, 2, 'the two bars of 〓');
});

test('an inscription stays in its box, whatever it is written in', () => {
  const box = { x: 40, y: 60, width: 280, height: 420 };
  for (const lines of [
    ['舉頭望明月', '低頭思故鄉'],
    ['举头望明月', '低头思故乡'],
    ['ㄐㄩˇㄊㄡˊ', 'Night 夜航'],
  ]) {
    const { characters } = writeInscription({ title: '靜夜思', lines, language: 'zh' }, box)!;
    for (const [x, y] of characters.flat(2)) {
      assert.ok(x >= box.x - 8 && x <= box.x + box.width + 8, `${lines[0]} ${x}`);
      assert.ok(y >= box.y - 8 && y <= box.y + box.height + 8, `${lines[0]} ${y}`);
    }
  }
});

test('a variable typeface has more ink the heavier it is set, and no less than it was made for', () => {
  for (const id of ['noto-serif-tc', 'noto-sans-sc']) {
    const [light, book, heavy] = [200, 400, 900].map((weight) => inkOf(id, '永', weight)) as [number, number, number];
    assert.ok(light < book && book < heavy && heavy > 1.6 * light, `${id} ${light} ${book} ${heavy}`);
    assert.equal(inkOf(id, '永', 9000), heavy);
  }
});

test('there is no typeface of an unknown name', () => {
  assert.throws(() => openTypeface('comic'), RangeError);
});
