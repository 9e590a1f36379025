import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptOf } from './excerpt.ts';
import { findFault, type Score } from './score/index.ts';

const key = { tonic: 'C', mode: 'major' } as const;

/** A pickup of a quarter, then four bars that are repeated; a crescendo over bars 1 to 3, bass clef and piano from the beginning. */
const score: Score = {
  version: 1,
  title: '',
  ticksPerQuarter: 1,
  bars: [1, 4, 4, 4, 4].map((length, i, all) => ({
    at: all.slice(0, i).reduce((sum, one) => sum + one, 0),
    length,
    metre: [4, 4],
    key,
    ...(i === 1 && { repeatStart: true }),
    ...(i === 4 && { repeatEnd: 2 }),
  })),
  tempos: [
    { at: 0, quarterBpm: 60 },
    { at: 9, quarterBpm: 90 },
  ],
  chords: [{ at: 1, symbol: 'F' }],
  parts: ['erhu', 'piano'].map((instrument, i) => ({
    id: `p${i}`,
    name: instrument === 'erhu' ? '二胡' : 'Piano',
    instrument,
    notes: Array.from({ length: 17 }, (_, at) => ({ at, length: 1, pitch: 'C4' })),
    marks: [
      { kind: 'clef', at: 0, value: 'bass' },
      { kind: 'dynamic', at: 1, value: 'p' },
    ],
    spans: [{ kind: 'crescendo', from: 1, to: 12 }],
  })),
};

test('bars are counted as a musician counts; what holds there is written at the beginning, and repeats are gone', () => {
  const cut = excerptOf(score, { bars: [2, 3] });
  assert.deepEqual(
    cut.bars.map(({ at, length, repeatStart, repeatEnd }) => [at, length, repeatStart, repeatEnd]),
    [
      [0, 4, undefined, undefined],
      [4, 4, undefined, undefined],
    ],
  );
  assert.deepEqual(cut.tempos, [
    { at: 0, quarterBpm: 60 },
    { at: 4, quarterBpm: 90 },
  ]);
  assert.deepEqual(cut.chords, [{ at: 0, symbol: 'F' }]);
  const [part] = cut.parts;
  assert.equal(part!.notes.length, 8);
  assert.deepEqual(
    part!.marks!.map(({ at, value }) => [at, value]),
    [
      [0, 'bass'],
      [0, 'p'],
    ],
  );
  assert.deepEqual(part!.spans, [{ kind: 'crescendo', from: 0, to: 7 }]);
  assert.equal(findFault(cut), undefined);
  assert.equal(excerptOf(score, { bars: [0, 1] }).bars.length, 2);
  for (const bars of [[0, 5] as const, [5, 5] as const]) {
    assert.throws(() => excerptOf(score, { bars }), { code: 'music/no-such-bars' });
  }
});

test('parts answer to name, id, instrument and number; the speed is a factor; nothing asked changes nothing', () => {
  const asked = (...parts: string[]) => excerptOf(score, { parts }).parts.map(({ id }) => id);
  assert.deepEqual([asked('二胡'), asked('p0'), asked('ERHU'), asked('1')].flat(), ['p0', 'p0', 'p0', 'p0']);
  assert.deepEqual([asked('2'), asked('钢琴'), asked('piano', '1')], [['p1'], ['p1'], ['p0', 'p1']]);
  assert.throws(() => asked('3'), { code: 'music/no-such-part' });
  assert.deepEqual(
    excerptOf(score, { tempo: 0.5 }).tempos.map(({ quarterBpm }) => quarterBpm),
    [30, 45],
  );
  assert.deepEqual(excerptOf(score, {}), score);
});
