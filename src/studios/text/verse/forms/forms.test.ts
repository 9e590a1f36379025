import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findForm, findForms, getForm, listForms, type VerseForm } from './index.ts';

const tones = (form: VerseForm): string[] => form.lines.map((line) => line.tones.join(''));
const chains = (form: VerseForm): string =>
  form.lines.map(({ rhyme }) => (rhyme === undefined ? '-' : rhyme.chain)).join('');

test('[VF1] the sixteen regulated forms follow from the rule as the manuals print them', () => {
  assert.equal(listForms().filter(({ family }) => family === 'regulated').length, 16);
  assert.deepEqual(tones(getForm('五绝/仄起首句不入韵')), ['中仄平平仄', '平平中仄平', '中平平仄仄', '中仄仄平平']);
  assert.deepEqual(tones(getForm('七绝/平起首句入韵')), [
    '中平中仄仄平平',
    '中仄平平中仄平',
    '中仄中平平仄仄',
    '中平中仄仄平平',
  ]);
  assert.deepEqual(tones(getForm('五律/平起首句入韵')).slice(0, 2), ['平平中仄平', '中仄仄平平']);
});

test('[VF2] there are sixty tunes and more, every id once, every line of a sane length', () => {
  const forms = listForms();
  const tunes = new Set(forms.filter(({ family }) => family === 'tune').map(({ name }) => name));
  assert.ok(tunes.size >= 60, `${tunes.size} tunes`);
  assert.equal(new Set(forms.map(({ id }) => id)).size, forms.length);
  for (const form of forms) {
    assert.ok(form.english.length > 3, form.id);
    for (const line of form.lines) {
      assert.ok(line.tones.length >= 1 && line.tones.length <= 9, form.id);
      if (line.rhyme !== undefined) assert.equal(line.tones.at(-1), line.rhyme.toneClass, form.id);
    }
  }
});

test('[VF3] the best-known tunes agree with the manuals in lines, stanzas and rhymes', () => {
  const manual: Record<string, readonly [lengths: string, secondStanza: number | undefined, rhymes: string]> = {
    浣溪沙: ['777777', 3, 'aaa-aa'],
    菩萨蛮: ['77555555', 4, 'aabbccdd'],
    如梦令: ['6656226', undefined, 'aa-aaaa'],
    清平乐: ['45766666', 4, 'aaaabb-b'],
    西江月: ['66766676', 4, '-aaa-aaa'],
    卜算子: ['55755575', 4, '-a-a-a-a'],
    鹧鸪天: ['777733777', 4, 'aa-a-aa-a'],
    蝶恋花: ['7457774577', 5, 'a-aaaa-aaa'],
    渔家傲: ['7773777737', 5, 'aaaaaaaaaa'],
    踏莎行: ['4477744777', 5, '-aa-a-aa-a'],
    虞美人: ['7576375763', 5, 'aab-bccd-d'],
    忆江南: ['35775', undefined, '-a-aa'],
    长相思: ['33753375', 4, 'aaaaaaaa'],
    浪淘沙: ['5477454774', 5, 'aaa-aaaa-a'],
    忆秦娥: ['3734477344', 5, 'aaa-aaaa-a'],
    水调歌头: ['5565665553336566555', 9, '-a-a--a-a--a-a--a-a'],
  };
  for (const [name, [lengths, stanza, rhymes]] of Object.entries(manual)) {
    const form = findForms(name).find((f) => f.lines.map((line) => line.tones.length).join('') === lengths);
    assert.ok(form, `${name} ${lengths}`);
    assert.equal(form.stanzas[1], stanza, name);
    assert.equal(chains(form), rhymes, name);
  }
});

test('[VF4] 西江月 lets level and oblique rhyme together in one chain, 减字木兰花 changes chains', () => {
  const classes = (name: string): string =>
    getForm(name)
      .lines.map(({ rhyme }) => rhyme?.toneClass ?? '-')
      .join('');
  assert.equal(classes('西江月'), '-平平仄-平平仄');
  assert.equal(classes('减字木兰花'), '仄仄平平仄仄平平');
});

test('[VF5] refrains are known: 如梦令, 忆秦娥, and the turned one of 调笑令', () => {
  assert.deepEqual(getForm('如梦令').refrains, [{ line: 5, repeats: 4, tail: 'all' }]);
  assert.deepEqual(
    getForm('忆秦娥').refrains?.map(({ line, repeats }) => [line, repeats]),
    [
      [2, 1],
      [7, 6],
    ],
  );
  assert.ok(getForm('调笑令').refrains?.some(({ reversed }) => reversed));
});

test('[VF6] forms are found by other names, in traditional characters, with brackets, in English', () => {
  assert.equal(findForm('菩薩蠻')?.name, '菩萨蛮');
  assert.equal(findForm('《大江东去》')?.name, '念奴娇');
  assert.equal(findForm('七言绝句')?.name, '七绝');
  assert.equal(findForm('Prelude to Water Melody')?.name, '水调歌头');
  assert.equal(findForms('七绝').length, 4);
  assert.deepEqual(findForms('没有这个'), []);
});

test('[VF7] an unknown form is refused with near names in the hint', () => {
  assert.throws(
    () => getForm('浪淘少'),
    (error: { code: string; hint: string }) => error.code === 'verse/unknown-form' && error.hint.includes('浪淘沙'),
  );
});

test('[VF8] old style is free inside and rhymes on even lines', () => {
  const form = getForm('五言古风/8句仄韵');
  assert.equal(chains(form), '-a-a-a-a');
  assert.ok(tones(form).every((line) => line.startsWith('中中中中')));
});
