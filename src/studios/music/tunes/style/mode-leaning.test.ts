import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDull, modeClarity, modeLeaning, varietyOf } from './index.ts';

/** Quarters in 4/4, on C. */
const melodyOf = (midis: readonly number[]) => ({
  notes: midis.map((midi, i) => ({ at: 24 * i, length: 24, midi })),
  barStarts: Array.from({ length: Math.ceil(midis.length / 4) + 1 }, (_, i) => 96 * i),
  tonic: 0,
});

test('a major tune without its seventh leans towards it, one that has it does not', () => {
  const without = modeLeaning(melodyOf([60, 64, 67, 65, 60, 62, 64, 60, 67, 65, 64, 60]), 'major');
  assert.ok(without[11]! > 1);
  assert.ok(without[10]! < -1, 'and away from the mixolydian one');
  const plain = modeLeaning(melodyOf([60, 64, 67, 71, 60, 62, 71, 60, 67, 64, 71, 60]), 'major');
  assert.equal(plain[11], 0);
});

test('minor is kept from dorian, zhi from gong', () => {
  const minor = modeLeaning(melodyOf([60, 63, 67, 69, 60, 62, 63, 60]), 'minor');
  assert.ok(minor[8]! > 1 && minor[9]! < -1);
  const zhi = modeLeaning(melodyOf([60, 62, 67, 69, 60, 62, 67, 60]), 'zhi');
  assert.ok(zhi[5]! > 0.5 && zhi[4]! < -0.5);
});

test('where another degree is heard more than the tonic, home is called back', () => {
  const away = modeLeaning(melodyOf([62, 65, 69, 62, 62, 64, 60, 62, 62, 69, 65, 62]), 'major');
  assert.ok(away[0]! > 0.5 && away[2]! < 0);
  assert.deepEqual(modeLeaning(melodyOf([]), 'major'), new Array(12).fill(0));
});

test('[MU15] following the leaning makes a mode plain that was not', () => {
  for (const mode of ['major', 'minor', 'dorian', 'mixolydian', 'gong', 'zhi'] as const) {
    const midis = [60, 67, 60, 67];
    for (let i = 0; i < 28; i++) {
      const gains = modeLeaning(melodyOf(midis), mode);
      const best = gains.indexOf(Math.max(...gains));
      midis.push(gains[best]! > 0.8 ? 60 + best : i % 2 ? 60 : 67);
    }
    midis.push(60);
    assert.ok(modeClarity({ ...melodyOf(midis), mode, metre: '4/4' }) > 0.7, mode);
  }
});

test('[MU15] a drone, two notes a third apart and a stammer are dull; a tune is not', () => {
  assert.ok(isDull(melodyOf(new Array(16).fill(60)).notes));
  assert.ok(isDull(melodyOf([60, 64, 60, 64, 60, 64, 60, 64, 60, 64]).notes));
  assert.ok(isDull(melodyOf([60, 60, 60, 72, 60, 60, 60, 67, 60, 60]).notes));
  const tune = melodyOf([60, 62, 64, 65, 67, 65, 64, 62, 60, 67, 64, 60]).notes;
  assert.ok(!isDull(tune));
  assert.equal(varietyOf(tune), 1);
  assert.equal(varietyOf(tune.slice(0, 3)), 1, 'a few notes say nothing');
});
