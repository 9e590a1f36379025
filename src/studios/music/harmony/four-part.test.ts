import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { criticise } from '../critic/index.ts';
import { parseScore, type Score, spellMidi } from '../score/index.ts';
import { exampleScore } from '../theory/example-score.ts';
import { harmonise } from './index.ts';

const TUNE = 'C4 D4 E4 F4 G4 G4 A4:0.5 B4:0.5 C5 B4:2 A4 G4 F4 E4 D4:2 C4:2';

/** Faults and warnings of strict part-writing, as the critic finds them. */
function faults(score: Score): string[] {
  return criticise(score, { style: 'strict', choir: true })
    .filter(({ severity }) => severity === 'fault')
    .map(({ rule, message }) => `${rule}: ${message.en}`);
}

test('a melody in four parts: no faults, every chord whole, the melody as it was', () => {
  const [{ score, numbers }] = harmonise(exampleScore([TUNE]), { style: 'four-part' }) as [
    ReturnType<typeof harmonise>[number],
  ];
  parseScore(score);
  assert.deepEqual(faults(score), []);
  assert.deepEqual(
    score.parts.map(({ id }) => id),
    ['p1', 'alto', 'tenor', 'bass'],
  );
  assert.deepEqual(score.parts[0], exampleScore([TUNE]).parts[0]);
  assert.equal(numbers.rests, 0);
  assert.match(score.chords.at(-1)!.symbol, /^C$/);
});

test('leaping melodies of chance notes in any key never break a rule, and come with all voices', () => {
  const random = createRandom(11);
  for (let n = 0; n < 6; n++) {
    const notes = Array.from({ length: 24 }, () => spellMidi(60 + random.integer(20)));
    const key = { tonic: ['C', 'Eb', 'A'][n % 3]!, mode: n % 2 === 0 ? ('major' as const) : ('minor' as const) };
    const { score, numbers } = harmonise(exampleScore([notes.join(' ')], { key, metre: [3, 4] }), {
      style: 'four-part',
    })[0]!;
    const serious = faults(score).filter((text) => /^(parallel|voice-crossing|range)/.test(text));
    assert.deepEqual(serious, []);
    assert.ok(numbers.rests! <= 2, `${numbers.rests}`);
  }
});

test('a low voice is moved to the soprano, unless notes are locked', () => {
  const low = exampleScore([TUNE.replaceAll('5', '4').replaceAll(/([A-G])4/g, '$13')]);
  const moved = harmonise(low, { style: 'four-part' })[0]!.score;
  assert.equal(moved.parts[0]!.notes[0]!.pitch, 'C4');
  const locked = {
    ...low,
    parts: low.parts.map((part) => ({ ...part, notes: part.notes.map((note) => ({ ...note, locked: true })) })),
  };
  const kept = harmonise(locked, { style: 'four-part' })[0]!.score;
  assert.equal(kept.parts[0]!.notes[0]!.pitch, 'C3');
});

test('a chord given with its bass is sung so', () => {
  const score = { ...exampleScore([TUNE]), chords: [{ at: 48, symbol: 'C/E' }] };
  const { score: sung } = harmonise(score, { style: 'four-part' })[0]!;
  assert.match(sung.parts[3]!.notes.find(({ at }) => at === 48)!.pitch, /^E/);
});

test('where a melody leaps within a chord the lower voices move with it, rather than to stand more than an octave away', () => {
  const leaping = 'E5 E4:1.5 G5:0.5 E4:0.5 C5 C4:0.5 G5 G4:0.5 A5:0.5 G4 D5 E5:0.5 A5 E5:1.5 E4:1.5 A5:0.5 C5:2';
  const { score } = harmonise(exampleScore([leaping]), { style: 'four-part' })[0]!;
  assert.deepEqual(
    faults(score).filter((text) => text.startsWith('spacing')),
    [],
  );
});

test('after a rest the melody may begin below where the alto was', () => {
  const melody = 'C5 D5 F5 A5:2 -:3 C4 D4 E4 D4 C4:4';
  const chords = [[3, 'F'] as const, [8, 'C'] as const];
  const { score, numbers } = harmonise(exampleScore([melody], { chords }), { style: 'four-part' })[0]!;
  assert.deepEqual([faults(score), numbers.rests], [[], 0]);
});
