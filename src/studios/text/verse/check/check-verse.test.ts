import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getForm } from '../forms/index.ts';
import { loadRhymeBook } from '../prosody/index.ts';
import { checkVerse, explainProof, lineViolations } from './index.ts';

const rules = (text: string, form?: string, extra: object = {}): string[] =>
  checkVerse({ text, form, ...extra }).proof.violations.map(({ rule }) => rule);

const PASS = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';

test('[VC10] each rule is refuted by its own name', () => {
  assert.deepEqual(rules(PASS, '五绝'), []);
  assert.deepEqual(rules('白日依山尽，黄河入海流。欲穷千里目，更上一层山。', '五绝'), ['rhyme']);
  assert.deepEqual(rules('白日依山尽，黄河入海流。欲穷千里目，更上高天楼。', '五绝'), ['three-tail']);
  assert.deepEqual(rules('白日依山尽，落河入海流。欲穷千里目，更上一层楼。', '五绝'), ['lonely-level']);
  assert.deepEqual(rules('白日依山尽，黄河入海流。欲穷千里目，更上一川流。', '五绝'), ['rhyme-repeated']);
  assert.deepEqual(rules('白日依山尽，黄河入海流。更上一层楼。', '五绝'), ['line-count']);
  assert.deepEqual(rules('白日依山尽，黄河入海流。欲穷千里，更上一层楼。', '五绝'), ['length']);
  assert.deepEqual(
    rules('白日依山尽，黄河入海流。更上一层月，欲穷千里楼。', '五绝').filter((rule) => rule !== 'tone'),
    ['adhesion'],
  );
});

test('[VC11] 拗救 is accepted with the switch on and refuted with it off, and the proof names it', () => {
  const self = '移舟泊烟渚，日暮客愁新。野旷天低树，江清月近人。';
  const couplet = '南朝四百八十寺，多少楼台烟雨中。千里莺啼绿映红，水村山郭酒旗风。';
  const { proof } = checkVerse({ text: self, form: '五绝' });
  assert.deepEqual(
    proof.syllables.filter(({ rescuedBy }) => rescuedBy).map(({ character, rescuedBy }) => character + rescuedBy),
    ['烟本句自救'],
  );
  assert.ok(rules(self, '五绝', { rescue: false }).length > 0);
  assert.ok(
    checkVerse({ text: couplet, form: '七绝' }).proof.syllables.some(({ rescuedBy }) => rescuedBy === '对句相救'),
  );
});

test('[VC12] polyphones are resolved in favour of the poem and shown', () => {
  const { proof } = checkVerse({
    text: '国破山河在，城春草木深。感时花溅泪，恨别鸟惊心。烽火连三月，家书抵万金。白头搔更短，浑欲不胜簪。',
  });
  const sheng = proof.syllables.find(({ character }) => character === '胜')!;
  assert.equal(sheng.found, '平');
  assert.equal(sheng.pinyin, 'shēng');
  assert.ok(sheng.polyphone!.length > 1);
  assert.deepEqual(proof.rhymes, { a: '侵' });
  assert.deepEqual(
    proof.parallelism.map(({ lines }) => lines),
    [
      [2, 3],
      [4, 5],
    ],
  );
});

test('[VC13] a first line may borrow a neighbouring rhyme, later lines may not', () => {
  const text = '清明时节雨纷纷，路上行人欲断魂。借问酒家何处有，牧童遥指杏花村。';
  assert.deepEqual(rules(text, '七绝'), []);
  assert.equal(checkVerse({ text, form: '七绝' }).proof.rhymes.a, '元');
});

test('[VC14] refrains, repetition and unlisted characters are seen', () => {
  assert.deepEqual(
    rules('昨夜雨疏风骤，浓睡不消残酒。试问卷帘人，却道海棠依旧。知否，知道，应是绿肥红瘦。', '如梦令').includes(
      'refrain',
    ),
    true,
  );
  assert.ok(rules('山日山山尽，山河山海流。山穷千里目，更上一层楼。', '五绝').includes('repeats'));
  assert.ok(rules('她日依山尽，她河入海流。欲穷她里目，更她一层楼。', '五绝').includes('unknown-character'));
});

