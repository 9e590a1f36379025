import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Poem, SyllableProof } from '../../studios/text/index.ts';
import { createInk } from '../terminal/ink.ts';
import { displayWidth } from '../terminal/width.ts';
import { layoutPoem } from './layout.ts';
import { rhymeName } from './rhyme-name.ts';

/** A poem from lines and, for each, tone marks: 平 仄, 多 for a polyphone in level tone, 韵 for a level rhyme. */
function poemOf(
  lines: readonly string[],
  tones: readonly string[],
  violations: Poem['proof']['violations'] = [],
): Poem {
  const syllables = lines.flatMap((line, index) =>
    [...line].map((character, place): SyllableProof => {
      const tone = tones[index]![place]!;
      return {
        character,
        line: index,
        place,
        required: '中',
        found: tone === '仄' ? '仄' : '平',
        pinyin: '',
        ...(tone === '韵' ? { rhyme: '阳' } : {}),
        ...(tone === '多' ? { polyphone: ['平', '仄'] } : {}),
      };
    }),
  );
  const form = 'test';
  const proof = { valid: violations.length === 0, form, rhymeBook: '平水韵' as const, rhymes: { a: '阳' } };
  return {
    version: 1,
    title: '题',
    form,
    rhymeBook: '平水韵',
    lines,
    proof: { ...proof, syllables, violations, parallelism: [] },
  };
}

const poem = poemOf(['床前看月光', '疑是地上霜'], ['平平多仄韵', '平仄仄仄韵']);
const ink = createInk(false);

test('[CL8] a mark stands under each character, wide ones included', () => {
  const [text = '', tones = ''] = layoutPoem(poem, { ink, columns: 80 });
  assert.equal(text, '床 前 看 月 光， 疑 是 地 上 霜。');
  assert.equal(tones, '○  ○  ◎  ●  △    ○  ●  ●  ●  △');
  for (const character of '床前看月光疑是地上霜') {
    const column = displayWidth(text.slice(0, text.indexOf(character)));
    assert.match(tones[column]!, /[○●◎△]/);
  }
});

test('[CL9] in a narrow terminal each line has a row of its own', () => {
  const rows = layoutPoem(poem, { ink, columns: 20 });
  assert.equal(rows.length, 4);
  assert.ok(rows.every((row) => displayWidth(row) <= 20));
});

test('[CL10] a broken place is marked, and stanzas are set apart', () => {
  const broken = poemOf(
    ['床前看月光', '疑是地上霜'],
    ['平平平仄韵', '平仄仄仄韵'],
    [{ rule: 'tone', line: 1, place: 2, message: { en: '', zh: '' } }],
  );
  const rows = layoutPoem(broken, { ink, columns: 80, marks: ['。', '。'], stanzas: [0, 1] });
  assert.deepEqual(rows, ['床 前 看 月 光。', '○  ○  ○  ●  △', '', '疑 是 地 上 霜。', '○  ●  ✗  ●  △']);
});

test('[CL11] rhymes are called by their names', () => {
  assert.equal(rhymeName('平水韵', '阳', 'zh'), '阳');
  assert.equal(rhymeName('词林正韵', '2平', 'zh'), '第二部平声');
  assert.equal(rhymeName('词林正韵', '19入', 'zh'), '第十九部入声');
  assert.equal(rhymeName('词林正韵', '10仄', 'en'), 'part 10, oblique');
});
