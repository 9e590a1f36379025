/**
 * Reads the open collections as scores: Irish dance tunes, art songs, chord charts.
 *
 *   tunes.abc ─▶ tune (read-data.ts)      songs.jsonl.gz ─▶ song (voice and piano)      charts ─▶ chords by sections
 *
 * Songs hold MIDI keys; spelling comes from the signature. Their staves stay apart and their chords are read, unlike in
 * read-data.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type Bar,
  type Key,
  keyOfFifths,
  type Note,
  type Part,
  rescale,
  type Score,
  spellingCentre,
  spellMidi,
} from '../../src/studios/music/score/index.ts';
import {
  LONGEST_BAR,
  METRES,
  nameForm,
  type Style,
  type Track,
  type TunePiece,
} from '../../src/studios/music/tunes/index.ts';
import { likelierMode } from './likelier-mode.ts';
import { type DataPiece, readIrishTunes } from './read-data.ts';
import { readAnalysis } from './song-chords.ts';

/** A piece of a collection. */
export interface OpenTune {
  readonly id: string;
  readonly title: string;
  readonly source: 'irish' | 'lieder' | 'charts' | 'rules';
  readonly style: Style;
  readonly score: Score;
  readonly form?: string | undefined;
  /** Where it is known: rules compose after a mood. */
  readonly mood?: { readonly valence: number; readonly arousal: number } | undefined;
  /** Roles of the parts by their id, where the source says them. */
  readonly roles?: Readonly<Record<string, 'voice' | 'piano' | 'other'>>;
}

type Event = readonly [at: number, length: number, midi: number];

