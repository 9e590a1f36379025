import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan, SceneElement } from '../../../kernel/index.ts';
import { askedWords } from './asked-words.ts';
import { fitSize } from './fit-size.ts';
import { sceneWords } from './scene-words.ts';

const element = (id: string, more: Partial<SceneElement> = {}): SceneElement => ({
  id,
  kind: 'thing',
  source: '',
  weight: 1,
  ...more,
});

const planOf = (brief: string, elements: readonly SceneElement[], more: Partial<Plan> = {}): Plan => ({
  version: 1,
  language: /\p{Script=Han}/u.test(brief) ? 'zh' : 'en',
  brief,
  themes: [],
  imagery: [],
  mood: { valence: 0, arousal: 0 },
  notes: [],
  scene: { elements: [...elements], asked: true },
  ...more,
});

const lines = (labels: readonly { readonly label: string; readonly weight: number }[]): string[] =>
  labels.map(({ label, weight }) => (weight === 1 ? label : `${label} ${weight}`));

test('a scene is said in English: how many, how large, where, how it stands to others, the hour, the mood, the manner', () => {
  const scene = [
    element('river'),
    element('boat', { source: '小舟', count: 2, size: 'small', depth: 'near', relation: { how: 'on', to: 0 } }),
    element('willow', { states: ['withered'], side: 'left', count: 12 }),
  ];
  const plan = planOf('江上两叶小舟', scene, { hour: 'dusk', mood: { valence: -0.6, arousal: -0.5 } });
  assert.deepEqual(lines(sceneWords(plan, 'en', { painter: 'ink', heavier: [{ text: '小舟', weight: 1.3 }] })), [
    'Chinese ink wash painting on rice paper',
    'river',
    'two small boat on the river in the foreground 1.3',
    'many withered willow on the left',
    'dusk',
    'quiet melancholy mood',
  ]);
  assert.deepEqual(lines(sceneWords(plan, 'zh')).slice(1, 2), ['2 小小的小舟（在river上，近处）']);
});

test('typed words go as they are where the model was taught their language, with what is not wanted', () => {
  const plan = planOf('a (red:1.3) boat, at dawn', [element('boat')]);
  const { labels, without, notes } = askedWords(
    plan,
    { negative: 'people, 雾', without: ['mist'] },
    { languages: ['en'] },
  );
  assert.deepEqual(lines(labels), ['a', 'red 1.3', 'boat', 'at dawn']);
  assert.deepEqual(
    labels.map(({ joined }) => joined === true),
    [false, true, true, false],
  );
  assert.deepEqual(lines(without), ['people', 'mist']);
  assert.match(notes.map(({ zh }) => zh).join(), /mist/);
});

test('words that cannot be put into the language of the model are sent as they are, and told', () => {
  const { labels, notes } = askedWords(planOf('孤独', []), {}, { languages: ['en'] });
  assert.deepEqual(lines(labels), ['孤独']);
  assert.match(notes[0]!.en, /sent as they are/);
  assert.deepEqual(askedWords(planOf('孤独', []), {}, {}).notes, [], 'one that was taught both needs no word about it');
});

test('a wish for a poem is no prompt: the scene is', () => {
  const plan = planOf('a poem about stars', [element('star')], { scene: { elements: [element('star')] } });
  assert.deepEqual(lines(askedWords(plan, {}, {}).labels), ['star']);
  assert.deepEqual(lines(askedWords(plan, { prompt: 'stars over snow' }, {}).labels), ['stars over snow']);
});

test('sizes: as wished where it can be; nearest multiples, brought to the wish; the nearest of a few; never stretched', () => {
  const free = { size: [512, 512] as const, sizeStep: 64 };
  assert.deepEqual(fitSize(free, [512, 768]), { asked: [512, 768], notes: [] });
  const large = fitSize(free, [2048, 1024]);
  assert.deepEqual([large.asked, large.wanted, large.notes.length], [[1024, 512], [2048, 1024], 1]);
  const few = { size: [1024, 1024] as const, sizes: [[1024, 1024] as const, [1536, 1024] as const] };
  assert.deepEqual(fitSize(few, [1500, 1000]), {
    asked: [1536, 1024],
    wanted: [1500, 1000],
    notes: fitSize(few, [1500, 1000]).notes,
  });
  const fixed = fitSize({ size: [64, 64] }, [128, 64]);
  assert.deepEqual([fixed.asked, fixed.wanted], [[64, 64], undefined]);
  assert.match(fixed.notes[0]!.en, /neither stretched nor cut/);
  assert.deepEqual(fitSize({}, undefined), { notes: [] });
});
