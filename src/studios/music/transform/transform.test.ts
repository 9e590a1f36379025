import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  endOf,
  fifthsOf,
  findFault,
  keyOfFifths,
  midiOf,
  parsePitch,
  type Score,
  signatureAlter,
  tidyScore,
} from '../score/index.ts';
import { changeMode, intervalOfSemitones, invert, moveChord, retrograde, stretch, transpose } from './index.ts';

const score: Score = {
  version: 1,
  title: 'Tune',
  ticksPerQuarter: 2,
  bars: [0, 1].map((i) => ({
    at: i * 8,
    length: 8,
    metre: [4, 4] as [number, 4],
    key: { tonic: 'D', mode: 'major' as const },
  })),
  tempos: [{ at: 0, quarterBpm: 90 }],
  chords: [
    { at: 0, symbol: 'D' },
    { at: 8, symbol: 'A7/C#' },
  ],
  parts: [
    {
      id: 'p1',
      name: 'Flute',
      instrument: 'flute',
      notes: [
        { at: 0, length: 4, pitch: 'D5' },
        { at: 4, length: 4, pitch: 'F#5' },
        { at: 8, length: 3, pitch: 'G#5' },
        { at: 11, length: 5, pitch: 'A5', locked: true },
      ],
    },
    { id: 'd', name: 'Drums', instrument: 'drum-kit', percussion: true, notes: [{ at: 0, length: 1, pitch: 'C2' }] },
  ],
};
const pitches = (of: Score): string[] => of.parts[0]!.notes.map(({ pitch }) => pitch);

test('transposing moves notes, keys and chords, keeps spelling, and leaves drums and locked notes', () => {
  const up = transpose(score, { steps: 1, semitones: 2 });
  assert.deepEqual(pitches(up), ['E5', 'G#5', 'A#5', 'A5']);
  assert.deepEqual([up.bars[0]!.key.tonic, ...up.chords.map(({ symbol }) => symbol)], ['E', 'E', 'B7/D#']);
  assert.equal(up.parts[1]!.notes[0]!.pitch, 'C2');
  assert.equal(moveChord('N.C.', { steps: 1, semitones: 2 }), 'N.C.');
});

test('transposing by semitones chooses a key of at most six signs, and back again is the same sounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: -24, max: 24 }), fc.integer({ min: -6, max: 6 }), (semitones, fifths) => {
      const key = keyOfFifths(fifths);
      const tune = { ...score, bars: score.bars.map((bar) => ({ ...bar, key })) };
      const interval = intervalOfSemitones(semitones, key);
      const there = transpose(tune, interval);
      const back = transpose(there, { steps: -interval.steps, semitones: -semitones });
      return (
        interval.semitones === semitones &&
        Math.abs(fifthsOf(there.bars[0]!.key)) <= 6 &&
        pitches(back).every((pitch, i) => midiOf(pitch) === midiOf(pitches(tune)[i]!))
      );
    }),
  );
});

test('a transposed scale is spelled with the accidentals of its new signature', () => {
  const scale = ['G4', 'A4', 'B4', 'C5', 'D5', 'E5', 'F#5'];
  const key = { tonic: 'G', mode: 'major' as const };
  const tune = {
    ...score,
    bars: score.bars.map((bar) => ({ ...bar, key })),
    parts: [{ ...score.parts[0]!, notes: scale.map((pitch, at) => ({ at, length: 1, pitch })) }],
  };
  for (let semitones = -12; semitones <= 12; semitones++) {
    const moved = transpose(tune, intervalOfSemitones(semitones, key));
    for (const pitch of pitches(moved)) {
      const { letter, alter } = parsePitch(pitch);
      assert.equal(alter, signatureAlter(moved.bars[0]!.key, letter), `${semitones}: ${pitches(moved)}`);
    }
  }
});

test('inversion mirrors about the first note, twice is nothing', () => {
  assert.deepEqual(pitches(invert(score)), ['D5', 'B4', 'A4', 'A5']);
  assert.deepEqual(pitches(invert(score, { kind: 'chromatic' })).map(midiOf), [74, 70, 68, 81]);
  assert.deepEqual(pitches(invert(invert(score, { kind: 'chromatic' }), { kind: 'chromatic' })), pitches(score));
});

test('backwards: notes and chords change ends; backwards twice is the piece', () => {
  const back = retrograde(score);
  assert.equal(findFault(back), undefined);
  assert.deepEqual(pitches(back), ['A5', 'G#5', 'F#5', 'D5']);
  assert.deepEqual(back.chords, [
    { at: 0, symbol: 'A7/C#' },
    { at: 8, symbol: 'D' },
  ]);
  assert.deepEqual(pitches(retrograde(back)), pitches(score));
});

test('augmentation doubles the bars, diminution undoes it; odd factors are exact', () => {
  const broad = stretch(score, [2, 1]);
  assert.equal(findFault(broad), undefined);
  assert.equal(broad.bars.length, 4);
  assert.equal(broad.chords[1]!.at / broad.ticksPerQuarter, 8);
  assert.deepEqual(stretch(broad, [1, 2]).parts, tidyScore(score).parts);
  const third = stretch(score, [2, 3]);
  assert.equal(findFault(third), undefined);
  assert.equal(endOf(third) / third.ticksPerQuarter, 16 / 3);
  assert.throws(() => stretch(score, [9, 1]), { code: 'music/bad-stretch' });
});

test('another mode: degrees keep their places, chromatic notes stay chromatic, five-toned modes have only theirs', () => {
  const minor = changeMode(score, 'minor');
  assert.deepEqual(pitches(minor), ['D5', 'F5', 'G#5', 'A5']);
  const zhi = changeMode(
    { ...score, parts: [{ ...score.parts[0]!, notes: score.parts[0]!.notes.map(({ locked: _, ...note }) => note) }] },
    'zhi',
  );
  assert.ok(
    pitches(zhi).every((pitch) => [2, 4, 7, 9, 11].includes(midiOf(pitch) % 12)),
    `${pitches(zhi)}`,
  );
});
