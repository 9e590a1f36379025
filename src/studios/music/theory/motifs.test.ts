import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleScore } from './example-score.ts';
import { melodyOf } from './melody.ts';
import { findMotifs } from './motifs.ts';
import { similarity } from './similarity.ts';

const melody = (line: string) => melodyOf(exampleScore([line]).parts[0]!);
const kinds = (line: string): string[] =>
  findMotifs(melody(line), { most: 5 })[0]?.occurrences.map(({ kind }) => kind) ?? [];

test('a figure is found again exact, in sequence, upside down, and in longer and shorter notes', () => {
  assert.deepEqual(kinds('C4 E4 D4 G4 - A4:3 C4 E4 D4 G4'), ['exact', 'exact']);
  assert.deepEqual(kinds('C4 E4 D4 G4 - B4:3 D4 F4 E4 A4'), ['exact', 'transposed']);
  assert.deepEqual(kinds('C4 E4 D4 G4 - G5:3 C5 A4 B4 F4'), ['exact', 'inverted']);
  assert.deepEqual(kinds('C4 E4 D4 G4 - B5:3 D4:2 F4:2 E4:2 A4:2'), ['exact', 'augmented']);
  assert.deepEqual(kinds('C4:2 E4:2 D4:2 G4:2 -:2 B5:3 D4 F4 E4 A4'), ['exact', 'diminished']);
  assert.deepEqual(kinds('C4 E4 D4 G4 A4 A5 B4 F4 C5'), []);
});

test('occurrences say how they differ, and never overlap', () => {
  const [motif] = findMotifs(melody('C4 E4 D4 G4 - B4:3 D4 F4 E4 A4'), { most: 5 });
  assert.deepEqual(motif?.steps, [2, -1, 3]);
  assert.equal(motif?.occurrences[1]?.steps, 1);
  const scale = melody('C4 D4 E4 F4 G4 A4 B4 C5 D5 E5 F5 G5');
  for (const { notes, occurrences } of findMotifs(scale)) {
    for (const [i, { index }] of occurrences.entries())
      if (i > 0) assert.ok(index >= occurrences[i - 1]!.index + notes);
  }
  assert.deepEqual(findMotifs([]), []);
});

const tune = 'C4 D4 E4:.5 F4:.5 G4:2 A4 G4 E4 C4:2 D4 F4:.5 A4:.5 G4 E4 D4 C4:2';

test('a melody is like itself in another key and speed, less like its variant, unlike another', () => {
  const moved = melody('D5:2 E5:2 F#5:1 G5:1 A5:4 B5:2 A5:2 F#5:2 D5:4 E5:2 G5:1 B5:1 A5:2 F#5:2 E5:2 D5:4');
  const same = similarity(melody(tune), moved);
  assert.ok(Math.abs(same.likeness - 1) < 1e-9);
  const variant = similarity(melody(tune), melody('C4 D4 E4:.5 F4:.5 G4:2 C5 G4 E4 C4:2 D4 F4:.5 A4:.5 G4 F4 D4 C4:2'));
  const other = similarity(melody(tune), melody('B4:3 C4 A4:.5 F#4:3 C5:.25 D#4:2 B4 C4:.5 G#4:2 D4:3 A4:.25 E5:2'));
  assert.ok(variant.likeness < 1 && variant.likeness > other.likeness + 0.2, `${variant.likeness} ${other.likeness}`);
  assert.deepEqual(similarity([], melody(tune)).likeness, 0);
});

test('alignment finds the stretch two melodies share', () => {
  const shared = 'C4 E4 G4:.5 F4:.5 D4:2 A4 G4 B3 C4:2';
  const a = melody(`F#4 C5 B3 G#4:3 ${shared}`);
  const b = melody(`${shared} Bb4 E4:.25 D#5:3 C#4 B4`);
  const { a: inA, b: inB } = similarity(a, b);
  assert.ok(
    Math.abs(inA.from - 4) <= 1 && inA.to >= 12 && inB.from <= 1 && Math.abs(inB.to - 9) <= 1,
    JSON.stringify([inA, inB]),
  );
});
