import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import first from '../../../../bench/scene-briefs/first.json' with { type: 'json' };
import fourth from '../../../../bench/scene-briefs/fourth.json' with { type: 'json' };
import { judgeScenes } from '../../../../bench/scene-briefs/judge.ts';
import second from '../../../../bench/scene-briefs/second.json' with { type: 'json' };
import third from '../../../../bench/scene-briefs/third.json' with { type: 'json' };
import { ELEMENT_KINDS, type SceneElement, sceneWishSchema } from '../../../kernel/index.ts';
import { readBrief, readScene } from '../index.ts';
import { loadElements } from './element-table.ts';

const elementsOf = (brief: string): readonly SceneElement[] => readScene(brief).scene?.elements ?? [];
const idsOf = (brief: string): string[] => elementsOf(brief).map(({ id }) => id);
const find = (brief: string, id: string): SceneElement => elementsOf(brief).find((element) => element.id === id)!;
function relationOf(brief: string, id: string): string {
  const { relation } = find(brief, id);
  return relation ? `${relation.how} ${elementsOf(brief)[relation.to]!.id}` : '';
}

test('[PL23] the table is complete and its names are unique', () => {
  const { entries } = loadElements();
  assert.ok(entries.length >= 500, `${entries.length}`);
  assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
  const names = { zh: new Set<string>(), en: new Set<string>() };
  for (const { id, kind, zh, en, forms = [] } of entries) {
    assert.match(id, /^[a-z]+(?:-[a-z]+)*$/u);
    assert.ok((ELEMENT_KINDS as readonly string[]).includes(kind), id);
    assert.ok(zh.length > 0 && en.length > 0, id);
    for (const language of ['zh', 'en'] as const) {
      for (const name of [...{ zh, en }[language], ...forms.flatMap((form) => form[language])]) {
        assert.ok(!names[language].has(name), name);
        names[language].add(name);
      }
    }
  }
});

