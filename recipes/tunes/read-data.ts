/**
 * The open music we train and test on, as scores: Irish dance tunes (Ceol Rince na hÉireann) and art songs with piano
 * (OpenScore Lieder). Both are lists of notes in ticks; bars, keys, spelling, voices and words are put back here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readAbcBook } from '../../src/studios/music/formats/index.ts';
import { separateVoices } from '../../src/studios/music/formats/midi/separate-voices.ts';
import {
  type Bar,
  barIndexAt,
  compareNotes,
  type Key,
  keyAt,
  keyOfFifths,
  type Lyric,
  type Note,
  type Part,
  type Score,
  spellingCentre,
  spellMidi,
} from '../../src/studios/music/score/index.ts';

/** A tune or song with where it comes from. */
export interface DataPiece {
  readonly id: string;
  readonly title: string;
  /** Kind of dance (reel, jig), or `song`. */
  readonly type: string;
  readonly score: Score;
}

interface TuneRow {
  readonly id: string;
  readonly title: string;
  readonly type: string;
}

interface SongRow {
  readonly id: string;
  readonly title: string;
  readonly set: string;
  readonly composer: string;
  readonly lyricist: string;
  readonly tpq: number;
  readonly len: number;
  readonly keys: readonly (readonly [number, number])[];
  readonly times: readonly (readonly [number, string])[];
  readonly tempos: readonly (readonly [number, number])[];
  readonly bars: readonly number[];
  readonly parts: readonly SongPart[];
}

interface SongPart {
  readonly role: 'voice' | 'piano' | 'other';
  readonly inst: string;
  readonly notes: readonly (readonly [number, number, number])[];
  readonly syl?: readonly (readonly [number, string])[];
}

/** The Irish tunes of a folder that holds `tunes.abc` and `tunes.jsonl.gz`, side by side. */
export function readIrishTunes(folder: string): DataPiece[] {
  const rows = readRows<TuneRow>(join(folder, 'tunes.jsonl.gz'));
  const book = readAbcBook(readFileSync(join(folder, 'tunes.abc')));
  if (rows.length !== book.length) throw new Error(`${rows.length} rows, ${book.length} tunes`);
  return rows.map(({ id, title, type }, i) => {
    const { score, error } = book[i]!;
    if (!score) throw error ?? new Error(`${id} holds no tune`);
    return { id, title, type, score };
  });
}

/** The songs of a folder that holds `songs.jsonl.gz`. */
export function readSongs(folder: string): DataPiece[] {
  return readRows<SongRow>(join(folder, 'songs.jsonl.gz')).map((row) => ({
    id: row.id,
    title: row.title,
    type: 'song',
    score: scoreOfSong(row),
  }));
}

