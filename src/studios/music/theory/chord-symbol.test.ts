import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '../../../core/index.ts';
import { chordClasses, chordNotes } from './chord.ts';
import { formatChord, isNoChord, parseChord } from './chord-symbol.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  C: 'C E G',
  'F#m': 'F# A C#',
  Bb7: 'Bb D F Ab',
  'B♭maj7': 'Bb D F A',
  CM7: 'C E G B',
  CΔ: 'C E G B',
  Cm7b5: 'C Eb Gb Bb',
  Cø7: 'C Eb Gb Bb',
  'C°7': 'C Eb Gb Bbb',
  Bdim7: 'B D F Ab',
  'A+': 'A C# E#',
  'C+7': 'C E G# Bb',
  'C7+9': 'C E G Bb D#',
  'C-7': 'C Eb G Bb',
  'C7-5': 'C E Gb Bb',
  'E7(#9)': 'E G# B D F##',
  C7b9b13: 'C E G Bb Db Ab',
  Cadd9: 'C E G D',
  Cmadd9: 'C Eb G D',
  'C6/9': 'C E G A D',
  G7sus4: 'G C D F',
  Gsus: 'G C D',
  Dsus2: 'D E A',
  'Dm(maj7)': 'D F A C#',
  DmM7: 'D F A C#',
  'Dm(add11)': 'D F A G',
  G5: 'G D',
  G13: 'G B D F A E',
  C7no3: 'C G Bb',
  'A:min7': 'A C E G',
  'C:maj(9)': 'C E G D',
  'G:sus4(b7,9)': 'G C D F A',
  'C:(3,b7)': 'C E Bb',
  'E:maj(*5)': 'E G#',
  'C:1(#5)': 'C G#',
  'Gb:hdim7': 'Gb Bbb Dbb Fb',
};

test('chord symbols of both kinds are read as their notes', () => {
  for (const [symbol, notes] of Object.entries(SYMBOLS)) {
    assert.deepEqual(chordNotes(parseChord(symbol)).sort(), notes.split(' ').sort(), symbol);
  }
});

test('the bass is a note in lead sheets and a degree after a colon', () => {
  assert.equal(parseChord('Am7/G').bass, 'G');
  assert.equal(parseChord('Eb:maj/3').bass, 'G');
  assert.equal(parseChord('A:min/b7').bass, 'G');
  assert.equal(parseChord('C/C').bass, undefined);
  assert.deepEqual(chordClasses(parseChord('D:maj/b7')), [0, 2, 6, 9]);
});

test('a chord written and read again is the same chord', () => {
  const more = ['C7alt', 'Bb:maj/bb13', 'D:1(b3,b7,11,9)', 'F:7(b9,#11)', 'A:maj6(7,#11)', 'Ab:dim(b13)', 'C:1'];
  for (const symbol of [...Object.keys(SYMBOLS), ...more]) {
    const chord = parseChord(symbol);
    assert.deepEqual(parseChord(formatChord(chord)), chord, `${symbol} → ${formatChord(chord)}`);
  }
  const written = ['C:min7', 'C:hdim7', 'C:maj(9)', 'C:sus4(b7)', 'C:7(#9)', 'C:maj/3', 'C:dim', 'C:minmaj7'];
  const symbols = ['Cm7', 'Cm7b5', 'Cadd9', 'C7sus4', 'C7(#9)', 'C/E', 'Cdim', 'Cm(maj7)'];
  assert.deepEqual(
    written.map((symbol) => formatChord(parseChord(symbol))),
    symbols,
  );
});

test('what is no chord is refused by name', () => {
  for (const symbol of [
    '',
    'H',
    'Cfoo',
    'C/E/G',
    'C:maj(99)',
    'C7b',
    'N.C.',
    'Casdf',
    'c',
    'C/x',
    'C:maj/',
    `C${'add9'.repeat(99)}`,
  ]) {
    assert.throws(
      () => parseChord(symbol),
      (error) => error instanceof OsError && error.code === 'music/bad-chord',
      symbol,
    );
  }
  assert.ok(isNoChord('N.C.') && isNoChord('N') && isNoChord('X') && !isNoChord('C'));
});
