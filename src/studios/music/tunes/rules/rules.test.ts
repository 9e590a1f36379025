import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import {
  findFault,
  isPentatonic,
  metreLength,
  midiOf,
  parseScore,
  type Score,
  scaleDegrees,
  tonicClass,
} from '../../score/index.ts';
import { encodeTune } from '../events/index.ts';
import type { TuneWish } from '../wish.ts';
import { composeByRules, createLadder, PROFILED_STYLES, supportOf } from './index.ts';

const compose = (wish: TuneWish, seed: string | number): Score => composeByRules(wish, createRandom(seed));
const many = PROFILED_STYLES.flatMap((style) =>
  [0, 1, 2].map((n) => ({ style, tune: compose({ style }, `${style}-${n}`) })),
);
const bars = (score: Score): Score['parts'][number]['notes'][] =>
  score.bars.map(({ at, length }) => score.parts[0]!.notes.filter((note) => note.at >= at && note.at < at + length));

test('[MT10] every bar is full, every score sound and in the tune language', () => {
  for (const { style, tune } of many) {
    parseScore(tune);
    for (const [i, notes] of bars(tune).entries()) {
      assert.equal(
        notes.reduce((sum, { length }) => sum + length, 0),
        tune.bars[i]!.length,
        `${style} bar ${i}`,
      );
      assert.equal(tune.bars[i]!.length, metreLength(tune.bars[i]!.metre, 24));
    }
    encodeTune(tune);
  }
});

test('[MT11] a tune ends on its tonic, and rests there longer than on a beat of a quarter', () => {
  for (const { style, tune } of many) {
    const last = tune.parts[0]!.notes.at(-1)!;
    assert.equal(midiOf(last.pitch) % 12, tonicClass(tune.bars[0]!.key), style);
    assert.ok(last.length >= 24, style);
  }
});

test('[MT12] 正音 make the tune; 偏音 are short, weak and led by step', () => {
  let passing = 0;
  for (const { style, tune } of many) {
    const { key } = tune.bars[0]!;
    if (!isPentatonic(key.mode)) continue;
    const scale = scaleDegrees(key.mode).map((degree) => (degree + tonicClass(key)) % 12);
    const { notes } = tune.parts[0]!;
    for (const [i, note] of notes.entries()) {
      if (scale.includes(midiOf(note.pitch) % 12)) continue;
      passing++;
      assert.ok(note.length <= 12 && note.at % 24 !== 0, `${style}: ${note.pitch} at ${note.at}`);
      const steps = [notes[i - 1]!, notes[i + 1]!].map(({ pitch }) => Math.abs(midiOf(pitch) - midiOf(note.pitch)));
      assert.ok(
        steps.every((step) => step <= 2),
        `${style}: ${note.pitch} at ${note.at}`,
      );
    }
  }
  assert.ok(passing > 0, 'some tunes have them');
});

test('[MT13] 起承转合: four sections, 起 closes on a supporting degree, 合 on the tonic, the climax after 承', () => {
  let late = 0;
  const tunes = Array.from({ length: 12 }, (_, n) =>
    compose({ style: 'xiaodiao', form: 'qichengzhuanhe', metre: '2/4', mode: 'zhi', tonic: 'G', bars: 16 }, n),
  );
  const ladder = createLadder('G', 'zhi');
  const supporting = supportOf('zhi').map((degree) => midiOf(ladder.pitch(degree)) % 12);
  for (const tune of tunes) {
    const starts = tune.bars.flatMap(({ label, at }) => (label === undefined ? [] : [{ label, at }]));
    assert.deepEqual(
      starts.map(({ label }) => label),
      ['起', '承', '转', '合'],
    );
    const { notes } = tune.parts[0]!;
    const close = notes.filter(({ at }) => at < starts[1]!.at).at(-1)!;
    assert.ok(supporting.includes(midiOf(close.pitch) % 12));
    const top = Math.max(...notes.map(({ pitch }) => midiOf(pitch)));
    if (notes.some(({ at, pitch }) => at >= starts[2]!.at && midiOf(pitch) === top)) late++;
  }
  assert.ok(late >= 10, `${late} of 12 have their climax in 转 or 合`);
});

