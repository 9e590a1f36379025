import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import { buildTuneIndex, readTuneIndex } from '../../theory/index.ts';
import { createCopyGuard, type GuardedMelody } from './copy-guard.ts';

/** A melody of equal notes, so many to a bar of 96 ticks. */
function melody(midis: readonly number[], perBar: number): GuardedMelody {
  const length = 96 / perBar;
  const bars = Math.ceil(midis.length / perBar);
  return {
    notes: midis.map((midi, i) => ({ at: i * length, length, midi })),
    barStarts: Array.from({ length: bars + 1 }, (_, i) => 96 * i),
  };
}
const wander = (seed: number, notes: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: notes }, () => 60 + random.integer(14));
};
const known = wander(1, 64);
const repeated = [
  ...new Array<number>(24).fill(67),
  ...wander(2, 8),
  65,
  67,
  65,
  67,
  65,
  67,
  65,
  67,
  65,
  67,
  65,
  67,
  65,
  67,
  65,
];
const tunes = [known, repeated, [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79, 81, 83, 84]].map((midis, i) => ({
  title: `Tune ${i}`,
  source: 'tunes',
  notes: midis.map((midi, n) => ({ midi, from: n / 8, to: (n + 1) / 8 })),
}));
const isCopy = createCopyGuard(readTuneIndex(buildTuneIndex(tunes)));

test('a phrase note for note is a copy, in eighths and in long notes', () => {
  assert.ok(isCopy(melody([...wander(9, 4), ...known.slice(8, 27)], 8)));
  assert.ok(isCopy(melody([...wander(9, 4), ...known.slice(8, 21)], 2)));
});

test('a few long notes over many bars are none', () => {
  assert.ok(!isCopy(melody(known.slice(8, 14), 1)));
  assert.ok(!isCopy(melody([...wander(9, 4), ...known.slice(8, 14)], 2)));
});

test('repeated notes, trills and scales are nobody’s', () => {
  assert.ok(!isCopy(melody(new Array<number>(24).fill(72), 8)));
  assert.ok(!isCopy(melody(repeated.slice(-14), 4)));
  assert.ok(
    !isCopy(
      melody(
        tunes[2]!.notes.map(({ midi }) => midi),
        4,
      ),
    ),
  );
});

test('a copy behind repeated notes is still seen', () => {
  assert.ok(isCopy(melody(repeated.slice(16, 36), 4)));
});
