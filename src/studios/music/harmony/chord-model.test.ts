import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MODES, type Mode } from '../score/index.ts';
import { parseChord } from '../theory/index.ts';
import { loadChordModel } from './chord-model.ts';
import { degreeChordOf, numberOf, QUALITY_NAMES, qualityOf, spellChord } from './chord-space.ts';
import { countNext } from './n-gram.ts';
import { loadPentatonicModel } from './pentatonic-model.ts';
import { NOTE_CLASSES } from './slots.ts';

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

test('chances after two chords follow Witten and Bell, worked by hand', () => {
  // After 0: three times 1, once 0 … of two chords; index 2 is the beginning.
  const { log, logAfterOne, logAlone } = countNext(
    [
      [2, 0, 1, 3],
      [2, 0, 0, 1],
    ],
    2,
  );
  const alone = (3 + 2 * 0.5) / (4 + 2);
  const afterZero = (3 + 2 * alone) / (4 + 2);
  assert.ok(near(Math.exp(logAlone[1]!), alone));
  assert.ok(near(Math.exp(logAfterOne[0 * 2 + 1]!), afterZero));
  assert.ok(near(Math.exp(log[(2 * 3 + 0) * 2 + 1]!), (3 + 2 * afterZero) / (4 + 2)));
  // A context never seen says what the shorter one says.
  assert.ok(near(Math.exp(log[(1 * 3 + 0) * 2 + 1]!), afterZero));
});

test('chances add up to one in every context and for every kind of note', () => {
  for (const model of [loadChordModel('major'), loadChordModel('dorian'), loadPentatonicModel('zhi')]) {
    const { size, log } = model.next;
    for (const context of [0, 5, (size + 1) * (size + 1) - 1]) {
      const sum = log.subarray(context * size, (context + 1) * size).reduce((all, x) => all + Math.exp(x), 0);
      assert.ok(Math.abs(sum - 1) < 1e-6, `${model.mode} ${context} ${sum}`);
    }
    for (let kind = 0; kind < NOTE_CLASSES; kind++) {
      const sum = Array.from({ length: 12 }, (_, degree) => Math.exp(model.note(0, kind, degree))).reduce(
        (a, b) => a + b,
      );
      assert.ok(Math.abs(sum - 1) < 1e-6);
    }
  }
});

test('the model knows its trade: V leads to I, chord tones lie on the beat, chords change on the downbeat, phrases close on I', () => {
  const model = loadChordModel('major');
  const { next, chords } = model;
  const find = (degree: number, quality: string): number =>
    chords.findIndex((chord) => chord.degree === degree && qualityOf(chord.intervals) === quality);
  const [one, five, two] = [find(0, 'major'), find(7, 'dominant'), find(2, 'minor')];
  const after = next.logAfterOne.subarray(five * next.size, (five + 1) * next.size);
  assert.equal(after.indexOf(Math.max(...after)), one);
  assert.ok(model.note(five, 0, 11) > model.note(five, 0, 0) + 1);
  assert.ok(model.change(4, 0) > model.change(4, 2) && model.change(4, 2) > model.change(4, 1));
  assert.ok(model.final(one) > model.final(five) + 2 && model.final(one) > model.final(two) + 2);
});

test('every mode has a model, church modes with their own degrees', () => {
  for (const mode of MODES.slice(0, 7)) assert.ok(loadChordModel(mode).chords.length > 8, mode);
  const has = (mode: Mode, degree: number, quality: string): boolean =>
    loadChordModel(mode).chords.some((chord) => chord.degree === degree && qualityOf(chord.intervals) === quality);
  assert.ok(has('dorian', 5, 'major') && !has('dorian', 5, 'diminished'));
  assert.ok(has('mixolydian', 10, 'major') && has('phrygian', 1, 'major') && has('lydian', 2, 'major'));
});

test('chords have one number in every key, and come back spelled', () => {
  const key = { tonic: 'Eb', mode: 'minor' } as const;
  for (const symbol of ['Ebm', 'Abm', 'Bb7', 'Cb', 'Fm7b5', 'Ddim7', 'Gb']) {
    const chord = parseChord(symbol);
    const number = numberOf(chord, key, [0, 2, 3, 5, 7, 8, 10]);
    assert.deepEqual(spellChord(degreeChordOf(number), key), chord, symbol);
  }
  assert.equal(QUALITY_NAMES.length, 10);
});