test('[MT14] wishes are kept: metre, key, tempo, bars, range', () => {
  for (const metre of ['2/4', '3/4', '4/4', '6/8', '9/8'] as const) {
    const wish: TuneWish = {
      style: 'folk',
      metre,
      tonic: 'Eb',
      mode: 'yu',
      bars: 10,
      quarterBpm: 77,
      range: ['Bb3', 'Eb5'],
    };
    const tune = compose(wish, metre);
    assert.deepEqual(tune.bars[0]!.key, { tonic: 'Eb', mode: 'yu' });
    assert.equal(tune.bars.length, 10);
    assert.equal(tune.bars[0]!.metre.join('/'), metre);
    assert.equal(tune.tempos[0]!.quarterBpm, 77);
    for (const { pitch } of tune.parts[0]!.notes) {
      assert.ok(midiOf(pitch) >= midiOf('Bb3') && midiOf(pitch) <= midiOf('Eb5'), `${metre} ${pitch}`);
    }
  }
});

test('[MT15] forms by letters: AABA says its first section again and comes home', () => {
  const tune = compose({ style: 'xiaodiao', form: 'AABA', metre: '2/4', bars: 16, mode: 'gong' }, 'aaba');
  const pitches = bars(tune).map((notes) => notes.map(({ pitch, length }) => `${pitch}:${length}`).join(' '));
  assert.deepEqual(pitches.slice(0, 4), pitches.slice(4, 8));
  assert.deepEqual(pitches.slice(0, 2), pitches.slice(12, 14));
  assert.notDeepEqual(pitches.slice(0, 4), pitches.slice(8, 12));
});

test('[MT16] manners differ as told: 北方 leaps more fourths than 江南, 古琴 moves slowest, sorrow is darker', () => {
  const of = (style: TuneWish['style'], mood?: TuneWish['mood']): Score[] =>
    Array.from({ length: 8 }, (_, n) => compose({ style, ...(mood ? { mood } : {}) }, `m${n}`));
  const fourths = (tunes: Score[]): number => {
    const leaps = tunes.flatMap(({ parts }) =>
      parts[0]!.notes.slice(1).map(({ pitch }, i) => Math.abs(midiOf(pitch) - midiOf(parts[0]!.notes[i]!.pitch))),
    );
    return leaps.filter((leap) => leap === 5).length / leaps.length;
  };
  const speed = (tunes: Score[]): number =>
    tunes.reduce((sum, { parts, bars: all, tempos }) => {
      const quarters = (all.at(-1)!.at + all.at(-1)!.length) / 24;
      return sum + (parts[0]!.notes.length / quarters) * tempos[0]!.quarterBpm;
    }, 0);
  assert.ok(fourths(of('northern')) > 1.5 * fourths(of('jiangnan')));
  assert.ok(speed(of('guqin')) < Math.min(speed(of('jiangnan')), speed(of('northern')), speed(of('xiaodiao'))));
  const yu = (valence: number): number =>
    of('jiangnan', { valence, arousal: 0 }).filter(({ bars: [first] }) => first!.key.mode === 'yu').length;
  assert.ok(yu(-0.9) > yu(0.9));
});

test('the same seed gives the same tune, another seed another', () => {
  assert.deepEqual(compose({ style: 'opera' }, 1), compose({ style: 'opera' }, 1));
  assert.notDeepEqual(compose({ style: 'opera' }, 1).parts, compose({ style: 'opera' }, 2).parts);
});

test('short tunes are as long as was asked: phrases of one bar too', () => {
  for (const style of ['jiangnan', 'northern', 'guqin', 'folk'] as const) {
    for (const bars of [1, 2, 3, 4, 5, 6, 7]) {
      for (let seed = 0; seed < 8; seed++) {
        const tune = composeByRules({ style, bars, metre: '4/4' }, createRandom(seed));
        assert.equal(findFault(tune), undefined, `${style}, ${bars} bars, seed ${seed}`);
        assert.equal(tune.bars.length, bars);
      }
    }
  }
});
