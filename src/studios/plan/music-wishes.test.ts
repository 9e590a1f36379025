import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MusicWish } from '../../kernel/index.ts';
import { readBrief } from './index.ts';

const WISHES: readonly (readonly [string, MusicWish | undefined, number?])[] = [
  ['一首关于江南雨夜的曲子', { asked: true, style: 'jiangnan' }],
  [
    '写一首D小调的慢板钢琴曲，四三拍',
    { asked: true, tonic: 'D', mode: 'minor', metre: [3, 4], instruments: ['piano'] },
    60,
  ],
  ['来一段古筝和笛子的音乐，羽调式，16小节', { asked: true, mode: 'yu', bars: 16, instruments: ['guzheng', 'dizi'] }],
  ['降B大调圆舞曲一首', { asked: true, style: 'waltz', tonic: 'Bb', mode: 'major' }],
  ['a fast reel in A dorian', { asked: true, style: 'reel', tonic: 'A', mode: 'dorian' }, 132],
  ['a 32-bar AABA tune in F# minor at 96 bpm', { asked: true, tonic: 'F#', mode: 'minor', form: 'AABA', bars: 32 }, 96],
  ['music for string quartet about autumn rain, 6/8', { asked: true, ensemble: 'string-quartet', metre: [6, 8] }],
  ['a merry reel in D', { asked: true, style: 'reel', tonic: 'D' }],
  ['a happy march in B flat', { asked: true, style: 'march', tonic: 'Bb' }],
  ['a tune in A small town', { asked: true }],
  ['一首欢快的D大调曲子', { asked: true, tonic: 'D', mode: 'major' }],
  ['三首曲子，写春天', { asked: true, count: 3 }],
  ['关于古筝的诗', undefined],
  ['写一首关于星空的诗', undefined],
  ['曲径通幽，写一首五绝', undefined],
  ['a poem about a piano', undefined],
];

for (const [brief, music, tempo] of WISHES) {
  test(`[PL16] music: ${brief}`, () => {
    const plan = readBrief(brief);
    assert.deepEqual(plan.music, music);
    assert.equal(plan.tempo, tempo);
  });
}

test('[PL16] what was asked of the music is no theme of the poem', () => {
  const { themes } = readBrief('写一首D小调的慢板钢琴曲，关于大海');
  assert.ok(themes.some(({ source }) => source.includes('海')));
  assert.ok(themes.every(({ source }) => !source.includes('琴')));
});

test('[PL16] a mood is heard where nothing is named', () => {
  assert.ok(readBrief('a merry reel in D').mood.valence > 0.5);
  assert.ok(readBrief('一首欢快的D大调曲子').mood.valence > 0.5);
});
