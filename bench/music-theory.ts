/**
 * How well the theory of the music studio reads real music. Four questions:
 *
 *   symbols    are all chords of the chord charts understood, and written back as the same chord?
 *   keys       does the key finder give the signature of art songs that keep one, and the tonic of Irish tunes?
 *   harmony    does the chordal analysis agree with the Roman numerals of the songs (machine-made, not checked)?
 *   copies     how large is the index of all melodies, and what do tunes share with the rest of their own collection?
 *
 *   node bench/music-theory.ts DATA_FOLDER [SONGS]
 *
 * DATA_FOLDER holds music_openscore_lieder, music_cre_irish, music_billboard_chords. SONGS: art songs read; default all.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  fifthsOf,
  type Key,
  keyOfFifths,
  parseTonic,
  type Score,
  spellMidi,
  tonicClass,
} from '../src/studios/music/score/index.ts';
import {
  analyseHarmony,
  buildTuneIndex,
  CHURCH_MODES,
  type Chord,
  chordOfRoman,
  classOf,
  type FindKeyOptions,
  findKey,
  formatChord,
  type IndexedTune,
  isNoChord,
  parseChord,
  readTuneIndex,
  type WeightedNote,
} from '../src/studios/music/theory/index.ts';

type RawNote = [at: number, length: number, midi: number];
interface Song {
  readonly id: string;
  readonly title: string;
  readonly len: number;
  readonly keys: [number, number][];
  readonly times: [number, string][];
  readonly bars: number[];
  readonly parts: { role: string; notes: RawNote[] }[];
  readonly rn_auto?: string;
}
interface Tune {
  readonly title: string;
  readonly meter: string;
  readonly root: string;
  readonly notes: RawNote[];
}
interface Chart {
  readonly sections: { bars?: string[] }[];
}

const [folder, most] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: music-theory.ts DATA_FOLDER [SONGS]');

function read<T>(name: string): T[] {
  const text = gunzipSync(readFileSync(join(folder!, name))).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;

function symbols(charts: readonly Chart[]): object {
  const different = new Set<string>();
  let read = 0;
  let refused = 0;
  let changed = 0;
  for (const { sections } of charts) {
    for (const token of sections.flatMap(({ bars = [] }) => bars.flatMap((bar) => bar.split(/\s+/)))) {
      if (!/^[A-G]/.test(token) || isNoChord(token)) continue;
      read += 1;
      if (different.has(token)) continue;
      different.add(token);
      try {
        const chord = parseChord(token);
        if (JSON.stringify(parseChord(formatChord(chord))) !== JSON.stringify(chord)) changed += 1;
      } catch {
        refused += 1;
      }
    }
  }
  return { chords: read, different: different.size, refused, changedByWriting: changed };
}

/** In order of time, the lowest note of each onset last, so that the bass of the closing chord is the final. */
function weighted(notes: readonly RawNote[]): WeightedNote[] {
  return [...notes].sort((a, b) => a[0] - b[0] || b[2] - a[2]).map(([, length, midi]) => ({ midi, length }));
}

const PROFILES = ['krumhansl-kessler', 'temperley', 'albrecht-shanahan'] as const;

function keys(songs: readonly Song[], tunes: readonly Tune[]): object {
  const steady = songs.filter((song) => song.keys.length === 1);
  const classOfRoot = (root: string): number => classOf(root);
  const songScores = PROFILES.map((profiles) => {
    const right = steady.filter((song) => {
      const best = findKey(weighted(song.parts.flatMap(({ notes }) => notes)), { profiles })[0]!.key;
      return (fifthsOf(best) - song.keys[0]![1]) % 12 === 0;
    });
    return [profiles, percent(right.length, steady.length)];
  });
  const tonic = (options: FindKeyOptions): number =>
    percent(
      tunes.filter(({ notes, root }) => tonicClass(findKey(weighted(notes), options)[0]!.key) === classOfRoot(root))
        .length,
      tunes.length,
    );
  const tuneScores = PROFILES.map((profiles) => [
    profiles,
    {
      majorAndMinor: tonic({ profiles }),
      withChurchModes: tonic({ profiles, modes: CHURCH_MODES }),
      withoutFinal: tonic({ profiles, modes: CHURCH_MODES, finalWeight: 0 }),
    },
  ]);
  const last = percent(
    tunes.filter(({ notes, root }) => notes.at(-1)![2] % 12 === classOfRoot(root)).length,
    tunes.length,
  );
  return {
    songsOfOneSignature: steady.length,
    signatureRight: Object.fromEntries(songScores),
    tunes: tunes.length,
    tonicRight: Object.fromEntries(tuneScores),
    tonicIsTheLastNote: last,
  };
}