test('[PL17] number, size, side, depth and relation are as the words say', () => {
  const brief = '远山，江上一叶小舟，左边两株垂柳';
  assert.deepEqual(
    elementsOf(brief).map(({ id, count, depth, side }) => [id, count, depth, side]),
    [
      ['mountain', undefined, 'far', undefined],
      ['boat', 1, undefined, undefined],
      ['willow', 2, undefined, 'left'],
      ['river', undefined, undefined, undefined],
    ],
  );
  assert.equal(find(brief, 'boat').size, 'small');
  assert.equal(relationOf(brief, 'boat'), 'on river');
  assert.equal(relationOf('a cat on the roof under the moon', 'cat'), 'on roof');
  assert.equal(relationOf('桥下流水', 'river'), 'under bridge');
  assert.equal(relationOf('湖面倒映着雪山', 'mountain'), 'reflected-in lake');
  assert.equal(find('in the left corner a blue door', 'door').side, 'left');
  assert.equal(find('三五只红灯笼', 'lantern').count, 4);
  assert.match(find('a blue door', 'door').colour!, /^#/u);
  assert.deepEqual(find('盛开的荷花', 'lotus').states, ['blooming']);
});

test('[PL17] words within words are no elements', () => {
  for (const brief of [
    '水平很高，花费不少',
    '山东的同学',
    '马上开始',
    'start a new journal',
    'I want to fish for compliments',
  ]) {
    assert.deepEqual(
      elementsOf(brief).filter(({ source, kind }) => source !== '' && kind !== 'person'),
      [],
      brief,
    );
  }
});

test('[PL17] a poem of any script gives its imagery in its order', () => {
  assert.deepEqual(
    new Set(idsOf('枯藤老树昏鸦，小桥流水人家，古道西风瘦马')),
    new Set(['vine', 'tree', 'crow', 'bridge', 'river', 'house', 'road', 'wind', 'horse']),
  );
  assert.deepEqual(idsOf('遠處的寺廟，荷葉，鳥'), idsOf('远处的寺庙，荷叶，鸟'));
  assert.equal(find('遠處的寺廟', 'temple').source, '寺廟');
});

test('[PL18] what is unwanted or only compared is not shown', () => {
  assert.deepEqual(readScene('画一张海滩，没有人，也不要云').scene?.without, ['person', 'cloud']);
  assert.deepEqual(readScene('a city street without people or cars').scene?.without, ['person', 'car']);
  assert.ok(!idsOf('弯弯的月亮像一只小船').includes('boat'));
  assert.ok(readScene('弯弯的月亮像一只小船').notes.some(({ zh }) => zh.includes('比喻')));
});

test('[PL19] manner, format, pixels, number, weather, light and time', () => {
  const { scene, hour, season } = readScene('画三幅秋天黄昏的水墨竖幅，雨中的寺庙，1024x768');
  assert.deepEqual(
    { ...scene, elements: [] },
    {
      asked: true,
      painter: 'ink',
      format: 'portrait',
      size: [1024, 768],
      count: 3,
      weather: 'rain',
      light: 'dusk-glow',
      elements: [],
    },
  );
  assert.deepEqual([hour, season], ['dusk', 'autumn']);
  const manners = {
    像素画的猫: 'pixel',
    工笔牡丹: 'gongbi',
    浮世绘海浪: 'woodcut',
    'a watercolor of a cat': 'watercolour',
    'oil painting of a cat': 'oil',
  };
  for (const [brief, painter] of Object.entries(manners)) assert.equal(readScene(brief).scene?.painter, painter, brief);
  const formats = {
    手机壁纸一座山: 'portrait',
    '扇面：兰花': 'fan',
    '长卷，江南水乡': 'handscroll',
    'a square picture of a cat': 'square',
  };
  for (const [brief, format] of Object.entries(formats)) assert.equal(readScene(brief).scene?.format, format, brief);
});

test('[PL20] what is added has no source and is told; what is not understood is told', () => {
  const boat = readScene('画一只小船');
  assert.deepEqual(
    boat.scene?.elements.map(({ id, source }) => [id, source === '']),
    [
      ['boat', false],
      ['river', true],
    ],
  );
  assert.ok(boat.notes.some(({ zh }) => zh.includes('补上')));
  assert.ok(elementsOf('孤独').every(({ source }) => source === '') && elementsOf('孤独').length > 0);
  assert.ok(
    readScene('paint a zorblax and a cat').notes.some(({ en, zh }) => en.includes('zorblax') && zh.includes('zorblax')),
  );
});

test('[PL21] locked elements stay with their relations', () => {
  const earlier = elementsOf('江上一叶小舟，左边两株垂柳').map((element) =>
    element.id === 'boat' ? { ...element, side: 'right' as const, locked: true } : element,
  );
  const elements = readScene('江上三只船，一座塔', { keep: earlier }).scene!.elements;
  const boats = elements.filter(({ id }) => id === 'boat');
  assert.equal(boats.length, 1);
  assert.equal(boats[0]!.side, 'right');
  assert.equal(elements[boats[0]!.relation!.to]!.id, 'river');
  assert.ok(elements.some(({ id }) => id === 'pagoda') && !elements.some(({ id }) => id === 'willow'));
  assert.equal(readBrief('画一座塔', { keep: earlier }).scene!.elements[0]!.id, 'boat');
});

test('[PL19] where a picture is wanted anyway, words need not ask for it', () => {
  assert.equal(readScene('a cat, line drawing').scene?.asked, true);
  const { scene, notes } = readBrief('明月松间照，清泉石上流', { picture: true });
  assert.equal(scene?.asked, true);
  assert.ok(scene.elements.some(({ id }) => id === 'moon') && notes.some(({ zh }) => zh.startsWith('画中有')));
  assert.equal(readBrief('明月松间照，清泉石上流').scene?.asked, undefined);
});

test('[PL22] a picture in the plan changes no theme', () => {
  const plan = readBrief('写一首关于星空的诗');
  assert.equal(plan.scene?.elements[0]?.id, 'starry-sky');
  assert.equal(plan.scene?.asked, undefined);
});

test('[PL17] any text gives a valid scene, twice the same, relations within the list', () => {
  const seeds = fc.constantFrom(
    '画一幅',
    '江上',
    '两只',
    '猫',
    '在',
    '左边',
    '远处的',
    '没有',
    '像',
    '的',
    '，',
    '。',
    'a cat',
    ' on ',
    'the roof',
    ' without ',
    ' in the distance ',
    ', ',
    ' and ',
    'reflected in ',
    ' behind it ',
    '月',
    '倒映着',
    '雪',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(seeds, { maxLength: 24 }).map((parts) => parts.join('')),
        fc.string({ maxLength: 60 }),
      ),
      (text) => {
        const { scene } = readScene(text);
        assert.deepEqual(readScene(text).scene, scene);
        if (scene === undefined) return;
        sceneWishSchema.parse(scene);
        for (const [at, { relation }] of scene.elements.entries())
          assert.ok(!relation || (relation.to !== at && relation.to < scene.elements.length));
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

test('[PL24] the labelled briefs are read as they were labelled', () => {
  const { named, found, places, placed, strangers, briefs, kept, keptOut, faults } = judgeScenes([
    ...first,
    ...second,
    ...third,
    ...fourth,
  ]);
  assert.ok(
    found / named >= 0.95 && placed / places >= 0.9 && strangers / briefs < 0.2 && keptOut / kept >= 0.9,
    faults.join('\n'),
  );
});

test('[PL24] the judge sees what is wrong', () => {
  const { found, placed, strangers, keptOut } = judgeScenes([
    { brief: 'a cat on a roof', expect: 'dog cat*2>under:roof -moon' },
  ]);
  assert.deepEqual([found, placed, strangers, keptOut], [1, 0, 1, 0]);
});
