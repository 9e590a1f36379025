import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findFault, type Key, MODES, type Note, type Score, spellingCentre, spellMidi } from '../../score/index.ts';
import { decodeTune, encodeTune, METRES, sheetOfTokens, VOCABULARY } from './index.ts';

const tonics = ['C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#', 'F', 'Bb', 'Eb', 'Ab', 'Db', 'Gb', 'Cb'];
const drawnNote = fc.record({
  gap: fc.integer({ min: 0, max: 60 }),
  length: fc.integer({ min: 1, max: 400 }),
  midi: fc.integer({ min: 30, max: 98 }),
  ornament: fc.boolean(),
});
const drawnScore = fc.record({
  key: fc.record({ tonic: fc.constantFrom(...tonics), mode: fc.constantFrom(...MODES) }),
  metres: fc.array(fc.constantFrom(...METRES), { minLength: 1, maxLength: 6 }),
  pickup: fc.constantFrom(0, 12, 24),
  melody: fc.array(drawnNote, { maxLength: 40 }),
  bass: fc.array(drawnNote, { maxLength: 20 }),
  chords: fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.constantFrom('Am7', 'G', 'D/A', 'N.C.', 'Bb7'))),
});

function build(drawn: typeof drawnScore extends fc.Arbitrary<infer T> ? T : never): Score {
  const metres = drawn.metres.map((metre) => metre.split('/').map(Number) as [number, 4]);
  const lengths = [...(drawn.pickup ? [drawn.pickup] : []), ...metres.map(([beats, unit]) => (beats * 96) / unit)];
  let at = 0;
  const bars = lengths.map((length, i) => {
    const bar = { at, length, metre: metres[drawn.pickup ? Math.max(0, i - 1) : i]!, key: { ...drawn.key } as Key };
    at += length;
    return i === 1 ? { ...bar, label: 'B' } : bar;
  });
  const centre = spellingCentre(drawn.key as Key);
  const line = (notes: typeof drawn.melody): Note[] => {
    let from = 0;
    const all = notes.flatMap(({ gap, length, midi, ornament }): Note[] => {
      from += gap;
      if (from >= at) return [];
      const extra: Partial<Note> = ornament ? { ornaments: ['trill'], graces: [spellMidi(midi + 2, centre)] } : {};
      return [{ at: from, length: Math.min(length, at - from), pitch: spellMidi(midi, centre), ...extra }];
    });
    return all.filter((note, i) => all.findIndex((other) => other.at === note.at && other.pitch === note.pitch) === i);
  };
  const chordAt = new Map(drawn.chords.filter(([tick]) => tick < at));
  return {
    version: 1,
    title: '',
    ticksPerQuarter: 24,
    bars,
    tempos: [{ at: 0, quarterBpm: 104 }],
    chords: [...chordAt].sort(([a], [b]) => a - b).map(([tick, symbol]) => ({ at: tick, symbol })),
    parts: (['melody', 'bass'] as const).map((id) => ({ id, name: id, instrument: 'piano', notes: line(drawn[id]) })),
  };
}

/** What the language promises to keep. */
function essence(score: Score): unknown {
  const sorted = (notes: readonly Note[]): unknown[] =>
    notes
      .map(({ at, length, pitch, graces, ornaments }) => ({ at, length, pitch, graces, ornaments }))
      .sort((a, b) => a.at - b.at || (a.pitch < b.pitch ? -1 : 1));
  return {
    bars: score.bars.map(({ at, length, metre, key, label }) => ({ at, length, metre, key, label })),
    chords: score.chords,
    parts: score.parts.map(({ id, notes }) => [id, sorted(notes)]),
  };
}

test('[MT1] a score written as tokens and read again is the same on the grid: bars, keys, chords, notes, spelling', () => {
  fc.assert(
    fc.property(drawnScore, (drawn) => {
      const score = build(drawn);
      assert.equal(findFault({ ...score, parts: [] as never }), undefined);
      const tokens = encodeTune(score);
      assert.ok(
        tokens.every((token) => VOCABULARY.includes(token)),
        tokens.find((token) => !VOCABULARY.includes(token)),
      );
      const again = decodeTune(tokens, { tonic: score.bars[0]!.key.tonic });
      assert.deepEqual(essence(again), essence(score));
    }),
    { numRuns: 150 },
  );
});

test('[MT2] holes move content to the end and change nothing', () => {
  fc.assert(
    fc.property(drawnScore, fc.integer({ min: 0, max: 5 }), (drawn, from) => {
      const score = build(drawn);
      const holes = score.bars.flatMap((_, bar) => (bar >= from ? [{ bar, track: 'bass' as const }] : []));
      const tonic = score.bars[0]!.key.tonic;
      assert.deepEqual(
        essence(decodeTune(encodeTune(score, { holes }), { tonic })),
        essence(decodeTune(encodeTune(score), { tonic })),
      );
    }),
    { numRuns: 60 },
  );
});

test('[MT3] one tune is one text in every key', () => {
  const inKey = (tonic: string, pitches: string[]): string[] =>
    encodeTune(
      build({
        key: { tonic, mode: 'dorian' },
        metres: ['4/4'],
        pickup: 0,
        melody: [],
        bass: [],
        chords: [],
      } as never),
    ).concat(
      encodeTune({
        ...build({
          key: { tonic, mode: 'dorian' },
          metres: ['4/4'],
          pickup: 0,
          melody: [],
          bass: [],
          chords: [],
        } as never),
        parts: [
          {
            id: 'melody',
            name: '',
            instrument: 'flute',
            notes: pitches.map((pitch, i) => ({ at: 24 * i, length: 24, pitch })),
          },
        ],
      }),
    );
  assert.deepEqual(inKey('D', ['D4', 'F4', 'A4', 'C5']), inKey('E', ['E4', 'G4', 'B4', 'D5']));
});

test('any tokens read as a sound score', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 80 }), (tokens) => {
      const { sheet } = sheetOfTokens(['<s>', '<music>', '<bar:1>', ...tokens]);
      assert.ok(sheet.bars.length >= 1);
      const score = decodeTune(['<s>', '<music>', '<bar:1>', ...tokens]);
      assert.ok(score.parts.every(({ notes }) => notes.every(({ length }) => length >= 1)));
    }),
    { numRuns: 100 },
  );
});
