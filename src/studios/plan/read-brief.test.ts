import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import relevance from '../../../bench/relevance-briefs.json' with { type: 'json' };
import { createRandom } from '../../core/index.ts';
import { type InputWork, type Plan, planSchema } from '../../kernel/index.ts';
import { drawPlanThemes, planStudio, readBrief } from './index.ts';
import { loadLexicon } from './lexicon.ts';
import { readPlan } from './read.ts';

const wordsOf = ({ themes, imagery }: Plan): string[] => [...themes.map(({ word }) => word), ...imagery];
const noted = ({ notes }: Plan, text: string): boolean =>
  notes.some(({ zh, en }) => zh.includes(text) || en.includes(text));

test('[PL1] any text with a word in it becomes a valid plan, twice the same', () => {
  const seeds = fc.constantFrom(
    '写一首',
    '关于',
    '月',
    '不要',
    '「',
    '」',
    '藏头',
    '三首',
    'the moon',
    ' no ',
    '螢',
    '🌙',
    '，',
    '押阳韵',
    '首句',
    '的',
  );
  const texts = fc.oneof(
    fc.array(seeds, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
  );
  fc.assert(
    fc.property(texts, fc.nat(9), (text, seed) => {
      fc.pre(/[\p{L}\p{N}]/u.test(text));
      const plan = readBrief(text, { seed });
      planSchema.parse(plan);
      assert.deepEqual(readBrief(text, { seed }), plan);
      assert.equal(plan.brief, text);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('[PL1] simplified, traditional and English briefs meet in the same themes', () => {
  const allowed = new Set(loadLexicon().chinese.get('萤火虫')![0]!.imagery);
  for (const brief of ['写一首关于萤火虫的诗', '寫一首關於螢火蟲的詩', 'a poem about fireflies']) {
    const plan = readBrief(brief);
    assert.ok(plan.themes.length >= 3 && plan.themes.every(({ word }) => allowed.has(word)), brief);
  }
  assert.equal(readBrief('寫一首關於螢火蟲的詩').themes[0]?.source, '螢火蟲');
});

test('[PL2] the seed chooses among the closest words', () => {
  const firsts = Array.from({ length: 40 }, (_, seed) => readBrief('写一首关于星空的诗', { seed }).themes[0]?.word);
  assert.ok(new Set(firsts).size > 4, firsts.join());
});

test('[PL3] classical words of the brief are themes by themselves', () => {
  const plan = readBrief('明月，故人，孤帆');
  for (const word of ['明月', '故人', '孤帆'])
    assert.ok(
      plan.themes.some((theme) => theme.word === word && theme.source === word),
      word,
    );
});

test('[PL4] what is asked for outright weighs more than what is mentioned', () => {
  const plan = readBrief('我在海边散步，请写一首关于母亲的诗');
  assert.equal(plan.themes[0]?.source, '母亲');
  assert.ok(plan.themes[0].weight > plan.themes.find(({ source }) => source === '海边')!.weight);
});

test('[PL5] what is not understood is said to be so', () => {
  assert.ok(noted(readBrief('写一首关于火龙果的诗'), '火龙果'));
  assert.ok(noted(readBrief('a poem about zeugma and the sea'), 'zeugma'));
  const nothing = readBrief('asdf qwer');
  assert.equal(nothing.themes.length, 0);
  assert.ok(noted(nothing, 'No theme was understood'));
});

test('[PL8] what is unwanted is banned and is no theme', () => {
  for (const brief of [
    '写夜晚，不要月亮',
    '写秋天的湖边，不要出现月亮和星星',
    '没有月亮的夜晚，湖水',
    'a lake at night, without the moon',
    'the river at night, no stars or moon',
  ]) {
    const plan = readBrief(brief);
    assert.ok(plan.verse?.banned?.includes('月'), brief);
    assert.ok(plan.themes.length > 0 && wordsOf(plan).every((word) => !word.includes('月')), brief);
  }
  assert.deepEqual(readBrief('写雪，不要用「寒」字').verse?.banned, ['寒']);
  const { banned, required } = readBrief('寫雪，不要出現「愁」字，必須出現「燈」字').verse ?? {};
  assert.deepEqual(required, ['灯']);
  assert.deepEqual(banned, ['愁']);
});

test('[PL8] words that only look like a negation ban nothing', () => {
  for (const brief of ['离别', '别离的夜晚', '不夜城', '不眠之夜', '告别'])
    assert.equal(readBrief(brief).verse?.banned, undefined, brief);
});

const TIMES: readonly (readonly [string, Plan['season'], Plan['hour']])[] = [
  ['春天的早晨', 'spring', 'morning'],
  ['秋夜', 'autumn', 'night'],
  ['夏日午后', 'summer', 'afternoon'],
  ['扬州三月', 'spring', undefined],
  ['2025年11月的校园', undefined, undefined],
  ['冬日黄昏', 'winter', 'dusk'],
  ['除夕', 'winter', 'night'],
  ['中秋', 'autumn', 'night'],
  ['清明', 'spring', undefined],
  ['黎明的战场', undefined, 'dawn'],
  ['a winter night', 'winter', 'night'],
  ['spring dawn', 'spring', 'dawn'],
  ['dusk in autumn', 'autumn', 'dusk'],
  ['写高山', undefined, undefined],
];

for (const [brief, season, hour] of TIMES) {
  test(`[PL9] time: ${brief}`, () => {
    const plan = readBrief(brief);
    assert.deepEqual([plan.season, plan.hour], [season, hour]);
  });
}

test('[PL9] the mood follows the feelings named, and words of tone', () => {
  assert.ok(readBrief('写一首悲伤的诗，关于秋雨').mood.valence < -0.4);
  assert.ok(readBrief('欢快的春天').mood.valence > 0.4);
  assert.ok(readBrief('豪迈一点，写长江').mood.arousal > 0.4);
  assert.ok(readBrief('a peaceful lake').mood.arousal < -0.5);
  assert.ok(noted(readBrief('写梅花'), '时令'), 'an implied season is noted');
});

test('[PL11] briefs that say nothing, or too much, are refused with a hint', () => {
  for (const brief of ['', '   \n', '。，！？……', '🌙✨🎉'])
    assert.throws(() => readBrief(brief), { code: 'plan/empty-brief', kind: 'input' }, brief);
  assert.throws(() => readBrief('诗'.repeat(500_000)), { code: 'plan/brief-too-long', kind: 'input' });
  assert.ok(readBrief('明月'.repeat(10_000)).themes.length > 0);
});

test('[PL12] an English brief is told that the poem will be in Chinese', () => {
  const plan = readBrief('Write a poem about the starry sky');
  assert.equal(plan.language, 'en');
  assert.match(plan.notes[0]!.en, /in Chinese.*starry sky/u);
  assert.equal(readBrief('an acrostic of "平安喜乐" for her').language, 'en');
  assert.equal(readBrief('写星空', { language: 'en' }).language, 'en');
});

test('[PL13] candidates draw different themes; the weightiest stays', () => {
  const plan = readBrief('写一首关于星空的诗');
  const drawn = Array.from({ length: 30 }, (_, seed) => drawPlanThemes(plan, createRandom(seed)));
  assert.ok(drawn.every((themes) => themes[0] === plan.themes[0]?.word && themes.length >= 3 && themes.length <= 4));
  assert.ok(new Set(drawn.map((themes) => themes.join())).size > 10);
});

test('[PL15] at least 95 % of 200 briefs give a theme, and the one they are about', () => {
  assert.deepEqual([relevance.length, relevance.filter(({ language }) => language === 'en').length], [200, 40]);
  const concepts = new Map(loadLexicon().concepts.map((concept) => [concept.id, concept]));
  const plans = relevance.map(({ brief, concept }) => ({
    brief,
    plan: readBrief(brief),
    concept: concepts.get(concept)!,
  }));
  const silent = plans.filter(({ plan }) => plan.themes.length === 0).map(({ brief }) => brief);
  const astray = plans
    .filter(({ plan, concept }) => !wordsOf(plan).some((word) => concept.imagery.includes(word)))
    .map(({ brief }) => brief);
  assert.ok(silent.length <= 10, silent.join('\n'));
  assert.ok(astray.length <= 10, astray.join('\n'));
  const wrongLanguage = relevance.filter(({ brief, language }) => readBrief(brief).language !== language);
  assert.deepEqual(wrongLanguage, []);
});

test('[PL1] the op makes a plan work that the studio can measure and write out', async () => {
  const options = readPlan.options.parse({ brief: '写一首关于星空的诗' });
  const { works } = await readPlan.run({ seed: 7 } as never, [], options);
  const [made] = works;
  assert.ok(made !== undefined && 'document' in made && made.medium === 'plan');
  const work = { document: made.document } as InputWork;
  assert.deepEqual(made.document, readBrief('写一首关于星空的诗', { seed: 7 }));
  assert.ok((await planStudio.critique(work)).every(({ value }) => Number.isFinite(value)));
  for (const format of planStudio.formats) assert.ok((await format.write(work)).length > 20, format.name);
});
