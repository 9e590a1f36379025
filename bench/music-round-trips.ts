/**
 * Round trips of all open music through every format: score → format → score → format → score.
 *
 *   node bench/music-round-trips.ts [--data FOLDER] [--only abc|midi|musicxml] [--most N]
 *
 * A piece passes when the second score has the notes (onset, length, sounding pitch, spelling where the format has it), bars,
 * keys, tempos and words of the first, and the third equals the second. ABC is also read by abcjs, where any warning is a
 * fault; MIDI by @tonejs/midi, which must find the same notes. Writes bench/results/music-round-trips.json.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { readIrishTunes, readSongs } from '../recipes/tunes/read-data.ts';
import * as formats from '../src/studios/music/formats/index.ts';
import { readMusicXml, writeMusicXml } from '../src/studios/music/formats/musicxml/index.ts';
import { findFault, midiOf, type Note, type Score, tidyScore } from '../src/studios/music/score/index.ts';

const require = createRequire(import.meta.url);
const abcjs = require('abcjs') as { parseOnly(text: string): { warnings?: string[] }[] };
const { Midi } = require('@tonejs/midi') as typeof import('@tonejs/midi');

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    only: { type: 'string', default: 'abc,midi,musicxml' },
    most: { type: 'string', default: '100000' },
  },
});

interface Trip {
  readonly again: Score;
  readonly third: Score;
  /** What another program found wrong. */
  readonly complaints: readonly string[];
}

const TRIPS: Readonly<Record<string, (score: Score) => Trip>> = {
  abc: (score) => {
    const text = formats.writeAbc(score);
    const again = formats.readAbc(text);
    const third = formats.readAbc(formats.writeAbc(again.score)).score;
    const warnings = abcjs.parseOnly(text)[0]?.warnings ?? [];
    const own = again.warnings.map(({ place, message }) => `read with a warning: ${place}: ${message.en}`);
    return { again: again.score, third, complaints: [...own, ...warnings.map((one) => `abcjs: ${bare(one)}`)] };
  },
  midi: (score) => {
    const bytes = formats.writeMidi(score);
    const again = formats.readMidi(bytes).score;
    const third = formats.readMidi(formats.writeMidi(again)).score;
    return { again, third, complaints: sameToTone(bytes, score) ? [] : ['@tonejs/midi finds other notes'] };
  },
  musicxml: (score) => {
    const again = readMusicXml(new TextEncoder().encode(writeMusicXml(score))).score;
    const third = readMusicXml(new TextEncoder().encode(writeMusicXml(again))).score;
    return { again, third, complaints: [] };
  },
};

function bare(warning: string): string {
  return warning.replace(/^Music Line:\d+:\d+: /, '').replace(/:.*$/s, '');
}

function sameToTone(bytes: Uint8Array, { parts, ticksPerQuarter: q }: Score): boolean {
  const theirs = new Midi(bytes);
  const found = theirs.tracks.flatMap(({ notes }) =>
    notes.map((n) => `${(n.ticks / theirs.header.ppq) * q} ${(n.durationTicks / theirs.header.ppq) * q} ${n.midi}`),
  );
  const ours = parts.flatMap(({ notes }) => notes.map((n) => `${n.at} ${n.length} ${midiOf(n.pitch)}`));
  return isDeepStrictEqual(found.sort(), ours.sort());
}

/** What is compared, each by its name: a fault is named after the first that differs. */
const ASPECTS: readonly (readonly [string, (score: Score) => unknown])[] = [
  [
    'notes',
    ({ parts }) =>
      parts.map(({ notes }) => notes.map(({ at, length, pitch }) => `${at} ${length} ${midiOf(pitch)}`).sort()),
  ],
  ['bars', ({ bars }) => bars.map(({ at, length, metre }) => [at, length, metre])],
  ['keys', ({ bars }) => bars.map(({ key }) => key)],
  ['spelling', ({ parts }) => parts.map(({ notes }) => notes.map(({ at, pitch }) => `${at} ${pitch}`).sort())],
  [
    'voices',
    ({ parts }) =>
      parts.map(({ notes }) => notes.map((n) => `${n.at} ${n.pitch} ${n.voice ?? 1} ${n.staff ?? 1}`).sort()),
  ],
  ['tempos', ({ tempos }) => tempos],
  ['words', ({ parts }) => parts.map(({ notes }) => notes.flatMap(words).sort())],
  [
    'heading',
    ({ title, subtitle, composer, lyricist }) =>
      [title, subtitle, composer, lyricist].map((text) => text?.replace(/\s+/g, ' ').trim()),
  ],
  ['parts', ({ parts }) => parts.map(({ id, name, instrument }) => [id, name.replace(/\s+/g, ' ').trim(), instrument])],
];

function words({ at, lyrics = [] }: Note): string[] {
  return lyrics.map(({ text, syllabic }) => `${at} ${text.replace(/\s+/g, ' ')} ${syllabic ?? ''}`);
}

function faultsOf(score: Score, trip: (score: Score) => Trip): string[] {
  try {
    const { again, third, complaints } = trip(score);
    const [first, second, last] = [score, again, third].map(tidyScore) as [Score, Score, Score];
    const differs = ASPECTS.filter(([, aspect]) => !isDeepStrictEqual(aspect(first), aspect(second))).map(
      ([name]) => name,
    );
    const unstable = isDeepStrictEqual(second, last) ? [] : ['the second round changes it'];
    const unsound = findFault(again) ? ['unsound'] : [];
    return [...differs, ...unstable, ...unsound, ...new Set(complaints)];
  } catch (error) {
    return [`error: ${(error as Error).message.slice(0, 120)}`];
  }
}

interface Tally {
  pieces: number;
  passed: number;
  notes: number;
  seconds: number;
  readonly why: Record<string, { count: number; example: string }>;
}

const output = new URL('results/music-round-trips.json', import.meta.url);
/** Formats that are not run keep the figures of their last run. */
const results: Record<string, Record<string, Tally>> = existsSync(output)
  ? JSON.parse(readFileSync(output, 'utf8'))
  : {};
const collections = {
  irish: () => readIrishTunes(`${values.data}/music_cre_irish`),
  songs: () => readSongs(`${values.data}/music_openscore_lieder`),
};
for (const [collection, read] of Object.entries(collections)) {
  const pieces = read().slice(0, Number(values.most));
  results[collection] ??= {};
  const tallies = results[collection];
  for (const format of values.only.split(',')) {
    const tally: Tally = { pieces: 0, passed: 0, notes: 0, seconds: 0, why: {} };
    const from = performance.now();
    for (const { id, score } of pieces) {
      const faults = faultsOf(score, TRIPS[format]!);
      tally.pieces++;
      tally.notes += score.parts.reduce((sum, { notes }) => sum + notes.length, 0);
      if (faults.length === 0) tally.passed++;
      for (const fault of faults) {
        tally.why[fault] ??= { count: 0, example: id };
        tally.why[fault].count++;
      }
    }
    tally.seconds = Math.round((performance.now() - from) / 1000);
    tallies[format] = tally;
    console.log(collection, format, JSON.stringify(tally));
  }
}
writeFileSync(output, `${JSON.stringify(results, null, 2)}\n`);