/** A song as a score, spelled and keyed by its signatures; the mode of each is found from the notes of the song. */
function scoreOf(song: Song): Score {
  const notes = song.parts.flatMap((part) => part.notes);
  const minor = findKey(weighted(notes))[0]!.key.mode === 'minor';
  const at = <T>(list: readonly [number, T][], tick: number): T =>
    (list.findLast(([from]) => from <= tick) ?? list[0]!)[1];
  const keyAt = (tick: number): Key => keyOfFifths(at(song.keys, tick), minor ? 'minor' : 'major');
  const bars = song.bars.map((from, i) => ({
    at: from,
    length: (song.bars[i + 1] ?? Math.max(song.len, from + 1)) - from,
    metre: at(song.times, from).split('/').map(Number) as unknown as Score['bars'][number]['metre'],
    key: keyAt(from),
  }));
  const parts = song.parts.map((part, i) => ({
    id: `p${i}`,
    name: part.role,
    instrument: part.role === 'voice' ? 'voice' : 'piano',
    notes: part.notes.map(([from, length, midi]) => ({
      at: from,
      length,
      pitch: spellMidi(midi, at(song.keys, from) + 2),
    })),
  }));
  return {
    version: 1,
    title: song.title,
    ticksPerQuarter: 24,
    bars,
    tempos: [{ at: 0, quarterBpm: 100 }],
    chords: [],
    parts,
  };
}

interface TimedChord {
  readonly at: number;
  readonly chord: Chord;
}

