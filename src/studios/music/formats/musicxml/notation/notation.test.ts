import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bar, Note, Part, Score } from '../../../score/index.ts';
import { notatePart, type WrittenLane } from './index.ts';

const TPQ = 60;
const NAMES: Readonly<Record<string, string>> = {
  whole: '1',
  half: '2',
  quarter: '4',
  eighth: '8',
  '16th': '16',
  '32nd': '32',
};

/** A score of one part: `notes` as [onset, length] in quarters on C5, in bars of one metre. */
function scoreOf(metre: Bar['metre'], times: readonly (readonly [number, number])[], pitch = 'C5'): Score {
  const full = (metre[0] * 4 * TPQ) / metre[1];
  const end = Math.max(...times.map(([at, length]) => (at + length) * TPQ));
  const notes: Note[] = times.map(([at, length]) => ({
    at: Math.round(at * TPQ),
    length: Math.round(length * TPQ),
    pitch,
  }));
  const part: Part = { id: 'a', name: '', instrument: 'flute', notes };
  const bars = Array.from(
    { length: Math.ceil(end / full) },
    (_, i): Bar => ({ at: i * full, length: full, metre, key: { tonic: 'C', mode: 'major' } }),
  );
  return {
    version: 1,
    title: '',
    ticksPerQuarter: TPQ,
    bars,
    tempos: [{ at: 0, quarterBpm: 90 }],
    chords: [],
    parts: [part],
  };
}

/** What is written: values with dots, `r` before rests, `~` after ties, brackets round tuplets. */
function written(score: Score): string {
  return notatePart(score, score.parts[0]!)
    .map(([lane]) => laneText(lane!))
    .join(' | ');
}

