import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import type { Note, Part, Score } from '../../score/index.ts';
import { clockOf } from './clock.ts';
import { levelOf } from './dynamics.ts';
import { strokesOf } from './ornaments.ts';
import { perform } from './perform.ts';

const KEY = { tonic: 'C', mode: 'major' } as const;

/** One part over bars of 4/4, 4 ticks a quarter. */
function scoreOf(
  notes: readonly Note[],
  { bars = 8, part = {}, ...more }: Partial<Omit<Score, 'bars'>> & { bars?: number; part?: Partial<Part> } = {},
): Score {
  return {
    version: 1,
    title: '',
    ticksPerQuarter: 4,
    bars: Array.from({ length: bars }, (_, i) => ({ at: 16 * i, length: 16, metre: [4, 4], key: KEY })),
    tempos: [{ at: 0, quarterBpm: 120 }],
    chords: [],
    parts: [{ id: 'a', name: 'a', instrument: 'erhu', notes: [...notes], ...part }],
    ...more,
  };
}

const quarters = (count: number): Note[] =>
  Array.from({ length: count }, (_, i) => ({ at: 4 * i, length: 4, pitch: 'A4' }));

test('a performance lasts about as written, and the same seed plays the same', () => {
  const score = scoreOf(quarters(32));
  const played = perform(score, { seed: 1 });
  assert.ok(Math.abs(played.seconds - 16) < 1.6, `${played.seconds}`);
  assert.deepEqual(perform(score, { seed: 1 }), played);
  assert.notDeepEqual(perform(score, { seed: 2 }), played);
});

test('the clock runs with the tempo, slows down at the end, waits at fermatas', () => {
  const strict = clockOf(
    scoreOf(quarters(32), {
      tempos: [
        { at: 0, quarterBpm: 60 },
        { at: 16, quarterBpm: 120 },
      ],
    }),
    { freedom: 0 },
  );
  assert.ok(Math.abs(strict(16) - 4) < 1e-9 && Math.abs(strict(32) - 6) < 1e-9);
  const free = clockOf(scoreOf(quarters(32)), { freedom: 0.5 });
  assert.ok(free(128) - free(124) > 1.3 * (free(68) - free(64)));
  const held = clockOf(
    scoreOf([{ at: 0, length: 4, pitch: 'A4', articulations: ['fermata'] }, ...quarters(8).slice(1)]),
    { freedom: 0 },
  );
  assert.ok(Math.abs(held(4) - 0.95) < 1e-9 && Math.abs(held(8) - held(4) - 0.5) < 1e-9);
  for (let tick = 1; tick <= 128; tick++) assert.ok(free(tick) > free(tick - 1));
});

test('marks and hairpins become strength', () => {
  const part: Partial<Part> = {
    marks: [
      { kind: 'dynamic', at: 0, value: 'p' },
      { kind: 'dynamic', at: 64, value: 'ff' },
    ],
    spans: [{ kind: 'crescendo', from: 32, to: 64 }],
  };
  const score = scoreOf(quarters(32), { part });
  const level = levelOf(score.parts[0]!);
  assert.deepEqual([level(0), level(31), level(64), level(100)], [53, 53, 108, 108]);
  assert.ok(Math.abs(level(48) - (53 + 108) / 2) < 1e-9);
  const { notes } = perform(score).parts[0]!;
  assert.ok(notes[2]!.velocity + 30 < notes[20]!.velocity);
});

test('a held note under a hairpin swells by expression, from where it began to full', () => {
  const note: Note = { at: 0, length: 32, pitch: 'A4' };
  const score = scoreOf([note], {
    part: {
      marks: [
        { kind: 'dynamic', at: 0, value: 'p' },
        { kind: 'dynamic', at: 32, value: 'f' },
      ],
      spans: [{ kind: 'crescendo', from: 0, to: 32 }],
    },
  });
  const swell = perform(score).parts[0]!.controls.filter(({ control }) => control === 'expression');
  assert.ok(swell.length > 20);
  assert.ok(swell[0]!.value < 85 && swell.at(-1)!.value >= 120);
});

