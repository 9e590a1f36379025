/**
 * Harmonising melodies that the chord model has never seen.
 *
 *   song ─▶ its voice alone, keys by signature, mode heard from the melody ─▶ four parts ─▶ the critic's findings
 *     └───▶ its own piano, named by theory; and its Roman numerals (machine-made) ─▶ do the chords agree, beat by beat?
 *
 *   node bench/harmonise.ts DATA_FOLDER            100 songs: those held out, then the test split; writes results/harmonise.json
 *   node bench/harmonise.ts DATA_FOLDER 20         the first 20 only, nothing written
 *   node bench/harmonise.ts DATA_FOLDER --tune     chords alone on the validation split, for weights
 *
 * Baselines: the chords of the song before (chance), the tonic triad throughout (the most common chord), and a plain hidden Markov model (bigrams of beats, notes over
 * chords without metre, no phrases). Songs whose melody spans more than the soprano's C4–A5 are left out.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ChordSong,
  chordsOfPiano,
  readChordSongs,
  splitOf,
  type TimedChord,
  withMode,
} from '../recipes/chords/read-songs.ts';
import { criticise } from '../src/studios/music/critic/index.ts';
import { loadChordModel } from '../src/studios/music/harmony/chord-model.ts';
import { degreeChordOf, QUALITY_NAMES } from '../src/studios/music/harmony/chord-space.ts';
import TABLE from '../src/studios/music/harmony/chords.table.json' with { type: 'json' };
import { findChords, SEARCH_WEIGHTS, type SearchWeights } from '../src/studios/music/harmony/find-chords.ts';
import { harmonise } from '../src/studios/music/harmony/index.ts';
import { type Slot, slotsOf } from '../src/studios/music/harmony/slots.ts';
import { midiOf, type Part, type Score, tonicClass } from '../src/studios/music/score/index.ts';
import {
  type Chord,
  classOf,
  isNoChord,
  melodyOf,
  parseChord,
  segmentPhrases,
} from '../src/studios/music/theory/index.ts';
import { intervalOfSemitones, transpose } from '../src/studios/music/transform/index.ts';

const [folder, mode] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: harmonise.ts DATA_FOLDER [--tune]');

/** A chord reduced to what is compared. */
interface Heard {
  readonly root: number;
  /** Major, minor, diminished, augmented or suspended, by third and fifth. */
  readonly triad: string;
}

const heard = ({ root, intervals }: Chord): Heard => ({
  root: classOf(root),
  triad: intervals.filter((tone) => tone < 9).join(),
});

/** Chord in force at each slot. */
function along(slots: readonly Slot[], chords: readonly TimedChord[]): (Heard | undefined)[] {
  let i = -1;
  return slots.map(({ at, to }) => {
    while (chords[i + 1] && chords[i + 1]!.at < (at + to) / 2) i += 1;
    const chord = chords[i]?.chord;
    return chord && heard(chord);
  });
}

interface Agreement {
  readonly beats: number;
  readonly sameRoot: number;
  readonly sameRootAndTriad: number;
}

interface Tally {
  add(found: readonly (Heard | undefined)[], truth: readonly (Heard | undefined)[], slots: readonly Slot[]): void;
  result(): Agreement;
}

/** Counts agreement over the beats in which the melody sounds and the reference has a chord. */
function createTally(): Tally {
  const count = { root: 0, triad: 0, all: 0 };
  const percent = (x: number): number => Math.round((1000 * x) / Math.max(1, count.all)) / 10;
  return {
    add(found, truth, slots) {
      for (const [t, slot] of slots.entries()) {
        const [a, b] = [found[t], truth[t]];
        if (!b || slot.notes.length === 0) continue;
        count.all += 1;
        if (a?.root !== b.root) continue;
        count.root += 1;
        if (a.triad === b.triad) count.triad += 1;
      }
    },
    result: () => ({ beats: count.all, sameRoot: percent(count.root), sameRootAndTriad: percent(count.triad) }),
  };
}

