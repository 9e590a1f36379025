import assert from 'node:assert/strict';
import { test } from 'node:test';
import { artsAsked } from './arts-asked.ts';
import type { Plan } from './plan.ts';

const ask = (brief: string, more: Partial<Plan> = {}): string =>
  artsAsked({
    version: 1,
    language: 'zh',
    brief,
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    ...more,
  }).join(' ');
const picture = { scene: { asked: true, elements: [] } };
const tune = { music: { asked: true } };

test('[KE40] a brief that asks for two arts gets both; one that leaves it open says nothing', () => {
  assert.equal(ask('写一首秋夜听雨的七绝，并配一幅画', { ...picture, verse: { form: '七绝' } }), 'poem picture');
  assert.equal(
    ask('写一首关于星空的诗，再画一幅画', { ...picture, verse: { form: '五绝', formProposed: true } }),
    'poem picture',
  );
  assert.equal(ask('write a poem about rain and paint a picture of it', picture), 'poem picture');
  assert.equal(ask('写首诗配曲', tune), 'poem tune');
  assert.equal(ask('写一首关于星空的诗'), '');
});

test('[KE41] what only sounds like a poem is none', () => {
  assert.equal(ask('作一幅有诗意的山水', picture), 'picture');
  assert.equal(ask('给这首诗配一幅画：床前明月光', picture), 'picture');
  assert.equal(ask('写一首带歌词的曲子', tune), 'tune');
  assert.equal(ask('画一幅秋夜听雨图', { ...picture, verse: { form: '五律', formProposed: true } }), 'picture');
});
