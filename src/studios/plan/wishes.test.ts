import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBrief } from './index.ts';

/** What each brief must be read as; a list stands for any of its members. */
const FORMS: readonly (readonly [string, string | readonly string[]])[] = [
  ['写一首关于星空的五绝', '五绝'],
  ['七绝，咏梅', '七绝'],
  ['寫一首七言絕句，詠雪', '七绝'],
  ['五言律诗：边塞', '五律'],
  ['以秋为题写一首七律', '七律'],
  ['五律《登高》', '五律'],
  ['写一首古风，关于侠客', '古风'],
  ['一首七言古诗，写长江', '七言古风'],
  ['绝句，写春天', ['五绝', '七绝']],
  ['律诗一首，写中秋', ['五律', '七律']],
  ['浣溪沙 秋思', '浣溪沙'],
  ['填一首《水调歌头》，写中秋', '水调歌头'],
  ['用词牌蝶恋花写离别', '蝶恋花'],
  ['調寄臨江仙，懷古', '临江仙'],
  ['填一首忆江南', '忆江南'],
  ['a quatrain about snow', ['五绝', '七绝']],
  ['a seven-character quatrain about snow', '七绝'],
  ['five-syllable quatrain on the moon', '五绝'],
  ['write a five-character regulated verse about the sea', '五律'],
  ['寫一首五言律詩，題目「夜泊」，押「東」韻', '五律'],
  ['藏头七律：鹏程万里前途似锦', '七律'],
  ['the sea in winter, five characters per line', ['五绝', '五律']],
  ['a regulated verse about autumn', ['五律', '七律']],
  ['a ci to the tune of Huan Xi Sha about spring', '浣溪沙'],
  ['to the tune of "Dielianhua", about parting', '蝶恋花'],
  ['an old-style poem about a swordsman', '古风'],
];

for (const [brief, form] of FORMS) {
  test(`[PL6] form: ${brief}`, () => {
    const found = readBrief(brief).verse?.form ?? '';
    assert.ok([form].flat().includes(found), found);
  });
}

test('[PL6] a tune that is only words of a sentence is not asked for', () => {
  for (const brief of ['回忆江南的诗', '她的暗香与疏影', '一首七绝，关于少年游历四方']) {
    assert.match(readBrief(brief).verse?.form ?? '', /^[五七][绝律]$/u, brief);
  }
});

test('[PL6] only the tunes that are passed in are offered', () => {
  assert.equal(readBrief('浣溪沙 秋思', { forms: ['七绝', '浣溪沙'] }).verse?.form, '浣溪沙');
  assert.notEqual(readBrief('浣溪沙 秋思', { forms: ['七绝'] }).verse?.form, '浣溪沙');
  assert.equal(readBrief('填一首词，写秋', { forms: ['七绝', '天仙子'] }).verse?.form, '天仙子');
});

test('[PL6] a form that cannot be planned is named in the notes', () => {
  assert.ok(readBrief('写一首现代诗，关于大海').notes.some(({ zh }) => zh.includes('现代诗')));
  assert.ok(readBrief('a haiku about a frog').notes.some(({ en }) => en.includes('haiku')));
});

const COUNTS: readonly (readonly [string, number | undefined])[] = [
  ['三首七绝，写春', 3],
  ['写两首关于月亮的诗', 2],
  ['來十首詠梅詩', 10],
  ['写12首七律咏史', 12],
  ['来几首写雨的诗', 3],
  ['五百首七绝，写雪', 100],
  ['five poems about rain', 5],
  ['write a couple of short poems about cats', 2],
  ['写一首关于雪的诗', undefined],
  ['像唐诗三百首里那样写江南', undefined],
];

for (const [brief, count] of COUNTS)
  test(`[PL6] count: ${brief}`, () => assert.equal(readBrief(brief).verse?.count, count));

const RHYMES: readonly (readonly [string, object])[] = [
  ['写秋天，押阳韵', { rhyme: '阳' }],
  ['七律，用下平七阳韵，写长江', { rhyme: '阳' }],
  ['押“东”韵，咏柳', { rhyme: '东' }],
  ['用词林正韵第七部平声填一首临江仙', { rhyme: '7平', rhymeBook: '词林正韵' }],
  ['平水韵，写雪', { rhymeBook: '平水韵' }],
  ['用中华通韵写一首七绝，咏荷', { rhymeBook: '中华通韵' }],
  ['押ang韵，写故乡', { rhyme: '昂', rhymeBook: '中华通韵' }],
  ['写送别，韵脚用「秋」字', { rhymeWord: '秋' }],
  ['a poem about rain in modern rhymes', { rhymeBook: '中华通韵' }],
];

