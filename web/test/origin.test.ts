/** Where a bar comes from: through kept bars, changed bars, bars that moved, and parts that were renamed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ancestor, originsOf } from '../src/pages/compose/origin.ts';
import type { Score } from '../src/pages/compose/score.ts';

/** A piece of 4/4 whose bars hold these pitches, one whole note each; an empty name is a rest. */
const piece = (id: string, pitches: readonly string[], tpq = 4): Ancestor => ({
  id,
  title: id,
  op: `music/${id}`,
  score: {
    title: id,
    ticksPerQuarter: tpq,
    bars: pitches.map((_, i) => ({
      at: 4 * tpq * i,
      length: 4 * tpq,
      metre: [4, 4],
      key: { tonic: 'C', mode: 'major' },
    })),
    tempos: [{ at: 0, quarterBpm: 100 }],
    chords: [],
    parts: [
      {
        id: 'p',
        name: 'Flute',
        instrument: 'flute',
        notes: pitches.flatMap((pitch, i) => (pitch === '' ? [] : [{ at: 4 * tpq * i, length: 4 * tpq, pitch }])),
      },
    ],
  } satisfies Score,
});

const by = (line: readonly Ancestor[], bar: number): string[] =>
  originsOf(line, bar).map((one) => `${one.part} ${one.by.id} ${one.kept}`);

test('[WEB5] a bar is traced to the piece that wrote it, at any resolution', () => {
  const line = [
    piece('edit', ['C4', 'E4', 'G4'], 8),
    piece('vary', ['C4', 'E4', 'A4']),
    piece('compose', ['C4', 'D4', 'A4']),
  ];
  assert.deepEqual(by(line, 0), ['Flute compose 2']);
  assert.deepEqual(by(line, 1), ['Flute vary 1']);
  assert.deepEqual(by(line, 2), ['Flute edit 0']);
});

test('[WEB5] a bar that moved is known again; rests and bars that are not there have no origin', () => {
  const line = [piece('intro', ['', 'G4', 'C4']), piece('compose', ['G4', 'C4'])];
  assert.deepEqual(by(line, 1), ['Flute compose 1']);
  assert.deepEqual(by(line, 0), []);
  assert.deepEqual(by(line, 9), []);
  assert.deepEqual(by([], 0), []);
});
