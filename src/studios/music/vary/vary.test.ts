import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFault, midiOf, type Score } from '../score/index.ts';
import { continueByRules, interpolate, VARIATIONS, vary } from './index.ts';

const score = (pitches: readonly string[], more: Partial<Score['parts'][number]['notes'][number]> = {}): Score => ({
  version: 1,
  title: 'Tune',
  ticksPerQuarter: 4,
  bars: Array.from({ length: pitches.length / 4 }, (_, i) => ({
    at: 16 * i,
    length: 16,
    metre: [4, 4],
    key: { tonic: 'G', mode: 'major' },
  })),
  tempos: [{ at: 0, quarterBpm: 100 }],
  chords: [{ at: 0, symbol: 'G' }],
  parts: [
    {
      id: 'p1',
      name: 'Violin',
      instrument: 'violin',
      notes: pitches.map((pitch, i) => ({ at: 4 * i, length: 4, pitch, ...more })),
    },
  ],
});
const TUNE = score('G4 A4 B4 D5 E5 D5 B4 G4 A4 B4 A4 F#4 G4 B4 D5 G5 E5 D5 B4 A4 G4 F#4 G4 G4'.split(' '));
const OTHER = score('D5 D5 E5 D5 G5 F#5 E5 D5 C5 B4 A4 B4 G4 G4 A4 B4 C5 B4 A4 G4 F#4 A4 G4 G4'.split(' '));
const shape = ({ parts }: Score) => parts[0]!.notes.map(({ at, length, pitch }) => `${at}:${length}:${pitch}`);

test('every variation is a sound score of the same length in the same key, differs from the tune, and repeats with its seed', () => {
  for (const kind of VARIATIONS) {
    const varied = vary(TUNE, kind, { seed: 1, amount: 0.8 });
    assert.equal(findFault(varied), undefined, kind);
    assert.notDeepEqual(shape(varied), shape(TUNE), kind);
    assert.deepEqual(shape(vary(TUNE, kind, { seed: 1, amount: 0.8 })), shape(varied), kind);
    assert.ok(
      varied.parts[0]!.notes.every(({ pitch }) => [7, 9, 11, 0, 2, 4, 6].includes(midiOf(pitch) % 12)),
      kind,
    );
    const { notes } = varied.parts[0]!;
    for (let i = 1; i < notes.length; i++)
      assert.ok(notes[i]!.at >= notes[i - 1]!.at + notes[i - 1]!.length, `${kind} ${i}`);
  }
});

test('locked notes are never touched', () => {
  const locked = score('G4 A4 B4 D5 E5 D5 B4 G4 A4 B4 A4 F#4 G4 B4 D5 G5'.split(' '), { locked: true });
  for (const kind of VARIATIONS)
    assert.deepEqual(shape(vary(locked, kind, { seed: 2, amount: 1 })), shape(locked), kind);
});

test('simplifying takes notes away, ornament adds', () => {
  assert.ok(vary(TUNE, 'simplify', { seed: 1, amount: 1 }).parts[0]!.notes.length < 24);
  assert.ok(vary(TUNE, 'ornament', { seed: 1, amount: 1 }).parts[0]!.notes.length > 24);
});

test('a left hand is neither varied nor taken for the tune', () => {
  const [part] = TUNE.parts;
  const hand = [0, 32, 64].map((at) => ({ at, length: 32, pitch: 'G2', voice: 2, staff: 2 }));
  const solo: Score = {
    ...TUNE,
    parts: [{ ...part!, instrument: 'piano', staves: 2, notes: [...part!.notes, ...hand].sort((a, b) => a.at - b.at) }],
  };
  const low = ({ parts }: Score) => parts[0]!.notes.filter(({ staff }) => staff === 2);
  for (const kind of VARIATIONS) {
    const varied = vary(solo, kind, { seed: 1, amount: 0.8 });
    assert.deepEqual(low(varied), hand, kind);
    assert.equal(findFault(varied), undefined, kind);
  }
  assert.deepEqual(shape(interpolate(solo, OTHER, { way: 0, seed: 1 })), shape(TUNE));
});

test('between two tunes: the ends are the tunes, the way leads steadily from one to the other', () => {
  assert.deepEqual(shape(interpolate(TUNE, OTHER, { way: 0, seed: 1 })), shape(TUNE));
  assert.deepEqual(shape(interpolate(TUNE, OTHER, { way: 1, seed: 1 })), shape(OTHER));
  const apart = (a: Score, b: Score): number =>
    a.parts[0]!.notes.reduce(
      (sum, { pitch }, i) => sum + Math.abs(midiOf(pitch) - midiOf(b.parts[0]!.notes[i]!.pitch)),
      0,
    );
  const ways = [0, 0.25, 0.5, 0.75, 1].map((way) => apart(interpolate(TUNE, OTHER, { way, seed: 1 }), TUNE));
  for (let i = 1; i < ways.length; i++) assert.ok(ways[i]! >= ways[i - 1]!, `${ways}`);
  const higher = score(
    OTHER.parts[0]!.notes.map(({ pitch }) => pitch.replace(/\d/, (octave) => String(Number(octave) + 1))),
  );
  assert.deepEqual(
    shape(interpolate(TUNE, higher, { way: 0.5, seed: 1 })),
    shape(interpolate(TUNE, OTHER, { way: 0.5, seed: 1 })),
    'in one register',
  );
  const triple = { ...OTHER, bars: OTHER.bars.map((bar) => ({ ...bar, metre: [3, 4] as [number, 4] })) };
  assert.throws(() => interpolate(TUNE, triple, { way: 0.5, seed: 1 }), { code: 'music/different-metres' });
});

test('going on by rule: what was there stays, new bars are full, in key, and come home', () => {
  for (const bars of [1, 3, 8]) {
    const longer = continueByRules(TUNE, bars, 1);
    assert.equal(findFault(longer), undefined);
    assert.equal(longer.bars.length, TUNE.bars.length + bars);
    assert.deepEqual(shape(longer).slice(0, 24), shape(TUNE));
    assert.equal(midiOf(longer.parts[0]!.notes.at(-1)!.pitch) % 12, 7);
    assert.deepEqual(shape(continueByRules(TUNE, bars, 1)), shape(longer));
  }
  assert.notDeepEqual(shape(continueByRules(TUNE, 8, 2)), shape(continueByRules(TUNE, 8, 3)));
});
