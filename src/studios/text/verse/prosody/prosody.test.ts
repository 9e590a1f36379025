import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CILIN_RHYMES, PINGSHUI_GROUPS } from '../prompt.ts';
import {
  areNeighbours,
  keysInToneClass,
  loadRhymeBook,
  parsePinyin,
  partsOfGroup,
  pinyinReadings,
  RHYME_BOOKS,
  type RhymeBookName,
  simplify,
  TONGYUN_GROUPS,
  toneOfGroup,
  tongyunGroup,
} from './index.ts';

const keysOf = (book: RhymeBookName, character: string): string[] =>
  loadRhymeBook(book)
    .readings(character)
    .map(({ rhyme }) => rhyme);

test('[PR1] every book has its keys, all of them filled, and every listed character reads back', () => {
  const keys = { 平水韵: PINGSHUI_GROUPS, 词林正韵: CILIN_RHYMES, 中华通韵: TONGYUN_GROUPS };
  for (const name of RHYME_BOOKS) {
    const book = loadRhymeBook(name);
    assert.deepEqual([...book.rhymes.keys()].sort(), [...keys[name]].sort());
    for (const [key, characters] of book.rhymes) {
      assert.ok(characters.length >= 3, `${name} ${key}`);
      for (const character of characters.slice(0, 200)) {
        assert.ok(
          book.readings(character).some(({ rhyme }) => rhyme === key),
          `${character} in ${key}`,
        );
      }
    }
  }
});

test('[PR2] the name of every 平水韵 group is one of its characters, and its tone is that of its place', () => {
  for (const group of PINGSHUI_GROUPS) assert.ok(keysOf('平水韵', group).includes(group), group);
  assert.deepEqual(['东', '董', '送', '屋'].map(toneOfGroup), ['平', '上', '去', '入']);
});

test('[PR3] polyphones have all their readings, commonest first, each with its own sound', () => {
  const read = (character: string): string[] =>
    loadRhymeBook('平水韵')
      .readings(character)
      .map(({ toneClass, pinyin }) => `${toneClass}${pinyin ?? ''}`);
  assert.deepEqual(read('看'), ['平kān', '仄kàn']);
  assert.deepEqual(read('中'), ['平zhōng', '仄zhòng']);
  assert.equal(
    loadRhymeBook('平水韵')
      .readings('重')
      .find(({ rhyme }) => rhyme === '冬')?.pinyin,
    'chóng',
  );
  const shares = loadRhymeBook('平水韵')
    .readings('思')
    .map(({ share }) => share!);
  assert.ok(shares[0]! > shares[1]!);
});

test('[PR4] entering tones are oblique in the old books and follow speech in the new one', () => {
  for (const character of '白十国绝一石') {
    assert.ok(
      loadRhymeBook('平水韵')
        .readings(character)
        .every(({ tone }) => tone === '入'),
      character,
    );
    assert.ok(
      loadRhymeBook('中华通韵')
        .readings(character)
        .some(({ toneClass }) => toneClass === '平'),
      character,
    );
  }
});

test('[PR5] readings that rhyme lists often lack are there', () => {
  const expected = {
    溪: '齐',
    啼: '齐',
    炉: '虞',
    惭: '覃',
    迹: '陌',
    扫: '皓',
    遍: '霰',
    沉: '侵',
    佳: '麻',
    先: '先',
    讲: '讲',
  };
  for (const [character, group] of Object.entries(expected))
    assert.ok(keysOf('平水韵', character).includes(group), character);
});

test('[PR6] the sixteen groups follow from pinyin', () => {
  const pairs = {
    mā: '啊',
    wǒ: '喔',
    yuè: '鹅',
    xiè: '鹅',
    zhī: '衣',
    yǔ: '迂',
    qū: '迂',
    shuǐ: '欸',
    liú: '欧',
    yuán: '安',
    lún: '恩',
    yīng: '英',
    wēng: '英',
    xióng: '雍',
    ér: '儿',
  };
  for (const [syllable, group] of Object.entries(pairs)) assert.equal(tongyunGroup(syllable), group, syllable);
  assert.deepEqual(parsePinyin('zhōng'), { initial: 'zh', final: 'ong', number: 1 });
  assert.deepEqual(parsePinyin('jūn'), { initial: 'j', final: 'ün', number: 1 });
});

test('[PR7] 词林正韵 puts the split groups where their vowel belongs', () => {
  const expected = {
    杯: '3平',
    来: '5平',
    会: '3仄',
    外: '5仄',
    画: '10仄',
    门: '6平',
    言: '7平',
    月: '18入',
    明: '11平',
  };
  for (const [character, key] of Object.entries(expected))
    assert.ok(keysOf('词林正韵', character).includes(key), character);
  assert.deepEqual(partsOfGroup('灰'), [3, 5]);
});

test('[PR8] traditional and variant characters are read as their simplified ones, 乾坤 stays', () => {
  assert.equal(simplify('菩薩蠻·疎影橫斜，乾坤'), '菩萨蛮·疏影横斜，乾坤');
  assert.deepEqual(keysOf('平水韵', '風'), keysOf('平水韵', '风'));
  assert.deepEqual(pinyinReadings('龍'), ['lóng']);
});

test('[PR9] neighbours share a tone and a part; keys change tone class within their sound', () => {
  assert.ok(areNeighbours('平水韵', '东', '冬'));
  assert.ok(!areNeighbours('平水韵', '东', '董'));
  assert.ok(!areNeighbours('平水韵', '东', '阳'));
  assert.deepEqual(keysInToneClass('词林正韵', '7平', '仄'), ['7仄']);
  assert.deepEqual(keysInToneClass('平水韵', '东', '仄'), ['董', '送']);
});

test('[PR10] an unknown book is refused with the names of those there are', () => {
  assert.throws(() => loadRhymeBook('切韵' as RhymeBookName), { code: 'verse/unknown-rhyme-book' });
});
