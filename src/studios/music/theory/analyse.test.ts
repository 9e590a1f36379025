import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseHarmony } from './analyse.ts';
import { formatChord } from './chord-symbol.ts';
import { exampleScore } from './example-score.ts';
import { nameChord } from './name-chord.ts';

const name = (classes: number[], bass?: number): string => {
  const chord = nameChord(classes, bass);
  return chord ? formatChord(chord) : '';
};

test('notes that sound together get the simplest name over their bass', () => {
  assert.equal(name([0, 4, 7], 0), 'C');
  assert.equal(name([0, 4, 7], 4), 'C/E');
  assert.equal(name([9, 0, 4, 7], 9), 'Am7');
  assert.equal(name([9, 0, 4, 7], 0), 'C6');
  assert.equal(name([7, 11, 2, 5], 5), 'G7/F');
  assert.equal(name([11, 2, 5, 8], 11), 'Bdim7');
  assert.equal(name([7, 11, 5], 7), 'G7no5');
  assert.equal(name([7, 0, 2], 7), 'Gsus4');
  assert.equal(name([0, 4, 7, 2], 0), 'Cadd9');
  assert.equal(name([7, 11, 2, 5, 8], 7), 'G7(b9)');
  assert.equal(name([1, 5, 8]), 'C#');
  assert.equal(formatChord(nameChord([1, 5, 8], 1, { tonic: 'Ab', mode: 'major' })!), 'Db');
  assert.equal(nameChord([]), undefined);
});

const romans = (score: ReturnType<typeof exampleScore>): string =>
  analyseHarmony(score)
    .map(({ roman, at }) => `${at / 12}:${roman}`)
    .join(' ');

test('a texture is read as its chords, through broken chords, passing notes and inversions', () => {
  const block = exampleScore(['C5+E5:4 C5+F5:4 B4+F5:4 C5+E5:4', 'C3+G3:4 F3+A3:4 G3:4 C3:4']);
  assert.equal(romans(block), '0:I 4:IV 8:V7 12:I');
  const broken = exampleScore([
    'E5:2 D5 C5 B4:2 D5:2 C5:4',
    'C4:.5 G4:.5 E4:.5 G4:.5 C4:.5 G4:.5 E4:.5 G4:.5 B3:.5 G4:.5 D4:.5 G4:.5 B3:.5 G4:.5 F4:.5 G4:.5 C4:.5 G4:.5 E4:.5 G4:.5 C4:2',
  ]);
  const read = romans(broken);
  assert.match(read, /^0:I 4:V6 7:V42 8:I$/);
  const minor = exampleScore(['A4+C5:4 G#4+B4:4 A4+C5:4', 'A3+E4:4 E3+D4:4 A3+E4:4'], {
    key: { tonic: 'A', mode: 'minor' },
  });
  assert.equal(romans(minor), '0:i 4:V7 8:i');
});

test('silence has no harmony; percussion is left out', () => {
  const score = exampleScore(['C4:4']);
  assert.deepEqual(analyseHarmony({ ...score, parts: [{ ...score.parts[0]!, percussion: true }] }), []);
});
