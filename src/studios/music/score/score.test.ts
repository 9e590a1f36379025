import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  barIndexAt,
  fifthsOf,
  intervalBetween,
  keyOfFifths,
  MODES,
  metricalWeight,
  midiOf,
  movePitch,
  parseScore,
  placeAt,
  rescale,
  type Score,
  scaleDegrees,
  signatureAlter,
  spellingCentre,
  spellMidi,
  tidyScore,
} from './index.ts';

const score: Score = {
  version: 1,
  title: 'Two bars',
  ticksPerQuarter: 24,
  bars: [
    { at: 0, length: 24, metre: [3, 4], key: { tonic: 'D', mode: 'major' } },
    { at: 24, length: 72, metre: [3, 4], key: { tonic: 'D', mode: 'major' } },
    { at: 96, length: 72, metre: [6, 8], key: { tonic: 'B', mode: 'minor' } },
  ],
  tempos: [{ at: 0, quarterBpm: 90 }],
  chords: [{ at: 24, symbol: 'D' }],
  parts: [
    {
      id: 'p1',
      name: 'Flute',
      instrument: 'flute',
      notes: [
        { at: 0, length: 24, pitch: 'A4' },
        { at: 24, length: 96, pitch: 'F#5' },
      ],
    },
  ],
};

test('every MIDI key is spelled as a pitch of that key, in every signature', () => {
  for (let fifths = -7; fifths <= 7; fifths++)
    for (let midi = 0; midi < 128; midi++) assert.equal(midiOf(spellMidi(midi, fifths + 2)), midi);
  assert.deepEqual(
    [60, 61, 63, 66, 68, 70].map((midi) => spellMidi(midi)),
    ['C4', 'C#4', 'Eb4', 'F#4', 'G#4', 'Bb4'],
  );
  assert.deepEqual(['B#3', 'Cb4', 'C-1', 'G9'].map(midiOf), [60, 59, 0, 127]);
  assert.throws(() => midiOf('H4'), { code: 'music/bad-pitch' });
});

test('moving by an interval keeps the spelling and comes back', () => {
  assert.equal(movePitch('G#4', { steps: 2, semitones: 3 }), 'B4');
  assert.equal(movePitch('Bb3', { steps: 2, semitones: 4 }), 'D4');
  const pitch = fc.integer({ min: 21, max: 108 }).map((midi) => spellMidi(midi));
  fc.assert(fc.property(pitch, pitch, (a, b) => movePitch(a, intervalBetween(a, b)) === b));
});

test('signatures of all modes: their scale lies in their signature', () => {
  assert.deepEqual(
    [
      fifthsOf({ tonic: 'D', mode: 'dorian' }),
      fifthsOf({ tonic: 'A', mode: 'yu' }),
      fifthsOf({ tonic: 'F#', mode: 'major' }),
    ],
    [0, 0, 6],
  );
  for (const mode of MODES) {
    for (let fifths = -4; fifths <= 4; fifths++) {
      const key = keyOfFifths(fifths, mode);
      assert.equal(fifthsOf(key), fifths);
      const tonic = midiOf(`${key.tonic}4`);
      for (const degree of scaleDegrees(mode)) {
        const spelled = spellMidi(tonic + degree, spellingCentre(key));
        const alter = spelled.includes('b') ? -1 : spelled.includes('#') ? 1 : 0;
        assert.equal(signatureAlter(key, spelled[0] as 'C'), alter, `${key.tonic} ${mode} ${spelled}`);
      }
    }
  }
});

test('places: a pickup bar is bar 0 and ends on the last beat; compound metres count dotted beats', () => {
  assert.deepEqual(placeAt(score, 0), { bar: 0, beat: 3 });
  assert.deepEqual(placeAt(score, 36), { bar: 1, beat: 1.5 });
  assert.deepEqual(placeAt(score, 132), { bar: 2, beat: 2 });
  assert.deepEqual(
    [24, 48, 36, 96, 132].map((tick) => metricalWeight(score, tick)),
    [3, 1, 0, 3, 2],
  );
  assert.equal(barIndexAt(score.bars, 10_000), 2);
});

test('the resolution changes and the music does not', () => {
  const fine = rescale(score, 480);
  assert.deepEqual(fine.parts[0]!.notes[1], { at: 480, length: 1920, pitch: 'F#5' });
  assert.deepEqual(rescale(fine, 24), score);
  assert.equal(tidyScore(fine).ticksPerQuarter, 1);
  assert.throws(() => rescale({ ...score, chords: [{ at: 7, symbol: 'D' }] }, 2), RangeError);
});

test('a broken score is refused with its place', () => {
  assert.deepEqual(parseScore(structuredClone(score)), score);
  const broken = (change: object) => () => parseScore({ ...score, ...change });
  assert.throws(broken({ bars: [score.bars[0], score.bars[2]] }), { code: 'music/bad-score', message: /bars\.1\.at/ });
  assert.throws(broken({ bars: score.bars.slice(0, 2) }), { message: /parts\.0\.notes\.1: sounds beyond/ });
  assert.throws(broken({ parts: [...score.parts, ...score.parts] }), { message: /parts\.1\.id/ });
  assert.throws(broken({ parts: [{ ...score.parts[0], notes: new Array(200_001) }] }), {
    code: 'music/too-many-notes',
  });
  assert.throws(broken({ tempos: [{ at: 3, quarterBpm: 90 }] }), { message: /tempos\.0\.at/ });
  assert.throws(broken({ parts: [{ ...score.parts[0], notes: [{ at: 0, length: 1, pitch: 'H2' }] }] }), {
    message: /parts\.0\.notes\.0\.pitch/,
  });
});
