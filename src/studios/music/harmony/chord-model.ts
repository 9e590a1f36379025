/**
 * What is likely: which chord follows which, which notes lie over it, on which beats it changes, how phrases close.
 *
 *   learned    major, minor and what charts hold of Dorian and Mixolydian, counted from songs and charts
 *   carried    other church modes: the parent's progressions with every degree's chord as the mode has it
 *   by hand    the Chinese modes, see pentatonic-model.ts
 *
 * All figures are log chances of a chord of the model's own list, so that a search needs to know nothing of keys.
 */
import type { Mode } from '../score/index.ts';
import { sevenDegrees } from '../theory/index.ts';
import { CHORD_COUNT, type DegreeChord, degreeChordOf, QUALITY_NAMES, qualityOf } from './chord-space.ts';
import CHORDS from './chords.table.json' with { type: 'json' };
import { countNext, type NextChord } from './n-gram.ts';
import { noteChances } from './note-chances.ts';
import type { ChordTable, ModeCounts } from './table.ts';

/** Chords of a mode and their chances. */
export interface ChordModel {
  readonly mode: Mode;
  readonly chords: readonly DegreeChord[];
  readonly next: NextChord;
  /** Log chance of a note over a chord: by chord, kind of note and semitones above the tonic. */
  note(chord: number, kind: number, degree: number): number;
  /** Log odds that the chord changes on a beat of a bar. */
  change(beats: number, beat: number): number;
  /** How much likelier two chords are at the end of a phrase than elsewhere, log; `before` may be `chords.length`, the beginning. */
  close(before: number, last: number): number;
  /** How much likelier a chord is at the end of a piece than elsewhere, log. */
  final(chord: number): number;
}

export interface ChordModelOptions {
  /** Weight of the charts (popular songs) against art songs, 0–1; default 0.1. */
  readonly charts?: number;
  /** Counts to build on; default those the studio ships. */
  readonly table?: ChordTable;
}

const SHIPPED = CHORDS as unknown as ChordTable;
const shipped = new Map<string, ChordModel>();

/** The model of a Western mode. Built once for each mode and weight. */
export function loadChordModel(mode: Mode, { charts = 0.1, table = SHIPPED }: ChordModelOptions = {}): ChordModel {
  const name = `${mode} ${charts}`;
  const known = table === SHIPPED ? shipped.get(name) : undefined;
  if (known) return known;
  const model = createChordModel(mode, countsFor(mode, table), charts);
  if (table === SHIPPED) shipped.set(name, model);
  return model;
}

type Row = readonly number[];

/** Rows of counts, times last. */
interface Counts {
  readonly next: Row[];
  readonly chartNext: Row[];
  readonly notes: Row[];
  readonly changes: Row[];
  readonly chartChanges: Row[];
  readonly closes: Row[];
  readonly finals: Row[];
}

const rowsOf = (flat: readonly number[] = [], width: number): Row[] =>
  Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width));

const readCounts = (counts: Partial<ModeCounts> = {}): Counts => ({
  next: rowsOf(counts.songs, 4),
  chartNext: rowsOf(counts.charts, 4),
  notes: rowsOf(counts.notes, 4),
  changes: rowsOf(counts.songChanges, 4),
  chartChanges: rowsOf(counts.chartChanges, 4),
  closes: rowsOf(counts.closes, 3),
  finals: rowsOf(counts.finals, 2),
});

const PARENTS: Readonly<Partial<Record<Mode, 'major' | 'minor'>>> = {
  dorian: 'minor',
  phrygian: 'minor',
  locrian: 'minor',
  mixolydian: 'major',
  lydian: 'major',
};

/** Counts of the mode itself, joined with its parent's carried over. */
function countsFor(mode: Mode, table: ChordTable): Counts {
  const own = readCounts(table.modes[mode]);
  const parent = PARENTS[mode];
  if (!parent) return own;
  const source = readCounts(table.modes[parent]);
  const carry = (rows: readonly Row[], chords: number): Row[] =>
    rows.flatMap((row) => {
      const moved = row.map((value, i) => (i < chords && value >= 0 ? carryChord(value, parent, mode) : value));
      return moved.slice(0, chords).includes(-2) ? [] : [moved];
    });
  const notes = carry(source.notes, 1).flatMap((row) => {
    const degree = sevenDegrees(parent).indexOf(row[2]!);
    return degree < 0 ? [] : [[row[0]!, row[1]!, sevenDegrees(mode)[degree]!, row[3]!]];
  });
  return {
    next: carry(source.next, 3),
    chartNext: own.chartNext,
    notes,
    changes: source.changes,
    chartChanges: own.chartChanges,
    closes: carry(source.closes, 2),
    finals: carry(source.finals, 1),
  };
}

