/** Real tunes with their manner, and the melodies a model learned from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KnownMelody, PlainNote } from './copies.ts';
import type { LabelledSample } from './style-classifier.ts';

/** A real tune; `tonic` is the pitch class its editor gives, where there is one. */
export interface RealTune extends LabelledSample {
  readonly id: string;
  readonly tonic?: number;
  /** Sharps of the signature, where there is one. */
  readonly fifths?: number;
}

const DANCES = ['reel', 'jig', 'slip jig', 'hornpipe', 'polka', 'slide'];
const LETTERS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Irish dances of the six kinds that have enough of them, and the voices of art songs, sixteen bars of each. */
export function readRealTunes(dataFolder: string): RealTune[] {
  return [...readDances(join(dataFolder, 'music_cre_irish')), ...readSongs(join(dataFolder, 'music_openscore_lieder'))];
}

interface DanceRow {
  readonly id: string;
  readonly type: string;
  readonly meter: string;
  readonly root: string;
  readonly notes: readonly PlainNote[];
}

function readDances(folder: string): RealTune[] {
  return readRows<DanceRow>(join(folder, 'tunes.jsonl.gz'))
    .filter(({ type }) => DANCES.includes(type))
    .map(({ id, type, meter, root, notes }) => ({
      id: `irish/${id}`,
      style: type.replace(' ', '-'),
      metre: meter,
      barLength: lengthOf(meter),
      notes: oneVoice(notes),
      tonic: (LETTERS[root[0]!]! + (root[1] === '#' ? 1 : root[1] === 'b' ? 11 : 0)) % 12,
    }));
}

interface SongRow {
  readonly id: string;
  readonly keys: readonly (readonly [number, number])[];
  readonly times: readonly (readonly [number, string])[];
  readonly bars: readonly number[];
  readonly parts: readonly { readonly role: string; readonly notes: readonly PlainNote[] }[];
}

const SONG_BARS = 16;

function readSongs(folder: string): RealTune[] {
  return readRows<SongRow>(join(folder, 'songs.jsonl.gz')).flatMap(({ id, keys, times, bars, parts }): RealTune[] => {
    const voice = parts.find(({ role }) => role === 'voice');
    if (!voice || times.length !== 1 || keys.length !== 1) return [];
    const first = bars.findLast((at) => at <= (voice.notes[0]?.[0] ?? 0)) ?? 0;
    const end = bars[bars.indexOf(first) + SONG_BARS] ?? Infinity;
    const notes = oneVoice(voice.notes.filter(([at]) => at >= first && at < end));
    if (notes.length < 24) return [];
    const moved = notes.map(([at, length, midi]) => [at - first, length, midi] as const);
    const metre = times[0]![1];
    return [
      { id: `lieder/${id}`, style: 'art-song', metre, barLength: lengthOf(metre), notes: moved, fifths: keys[0]![1] },
    ];
  });
}

/** The highest of notes that begin together. */
function oneVoice(notes: readonly PlainNote[]): PlainNote[] {
  const sorted = notes.toSorted((a, b) => a[0] - b[0] || b[2] - a[2]);
  return sorted.filter(([at], i) => i === 0 || sorted[i - 1]![0] !== at);
}

function lengthOf(metre: string): number {
  const [beats, unit] = metre.split('/').map(Number) as [number, number];
  return (96 * beats) / unit;
}

function readRows<T>(file: string): T[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

/** The melodies of a training set, a line each. */
export function readKnownMelodies(file: string): KnownMelody[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const { id, source, notes } = JSON.parse(line) as KnownMelody;
      return { id, source, notes: oneVoice(notes) };
    });
}
