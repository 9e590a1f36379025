import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../core/index.ts';
import type { SceneElement, SceneWish } from '../../../kernel/index.ts';
import { expandPrompt, parsePrompt, type WeightedPiece, weighScene } from './index.ts';

const weightsOf = (prompt: string): [string, number][] =>
  parsePrompt(prompt).weights.map(({ text, weight }: WeightedPiece) => [text, weight]);

test('[IM50] brackets weigh words as image generators have it', () => {
  const cases: readonly (readonly [string, string, readonly (readonly [string, number])[]])[] = [
    ['a (red boat:1.3) on a river', 'a red boat on a river', [['red boat', 1.3]]],
    ['a (boat)', 'a boat', [['boat', 1.1]]],
    [
      'a ((boat)) [mist]',
      'a boat mist',
      [
        ['boat', 1.21],
        ['mist', 0.9091],
      ],
    ],
    [
      '((a:1.5) b)',
      'a b',
      [
        ['a', 1.65],
        [' b', 1.1],
      ],
    ],
    ['a \\(small\\) boat', 'a (small) boat', []],
    ['[[mist]]', 'mist', [['mist', 0.8264]]],
    ['moon (over the hill', 'moon over the hill', [['over the hill', 1.1]]],
    ['a boat) and [b', 'a boat) and b', [['b', 0.9091]]],
    ['(house: 0.5 )', 'house', [['house', 0.5]]],
    ['time 12:30 (x:.5)', 'time 12:30 x', [['x', 0.5]]],
    ['江上（红船：1.2），远山', '江上红船，远山', [['红船', 1.2]]],
    ['江上（红船:１．５）', '江上红船', [['红船', 1.5]]],
    ['（（孤舟））', '孤舟', [['孤舟', 1.21]]],
    ['山水（远山、近水）', '山水（远山、近水）', []],
    [
      '(red:1.3)(blue:0.5)',
      'redblue',
      [
        ['red', 1.3],
        ['blue', 0.5],
      ],
    ],
  ];
  for (const [prompt, text, weights] of cases) {
    assert.equal(parsePrompt(prompt).text, text, prompt);
    assert.deepEqual(weightsOf(prompt), weights, prompt);
  }
});

test('[IM50] a prompt that was copied whole brings its negative along; what cannot be followed is said', () => {
  const copied = parsePrompt('a cat\nNegative prompt: (birds:1.2), moon\nSteps: 20, Sampler: Euler a, Seed: 5', 'rain');
  assert.deepEqual([copied.text, copied.negative], ['a cat', 'birds, moon, rain']);
  assert.deepEqual(copied.negativePieces[0], { text: 'birds', weight: 1.2 });
  assert.equal(parsePrompt('一只猫\n反向提示词：鸟').negative, '鸟');
  const foreign = parsePrompt('a cat <lora:ink:0.8> [day:night:0.5] BREAK x');
  assert.equal(foreign.text, 'a cat night , x');
  assert.equal(foreign.notes.length, 2);
});

test('[IM50] parsing never throws, and without brackets changes nothing but spaces', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab（）()[]:：1.2\\{}|，船'), maxLength: 60 }), (prompt) => {
      const { pieces } = parsePrompt(prompt);
      assert.ok(pieces.every(({ weight }) => weight >= 0 && Number.isFinite(weight)));
    }),
    { seed: 1 },
  );
  assert.equal(parsePrompt('月夜江上，一叶小舟 1:2').text, '月夜江上，一叶小舟 1:2');
});

const draws = (prompt: string, wildcards = {}): string[] =>
  Array.from({ length: 200 }, (_, seed) => expandPrompt(prompt, { random: createRandom(seed), wildcards }));

