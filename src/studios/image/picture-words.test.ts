import assert from 'node:assert/strict';
import test from 'node:test';
import { writeOpenRaster } from './picture/index.ts';
import { pictureWords } from './picture-words.ts';

const bitmap = { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(200) };
const file = (about: Readonly<Record<string, unknown>>): Promise<Uint8Array> =>
  writeOpenRaster({
    width: 2,
    height: 2,
    layers: [
      {
        id: 'moon',
        names: { en: 'Moon', zh: '月' },
        bitmap,
        x: 0,
        y: 0,
        opacity: 1,
        visible: true,
        blend: 'normal' as const,
      },
    ],
    about,
  });

test('a picture is found by what was asked, by what is on it in both languages, and by its poem', async () => {
  const plan = { brief: '秋江夜泊', themes: [{ word: '离别' }] };
  const poem = { title: '枫桥', lines: ['月落乌啼霜满天'] };
  const words = pictureWords(await file({ made: { title: '枫桥', plan, poem, options: {} } })).split('\n');
  assert.deepEqual(words, ['枫桥', '秋江夜泊', '离别', '月落乌啼霜满天', 'Moon', '月']);
});

test('a picture that says nothing of itself is found by its layers; what is no picture is refused', async () => {
  assert.equal(pictureWords(await file({})), 'Moon\n月');
  assert.throws(() => pictureWords(new Uint8Array(3)), { code: 'image/bad-picture' });
});
