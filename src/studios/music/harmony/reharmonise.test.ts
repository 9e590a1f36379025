import assert from 'node:assert/strict';
import { test } from 'node:test';
import { criticise } from '../critic/index.ts';
import { exampleScore } from '../theory/example-score.ts';
import { harmonise, reharmonise } from './index.ts';

const TUNE = exampleScore(['C4 D4 E4 F4 G4 G4 A4:0.5 B4:0.5 C5 B4:2 A4 G4 F4 E4 D4:2 C4:2']);

test('reharmonising changes chords, more of them as asked, and no note', () => {
  const first = harmonise(TUNE)[0]!.score;
  const changed = [0.1, 0.6, 1].map((amount) => {
    const { score, numbers } = reharmonise(first, { amount })[0]!;
    assert.deepEqual(score.parts, TUNE.parts);
    return numbers.changed!;
  });
  assert.ok(changed[0]! <= changed[1]! && changed[1]! <= changed[2]! && changed[2]! > 0.4, changed.join(' '));
});

test('however much changes, a piece comes home', () => {
  for (const tune of [
    TUNE,
    exampleScore(['G4 A4 B4 D5 E5 D5 B4 G4 A4 B4 A4 F#4 G4:3'], { key: { tonic: 'G', mode: 'major' } }),
  ]) {
    const { score } = reharmonise(tune, { amount: 1 })[0]!;
    assert.match(score.chords.at(-1)!.symbol, new RegExp(`^${tune.bars[0]!.key.tonic}(?!m)`));
  }
});

test('a melody without chords is reharmonised too, in four parts without faults', () => {
  const { score } = reharmonise(TUNE, { style: 'four-part' })[0]!;
  assert.equal(score.parts.length, 4);
  const faults = criticise(score, { style: 'strict', choir: true }).filter(({ severity }) => severity === 'fault');
  assert.deepEqual(faults, []);
});