test('slurs join, staccato shortens, plucking is another technique', () => {
  const notes = quarters(4);
  notes[1] = { ...notes[1]!, articulations: ['staccato'] };
  notes[3] = { ...notes[3]!, articulations: ['pizzicato'] };
  const [first, second, third, fourth] = perform(
    scoreOf(notes, { part: { spans: [{ kind: 'slur', from: 0, to: 4 }] } }),
    { freedom: 0 },
  ).parts[0]!.notes;
  assert.ok(first!.length > 0.5 && second!.length < 0.3 && third!.length < 0.5);
  assert.deepEqual([third!.technique, fourth!.technique], [undefined, 'pizzicato']);
});

test('ornaments: trills alternate with the scale step above, rolls go round, graces come before, 轮指 repeats, 滑音 and 揉 bend', () => {
  const note: Note = { at: 0, length: 4, pitch: 'E4' };
  const keys = (extra: Partial<Note>, seconds = 0.6): number[] =>
    strokesOf({ ...note, ...extra }, KEY, seconds).map(({ key }) => key);
  const trill = keys({ ornaments: ['trill'] });
  assert.ok(trill.length >= 7 && trill.every((key, i) => key === (i % 2 ? 65 : 64)) && trill.at(-1) === 64);
  assert.deepEqual(keys({ ornaments: ['mordent'] }), [64, 62, 64]);
  assert.deepEqual(keys({ ornaments: ['inverted-mordent'] }), [64, 65, 64]);
  assert.deepEqual(keys({ ornaments: ['turn'] }), [65, 64, 62, 64]);
  assert.deepEqual(keys({ ornaments: ['roll'] }), [64, 65, 64, 62, 64]);
  assert.ok(keys({ ornaments: ['lunzhi'] }).length >= 7);
  const [grace, main] = strokesOf({ ...note, graces: ['D4'] }, KEY, 0.6);
  assert.ok(grace!.key === 62 && grace!.from < 0 && main!.from === 0);
  const [slid] = strokesOf({ ...note, ornaments: ['slide-up', 'rou'] }, KEY, 1.5);
  assert.equal(slid!.bends![0]![1], -200);
  const late = slid!.bends!.filter(([at]) => at > 0.6).map(([, cents]) => cents);
  assert.ok(Math.max(...late) > 40 && Math.min(...late) < -40);
  // In every ornament the strokes stay within the note and in order.
  const random = createRandom('strokes');
  for (const sign of ['trill', 'mordent', 'turn', 'roll', 'tremolo', 'lunzhi'] as const) {
    const seconds = 0.05 + random.next();
    const strokes = strokesOf({ ...note, ornaments: [sign] }, KEY, seconds);
    assert.ok(
      strokes.every(({ from, length }) => from >= 0 && length > 0 && from + length < seconds * 1.1),
      sign,
    );
  }
});

test('repeats are played, pedals follow chords on the piano, glissandi bend a bow and run on strings', () => {
  const score = scoreOf(quarters(8), {
    bars: 2,
    part: { instrument: 'piano' },
    chords: [
      { at: 0, symbol: 'C' },
      { at: 16, symbol: 'G' },
    ],
  });
  const twice = { ...score, bars: score.bars.map((bar, i) => (i === 1 ? { ...bar, repeatEnd: 2 } : bar)) };
  const played = perform(twice).parts[0]!;
  assert.equal(played.notes.length, 16);
  assert.equal(played.controls.filter(({ control, value }) => control === 'pedal' && value === 127).length, 4);
  const slide = (instrument: string) =>
    perform(
      scoreOf(
        [
          { at: 0, length: 8, pitch: 'C4' },
          { at: 8, length: 4, pitch: 'A4' },
        ],
        { part: { instrument, spans: [{ kind: 'glissando', from: 0, to: 8 }] } },
      ),
    ).parts[0]!.notes;
  assert.deepEqual(slide('cello')[0]!.bends!.at(-1)![1], 900);
  assert.deepEqual(
    slide('harp').map(({ key }) => key),
    [60, 62, 64, 65, 67, 69],
  );
});

test('the tuning of the score is handed on', () => {
  const { tune, classCents } = perform(
    scoreOf(quarters(1), { tuning: { a4: 432, cents: [0, 0, -14, 0, 0, 0, 0, 0, 0, 0, 0, 0] } }),
  );
  assert.ok(Math.abs(tune + 31.77) < 0.01);
  assert.equal(classCents[2], -14);
});
