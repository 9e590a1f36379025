/** Songs with their chords and charts with theirs, as the chord model counts them, and the split that keeps songs apart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fifthsOf, type Key, keyOfFifths, type Part, type Score } from '../../src/studios/music/score/index.ts';
import {
  analyseHarmony,
  type Chord,
  findKey,
  isNoChord,
  melodyOf,
  parseChord,
} from '../../src/studios/music/theory/index.ts';
import { scoreOfSong } from '../tunes/read-data.ts';
import { readAnalysis } from '../tunes/song-chords.ts';

/** A chord from a tick on; undefined where none sounds. */
export interface TimedChord {
  readonly at: number;
  readonly chord: Chord | undefined;
}

export interface ChordSong {
  readonly id: string;
  readonly title: string;
  /** Keys have the mode of the song, told by its chords or, for `melodyKeys`, by its melody alone. */
  readonly score: Score;
  readonly voice: Part;
  readonly piano: readonly string[];
  /** Machine-made Roman numerals; undefined when the song has none. */
  readonly numerals: readonly TimedChord[] | undefined;
}

type SongRow = Parameters<typeof scoreOfSong>[0] & { readonly rn_auto?: string };

/** Songs of `songs.jsonl.gz` in a folder that have one voice part with notes. */
export function* readChordSongs(folder: string, wanted: (name: string) => boolean): Generator<ChordSong> {
  const lines = gunzipSync(readFileSync(join(folder, 'songs.jsonl.gz')))
    .toString()
    .split('\n');
  for (const line of lines) {
    if (line === '') continue;
    const row = JSON.parse(line) as SongRow;
    if (!wanted(`${row.composer}|${row.title}`)) continue;
    const score = scoreOfSong(row);
    const voice = score.parts.find(({ notes }) => notes.some(({ lyrics }) => lyrics?.length));
    if (!voice || voice.notes.length < 16) continue;
    const piano = score.parts.filter(({ instrument }) => instrument === 'gm-0').map(({ id }) => id);
    const numerals = row.rn_auto
      ? readAnalysis(row.rn_auto, score.bars).map(({ at, symbol }) => ({ at, chord: parseChord(symbol) }))
      : undefined;
    yield { id: row.id, title: row.title, score, voice, piano, numerals };
  }
}

/** Chords heard in the piano, named by theory. */
export function chordsOfPiano({ score, piano }: ChordSong): TimedChord[] {
  return piano.length === 0 ? [] : analyseHarmony(score, { parts: piano }).map(({ at, chord }) => ({ at, chord }));
}

/** The song in the mode that more of its sound speaks for, signatures kept: of the two keys of a signature the likelier. */
export function withMode(score: Score, parts: readonly Part[]): Score {
  const notes = parts.flatMap((part) => melodyOf(part).map(({ midi, length }) => ({ midi, length })));
  const ranked = findKey(notes);
  const fifths = fifthsOf(score.bars[0]!.key);
  const best = ranked.find(({ key }) => fifthsOf(key) === fifths || Math.abs(fifthsOf(key) - fifths) === 12);
  return inMode(score, best?.key.mode === 'minor' ? 'minor' : 'major');
}

/** The score with all keys in this mode, signatures kept. */
export function inMode(score: Score, mode: 'major' | 'minor'): Score {
  const keyOf = (key: Key): Key => keyOfFifths(fifthsOf(key), mode);
  return { ...score, bars: score.bars.map((bar) => ({ ...bar, key: keyOf(bar.key) })) };
}

/** Part of the data a song belongs to, by a hash of composer and title: a tenth `test`, a twentieth `validation`. */
export function splitOf(name: string): 'train' | 'validation' | 'test' {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const share = ((hash ^ (hash >>> 15)) >>> 0) % 20;
  return share < 2 ? 'test' : share === 2 ? 'validation' : 'train';
}

export interface Chart {
  readonly key: Key;
  /** Beats in a bar by metre. */
  readonly beats: number;
  /** Chord of every beat of every bar; undefined where none sounds. */
  readonly bars: readonly (readonly (Chord | undefined)[])[];
}

interface ChartRow {
  readonly metre: string;
  readonly tonic: string;
  readonly sections: readonly { readonly bars?: readonly string[]; readonly change?: unknown }[];
}

const BEATS: Readonly<Record<string, number>> = { '4/4': 4, '3/4': 3, '2/4': 2, '6/8': 2, '12/8': 4 };

/** Charts up to their first change of key or metre. */
export function* readChords(folder: string): Generator<Chart> {
  const lines = gunzipSync(readFileSync(join(folder, 'songs.jsonl.gz')))
    .toString()
    .split('\n');
  for (const line of lines) {
    if (line === '') continue;
    const { metre, tonic, sections } = JSON.parse(line) as ChartRow;
    const beats = BEATS[metre];
    if (beats === undefined || !/^[A-G][#b]?$/.test(tonic)) continue;
    const changed = sections.findIndex(({ change }) => change !== undefined);
    const texts = sections.slice(0, changed < 0 ? undefined : changed).flatMap(({ bars = [] }) => bars);
    const bars = readBars(texts, beats);
    if (bars.length >= 8) yield { key: keyOfChart(tonic, bars), beats, bars };
  }
}

function readBars(texts: readonly string[], beats: number): (Chord | undefined)[][] {
  const bars: (Chord | undefined)[][] = [];
  let chord: Chord | undefined;
  for (const text of texts) {
    const words = text.split(/\s+/);
    if (words.some((word) => !/^(\.|[A-G].*|N|X)$/.test(word)) || beats % words.length !== 0) break;
    const bar = words.flatMap((word) => {
      if (word !== '.') chord = isNoChord(word) ? undefined : parseChord(word);
      return Array<Chord | undefined>(beats / words.length).fill(chord);
    });
    bars.push(bar);
  }
  return bars;
}

/** The tonic is given; the mode is read from the tones the chords have. */
function keyOfChart(tonic: string, bars: Chart['bars']): Key {
  const count = new Float64Array(12);
  const base = parseChord(tonic);
  const home = semitones(base);
  for (const chord of bars.flat()) {
    if (!chord) continue;
    for (const tone of chord.intervals) if (tone <= 7) count[(semitones(chord) - home + tone + 12) % 12]! += 1;
  }
  const minor = count[3]! > count[4]!;
  const mode = minor
    ? count[9]! > 2 * count[8]! && count[10]! > count[11]!
      ? 'dorian'
      : 'minor'
    : count[10]! > 2 * count[11]!
      ? 'mixolydian'
      : 'major';
  return { tonic, mode };
}

function semitones({ root }: Chord): number {
  return (
    (['C', 'D', 'E', 'F', 'G', 'A', 'B'].indexOf(root[0]!) * 2 -
      (/[FGAB]/.test(root) ? 1 : 0) +
      accidental(root) +
      12) %
    12
  );
}

const accidental = (root: string): number => (root.length - 1) * (root[1] === 'b' ? -1 : 1);
