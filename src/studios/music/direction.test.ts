import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import type { Plan } from '../../kernel/index.ts';
import { direct, parseKey, STYLE_NAMES } from './direction.ts';

const plan = (more: Partial<Plan>): Plan => ({
  version: 1,
  language: 'zh',
  brief: '',
  themes: [],
  imagery: [],
  mood: { valence: 0, arousal: 0 },
  notes: [],
  ...more,
});
const theme = (word: string) => ({ word, source: word, weight: 1 });
const directed = (of: Plan | undefined, wish = {}, seed = 1) => direct(of, wish, createRandom(seed));

test('options win over the plan, the plan over what is suggested', () => {
  const asked = plan({ music: { style: 'waltz', tonic: 'D', mode: 'minor', instruments: ['piano'] }, tempo: 90 });
  const { wish, ensemble } = directed(asked);
  assert.deepEqual(
    [wish.style, wish.tonic, wish.mode, wish.metre, wish.quarterBpm],
    ['waltz', 'D', 'minor', '3/4', 90],
  );
  assert.equal(ensemble.seats[0]!.instrument, 'piano');
  const over = directed(asked, { style: 'reel', key: 'Bb', metre: '2/4', ensemble: 'synth', tempo: 120, bars: 8 });
  assert.deepEqual([over.wish.style, over.wish.tonic, over.wish.mode, over.wish.metre], ['reel', 'Bb', 'minor', '2/4']);
  assert.deepEqual([over.ensemble.id, over.wish.quarterBpm, over.wish.bars], ['synth', 120, 8]);
});

test('themes, mood and language suggest a manner', () => {
  assert.equal(directed(plan({ themes: [theme('烟雨')] })).wish.style, 'jiangnan');
  assert.equal(directed(plan({ themes: [theme('大漠')] })).wish.style, 'northern');
  assert.equal(directed(plan({ language: 'en', mood: { valence: 0.5, arousal: -0.8 } })).wish.style, 'lullaby');
  const happy = directed(plan({ language: 'en', mood: { valence: 1, arousal: 0 } }), { style: 'folk' });
  const sad = directed(plan({ language: 'en', mood: { valence: -1, arousal: 0 } }), { style: 'folk' });
  assert.deepEqual([happy.wish.mode, sad.wish.mode !== 'major'], ['major', true]);
  assert.ok(
    directed(plan({ mood: { valence: 0, arousal: 1 } })).wish.quarterBpm >
      directed(plan({ mood: { valence: 0, arousal: -1 } })).wish.quarterBpm,
  );
  assert.deepEqual(directed(plan({}), {}, 3), directed(plan({}), {}, 3));
  assert.ok(directed(undefined).wish.style);
});

test('a metre that was asked chooses a manner that goes in it', () => {
  for (let seed = 0; seed < 8; seed++) {
    assert.equal(directed(plan({ language: 'en' }), { metre: '3/4' }, seed).wish.style, 'waltz');
    assert.notEqual(directed(plan({ language: 'en' }), { metre: '4/4' }, seed).wish.style, 'waltz');
  }
  assert.equal(directed(plan({ themes: [theme('烟雨')] }), { metre: '3/4' }).wish.style, 'jiangnan');
  assert.equal(directed(plan({}), { style: 'waltz', metre: '4/4' }).wish.style, 'waltz');
});

test('a jig in 12/8 is a slide, and is called so', () => {
  const { wish, title } = directed(undefined, { style: 'jig', metre: '12/8', key: 'G' });
  assert.deepEqual([wish.style, wish.metre, title], ['slide', '12/8', 'Slide in G major']);
  assert.equal(directed(undefined, { style: 'jig', metre: '6/8' }).wish.style, 'jig');
});

test('every manner can be played by its usual ensemble', () => {
  for (const style of STYLE_NAMES) assert.ok(directed(plan({}), { style }).ensemble.seats.length > 0);
});

test('keys in both languages; nonsense is refused', () => {
  assert.deepEqual(parseKey('降B小调'), { tonic: 'Bb', mode: 'minor' });
  assert.deepEqual(parseKey('D徵调式'), { tonic: 'D', mode: 'zhi' });
  assert.deepEqual(parseKey('f# dorian'), { tonic: 'F#', mode: 'dorian' });
  assert.deepEqual(parseKey('Am'), { tonic: 'A', mode: 'minor' });
  assert.throws(() => parseKey('H dur'), { code: 'music/bad-key' });
  assert.throws(() => directed(undefined, { metre: '13/16' }), { code: 'music/bad-metre' });
  assert.throws(() => directed(undefined, { style: 'dubstep' }), { code: 'music/unknown-style' });
});