for (const [brief, wish] of RHYMES) {
  test(`[PL6] rhyme: ${brief}`, () => {
    const { rhyme, rhymeBook, rhymeWord } = readBrief(brief).verse ?? {};
    assert.deepEqual(JSON.parse(JSON.stringify({ rhyme, rhymeBook, rhymeWord })), wish);
  });
}

const FIXED: readonly (readonly [string, object])[] = [
  ['藏头诗「我爱中国」', { acrostic: '我爱中国' }],
  ['藏头：春暖花开', { acrostic: '春暖花开' }],
  ['以“生日快乐”藏头，送给妈妈', { acrostic: '生日快乐' }],
  ['为公司写一首藏头七律：鹏程万里前途似锦', { acrostic: '鹏程万里前途似锦' }],
  ['寫一首藏頭詩，藏「國泰民安」四字', { acrostic: '国泰民安' }],
  ['每句首字分别是“梅兰竹菊”', { acrostic: '梅兰竹菊' }],
  ['an acrostic of "平安喜乐" for my daughter', { acrostic: '平安喜乐' }],
  ['首句「床前明月光」，写思乡', { firstLine: '床前明月光' }],
  ['第一句是“月落乌啼霜满天”', { firstLine: '月落乌啼霜满天' }],
  ['a quatrain whose first line is "白日依山尽"', { firstLine: '白日依山尽' }],
  ['写秋夜，必须包含「孤灯」和「梧桐」', { required: ['孤灯', '梧桐'] }],
];

for (const [brief, wish] of FIXED) {
  test(`[PL7] fixed: ${brief}`, () => {
    const { acrostic, firstLine, required } = readBrief(brief).verse ?? {};
    assert.deepEqual(JSON.parse(JSON.stringify({ acrostic, firstLine, required })), wish);
  });
}

test('[PL7] the title is the one asked for, and a theme besides', () => {
  for (const brief of ['题为《夜读》的七绝', '以夜读为题', '写一首七律，标题：夜读', 'a poem titled "夜读"']) {
    const plan = readBrief(brief);
    assert.equal(plan.title, '夜读', brief);
    assert.ok(plan.themes.length > 0, brief);
  }
});

test('[PL10] an unasked form fits what was fixed', () => {
  for (let seed = 0; seed < 20; seed++) {
    assert.match(readBrief('首句「床前明月光」', { seed }).verse?.form ?? '', /^五/u);
    assert.match(readBrief('藏头「我爱中国山河锦绣」', { seed }).verse?.form ?? '', /律$/u);
  }
  const plan = readBrief('写雪');
  assert.ok(plan.notes.some(({ zh }) => zh.includes(`取${plan.verse?.form}`)));
  const forms = Array.from({ length: 60 }, (_, seed) => readBrief('写一首关于雪的诗', { seed }).verse?.form);
  assert.ok(forms.filter((form) => form === '七绝').length > 25 && new Set(forms).size > 2, forms.join());
});

test('[PL90] asked for in one sentence, picture, poem and tune are of its subject: the asking is no theme, a zither is heard', () => {
  const plan = readBrief('画一幅雪夜归人，配一首七绝和一支古琴曲');
  assert.equal(plan.verse?.form, '七绝');
  assert.deepEqual(plan.music?.instruments, ['guqin']);
  const themes = plan.themes.map(({ word }) => word);
  assert.ok(themes.includes('归人') && !themes.some((word) => /画|丹青|水墨|琴/u.test(word)), themes.join());
  assert.deepEqual(plan.scene?.elements.map(({ id }) => id).toSorted(), ['snow', 'traveller']);
  assert.ok(!plan.notes.some(({ zh }) => /没有读懂/.test(zh)), 'nothing of it is left over as not understood');
  const english = readBrief('paint the snow at night, with a poem and a guqin tune');
  assert.deepEqual(
    english.scene?.elements.map(({ id }) => id),
    ['snow'],
  );
  assert.ok(!english.themes.some(({ word }) => /画|丹青|水墨/u.test(word)));
});
