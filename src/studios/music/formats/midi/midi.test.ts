import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { scoreArb } from '../../../../../test/arbitrary-scores.ts';
import { OsError } from '../../../../core/index.ts';
import { midiOf, type Score, tidyScore } from '../../score/index.ts';
import { readMidi, writeMidi } from './index.ts';
import { guessEncoding } from './midi-text.ts';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi') as typeof import('@tonejs/midi');

const bytes = (...parts: (string | number | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)));
const track = (...events: (string | number | readonly number[])[]): Uint8Array => {
  const body = bytes(...events, [0, 0xff, 0x2f, 0]);
  return bytes('MTrk', [0, 0, body.length >> 8, body.length & 255], [...body]);
};
const file = (format: number, division: readonly [number, number], ...tracks: Uint8Array[]): Uint8Array =>
  bytes('MThd', [0, 0, 0, 6, 0, format, 0, tracks.length, ...division], ...tracks.map((one) => [...one]));

/** Notes as sounds: onset and length in quarter notes, key. */
const sounds = ({ parts, ticksPerQuarter: q }: Score): string[] =>
  parts.flatMap(({ notes }) => notes.map((n) => `${n.at / q} ${n.length / q} ${midiOf(n.pitch)}`)).sort();

test('what we write we read again, whole: notes, spellings, voices, bars, keys, tempos, chords, lyrics', () => {
  fc.assert(
    fc.property(scoreArb, (score) => {
      const { score: again, warnings } = readMidi(writeMidi(score));
      assert.deepEqual(warnings, []);
      assert.deepEqual(tidyScore(again), tidyScore(score));
    }),
    { numRuns: 60 },
  );
});

test('without remarks every note, bar and tempo is still there', () => {
  fc.assert(
    fc.property(scoreArb, (score) => {
      fc.pre(score.parts.some(({ notes }) => notes.length > 0));
      const again = readMidi(writeMidi(score, { remarks: false })).score;
      assert.deepEqual(sounds(again), sounds(score));
      assert.deepEqual(again.tempos[0]!.quarterBpm, score.tempos[0]!.quarterBpm);
    }),
    { numRuns: 60 },
  );
});

test('@tonejs/midi finds the same notes in our files', () => {
  fc.assert(
    fc.property(scoreArb, (score) => {
      const theirs = new Midi(writeMidi(score));
      const q = theirs.header.ppq;
      const found = theirs.tracks.flatMap(({ notes }) =>
        notes.map((n) => `${n.ticks / q} ${n.durationTicks / q} ${n.midi}`),
      );
      assert.deepEqual(found.sort(), sounds(score));
      assert.equal(Buffer.from(theirs.name, 'latin1').toString(), score.title);
    }),
    { numRuns: 60 },
  );
});

test('running status, a format 0 file of two channels, drums on channel 10', () => {
  const events = track([0, 0xc0, 40], [0, 0x90, 60, 80, 0, 64, 80, 96, 60, 0, 0, 64, 0], [0, 0x99, 36, 100, 96, 36, 0]);
  const { score } = readMidi(file(0, [0, 96], events));
  assert.deepEqual(
    score.parts.map(({ name, instrument, percussion, notes }) => [name, instrument, percussion, notes.length]),
    [
      ['Violin', 'gm-40', undefined, 2],
      ['Drums', 'drum-kit', true, 1],
    ],
  );
  assert.deepEqual(score.parts[0]!.notes[0], { at: 0, length: 96, pitch: 'C4', velocity: 80 });
});

test('pitches are spelled by the key', () => {
  const inKey = (fifths: number): string =>
    readMidi(file(0, [0, 96], track([0, 0xff, 0x59, 2, fifths & 255, 0], [0, 0x90, 68, 80, 96, 68, 0]))).score.parts[0]!
      .notes[0]!.pitch;
  assert.equal(inKey(3), 'G#4');
  assert.equal(inKey(-3), 'Ab4');
});

test('the pedal becomes a span; film time is read by the second', () => {
  const events = track([0, 0xb0, 64, 127], [0, 0x90, 60, 80, 96, 60, 0], [96, 0xb0, 64, 0]);
  assert.deepEqual(readMidi(file(0, [0, 96], events)).score.parts[0]!.spans, [{ kind: 'pedal', from: 0, to: 192 }]);
  const film = readMidi(file(0, [0x100 - 25, 40], events));
  assert.equal(film.score.ticksPerQuarter, 1000);
  assert.equal(film.score.tempos[0]!.quarterBpm, 60);
  assert.match(film.warnings[0]!.message.en, /film frames/);
});