function readRows<T>(file: string): T[] {
  const lines = gunzipSync(readFileSync(file)).toString().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

/** A song as a score: voices with words, the two staves of the piano as one part. */
export function scoreOfSong(row: SongRow): Score {
  const bars = barsOf(row);
  const tempos = row.tempos.map(([at, quarterBpm]) => ({ at, quarterBpm: Math.max(5, Math.min(1000, quarterBpm)) }));
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  const distinct = tempos.filter(({ at }, i) => at < end && (i === 0 || at > tempos[i - 1]!.at));
  return {
    version: 1,
    title: row.title,
    ...(row.set && { subtitle: row.set }),
    ...(row.composer && { composer: row.composer }),
    ...(row.lyricist && { lyricist: row.lyricist }),
    ticksPerQuarter: row.tpq,
    bars,
    tempos: distinct[0]?.at === 0 ? distinct : [{ at: 0, quarterBpm: distinct[0]?.quarterBpm ?? 100 }, ...distinct],
    chords: [],
    parts: joinStaves(row.parts).map((staves, i) => partOf(staves, i, bars)),
  };
}

/** Bars from their beginnings; metre and key are those in force there. The last bar ends with the last note. */
function barsOf({ bars, len, times, keys, parts }: SongRow): Bar[] {
  const end = parts.reduce(
    (last, { notes }) => notes.reduce((most, [at, length]) => Math.max(most, at + length), last),
    len,
  );
  const lowest = Math.min(
    ...parts.flatMap(({ notes }) => notes.filter(([at]) => at >= bars.at(-1)!).map((note) => note[2])),
    127,
  );
  return bars.map((at, i): Bar => {
    const metre = (inForce(times, at) ?? '4/4').split('/').map(Number) as Bar['metre'];
    return { at, length: (bars[i + 1] ?? end) - at, metre, key: keyFor(inForce(keys, at) ?? 0, lowest) };
  });
}

function inForce<T>(changes: readonly (readonly [number, T])[], at: number): T | undefined {
  return (changes.findLast(([from]) => from <= at) ?? changes[0])?.[1];
}

/** The signature tells two keys apart only by where the bass comes to rest. */
function keyFor(fifths: number, lastBass: number): Key {
  const minor = keyOfFifths(fifths, 'minor');
  return spellMidi(lastBass, fifths + 2).replace(/-?\d+$/, '') === minor.tonic ? minor : keyOfFifths(fifths, 'major');
}

function joinStaves(parts: readonly SongPart[]): SongPart[][] {
  const found: SongPart[][] = [];
  for (const part of parts) {
    const before = found.at(-1);
    if (part.role === 'piano' && before?.length === 1 && before[0]!.role === 'piano') before.push(part);
    else found.push([part]);
  }
  return found;
}

const VOICES_PER_STAFF = 4;

function partOf(staves: readonly SongPart[], index: number, bars: Bar[]): Part {
  const piano = staves[0]!.role === 'piano';
  const notes = staves.flatMap((part, i) => notesOf(part, i + 1, bars)).sort(compareNotes);
  return {
    id: `p${index + 1}`,
    name: staves[0]!.inst,
    instrument: piano ? 'gm-0' : staves[0]!.role === 'voice' ? 'gm-52' : 'gm-48',
    ...(staves.length > 1 && { staves: staves.length }),
    notes,
  };
}

function notesOf({ notes, syl = [] }: SongPart, staff: number, bars: Bar[]): Note[] {
  const voices = separateVoices(
    notes.map(([at, length, key]) => ({ at, end: at + length, key })),
    false,
  );
  const sung = new Set(notes.flatMap(([at], i) => (voices[i]!.voice === 1 ? [at] : [])));
  // A syllable without a note, or a second one on a note, would leave its word open.
  const inTime = syl.toSorted((a, b) => a[0] - b[0]);
  const first = inTime.filter(([at], i) => sung.has(at) && at !== inTime[i - 1]?.[0]);
  const words = new Map(wordsOf(first));
  return notes.map(([at, length, key], i) => {
    const voice = voices[i]!.voice + VOICES_PER_STAFF * (staff - 1);
    const lyric = voice === 1 ? words.get(at) : undefined;
    words.delete(lyric ? at : -1);
    return {
      at,
      length,
      pitch: spellMidi(key, spellingCentre(keyAt({ bars }, bars[barIndexAt(bars, at)]!.at))),
      ...(voice > 1 && { voice }),
      ...(staff > 1 && { staff }),
      ...(lyric && { lyrics: [lyric] }),
    };
  });
}

/** A syllable that ends in a hyphen goes on in the next. */
function wordsOf(syllables: readonly (readonly [number, string])[]): [number, Lyric][] {
  let began = false;
  return syllables.flatMap(([at, raw]): [number, Lyric][] => {
    const goes = raw.length > 1 && raw.endsWith('-');
    const text = (goes ? raw.slice(0, -1) : raw).trim().slice(0, 200);
    if (text === '') return [];
    const syllabic = began ? (goes ? 'middle' : 'end') : goes ? 'begin' : undefined;
    began = goes;
    return [[at, { text, ...(syllabic && { syllabic }) }]];
  });
}