/** The numerals of a song with their ticks; quarter beats only, so metres other than x/4 are left out. */
function numerals(song: Song, tally: { read: number; refused: number }): TimedChord[] {
  const chords: TimedChord[] = [];
  let key: Key = { tonic: 'C', mode: 'major' };
  // Measures count from 1, or from 0 where the pickup is measure 0.
  const first = song.rn_auto!.startsWith('m0') ? 0 : 1;
  for (const measure of song.rn_auto!.split('|')) {
    const [number, ...words] = measure.trim().split(/\s+/);
    const bar = song.bars[Number(number!.slice(1)) - first];
    let beat = 1;
    for (const word of words) {
      const change = /^([A-Ga-g][#b-]*):$/.exec(word)?.[1]?.replaceAll('-', 'b');
      if (change) {
        const mode = change[0] === change[0]!.toLowerCase() ? 'minor' : 'major';
        key = { tonic: change[0]!.toUpperCase() + change.slice(1), mode };
      } else if (/^b\d/.test(word) && !Number.isNaN(Number(word.slice(1)))) beat = Number(word.slice(1));
      else if (bar !== undefined) {
        tally.read += 1;
        try {
          chords.push({ at: bar + Math.round((beat - 1) * 24), chord: chordOfRoman(word, key) });
        } catch {
          tally.refused += 1;
        }
      }
    }
  }
  return chords;
}

const triad = ({ intervals }: Chord): string => intervals.filter((tone) => tone < 9).join();

function harmony(songs: readonly Song[]): object {
  const tally = { read: 0, refused: 0 };
  const count = { quarters: 0, root: 0, triad: 0, tonic: 0 };
  const annotated = songs.filter(
    (song) =>
      song.rn_auto &&
      song.keys.length > 0 &&
      song.times.length > 0 &&
      song.times.every(([, time]) => time.endsWith('/4')),
  );
  for (const song of annotated) {
    const theirs = numerals(song, tally);
    const score = scoreOf(song);
    const ours = analyseHarmony(score);
    let i = -1;
    let j = -1;
    for (let tick = 0; tick < song.len; tick += 24) {
      while (theirs[i + 1] && theirs[i + 1]!.at <= tick) i += 1;
      while (ours[j + 1] && ours[j + 1]!.at <= tick) j += 1;
      const [a, b] = [theirs[i]?.chord, ours[j]?.chord];
      if (!a || !b) continue;
      const same = classOf(a.root) === classOf(b.root);
      count.quarters += 1;
      if (same) count.root += 1;
      if (same && triad(a) === triad(b)) count.triad += 1;
      if (classOf(a.root) === tonicClass(score.bars[0]!.key)) count.tonic += 1;
    }
  }
  return {
    songs: annotated.length,
    numerals: tally,
    quarters: count.quarters,
    sameRoot: percent(count.root, count.quarters),
    sameRootAndTriad: percent(count.triad, count.quarters),
    baselineTonicRoot: percent(count.tonic, count.quarters),
  };
}

/** The sung or played melody in bars of a fixed length. */
function melodyOf(notes: readonly RawNote[], bar: number): IndexedTune['notes'] {
  return [...notes]
    .sort((a, b) => a[0] - b[0] || b[2] - a[2])
    .filter(([at], i, all) => i === 0 || all[i - 1]![0] < at)
    .map(([at, length, midi]) => ({ midi, from: at / bar, to: (at + length) / bar }));
}

const barTicks = (metre: string): number => (96 * Number(metre.split('/')[0])) / Number(metre.split('/')[1]);
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

function copies(songs: readonly Song[], tunes: readonly Tune[]): object {
  const voices = songs.flatMap(({ title, times, parts }): IndexedTune[] => {
    const voice = parts.find(({ role }) => role === 'voice');
    return voice ? [{ title, source: 'songs', notes: melodyOf(voice.notes, barTicks(times[0]?.[1] ?? '4/4')) }] : [];
  });
  const irish = tunes.map(
    ({ title, meter, notes }): IndexedTune => ({ title, source: 'irish', notes: melodyOf(notes, barTicks(meter)) }),
  );
  const whole = [...voices, ...irish];
  const bytes = buildTuneIndex(whole);
  const sample = irish.filter((_, i) => i % 10 === 0);
  const known = sample.filter((tune) => readAll(bytes, tune)).length;
  const others = readTuneIndex(buildTuneIndex([...voices, ...irish.filter((_, i) => i % 10 !== 0)]));
  const shared = sample.map(({ notes }) => others.findCopies(notes));
  return {
    tunes: whole.length,
    notes: whole.reduce((sum, { notes }) => sum + notes.length, 0),
    bytes: bytes.length,
    ownTuneFoundWhole: `${known} of ${sample.length}`,
    longestSharedWithOtherTunesBars: {
      intervals: median(shared.map(({ intervals }) => intervals?.bars ?? 0)),
      intervalsAndRhythm: median(shared.map(({ rhythm }) => rhythm?.bars ?? 0)),
    },
  };
}

let opened: ReturnType<typeof readTuneIndex> | undefined;

/** Whether the index gives back a tune it holds over its whole length. */
function readAll(bytes: Uint8Array, tune: IndexedTune): boolean {
  opened ??= readTuneIndex(bytes);
  return opened.findCopies(tune.notes).intervals?.notes === tune.notes.length;
}

const songs = read<Song>('music_openscore_lieder/songs.jsonl.gz').slice(0, Number(most ?? 1e9));
const tunes = read<Tune>('music_cre_irish/tunes.jsonl.gz').filter(
  ({ root }) => /^[A-G]/.test(root) && parseTonic(root),
);
const result = {
  symbols: symbols(read<Chart>('music_billboard_chords/songs.jsonl.gz')),
  keys: keys(songs, tunes),
  harmony: harmony(songs),
  copies: copies(songs, tunes),
};
console.log(JSON.stringify(result, null, 2));
if (most === undefined)
  writeFileSync(join(import.meta.dirname, 'results/music-theory.json'), `${JSON.stringify(result, null, 2)}\n`);
