import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OsError } from '../../../core/index.ts';
import { readAbc, readMidi, readMusicXml, writeAbc, writeMidi, writeMusicXml } from '../formats/index.ts';
import { parseScore, type Score } from '../score/index.ts';
import { barsOfRhythm, layRhythm, readRhythm, readTaps, rhythmOfScore } from './index.ts';

const lengths = (text: string, metre?: [number, 4 | 8]): number[] =>
  readRhythm(text, metre).notes.map(({ length }) => length);
const onsets = (text: string, metre?: [number, 4 | 8]): number[] => readRhythm(text, metre).notes.map(({ at }) => at);

test('lengths: letters, dots, triplets, ties, rests, and fractions say the same', () => {
  assert.deepEqual(lengths('q q e e q | q. e h'), [24, 24, 12, 12, 24, 36, 12, 48]);
  assert.deepEqual(lengths('1/4 1/4 1/8 1/8 1/4 | 3/8 1/8 1/2'), lengths('q q e e q | q. e h'));
  assert.deepEqual(lengths('e3 e3 e3 q~e s t t e'), [8, 8, 8, 36, 6, 3, 3, 12]);
  assert.deepEqual(onsets('q rq e re r1/4 q'), [0, 48, 96]);
  assert.equal(readRhythm('q rq').length, 48);
});

test('strokes: each group is a beat; a group alone in its bar is the bar', () => {
  assert.deepEqual(lengths('X--- X-X-'), [24, 12, 12]);
  assert.deepEqual(onsets('x..x ..x. x...'), [0, 18, 36, 48]);
  assert.deepEqual(lengths('x..x..x. | x.x.x.x.'), [12, 12, 12, 12, 12, 12, 12]);
  assert.deepEqual(lengths('咚 哒哒 咚'), [24, 12, 12, 24]);
  assert.deepEqual(onsets('咚 空 哒哒哒 咚—'), [0, 48, 56, 64, 72]);
  assert.deepEqual(lengths('咚 - 哒哒'), [48, 12, 12]);
  assert.deepEqual(lengths('xxx x-x', [6, 8]), [12, 12, 12, 24, 12]);
});

test('bar lines name the metre', () => {
  assert.deepEqual(readRhythm('q q q | h q').metre, [3, 4]);
  assert.deepEqual(readRhythm('q. e e e | q. q.').metre, [6, 8]);
  assert.deepEqual(readRhythm('q q q q | h h').metre, [4, 4]);
  assert.deepEqual(readRhythm('咚 哒哒 | 咚 咚').metre, [2, 4]);
  assert.equal(readRhythm('q q q').metre, undefined);
});

test('[MU5] what cannot be read is refused with its place in both languages', () => {
  const refusals: [string, string, RegExp][] = [
    ['q q z', 'music/bad-rhythm', /word 3 \(bar 1\).*“z”/],
    ['q | q 1/5', 'music/bad-rhythm', /word 3 \(bar 2\)/],
    ['', 'music/bad-rhythm', /no notes/],
    ['rq rh', 'music/bad-rhythm', /no notes/],
    ['咚 q', 'music/bad-rhythm', /“q”/],
    ['1/0', 'music/bad-rhythm', /word 1/],
    ['q q e e h | q. e h', 'music/uneven-rhythm', /Bar 1 .* 5 /],
    [`${'q '.repeat(90000)}`, 'music/bad-rhythm', /too long/],
    ['xxxxx x', 'music/bad-rhythm', /5 strokes/],
  ];
  for (const [text, code, message] of refusals) {
    assert.throws(
      () => readRhythm(text, text.startsWith('q q e e h') ? [4, 4] : undefined),
      (error: unknown) =>
        error instanceof OsError && error.code === code && message.test(error.message) && error.zh !== undefined,
      text.slice(0, 30),
    );
  }
});

test('any text gives a rhythm or a refusal, never another error', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'qeh.~r3 |1/48X-x咚空z'), maxLength: 40 }), (text) => {
      try {
        const { notes, length } = readRhythm(text);
        let end = 0;
        for (const note of notes) {
          assert.ok(Number.isInteger(note.at) && note.at >= end && note.length > 0);
          end = note.at + note.length;
        }
        assert.ok(end <= length);
      } catch (error) {
        if (!(error instanceof OsError) || error.kind !== 'input') throw error;
      }
    }),
    { numRuns: 500 },
  );
});