test('[IM51] braces draw one, or several, by weight; the same seed draws the same', () => {
  assert.deepEqual(new Set(draws('a {red|blue} boat')), new Set(['a red boat', 'a blue boat']));
  assert.deepEqual(draws('{a|b|c}'), draws('{a|b|c}'));
  assert.deepEqual(new Set(draws('{2$$ and $$a|b|c}')).size, 6);
  assert.deepEqual(new Set(draws('{2$$a|b}')), new Set(['a, b', 'b, a']));
  assert.deepEqual(new Set(draws('{0-1$$a|a}')), new Set(['', 'a']));
  const heavy = draws('{9::a|1::b}').filter((drawn) => drawn === 'a').length;
  assert.ok(heavy > 160 && heavy < 198, `${heavy}`);
  assert.deepEqual(new Set(draws('{a {x|y}|b}')), new Set(['a x', 'a y', 'b']));
  assert.deepEqual(new Set(draws('｛红｜蓝｝船')), new Set(['红船', '蓝船']));
  assert.equal(expandPrompt('\\{a|b\\} \\(c\\)', { random: createRandom(1) }), '{a|b} \\(c\\)');
  assert.equal(expandPrompt('no_choice here', { random: createRandom(1) }), 'no_choice here');
});

test('[IM51] wildcards draw lines of lists, lists of lists too; what is not there is named', () => {
  const wildcards = {
    花: ['梅', '兰'],
    'birds/small': ['wren', '{robin|tit}'],
    'birds/large': ['crane'],
    loop: ['__loop__'],
  };
  assert.deepEqual(new Set(draws('一枝__花__', wildcards)), new Set(['一枝梅', '一枝兰']));
  assert.deepEqual(new Set(draws('__birds/*__', wildcards)), new Set(['wren', 'robin', 'tit', 'crane']));
  const random = createRandom(1);
  assert.throws(() => expandPrompt('__trees__', { random, wildcards }), { code: 'image/unknown-wildcard' });
  assert.throws(() => expandPrompt('__loop__', { random, wildcards }), { code: 'image/bad-prompt' });
  assert.throws(() => expandPrompt('a {b|c', { random }), { code: 'image/bad-prompt' });
  const long = '{99$$x|'.repeat(3);
  assert.throws(() => expandPrompt(long, { random }), { code: 'image/bad-prompt' });
});

const element = (
  id: string,
  kind: SceneElement['kind'],
  source: string,
  more: Partial<SceneElement> = {},
): SceneElement => ({
  id,
  kind,
  source,
  weight: 0.8,
  ...more,
});
const SCENE: SceneWish = {
  elements: [
    element('boat', 'vehicle', 'red boat', { relation: { how: 'on', to: 2 } }),
    element('heron', 'bird', 'herons'),
    element('river', 'water', 'river', { weight: 0.6 }),
    element('moon', 'sky', '月亮', { weight: 0.5 }),
  ],
};

test('[IM52] a weight makes a thing larger and more important, or smaller; only whole words count', () => {
  const { scene, unmet } = weighScene(SCENE, {
    weights: [
      { text: 'river', weight: 1.5 },
      { text: 'a red boat', weight: 0.5 },
      { text: 'masterpiece', weight: 1.2 },
    ],
  });
  const byId = Object.fromEntries(scene.elements.map((each) => [each.id, each]));
  assert.deepEqual([byId.boat!.scale, byId.boat!.weight], [0.5, 0.4]);
  assert.deepEqual([byId.river!.scale, byId.river!.weight], [1.5, 0.9]);
  assert.equal(byId.heron!.scale, undefined);
  assert.deepEqual(unmet, ['masterpiece']);
  assert.deepEqual(weighScene(SCENE, { weights: [{ text: 'her', weight: 2 }] }).unmet, ['her']);
  const most = weighScene(SCENE, { weights: [{ text: '月亮', weight: 9 }] }).scene.elements;
  assert.ok(most.every(({ weight }) => weight <= 1) && most[3]!.weight === 1 && most[3]!.scale === 2.5);
});

test('[IM52] negative words take out things by id, by kind or by name, and relations keep their places', () => {
  const { scene } = weighScene(SCENE, { without: ['birds', '月亮', 'dragon boat'] });
  assert.deepEqual(
    scene.elements.map(({ id }) => id),
    ['boat', 'river'],
  );
  assert.deepEqual(scene.elements[0]!.relation, { how: 'on', to: 1 });
  assert.deepEqual(scene.without, ['birds', 'heron', '月亮', 'moon', 'dragon boat']);
  const alone = weighScene(SCENE, { without: ['river'] }).scene.elements[0]!;
  assert.equal(alone.relation, undefined);
  const locked = { elements: [{ ...SCENE.elements[3]!, locked: true }] };
  assert.equal(weighScene(locked, { without: ['moon'] }).scene.elements.length, 1);
});