test('[VC15] traditional characters, titles above the poem and two lines to a row are understood', () => {
  const poem = checkVerse({ text: '登鸛雀樓\n王之渙\n白日依山盡，黃河入海流。\n欲窮千里目，更上一層樓。' });
  assert.equal(poem.title, '登鹳雀楼');
  assert.equal(poem.form, '五绝/仄起首句不入韵');
  assert.ok(poem.proof.valid);
});

test('[VC16] the new book hears modern speech: 一 is level there', () => {
  const text = '一片春光照我家，一枝红杏映朝霞。一声鸟语传千里，一路东风满地花。';
  const found = (rhymeBook?: '中华通韵'): string =>
    checkVerse({ text, form: '七绝', rhymeBook }).proof.syllables[0]!.found;
  assert.equal(found(), '仄');
  assert.equal(found('中华通韵'), '平');
});

test('[VC17] a text without verse is refused, a shape nobody knows is refuted', () => {
  assert.throws(() => checkVerse({ text: 'hello, world' }), { code: 'verse/no-text' });
  assert.throws(() => checkVerse({ text: PASS, form: '无此体' }), { code: 'verse/unknown-form' });
  const poem = checkVerse({ text: '一。二二。三三三。' });
  assert.equal(poem.form, 'free');
  assert.deepEqual(
    poem.proof.violations.map(({ rule }) => rule),
    ['no-form'],
  );
});

test('[VC18] the explanation says everything in both languages', () => {
  const { proof } = checkVerse({ text: '白日依山尽，黄河入海流。欲穷千里目，更上一层山。', form: '五绝' });
  assert.match(explainProof(proof, 'zh'), /不合：五绝.*\n.*✗ 第4句第5字：“山”/su);
  assert.match(explainProof(proof, 'en'), /Refuted: 五绝.*✗ Line 4, syllable 5: '山'/su);
  assert.doesNotMatch(explainProof(proof, 'en').replace(/[\p{Script=Han}《》（）·、：]/gu, ''), /undefined/u);
});

test('[VC19] one line can be judged alone', () => {
  const form = getForm('五绝/仄起首句不入韵');
  const book = loadRhymeBook('平水韵');
  assert.deepEqual(lineViolations(form, 0, '白日依山尽', book), []);
  assert.deepEqual(
    lineViolations(form, 0, '白云依山尽', book).map(({ place }) => place),
    [1],
  );
  assert.deepEqual(
    lineViolations(form, 0, '白日', book).map(({ rule }) => rule),
    ['length'],
  );
});

test('[VC20] parallel couplets score above couplets put together at random', () => {
  const couplets = [
    '明月松间照，清泉石上流',
    '星垂平野阔，月涌大江流',
    '野径云俱黑，江船火独明',
    '大漠孤烟直，长河落日圆',
    '古木无人径，深山何处钟',
    '草枯鹰眼疾，雪尽马蹄轻',
  ].map((couplet) => couplet.split('，') as [string, string]);
  const form = getForm('五律/仄起首句不入韵');
  const score = (a: string, b: string): number =>
    checkVerse({
      lines: ['国破山河在', '城春草木深', a, b, '烽火连三月', '家书抵万金', '白头搔更短', '浑欲不胜簪'],
      form: form.id,
    }).proof.parallelism[0]!.score;
  const mean = (list: readonly number[]): number => list.reduce((x, y) => x + y, 0) / list.length;
  const real = mean(couplets.map(([a, b]) => score(a, b)));
  const mixed = mean(couplets.map(([a], i) => score(a, couplets[(i + 1) % couplets.length]![1])));
  assert.ok(real > mixed + 0.05, `${real} against ${mixed}`);
});