/** The voice alone. */
function melodyScore(song: ChordSong): Score {
  const voice: Part = { ...song.voice, id: 'voice' };
  return withMode({ ...song.score, parts: [voice], chords: [] }, [voice]);
}

/** Beats of the tonic triad. */
const tonics = (slots: readonly Slot[]): Heard[] =>
  slots.map(({ key }) => ({ root: tonicClass(key), triad: key.mode === 'minor' ? '0,3,7' : '0,4,7' }));

type Rows = readonly number[];
const rowsOf = (flat: Rows, width: number): number[][] =>
  Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width) as number[]);

/** The plain model: bigrams with one chance to stay, notes over chords. */
function plainModel(name: 'major' | 'minor'): { stay: number; next: Float64Array; notes: Float64Array; size: number } {
  const counts = TABLE.modes[name];
  const size = 12 * QUALITY_NAMES.length;
  const next = new Float64Array(size * size).fill(0.01);
  const notes = new Float64Array(size * 12).fill(0.1);
  for (const [, last, to, times] of rowsOf(counts.songs, 4)) if (last! >= 0) next[last! * size + to!]! += times!;
  for (const [chord, , degree, times] of rowsOf(counts.notes, 4)) notes[chord! * 12 + degree!]! += times!;
  let changes = 0;
  let chances = 0;
  for (const [, , changed, all] of rowsOf(counts.songChanges, 4)) {
    changes += changed!;
    chances += all!;
  }
  const normalise = (table: Float64Array, width: number): Float64Array =>
    table.map((x, i) => {
      const from = i - (i % width);
      return Math.log(x / table.subarray(from, from + width).reduce((sum, y) => sum + y, 0));
    });
  return { stay: 1 - changes / chances, next: normalise(next, size), notes: normalise(notes, 12), size };
}

const plain = { major: plainModel('major'), minor: plainModel('minor') };

/** Viterbi over single chords. */
function plainChords(slots: readonly Slot[]): Heard[] {
  const { stay, next, notes, size } = plain[slots[0]!.key.mode === 'minor' ? 'minor' : 'major'];
  let values = new Float64Array(size);
  const back: Int16Array[] = [];
  for (const slot of slots) {
    const from = new Int16Array(size);
    const now = new Float64Array(size);
    for (let c = 0; c < size; c++) {
      let best = values[c]! + Math.log(stay);
      from[c] = c;
      for (let p = 0; p < size; p++) {
        const value = p === c ? Number.NEGATIVE_INFINITY : values[p]! + Math.log(1 - stay) + next[p * size + c]!;
        if (value > best) {
          best = value;
          from[c] = p;
        }
      }
      now[c] = best + slot.notes.reduce((sum, { degree }) => sum + notes[c * 12 + degree]!, 0);
    }
    values = now;
    back.push(from);
  }
  let chord = values.indexOf(Math.max(...values));
  const path: Heard[] = [];
  for (let t = slots.length - 1; t >= 0; t--) {
    const { degree, intervals } = degreeChordOf(chord);
    path.push({ root: (tonicClass(slots[t]!.key) + degree) % 12, triad: intervals.filter((tone) => tone < 9).join() });
    chord = back[t]![chord]!;
  }
  return path.reverse();
}

interface Piece {
  readonly song: ChordSong;
  readonly score: Score;
  readonly slots: readonly Slot[];
  readonly piano: readonly (Heard | undefined)[];
  readonly numerals: readonly (Heard | undefined)[];
}

function pieceOf(song: ChordSong): Piece {
  const score = melodyScore(song);
  const voice = score.parts[0]!;
  const slots = slotsOf(score, melodyOf(voice), segmentPhrases(score, { part: voice.id }));
  return {
    song,
    score,
    slots,
    piano: along(slots, chordsOfPiano(song)),
    numerals: along(slots, song.numerals ?? []),
  };
}