/** The chord on the same degree with the tones of another mode; −2 for chords outside the parent and for the tonic's tritone chord. */
function carryChord(number: number, from: Mode, to: Mode): number {
  const { degree, intervals } = degreeChordOf(number);
  const scale = sevenDegrees(from);
  const place = scale.indexOf(degree);
  if (place < 0) return -2;
  const target = sevenDegrees(to);
  const size = intervals.length;
  const tones = Array.from({ length: size }, (_, i) => (target[(place + 2 * i) % 7]! - target[place]! + 12) % 12);
  return target[place]! * QUALITY_NAMES.length + QUALITY_NAMES.indexOf(qualityOf(tones));
}

/** Chords rarer than this share of all are left out. */
const RAREST = 0.0012;

function createChordModel(mode: Mode, counts: Counts, charts: number): ChordModel {
  const songTimes = total(counts.next);
  const weight = (charts / Math.max(1e-9, 1 - charts)) * (songTimes / Math.max(1, total(counts.chartNext)));
  const next = [...counts.next, ...counts.chartNext.map((row) => [...row.slice(0, -1), row.at(-1)! * weight])];
  const numbers = commonChords(next);
  const place = new Int32Array(CHORD_COUNT).fill(-1);
  for (const [i, number] of numbers.entries()) place[number] = i;
  const at = (number: number): number => (number < 0 ? numbers.length : place[number]!);
  const known = (rows: readonly Row[], chords: number): Row[] =>
    rows
      .map((row) => row.map((value, i) => (i < chords ? at(value) : value)))
      .filter((row) => row.slice(0, chords).every((value) => value >= 0));
  const chords = numbers.map(degreeChordOf);
  const nextChord = countNext(known(next, 3) as [number, number, number, number][], chords.length);
  const notes = noteChances(chords, known(counts.notes, 1), mode);
  const { close, final } = ends(known(counts.closes, 2), known(counts.finals, 1), nextChord);
  const chartShare = charts * Math.min(1, total(counts.chartChanges) / 500);
  const change = changeOdds(counts.changes, counts.chartChanges, chartShare);
  return { mode, chords, next: nextChord, note: notes, change, close, final };
}

const total = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.at(-1)!, 0);

function commonChords(rows: readonly Row[]): number[] {
  const times = new Float64Array(CHORD_COUNT);
  for (const row of rows) times[row[2]!]! += row[3]!;
  const least = RAREST * total(rows);
  return [...times.keys()].filter((number) => times[number]! > least);
}

function ends(closes: readonly Row[], finals: readonly Row[], next: NextChord): Pick<ChordModel, 'close' | 'final'> {
  const { size } = next;
  const pairs = new Float64Array((size + 1) * size);
  const lasts = new Float64Array(size);
  const finalTimes = new Float64Array(size);
  for (const [before, last, times] of closes as [number, number, number][]) {
    pairs[before * size + last]! += times;
    lasts[last]! += times;
  }
  for (const [last, times] of finals as [number, number][]) finalTimes[last]! += times;
  const all = Math.max(1, total(closes));
  const allFinals = total(finals);
  const alone = next.logAlone;
  const logLast = lasts.map((times, c) => Math.log((times + 2 * Math.exp(alone[c]!)) / (all + 2)) - alone[c]!);
  return {
    close: (before, last) => {
      // The share of this approach among those to the chord, at closes against everywhere.
      const usual = Math.exp(next.logAfterOne[before * size + last]! + (alone[before] ?? -3) - alone[last]!);
      const here = (pairs[before * size + last]! + 8 * usual) / (lasts[last]! + 8);
      return logLast[last]! + Math.log(here / usual);
    },
    final: (c) => Math.log((finalTimes[c]! + 4 * Math.exp(alone[c]!)) / (allFinals + 4)) - alone[c]!,
  };
}

function changeOdds(songs: readonly Row[], charts: readonly Row[], share: number): ChordModel['change'] {
  const rate = (rows: readonly Row[], beats: number, beat: number): number => {
    const row = rows.find((row) => row[0] === beats && row[1] === beat);
    return ((row?.[2] ?? 0) + 1) / ((row?.[3] ?? 0) + 3);
  };
  const odds = Array.from({ length: 20 }, (_, i) => {
    const [beats, beat] = [Math.floor(i / 4), i % 4];
    const p = (1 - share) * rate(songs, beats, beat) + share * rate(charts, beats, beat);
    return Math.log(p / (1 - p));
  });
  return (beats, beat) => odds[Math.min(4, beats) * 4 + (beat % 4)]!;
}
