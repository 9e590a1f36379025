import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '../../../core/index.ts';
import type { Key } from '../score/index.ts';
import { chordClasses } from './chord.ts';
import { formatChord, parseChord } from './chord-symbol.ts';
import { chordOfRoman } from './parse-roman.ts';
import REFERENCE from './roman.reference.json' with { type: 'json' };
import { romanOf } from './roman.ts';

const C: Key = { tonic: 'C', mode: 'major' };
const a: Key = { tonic: 'A', mode: 'minor' };

const BOTH_WAYS: readonly (readonly [Key, string, string])[] = [
  [C, 'C', 'I'],
  [C, 'Dm7/F', 'ii65'],
  [C, 'G7', 'V7'],
  [C, 'G7/F', 'V42'],
  [C, 'Cmaj7', 'I7'],
  [C, 'C7', 'V7/IV'],
  [C, 'F7', 'IVd7'],
  [C, 'D7/F#', 'V65/V'],
  [C, 'E', 'V/vi'],
  [C, 'F#dim7', 'viio7/V'],
  [C, 'C#dim7/E', 'viio65/ii'],
  [C, 'Bm7b5', 'viiø7'],
  [C, 'Bdim7', 'viio7'],
  [C, 'Fm', 'iv'],
  [C, 'Ab', 'bVI'],
  [C, 'Bb', 'bVII'],
  [C, 'Ebmaj7', 'bIIIM7'],
  [C, 'Dm7b5', 'iiø7'],
  [C, 'Caug', 'I+'],
  [C, 'Db/F', 'bII6'],
  [C, 'Gsus4', 'V[sus4]'],
  [C, 'G7(b9)', 'V7[b9]'],
  [C, 'F/G', 'IV[/2]'],
  [a, 'Am', 'i'],
  [a, 'E7', 'V7'],
  [a, 'G#dim7', 'viio7'],
  [a, 'F', 'VI'],
  [a, 'G7', 'VII7'],
  [a, 'Gm', 'bvii'],
  [a, 'F#m', 'vi'],
  [a, 'B7', 'V7/V'],
  [a, 'A7/C#', 'V65/iv'],
  [a, 'D', 'IV'],
  [a, 'A', 'I'],
  [a, 'Am(maj7)', 'iM7'],
  [a, 'C+', 'III+'],
  [{ tonic: 'D', mode: 'dorian' }, 'G', 'IV'],
  [{ tonic: 'G', mode: 'mixolydian' }, 'F', 'VII'],
  [{ tonic: 'D', mode: 'shang' }, 'C', 'VII'],
  [{ tonic: 'A', mode: 'yu' }, 'Em', 'v'],
  [{ tonic: 'Db', mode: 'major' }, 'Gbm', 'iv'],
];

test('chords are numerals of their key, and numerals are chords', () => {
  for (const [key, symbol, roman] of BOTH_WAYS) {
    const chord = parseChord(symbol);
    assert.equal(romanOf(chord, key), roman, symbol);
    assert.deepEqual(chordOfRoman(roman, key), chord, roman);
  }
});

test('what analysts and pop musicians write besides is read', () => {
  const read = (roman: string, key = C): string => formatChord(chordOfRoman(roman, key));
  assert.equal(read('N6'), 'Db/F');
  assert.equal(read('Cad64'), 'C/G');
  assert.equal(read('Cad64', a), 'Am/E');
  assert.equal(read('Ger65'), 'Ab7');
  assert.equal(read('Fr43'), 'Ab7(b5)');
  assert.equal(read('It6'), 'Ab7no5');
  assert.equal(read('Ger7'), 'Ab7/F#');
  assert.equal(read('Imaj7'), 'Cmaj7');
  assert.equal(read('V7sus4'), 'G7sus4');
  assert.equal(read('V9'), 'G9');
  assert.equal(read('V6/5'), 'G7/B');
  assert.equal(read('V4/3/V'), 'D7/A');
  assert.equal(read('vii°7/V'), 'F#dim7');
  assert.equal(read('V7/V/V'), 'A7');
  assert.equal(read('bVI', a), 'F');
  assert.equal(read('iio6', a), 'Bdim/D');
});

test('numerals sound as music21 hears them (recipes/music-theory/roman-reference.py)', () => {
  assert.ok(REFERENCE.length > 200);
  for (const [tonic, mode, roman, classes, bass] of REFERENCE as [
    string,
    'major' | 'minor',
    string,
    number[],
    number,
  ][]) {
    const heard = chordClasses(chordOfRoman(roman, { tonic, mode }));
    assert.deepEqual([heard[0], heard.toSorted((a, b) => a - b)], [bass, classes], `${roman} in ${tonic} ${mode}`);
  }
});

test('every chord on every root comes back from its numeral, in every mode', () => {
  const suffixes = [
    '',
    'm',
    '7',
    'maj7',
    'm7',
    'dim',
    'aug',
    'dim7',
    'm7b5',
    'm(maj7)',
    'sus4',
    '7sus4',
    '6',
    'm6',
    '9',
    'add9',
  ];
  const more = ['5', '7(#9)', '13', 'maj9', '7(#5)', 'm11', '69', '7(b9,b13)'];
  const roots = 'C Db D D# Eb E F F# Gb G Ab A A# Bb B'.split(' ');
  const keys: Key[] = [
    C,
    a,
    { tonic: 'F#', mode: 'dorian' },
    { tonic: 'Bb', mode: 'lydian' },
    { tonic: 'E', mode: 'jue' },
  ];
  for (const key of keys) {
    for (const root of roots) {
      for (const suffix of [...suffixes, ...more]) {
        for (const bass of ['', '/C', '/Eb', '/G', '/B']) {
          const chord = parseChord(`${root}${suffix}${bass}`);
          const roman = romanOf(chord, key);
          assert.deepEqual(
            chordOfRoman(roman, key),
            chord,
            `${root}${suffix}${bass} in ${key.tonic} ${key.mode}: ${roman}`,
          );
        }
      }
    }
  }
});

test('what is no numeral is refused by name', () => {
  for (const roman of ['', 'VIII', 'Q', 'V7/', 'V7/x', 'IVfoo', 'iI', `${'V/'.repeat(50)}V`]) {
    assert.throws(
      () => chordOfRoman(roman, C),
      (error) => error instanceof OsError && error.code === 'music/bad-roman',
      roman,
    );
  }
});