const found = (slots: readonly Slot[], weights: SearchWeights, charts: number): Heard[] => {
  const answer = findChords(slots, ({ mode }) => loadChordModel(mode, { charts }), { weights });
  return slots.map(({ key }, t) => {
    const { degree, intervals } = loadChordModel(key.mode, { charts }).chords[answer.chords[t]!]!;
    return { root: (tonicClass(key) + degree) % 12, triad: intervals.filter((tone) => tone < 9).join() };
  });
};

function tune(): void {
  const pieces = [
    ...readChordSongs(join(folder!, 'music_openscore_lieder'), (name) => splitOf(name) === 'validation'),
  ].map(pieceOf);
  console.log(`${pieces.length} songs`);
  const score = (weights: SearchWeights, charts: number): string => {
    const [piano, numerals] = [createTally(), createTally()];
    for (const piece of pieces) {
      const chords = found(piece.slots, weights, charts);
      piano.add(chords, piece.piano, piece.slots);
      numerals.add(chords, piece.numerals, piece.slots);
    }
    return `piano ${piano.result().sameRoot} ${piano.result().sameRootAndTriad}  numerals ${numerals.result().sameRoot} ${numerals.result().sameRootAndTriad}`;
  };
  const others = (name: string, make: (slots: readonly Slot[]) => Heard[]): void => {
    const [piano, numerals] = [createTally(), createTally()];
    for (const piece of pieces) {
      piano.add(make(piece.slots), piece.piano, piece.slots);
      numerals.add(make(piece.slots), piece.numerals, piece.slots);
    }
    console.log(name, JSON.stringify(piano.result()), JSON.stringify(numerals.result()));
  };
  others('tonic', tonics);
  others('plain', plainChords);
  const trials: [Partial<SearchWeights>, number][] = JSON.parse(process.argv[4] ?? '[[{},0.15]]');
  for (const [change, charts] of trials)
    console.log(JSON.stringify(change), charts, score({ ...SEARCH_WEIGHTS, ...change }, charts));
}

/** Every song in question, those held out from all training first. */
function* songs(): Generator<ChordSong> {
  yield* readChordSongs(join(folder!, '_heldout/music_openscore_lieder'), () => true);
  yield* readChordSongs(join(folder!, 'music_openscore_lieder'), (name) => splitOf(name) === 'test');
}

/** The melody in the soprano's range, moved by the fewest semitones after whole octaves; undefined when it spans too much. */
function toSoprano(score: Score): { score: Score; semitones: number } | undefined {
  const keys = score.parts[0]!.notes.map(({ pitch }) => midiOf(pitch));
  const [low, high] = [Math.min(...keys), Math.max(...keys)];
  const [bottom, top] = [midiOf('C4'), midiOf('A5')];
  if (high - low > top - bottom) return undefined;
  const moves = Array.from({ length: 73 }, (_, i) => i - 36).filter((n) => low + n >= bottom && high + n <= top);
  const apart = (n: number): number => 12 * Math.abs(n - 12 * Math.round(n / 12)) + Math.abs(n) / 12;
  const semitones = moves.reduce((best, n) => (apart(n) < apart(best) ? n : best));
  return { score: transpose(score, intervalOfSemitones(semitones, score.bars[0]!.key)), semitones };
}

/** One note at a time: where the voice has two, the upper. */
function single(score: Score): Score {
  const part = score.parts[0]!;
  const melody = melodyOf(part);
  const notes = melody.map(({ index }, i) => {
    const note = part.notes[index]!;
    return { ...note, length: Math.min(note.length, (melody[i + 1]?.at ?? Number.POSITIVE_INFINITY) - note.at) };
  });
  return { ...score, parts: [{ ...part, notes: notes.map(({ voice: _, ...note }) => note) }] };
}

/** Agreement of each way of finding chords with each reference. */
const SYSTEMS = ['fourParts', 'chordsAlone', 'plainModel', 'mostCommonChord', 'byChance'] as const;
const REFERENCES = ['piano', 'numerals'] as const;