test('a performance is drawn onto a grid of sixteenths and triplets when asked', () => {
  const played = [3, 33, 61, 98, 146].flatMap((at, i, all) => {
    const on = [at - (i === 0 ? 0 : all[i - 1]! + 20), 0x90, 60 + i, 80];
    return [...on, 20, 0x80, 60 + i, 0];
  });
  const { score } = readMidi(file(0, [0, 96], track(played)), { quantise: {} });
  assert.deepEqual(
    score.parts[0]!.notes.map(({ at }) => at / score.ticksPerQuarter),
    [0, 1 / 3, 2 / 3, 1, 1.5],
  );
});

test('texts that are not UTF-8 are read as GBK where they are Chinese, else as Latin-1', () => {
  assert.equal(guessEncoding([bytes('Für Elise')]), 'windows-1252');
  assert.equal(guessEncoding([bytes([0xc3, 0xce, 0xc0, 0xef])]), 'gbk');
  assert.equal(guessEncoding([new TextEncoder().encode('梦里')]), 'utf-8');
  const named = track([0, 0xff, 3, 4, 0xc3, 0xce, 0xc0, 0xef], [0, 0x90, 60, 80, 96, 60, 0]);
  assert.equal(readMidi(file(0, [0, 96], named)).score.title, '梦里');
});

test('karaoke words part at spaces', () => {
  const sung = ['Twin', 'kle ', 'twin', 'kle ', 'lit', 'tle ', 'star '];
  const events = sung.flatMap((text) => [
    ...[0, 0xff, 5, text.length, ...[...text].map((c) => c.charCodeAt(0))],
    ...[0, 0x90, 60, 80, 24, 60, 0],
  ]);
  const lyrics = readMidi(file(0, [0, 24], track(events))).score.parts[0]!.notes.map(({ lyrics }) => lyrics![0]!);
  assert.deepEqual(lyrics.slice(0, 2), [
    { text: 'Twin', syllabic: 'begin' },
    { text: 'kle', syllabic: 'end' },
  ]);
  assert.deepEqual(lyrics.at(-1), { text: 'star' });
});

const codeOf = (read: () => unknown): string => {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof OsError) return error.code;
    throw error;
  }
};

test('what is no music is refused with its place', () => {
  const note = track([0, 0x90, 60, 80, 96, 60, 0]);
  assert.equal(
    codeOf(() => readMidi(bytes('hello'))),
    'music/bad-midi',
  );
  assert.equal(
    codeOf(() => readMidi(file(2, [0, 96], note))),
    'music/midi-patterns',
  );
  assert.equal(
    codeOf(() => readMidi(file(0, [0, 0], note))),
    'music/bad-midi',
  );
  assert.equal(
    codeOf(() => readMidi(file(0, [0, 96], track([0, 60, 60])))),
    'music/bad-midi',
  );
  assert.equal(
    codeOf(() => readMidi(file(0, [0, 96], track([])))),
    'music/bad-midi',
  );
  const far = track([0, 0x90, 60, 80, 0xff, 0xff, 0xff, 0x7f, 60, 0]);
  assert.equal(
    codeOf(() => readMidi(file(0, [0, 1], far))),
    'music/too-many-bars',
  );
});

test('zero and absurd tempos are replaced with a warning', () => {
  const events = track([0, 0xff, 0x51, 3, 0, 0, 0], [0, 0x90, 60, 80, 96, 60, 0]);
  const { score, warnings } = readMidi(file(0, [0, 96], events));
  assert.equal(score.tempos[0]!.quarterBpm, 120);
  assert.equal(warnings[0]!.place.startsWith('byte'), true);
});

test('ten million notes and chunks that claim four gigabytes are refused before they fill the memory', () => {
  const many = new Uint8Array(60_000_000 + 30);
  many.set(bytes('MThd', [0, 0, 0, 6, 0, 0, 0, 1, 0, 96], 'MTrk', [3, 0x93, 0x87, 0, 0, 0x90, 60, 1]));
  for (let i = 26; i + 6 <= many.length; i += 6) many.set([0, 60, 80, 1, 60, 0], i);
  assert.equal(
    codeOf(() => readMidi(many)),
    'music/too-many-notes',
  );
  const claim = bytes(
    'MThd',
    [0, 0, 0, 6, 0, 0, 0, 1, 0, 96],
    'MTrk',
    [255, 255, 255, 255],
    [0, 0x90, 60, 80, 96, 60, 0],
  );
  const { score, warnings } = readMidi(claim);
  assert.equal(score.parts[0]!.notes.length, 1);
  assert.equal(warnings.length > 0, true);
});

test('cut and flipped files give a score or a refusal, never a crash', () => {
  fc.assert(
    fc.property(
      scoreArb,
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      (score, cut, flips) => {
        const whole = writeMidi(score);
        const broken = whole.slice(0, cut % 3 === 0 ? cut % whole.length : whole.length);
        for (const [at, value] of flips) broken[at % Math.max(1, broken.length)] = value;
        assert.match(
          codeOf(() => readMidi(broken)),
          /^(read|music\/[\w-]+)$/,
        );
      },
    ),
    { numRuns: 150 },
  );
});