test('a rhythm laid over bars comes again from bar to bar and is cut at the end', () => {
  const rhythm = readRhythm('h q h');
  assert.equal(barsOfRhythm(rhythm, [4, 4]), 2);
  assert.deepEqual(
    layRhythm(rhythm, [4, 4], 3).map(({ at, length }) => [at, length]),
    [
      [0, 48],
      [48, 24],
      [72, 48],
      [192, 48],
      [240, 24],
      [264, 24],
    ],
  );
});

/** Taps of a rhythm at a tempo, each off by up to `slack` milliseconds, as a hand is. */
function tapped(beats: readonly number[], bpm: number, slack: number): number[] {
  return beats.map((beat, i) => 1000 + (beat * 60_000) / bpm + (i === 0 ? 0 : slack * Math.sin(i * 7.3)));
}

test('taps: tempo, metre and places are found though hands are inexact', () => {
  const rhythms: [string, number[], [number, number]][] = [
    ['even fours', [0, 1, 2, 3, 4, 5, 6, 7, 8], [4, 4]],
    ['long short short', [0, 2, 3, 4, 6, 7, 8, 10, 11, 12], [4, 4]],
    ['waltz', [0, 1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 17], [3, 4]],
    ['quavers', [0, 1, 1.5, 2, 3, 4, 5, 5.5, 6, 7], [4, 4]],
  ];
  for (const [name, beats, metre] of rhythms) {
    for (const bpm of [84, 100, 126]) {
      const found = readTaps(tapped(beats, bpm, 18));
      assert.ok(Math.abs(found.quarterBpm - bpm) < 3, `${name} at ${bpm}: ${found.quarterBpm}`);
      assert.deepEqual(
        found.notes.map(({ at }) => at),
        beats.map((beat) => beat * 24),
        `${name} at ${bpm}`,
      );
      assert.deepEqual(found.metre, metre, `${name} at ${bpm}`);
      assert.ok(found.error < 20);
    }
  }
});

test('taps in three are a compound metre, and a metre that is asked is kept', () => {
  const jig = [0, 1, 2, 3, 5, 6, 7, 8, 9, 11, 12];
  const found = readTaps(
    tapped(
      jig.map((third) => third / 3),
      110,
      8,
    ),
  );
  assert.deepEqual(found.metre, [6, 8]);
  assert.deepEqual(
    found.notes.map(({ at }) => at),
    jig.map((third) => third * 12),
  );
  assert.deepEqual(readTaps([0, 500, 1000, 1500], [3, 4]).metre, [3, 4]);
});

test('[MU5] taps that are none are refused with their place', () => {
  for (const [taps, message] of [
    [[0, 500], /three/],
    [[0, 500, 400], /tap 3/],
    [[0, Number.NaN, 900], /tap 2/],
    [[0, 500, 900_000], /ten minutes/],
  ] as const) {
    assert.throws(
      () => readTaps(taps),
      (error: unknown) => error instanceof OsError && error.code === 'music/bad-taps' && message.test(error.message),
    );
  }
});

const TUNE = readAbc('X:1\nM:3/4\nL:1/4\nK:G\nD|G>A B|z d2|(3B/c/d/ e f|g3|]').score;

test('the rhythm of a piece is that of its melody, whatever file it came in; a pickup keeps its place', () => {
  const files: [string, Score][] = [
    ['abc', readAbc(writeAbc(TUNE)).score],
    ['midi', readMidi(writeMidi(TUNE)).score],
    ['musicxml', readMusicXml(new TextEncoder().encode(writeMusicXml(TUNE))).score],
  ];
  const expected = [48, 72, 108, 120, 168, 216, 224, 232, 240, 264, 288];
  for (const [name, score] of files) {
    const rhythm = rhythmOfScore(parseScore(score));
    assert.deepEqual(rhythm.metre, [3, 4], name);
    if (name !== 'midi')
      assert.deepEqual(
        rhythm.notes.map(({ at }) => at),
        expected,
        name,
      );
    assert.deepEqual(
      rhythm.notes.map(({ at }) => at - rhythm.notes[0]!.at),
      expected.map((at) => at - 48),
      name,
    );
  }
});
