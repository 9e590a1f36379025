import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleScore } from './example-score.ts';
import { melodyOf, melodyPartOf } from './melody.ts';
import { localBoundaries, segmentPhrases } from './phrases.ts';

const starts = (line: string): number[] => segmentPhrases(exampleScore([line])).map(({ from }) => from / 12);

test('phrases end at long notes and rests, four bars each where the music asks it', () => {
  assert.deepEqual(
    starts('C4 D4 E4 F4 G4 A4 G4 E4 F4 E4 D4 C4 D4:4 C4 D4 E4 F4 G4 A4 G4 E4 F4 D4 E4 D4 C4:4'),
    [0, 16],
  );
  assert.deepEqual(
    starts('E4 E4 F4 G4 G4:2 E4 -:1 D4 D4 E4 F4 D4:2 -:2 E4 E4 F4 G4 G4:2 E4 -:1 D4 E4 D4 B3 C4:4').includes(16),
    true,
  );
});

test('the strongest local boundary is where the rest stands', () => {
  const { parts } = exampleScore(['C4 D4 E4 F4:1 -:2 G4 F4 E4 D4']);
  const strengths = localBoundaries(melodyOf(parts[0]!));
  assert.equal(strengths.indexOf(Math.max(...strengths)), 3);
});

test('the words and the form make boundaries where the notes alone do not', () => {
  const line = Array.from({ length: 32 }, (_, i) => ['C4', 'D4', 'E4', 'D4'][i % 4]).join(' ');
  const plain = exampleScore([line]);
  const sung = {
    ...plain,
    parts: [
      {
        ...plain.parts[0]!,
        notes: plain.parts[0]!.notes.map((note, i) => (i === 11 ? { ...note, lyrics: [{ text: '去，' }] } : note)),
      },
    ],
  };
  assert.ok(segmentPhrases(sung).some(({ from }) => from === 144));
  const formed = { ...plain, bars: plain.bars.map((bar, i) => (i === 5 ? { ...bar, label: 'B' } : bar)) };
  assert.ok(segmentPhrases(formed).some(({ from }) => from === 240));
});

test('phrases tile the melody; a part without notes has none', () => {
  const score = exampleScore(['C4 D4:.5 E4:.5 F4:2 G4 -:3 A4 B4 C5:3 B4 A4 G4 F4 E4 D4 C4:4', 'C3:4 G3:4']);
  const phrases = segmentPhrases(score);
  assert.equal(
    phrases.reduce((sum, { notes }) => sum + notes, 0),
    melodyOf(score.parts[0]!).length,
  );
  for (const [i, { to }] of phrases.entries()) assert.equal(phrases[i + 1]?.from ?? to, to);
  assert.equal(melodyPartOf(score)?.id, 'p1');
  assert.deepEqual(segmentPhrases({ ...score, parts: [{ ...score.parts[0]!, notes: [] }] }), []);
});
