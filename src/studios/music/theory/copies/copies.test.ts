import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, OsError } from '../../../../core/index.ts';
import { buildTuneIndex, extendTuneIndex, type IndexedTune, readTuneIndex, type TuneNote } from './index.ts';

/** A tune of eighth notes in 4/4 from intervals, or from a seed. */
const tune = (intervals: readonly number[], beats = 0.125): TuneNote[] => {
  let midi = 60;
  return [0, ...intervals].map((interval, i) => {
    midi += interval;
    return { midi, from: i * beats, to: (i + 1) * beats };
  });
};
const random = (seed: number, notes: number): number[] => {
  const source = createRandom(seed);
  return Array.from({ length: notes }, () => source.integer(13) - 6);
};

const tunes: IndexedTune[] = Array.from({ length: 60 }, (_, i) => ({
  title: `Tune ${i}`,
  source: i < 30 ? 'songs' : 'reels',
  notes: tune(random(i, 80)),
}));
const bytes = buildTuneIndex(tunes);
const index = readTuneIndex(bytes);

test('a copied stretch is found in another key and speed, with tune, place and length', () => {
  const copied = random(41, 80).slice(16, 40);
  const melody = tune([...random(900, 12), ...copied, ...random(901, 12)], 0.25);
  const { intervals, rhythm } = index.findCopies(melody);
  assert.deepEqual([intervals?.title, intervals?.source, intervals?.tuneBar], ['Tune 41', 'reels', 3]);
  assert.ok(intervals!.notes >= 25 && intervals!.notes <= 27);
  assert.ok(Math.abs(intervals!.bars - intervals!.notes * 0.25) < 1e-9);
  assert.equal(intervals!.note, 12);
  assert.equal(rhythm?.title, 'Tune 41');
});

test('the same notes in another rhythm are an interval match, no rhythm match', () => {
  const notes = tune(random(5, 80).slice(0, 30));
  let at = 0;
  const dotted = notes.map(({ midi }, i) => {
    const from = at;
    at += i % 2 ? 0.0625 : 0.1875;
    return { midi, from, to: at };
  });
  const { intervals, rhythm } = index.findCopies(dotted);
  assert.equal(intervals?.title, 'Tune 5');
  assert.equal(intervals?.notes, 31);
  assert.ok(!rhythm || rhythm.notes < 8);
});

test('new melodies share only short stretches; repeated notes alone are no copy', () => {
  const { intervals } = index.findCopies(tune(random(12345, 200)));
  assert.ok(!intervals || intervals.notes <= 8);
  assert.deepEqual(index.findCopies(tune(new Array<number>(40).fill(0))), {});
  assert.deepEqual(index.findCopies(tune([2, 2])), {});
});

test('the longest match is the true one, by comparing every stretch with every tune', () => {
  for (let seed = 0; seed < 8; seed++) {
    const melody = tune([
      ...random(seed + 3, 80).slice(10 + seed, 18 + seed),
      ...random(seed + 500, 10),
      ...random(seed + 9, 80).slice(3, 9),
    ]);
    let most = 0;
    for (const { notes } of tunes) {
      for (let i = 0; i < melody.length; i++) {
        for (let j = 0; j < notes.length; j++) {
          let k = 0;
          while (
            melody[i + k + 1] &&
            notes[j + k + 1] &&
            melody[i + k + 1]!.midi - melody[i + k]!.midi === notes[j + k + 1]!.midi - notes[j + k]!.midi
          )
            k += 1;
          most = Math.max(most, k + 1);
        }
      }
    }
    assert.equal(index.findCopies(melody).intervals?.notes, most);
  }
});

test('the index is the same bytes every time, small, and refused when damaged', () => {
  assert.deepEqual(buildTuneIndex(tunes), bytes);
  assert.equal(index.tuneCount, 60);
  assert.ok(bytes.length < 60 * 80 * 4);
  const broken = (change: (copy: Uint8Array) => Uint8Array): void => {
    assert.throws(
      () => readTuneIndex(change(bytes.slice())),
      (error) => error instanceof OsError && error.code === 'music/tune-index-broken',
    );
  };
  broken((copy) => copy.subarray(0, 20));
  broken((copy) => copy.subarray(0, -1));
  broken((copy) => copy.with(500, copy[500]! ^ 1));
  broken((copy) => copy.with(8, 9));
  broken((copy) => copy.with(0, 0));
  assert.equal(readTuneIndex(buildTuneIndex([])).tuneCount, 0);
});

test('an index that is extended is the index of all its tunes', () => {
  const tune = (title: string, seed: number): IndexedTune => ({
    title,
    source: 'own',
    notes: Array.from({ length: 20 }, (_, i) => ({ midi: 60 + ((i * seed) % 12), from: i / 4, to: (i + 1) / 4 })),
  });
  const tunes = [tune('one', 5), tune('two', 7), tune('three', 11)];
  const base = buildTuneIndex(tunes.slice(0, 2));
  assert.deepEqual(extendTuneIndex(base, tunes.slice(2)), buildTuneIndex(tunes));
  assert.deepEqual(extendTuneIndex(base, []), base);
  assert.throws(() => extendTuneIndex(base.subarray(1), tunes), { code: 'music/tune-index-broken' });
});
