/**
 * Counts the chord model of the music studio.
 *
 *   songs (melody, chords) ─▶ next chords · notes over chords · changes by beat · closes of phrases ─┐
 *   charts (chords alone)  ─▶ next chords · changes by beat ─────────────────────────────────────────┴▶ chords.table.json
 *
 *   node recipes/chords/build.ts DATA_FOLDER
 *
 * DATA_FOLDER holds music_openscore_lieder (CC0) and music_billboard_chords (CC0). Chords of a song are its machine-made
 * Roman numerals, or where it has none what theory hears in its piano. Songs of the test and validation splits are left out.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHORD_COUNT, numberOf } from '../../src/studios/music/harmony/chord-space.ts';
import { type Slot, slotsOf } from '../../src/studios/music/harmony/slots.ts';
import type { ChordTable, ModeCounts } from '../../src/studios/music/harmony/table.ts';
import type { Mode } from '../../src/studios/music/score/index.ts';
import { melodyOf, segmentPhrases, sevenDegrees } from '../../src/studios/music/theory/index.ts';
import {
  type ChordSong,
  chordsOfPiano,
  readChordSongs,
  readChords,
  splitOf,
  type TimedChord,
  withMode,
} from './read-songs.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: build.ts DATA_FOLDER');

type Counts = { -readonly [Name in keyof ModeCounts]: Map<string, number[]> };

const tables = new Map<Mode, Counts>();

function countsOf(mode: Mode): Counts {
  const make = (): Map<string, number[]> => new Map();
  const known: Counts = tables.get(mode) ?? {
    songs: make(),
    charts: make(),
    notes: make(),
    songChanges: make(),
    chartChanges: make(),
    closes: make(),
    finals: make(),
  };
  tables.set(mode, known);
  return known;
}

function add(map: Map<string, number[]>, name: readonly number[], ...times: number[]): void {
  const known = map.get(name.join()) ?? times.map(() => 0);
  map.set(
    name.join(),
    known.map((value, i) => value + times[i]!),
  );
}

/** Number of the chord in force at each slot; −1 where none is. */
function numbersOf(slots: readonly Slot[], chords: readonly TimedChord[]): number[] {
  let i = -1;
  return slots.map(({ at, to, key }) => {
    while (chords[i + 1] && chords[i + 1]!.at < (at + to) / 2) i += 1;
    const chord = chords[i]?.chord;
    return chord ? numberOf(chord, key, sevenDegrees(key.mode)) : -1;
  });
}

function countSong(song: ChordSong): void {
  const score = withMode(song.score, song.score.parts);
  const melody = melodyOf(song.voice);
  const slots = slotsOf(score, melody, segmentPhrases(score, { part: song.voice.id }));
  const numbers = numbersOf(slots, song.numerals ?? chordsOfPiano(song));
  const counts = countsOf(score.bars[0]!.key.mode);
  let [before, last] = [-1, -1];
  for (const [i, slot] of slots.entries()) {
    const number = numbers[i]!;
    if (number < 0 || slot.key.tonic !== slots[Math.max(0, i - 1)]!.key.tonic) [before, last] = [-1, -1];
    if (number < 0) continue;
    if (last >= 0) add(counts.songChanges, [slot.beats, slot.beat], number === last ? 0 : 1, 1);
    if (number !== last) {
      add(counts.songs, [before, last, number], 1);
      [before, last] = [last, number];
    }
    for (const { degree, kind } of slot.notes) add(counts.notes, [number, kind, degree], 1);
    if (slot.closes) add(counts.closes, [before, number], 1);
  }
  if (last >= 0) add(counts.finals, [last], 1);
}

let songs = 0;
for (const song of readChordSongs(join(folder, 'music_openscore_lieder'), (name) => splitOf(name) === 'train')) {
  countSong(song);
  songs += 1;
}

let charts = 0;
for (const { key, beats, bars } of readChords(join(folder, 'music_billboard_chords'))) {
  const counts = countsOf(key.mode);
  charts += 1;
  let [before, last] = [-1, -1];
  for (const bar of bars) {
    for (const [beat, chord] of bar.entries()) {
      const number = chord ? numberOf(chord, key, sevenDegrees(key.mode)) : last;
      if (number < 0) continue;
      if (last >= 0) add(counts.chartChanges, [beats, beat], number === last ? 0 : 1, 1);
      if (number === last) continue;
      add(counts.charts, [before, last, number], 1);
      [before, last] = [last, number];
    }
  }
}

/** Rows seen once tell little of a chord three steps away: they stay, but rare rows of notes go. */
function flat(map: Map<string, number[]>): number[] {
  const rows = [...map].map(([name, times]) => [...name.split(',').map(Number), ...times]);
  rows.sort((a, b) => a.map((x, i) => x - b[i]!).find((x) => x !== 0) ?? 0);
  return rows.flat();
}

const table: ChordTable = {
  version: 1,
  about:
    'Counted by recipes/chords/build.ts from OpenScore Lieder (CC0, voice and piano, machine-made Roman numerals) and the McGill Billboard chord charts (CC0). Chord numbers: 10 · semitones above the tonic + quality.',
  songs,
  charts,
  modes: Object.fromEntries(
    [...tables].map(([mode, counts]) => [
      mode,
      Object.fromEntries(Object.entries(counts).map(([name, map]) => [name, flat(map)])),
    ]),
  ) as unknown as ChordTable['modes'],
};
const file = join(import.meta.dirname, '../../src/studios/music/harmony/chords.table.json');
const text = `${JSON.stringify(table)}\n`;
writeFileSync(file, text);
console.log({ songs, charts, chordNumbers: CHORD_COUNT, bytes: text.length, modes: [...tables.keys()] });