function laneText({ events }: WrittenLane): string {
  return events
    .map(({ value, notes, tuplet, wholeBar }) => {
      const name = wholeBar ? 'R' : `${notes.length ? '' : 'r'}${NAMES[value.name]}${'.'.repeat(value.dots)}`;
      const tie = notes[0]?.tiedOn ? '~' : '';
      return `${tuplet?.start ? `${tuplet.actual}:${tuplet.normal}(` : ''}${name}${tie}${tuplet?.stop ? ')' : ''}`;
    })
    .join(' ');
}

test('notes are split where a reader looks for beats', () => {
  const cases: [Bar['metre'], [number, number][], string][] = [
    [[4, 4], [[0, 4]], '1'],
    [
      [4, 4],
      [
        [0, 3],
        [3, 1],
      ],
      '2. 4',
    ],
    [
      [4, 4],
      [
        [0, 1],
        [1, 3],
      ],
      '4 4~ 2',
    ],
    [
      [4, 4],
      [
        [0, 1],
        [1, 2],
        [3, 1],
      ],
      '4 2 4',
    ],
    [
      [4, 4],
      [
        [0, 0.5],
        [0.5, 1],
        [1.5, 0.5],
        [2, 2],
      ],
      '8 4 8 2',
    ],
    [
      [4, 4],
      [
        [0, 1.5],
        [1.5, 1],
        [2.5, 1.5],
      ],
      '4. 8~ 8 8~ 4',
    ],
    [
      [4, 4],
      [
        [0, 2.5],
        [2.5, 1.5],
      ],
      '2~ 8 8~ 4',
    ],
    [[4, 4], [[2, 4]], 'r2 2~ | 2 r2'],
    [
      [4, 4],
      [
        [0, 1],
        [3, 1],
      ],
      '4 r4 r4 4',
    ],
    [
      [3, 4],
      [
        [0, 3],
        [3, 1],
      ],
      '2. | 4 r4 r4',
    ],
    [[3, 4], [[1, 2]], 'r4 2'],
    [[6, 8], [[0, 3]], '2.'],
    [
      [6, 8],
      [
        [0, 2],
        [2, 1],
      ],
      '4.~ 8 4',
    ],
    [
      [6, 8],
      [
        [0, 1],
        [1, 0.5],
        [1.5, 1.5],
      ],
      '4 8 4.',
    ],
    [[6, 8], [[1.5, 0.5]], 'r4. 8 r8 r8'],
    [[9, 8], [[0, 4.5]], '2.~ 4.'],
    [[5, 8], [[0, 2.5]], '4.~ 4'],
    [[5, 4], [[0, 5]], '2.~ 2'],
    [[7, 8], [[0, 3.5]], '2~ 4.'],
    [
      [2, 2],
      [
        [0, 4],
        [8, 4],
      ],
      '1 | R | 1',
    ],
    [
      [4, 4],
      [
        [0, 0.25],
        [0.25, 0.75],
        [1, 3],
      ],
      '16 8. 4~ 2',
    ],
  ];
  for (const [metre, times, expected] of cases)
    assert.equal(written(scoreOf(metre, times)), expected, JSON.stringify(times));
});

test('odd divisions become tuplets of the size that needs the fewest ties', () => {
  const third = 1 / 3;
  const cases: [[number, number][], string][] = [
    [
      [
        [0, third],
        [third, third],
        [2 * third, third],
        [1, 3],
      ],
      '3:2(8 8 8) 4~ 2',
    ],
    [
      [
        [0, 2 * third],
        [2 * third, third],
        [1, 3],
      ],
      '3:2(4 8) 4~ 2',
    ],
    [
      [
        [0, 2 * third],
        [2 * third, 2 * third],
        [4 * third, 2 * third],
        [2, 2],
      ],
      '3:2(4 4 4) 2',
    ],
    [
      [
        [0, 0.2],
        [0.2, 0.2],
        [0.4, 0.2],
        [0.6, 0.2],
        [0.8, 0.2],
        [1, 3],
      ],
      '5:4(16 16 16 16 16) 4~ 2',
    ],
    [
      [
        [0, third],
        [2, 2],
      ],
      '3:2(8 r8 r8) r4 2',
    ],
    [
      [
        [0, 4 * third],
        [4 * third, 4 * third],
        [8 * third, 4 * third],
      ],
      '3:2(2 2 2)',
    ],
  ];
  for (const [times, expected] of cases) assert.equal(written(scoreOf([4, 4], times)), expected, JSON.stringify(times));
});

test('written lengths cover each bar exactly, also for times that no value explains', () => {
  const score = scoreOf(
    [4, 4],
    [
      [0, 7 / 60],
      [11 / 60, 1],
      [3, 2],
    ],
  );
  for (const [lane] of notatePart(score, score.parts[0]!)) {
    assert.ok(Math.abs(lane!.events.reduce((sum, event) => sum + event.length, 0) - 4 * TPQ) < 1e-6);
  }
});

test('a pickup keeps its place in the metre', () => {
  const score = scoreOf([4, 4], [[0, 1.5]]);
  const bars: Bar[] = [
    { ...score.bars[0]!, length: TPQ },
    { ...score.bars[0]!, at: TPQ },
  ];
  assert.equal(written({ ...score, bars }), '4~ | 8 r8 r4 r2');
});

test('eighths share a beam over half a bar, sixteenths over a beat', () => {
  const half = (from: number, step: number, count: number): [number, number][] =>
    Array.from({ length: count }, (_, i) => [from + i * step, step]);
  const beams = (times: [number, number][]): string => {
    const score = scoreOf([4, 4], times);
    return notatePart(score, score.parts[0]!)[0]![0]!
      .events.map(({ beams: all }) => (all[0] ?? '-')[0])
      .join('');
  };
  assert.equal(beams(half(0, 0.5, 8)), 'bccebcce');
  assert.equal(beams([...half(0, 0.25, 4), ...half(1, 0.5, 2), [2, 2]]), 'bccebe-');
});

test('accidentals are drawn once a bar and not on tied notes', () => {
  const score = scoreOf(
    [4, 4],
    [
      [0, 1],
      [1, 1],
      [2, 3],
      [5, 1],
    ],
    'F#5',
  );
  const drawn = notatePart(score, score.parts[0]!).map(([lane]) =>
    lane!.events.map(({ notes }) => notes[0]?.accidental ?? ''),
  );
  assert.deepEqual(drawn, [
    ['sharp', '', ''],
    ['', 'sharp', ''],
  ]);
});

test('overlapping notes of one voice, and hands of one voice, get lanes of their own', () => {
  const score = scoreOf(
    [4, 4],
    [
      [0, 4],
      [1, 1],
    ],
  );
  const [part] = score.parts;
  assert.deepEqual(
    notatePart(score, part!)[0]!.map(({ number }) => number),
    [1, 17],
  );
  const hands = { ...part!, staves: 2, notes: part!.notes.map((note, i) => ({ ...note, staff: i + 1 })) };
  assert.deepEqual(
    notatePart(score, hands)[0]!.map(({ number, staff }) => [number, staff]),
    [
      [1, 1],
      [17, 2],
    ],
  );
});
