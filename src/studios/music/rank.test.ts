import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rank, undoubled, weigh } from './rank.ts';
import type { Score } from './score/index.ts';

const tune = (pitches: string): Score => ({
  version: 1,
  title: '',
  ticksPerQuarter: 1,
  bars: Array.from({ length: pitches.split(' ').length / 4 }, (_, i) => ({
    at: 4 * i,
    length: 4,
    metre: [4, 4],
    key: { tonic: 'C', mode: 'major' },
  })),
  tempos: [{ at: 0, quarterBpm: 100 }],
  chords: [],
  parts: [
    {
      id: 'p',
      name: '',
      instrument: 'flute',
      notes: pitches.split(' ').map((pitch, i) => ({ at: i, length: 1, pitch })),
    },
  ],
});

test('[MU13] a shaped tune in its key outweighs one that jumps about in another; all numbers lie in 0–1', () => {
  const shaped = weigh(tune('C5 D5 E5 C5 D5 E5 F5 D5 E5 F5 G5 E5 A5 G5 F5 D5 E5 D5 E5 C5 D5 C5 B4 C5'));
  const wild = weigh(
    tune('F#4 C6 C#5 G#5 D4 A#5 F#4 D#6 C#4 G#5 A#4 C6 F#4 C#6 D#4 A#5 G#4 C#5 F#5 D#4 A#4 C6 D#5 F#4'),
  );
  for (const worth of [shaped, wild])
    for (const value of Object.values(worth)) assert.ok(value >= 0 && value <= 1, `${value}`);
  assert.ok(shaped.total > wild.total + 0.2, `${shaped.total} ${wild.total}`);
  assert.deepEqual(
    rank([{ worth: wild }, { worth: shaped }]).map(({ worth }) => worth.total),
    [shaped.total, wild.total],
  );
});

test('a part that doubles the melody in octaves takes nothing from the craft; one that only meets it now and then stays', () => {
  const score = tune('C5 D5 E5 C5 D5 E5 F5 D5 E5 F5 G5 E5 A5 G5 F5 D5 E5 D5 E5 C5 D5 C5 B4 C5');
  const [melody] = score.parts;
  const lower = melody!.notes.map((note) => ({
    ...note,
    pitch: note.pitch.replace(/\d/, (octave) => `${+octave - 1}`),
  }));
  const doubled: Score = { ...score, parts: [melody!, { ...melody!, id: 'low', notes: lower }] };
  assert.equal(weigh(doubled).craft, weigh(score).craft);
  const bass = lower.filter((_, i) => i % 4 === 0).map((note) => ({ ...note, pitch: 'G3' }));
  const accompanied: Score = { ...score, parts: [melody!, { ...melody!, id: 'bass', notes: bass }] };
  assert.equal(undoubled(accompanied).parts.length, 2);
});

test('the manner asked counts, where one is asked', () => {
  const reel = tune(Array.from({ length: 8 }, () => 'D5 F#5 A5 F#5').join(' '));
  assert.equal(weigh(reel).style, 0.5);
  assert.notEqual(weigh(reel, 'reel').style, weigh(reel, 'guqin').style);
});