/** Lines of a gzipped JSONL file. */
export function readJsonLines<T>(folder: string, file: string): T[] {
  const text = gunzipSync(readFileSync(join(folder, file))).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** Quarter notes a minute at which a dance is usually played. */
const DANCES: Readonly<Record<string, { readonly style: Style; readonly quarterBpm: number }>> = {
  reel: { style: 'reel', quarterBpm: 200 },
  jig: { style: 'jig', quarterBpm: 176 },
  'slip jig': { style: 'slip-jig', quarterBpm: 170 },
  hornpipe: { style: 'hornpipe', quarterBpm: 150 },
  polka: { style: 'polka', quarterBpm: 132 },
  slide: { style: 'slide', quarterBpm: 200 },
  march: { style: 'march', quarterBpm: 120 },
};

/** The Irish tunes of a folder that are clean enough to learn from: on the grid, with an onset on most downbeats. */
export function readIrish(folder: string): OpenTune[] {
  return readIrishTunes(folder).flatMap((piece) => irishTune(piece) ?? []);
}

function irishTune({ id, title, type, score: read }: DataPiece): OpenTune | undefined {
  const dance = DANCES[type] ?? { style: 'folk' as const, quarterBpm: 120 };
  if (24 % read.ticksPerQuarter !== 0) return undefined;
  const even = rescale(read, 24);
  const known = even.bars.every(({ metre, length }) => isMetre(metre.join('/')) && length <= LONGEST_BAR);
  const melody = { id: 'melody', notes: plainNotes(even) };
  const downbeats = even.bars.filter(({ at }) => melody.notes.some((note) => note.at === at)).length / even.bars.length;
  if (!known || downbeats < 0.75 || even.bars.length < 7) return undefined;
  const bars = even.bars.map(({ at, length, metre, key }) => ({ at, length, metre, key }));
  const { labelled, form } = nameForm(scoreOf({ title, bars, quarterBpm: dance.quarterBpm }, [melody]));
  return { id: `irish/${id}`, title, source: 'irish', style: dance.style, score: labelled, form };
}

/** One voice, without signs. */
function plainNotes({ parts: [part] }: Score): Note[] {
  const notes = part?.notes ?? [];
  const single = notes.filter(({ at }, i) => at !== notes[i + 1]?.at);
  return single.map(({ at, length, pitch }, i) => ({
    at,
    length: Math.min(length, (single[i + 1]?.at ?? Infinity) - at),
    pitch,
  }));
}

function isMetre(sign: string): boolean {
  return METRES.includes(sign as (typeof METRES)[number]);
}

interface SongLine {
  readonly id: string;
  readonly title: string;
  readonly len: number;
  readonly keys: readonly (readonly [number, number])[];
  readonly times: readonly (readonly [number, string])[];
  readonly tempos: readonly (readonly [number, number])[];
  readonly bars: readonly number[];
  readonly rn_auto?: string;
  readonly parts: readonly { readonly role: 'voice' | 'piano' | 'other'; readonly notes: readonly Event[] }[];
}

/** The art songs of a folder; those with bars the tune language cannot write are left out. */
export function readSongs(folder: string): OpenTune[] {
  return readJsonLines<SongLine>(folder, 'songs.jsonl.gz').flatMap((line) => artSong(line) ?? []);
}

function artSong(line: SongLine): OpenTune | undefined {
  if (line.bars[0] !== 0 || line.bars.some((at, i) => i > 0 && at <= line.bars[i - 1]!)) return undefined;
  const keys = keyRegions(line);
  const keyOf = (tick: number): Key => keys.findLast(({ from }) => from <= tick)?.key ?? keys[0]!.key;
  const lengths = line.bars.map((at, i) => (line.bars[i + 1] ?? line.len) - at);
  const known = line.times.every(([, sign]) => isMetre(sign));
  if (!known || lengths.some((length) => length < 1 || length > LONGEST_BAR)) return undefined;
  let at = 0;
  const bars = lengths.map((length): Bar => {
    const sign = line.times.findLast(([tick]) => tick <= at)?.[1] ?? '4/4';
    const bar = { at, length, metre: sign.split('/').map(Number) as Bar['metre'], key: keyOf(at) };
    at += length;
    return bar;
  });
  const parts = line.parts.map(({ notes }, i) => ({
    id: `p${i}`,
    notes: notes.filter(([onset]) => onset < at).map((note) => spelled(note, keyOf(note[0]), at)),
  }));
  const quarterBpm = Math.min(1000, Math.max(5, line.tempos[0]?.[1] ?? 90));
  const chords = line.rn_auto === undefined ? [] : readAnalysis(line.rn_auto, bars);
  const score = scoreOf({ title: line.title, bars, quarterBpm, chords }, parts);
  const roles = Object.fromEntries(line.parts.map(({ role }, i) => [`p${i}`, role]));
  return { id: `lieder/${line.id}`, title: line.title, source: 'lieder', style: 'art-song', score, roles };
}

function keyRegions({ keys, parts, len }: SongLine): { readonly from: number; readonly key: Key }[] {
  const all = parts.flatMap(({ notes }) => notes);
  return (keys.length > 0 ? keys : [[0, 0] as const]).map(([from, fifths], i) => {
    const to = keys[i + 1]?.[0] ?? len;
    const within = all.filter(([at]) => at >= from && at < to);
    return { from, key: keyOfFifths(fifths, likelierMode(fifths, within)) };
  });
}

/** Bars one after another. */
export function barsOf(lengths: readonly number[], metre: Bar['metre'], keyOf: (at: number) => Key): Bar[] {
  let at = 0;
  return lengths.map((length) => {
    const bar = { at, length, metre, key: keyOf(at) };
    at += length;
    return bar;
  });
}

function spelled([at, length, midi]: Event, key: Key, end: number): Note {
  return { at, length: Math.max(1, Math.min(length, end - at)), pitch: spellMidi(midi, spellingCentre(key)) };
}

/** A score of 24 ticks a quarter. */
export function scoreOf(
  head: {
    readonly title: string;
    readonly bars: Bar[];
    readonly quarterBpm: number;
    readonly chords?: Score['chords'];
  },
  parts: readonly Pick<Part, 'id' | 'notes'>[],
): Score {
  const { title, bars, quarterBpm, chords = [] } = head;
  return {
    version: 1,
    title,
    ticksPerQuarter: 24,
    bars,
    tempos: [{ at: 0, quarterBpm }],
    chords,
    parts: parts.map((part) => ({ name: part.id, instrument: 'piano', ...part })),
  };
}

/** What documents are written of. */
export function pieceOf({ id, source, style, score, form, mood, roles }: OpenTune): TunePiece {
  const piece = { id, kind: source, style, score, form, mood };
  if (source !== 'lieder') return piece;
  const melody = score.parts.find((part) => roles?.[part.id] === 'voice')?.id;
  return { ...piece, song: { melody, tracks: rolesToTracks(score, roles) } };
}

function rolesToTracks(score: Score, roles: OpenTune['roles']): Partial<Record<Track, string>> | undefined {
  const of = (role: string): string[] => score.parts.filter(({ id }) => roles?.[id] === role).map(({ id }) => id);
  const [voices, pianos] = [of('voice'), of('piano')];
  if (voices.length === 1 && pianos.length === 2) {
    return { melody: voices[0]!, accompaniment: pianos[0]!, bass: pianos[1]! };
  }
  if (voices.length >= 3) return { melody: voices[0]!, inner: voices[1]!, bass: voices.at(-1)! };
  return undefined;
}
