import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSchema } from '../../../kernel/index.ts';
import { parseHex, toOklab } from '../raster/index.ts';
import { type Composition, layOut, relight } from './index.ts';

const PLAN = planSchema.parse({
  version: 1,
  language: 'zh',
  brief: '月夜星空，江上一叶小舟，远山，岸边垂柳',
  themes: [],
  imagery: [],
  mood: { valence: 0, arousal: 0 },
  hour: 'night',
  season: 'spring',
  scene: {
    format: 'portrait',
    elements: [
      { id: 'mountain', kind: 'land', source: '远山', depth: 'far', weight: 0.6 },
      { id: 'river', kind: 'water', source: '江', weight: 0.7 },
      { id: 'boat', kind: 'vehicle', source: '小舟', weight: 0.9, relation: { how: 'on', to: 1 } },
      { id: 'moon', kind: 'sky', source: '月', weight: 0.5, states: ['crescent'] },
      { id: 'starry-sky', kind: 'sky', source: '星空', weight: 0.5 },
      { id: 'willow', kind: 'tree', source: '垂柳', depth: 'near', side: 'left', weight: 0.5 },
    ],
  },
  notes: [],
});
const night = layOut(PLAN, { seed: '3', drafts: 6 })[0]!.composition;

const groundOf = ({ palette }: Composition): number => toOklab(parseHex(palette.ground))[0];

test('[IM19] by day the same things stand in the same places, a sun where the moon stood, and no stars', () => {
  const noon = relight(night, { hour: 'noon' });
  const earthly = ({ placed }: Composition): unknown => placed.filter(({ kind }) => kind !== 'sky');
  assert.deepEqual(earthly(noon), earthly(night));
  const moon = night.placed.find(({ element }) => element === 'moon')!;
  const sun = noon.placed.find(({ element }) => element === 'sun')!;
  assert.deepEqual([sun.box, sun.seed, sun.states], [moon.box, moon.seed, []]);
  assert.ok(!noon.placed.some(({ element }) => element === 'starry-sky'));
  assert.equal(noon.light.source, 'sun');
  assert.ok(noon.light.strength > night.light.strength && groundOf(noon) > groundOf(night) + 0.2);
  assert.deepEqual(noon.palette.main, night.palette.main);
});

test('at dusk the light is low and warm; without an hour the sky stays', () => {
  const dusk = relight(night, { hour: 'dusk' });
  assert.ok(dusk.light.warmth > 0.5 && dusk.light.strength < 0.7);
  const winter = relight(night, { season: 'winter', weather: 'snow' });
  assert.equal(winter.hour, 'night');
  assert.ok(winter.placed.some(({ element }) => element === 'moon'));
  assert.deepEqual(winter.placed.at(-1)!.element, 'snow');
  assert.notDeepEqual(winter.palette.main, night.palette.main);
  const rain = relight(night, { hour: 'morning', weather: 'rain' });
  assert.ok(!rain.placed.some(({ element }) => element === 'sun' || element === 'moon'), 'rain hides the sun');
  assert.equal(rain.light.source, 'overcast');
  const clear = relight(winter, { weather: 'clear' });
  assert.ok(!clear.placed.some(({ kind }) => kind === 'weather'));
});
