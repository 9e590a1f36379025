import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type Score, spellMidi } from '../score/index.ts';
import { exampleScore } from '../theory/example-score.ts';
import { criticise } from './index.ts';

/** A score of `voices` lines of `length` random notes. */
function noise(voices: number, length: number): Score {
  const random = createRandom(7);
  const score = exampleScore(['C4']);
  const parts = Array.from({ length: voices }, (_, v) => ({
    id: `p${v}`,
    name: `part ${v}`,
    instrument: 'violin',
    notes: Array.from({ length }, (_, i) => ({
      at: i * 6,
      length: 6,
      pitch: spellMidi(84 - 12 * v + random.integer(12)),
    })),
  }));
  const count = Math.ceil((length * 6) / 48);
  const bars = Array.from({ length: count }, (_, i) => ({ ...score.bars[0]!, at: i * 48, length: 48 }));
  return { ...score, bars, parts };
}

test('findings of a rule stop at the number asked for', () => {
  const score = noise(4, 400);
  assert.equal(criticise(score, { only: ['parallel-fifths'], style: 'strict', most: 3 }).length, 3);
});

test('a score without notes, or with drums alone, is judged without fault', () => {
  const empty = exampleScore(['-:4']);
  assert.deepEqual(criticise(empty), []);
  const drums = exampleScore(['C2 D2 C2 D2']);
  assert.deepEqual(criticise({ ...drums, parts: [{ ...drums.parts[0]!, percussion: true }] }), []);
});

test('twenty thousand notes of noise are judged, every rule within its number', () => {
  const findings = criticise(noise(4, 5000), { style: 'strict', most: 50 });
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  assert.ok(counts.size >= 10 && [...counts.values()].every((count) => count <= 50));
});