function measure(): void {
  const tallies = new Map(SYSTEMS.flatMap((s) => REFERENCES.map((r) => [`${s} ${r}`, createTally()] as const)));
  const findings = new Map<string, number>();
  const sums = { songs: 0, tooWide: 0, beats: 0, holds: 0, changedChords: 0, rests: 0 };
  let last: readonly Heard[] = [];
  for (const song of songs()) {
    if (sums.songs === WANTED) break;
    const moved = toSoprano(single(melodyScore(song)));
    if (!moved) {
      sums.tooWide += 1;
      continue;
    }
    const piece = pieceOf(song);
    const { score, numbers } = harmonise(moved.score, { style: 'four-part' })[0]!;
    sums.songs += 1;
    sums.beats += piece.slots.filter(({ notes }) => notes.length > 0).length;
    sums.holds += score.parts[1]!.notes.length + numbers.rests!;
    sums.changedChords += numbers.changedChords!;
    sums.rests += numbers.rests!;
    for (const { rule, severity } of criticise(score, { style: 'strict', choir: true })) {
      if (severity === 'note') continue;
      findings.set(`${rule} ${severity}`, (findings.get(`${rule} ${severity}`) ?? 0) + 1);
    }
    const back = transposed(along(piece.slots, timed(score)), -moved.semitones);
    const systems: Record<(typeof SYSTEMS)[number], readonly (Heard | undefined)[]> = {
      fourParts: back,
      chordsAlone: found(piece.slots, SEARCH_WEIGHTS, CHARTS),
      plainModel: plainChords(piece.slots),
      mostCommonChord: tonics(piece.slots),
      byChance: piece.slots.map((_, t) => last[t % Math.max(1, last.length)]),
    };
    last = systems.chordsAlone as Heard[];
    for (const name of SYSTEMS) {
      for (const reference of REFERENCES)
        tallies.get(`${name} ${reference}`)!.add(systems[name], piece[reference], piece.slots);
    }
    if (sums.songs % 10 === 0)
      console.log(sums, Object.fromEntries(findings), tallies.get('fourParts piano')!.result());
  }
  const agreement = Object.fromEntries(
    REFERENCES.map((reference) => [
      reference,
      Object.fromEntries(SYSTEMS.map((name) => [name, tallies.get(`${name} ${reference}`)!.result()])),
    ]),
  );
  const count = (rule: string): number => findings.get(`${rule} fault`) ?? 0;
  const result = {
    songs: sums.songs,
    melodiesTooWideForASoprano: sums.tooWide,
    beatsWithMelody: sums.beats,
    holds: sums.holds,
    chordsChangedByTheVoicing: sums.changedChords,
    holdsWithoutLowerVoices: sums.rests,
    parallelFifths: count('parallel-fifths'),
    parallelOctaves: count('parallel-octaves'),
    range: count('range'),
    crossing: count('voice-crossing'),
    allFindingsOfTheCritic: Object.fromEntries([...findings].sort()),
    agreement,
  };
  console.log(JSON.stringify(result, null, 2));
  if (WANTED === 100)
    writeFileSync(join(import.meta.dirname, 'results/harmonise.json'), `${JSON.stringify(result, null, 2)}\n`);
}

/** The weight of charts that four-part writing has. */
const CHARTS = 0.1;
const WANTED = Number(mode === undefined || mode === '--tune' ? 100 : mode);

const timed = ({ chords }: Score): TimedChord[] =>
  chords.map(({ at, symbol }) => ({ at, chord: isNoChord(symbol) ? undefined : parseChord(symbol) }));

const transposed = (chords: readonly (Heard | undefined)[], semitones: number): (Heard | undefined)[] =>
  chords.map((chord) => chord && { ...chord, root: (chord.root + semitones + 120) % 12 });

if (mode === '--tune') tune();
else measure();
