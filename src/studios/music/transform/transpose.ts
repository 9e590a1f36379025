import {
  fifthsOf,
  type Interval,
  type Key,
  keyOfFifths,
  lineOfFifths,
  midiOf,
  movePitch,
  parseTonic,
  type Score,
  spellMidi,
  tonicClass,
} from '../score/index.ts';
import { formatChord, isNoChord, parseChord } from '../theory/index.ts';
import { mapNotes } from './map-notes.ts';

/** Moves everything that sounds by an interval, spelling kept: keys, chords, notes; drums and locked notes stay. `D major` by (1, 2) → `E major`. */
export function transpose(score: Score, interval: Interval): Score {
  const moved = mapNotes(score, (note) => ({
    ...note,
    pitch: movePitch(note.pitch, interval),
    ...(note.graces && { graces: note.graces.map((grace) => movePitch(grace, interval)) }),
  }));
  return {
    ...moved,
    bars: score.bars.map((bar) => ({ ...bar, key: moveKey(bar.key, interval) })),
    chords: score.chords.map(({ at, symbol }) => ({ at, symbol: moveChord(symbol, interval) })),
  };
}

/** The interval of so many semitones that keeps the signature simplest: the nearest key on the circle of fifths with at most six signs. */
export function intervalOfSemitones(semitones: number, key: Key): Interval {
  const octaves = Math.trunc(semitones / 12);
  const rest = semitones - 12 * octaves;
  const candidates = [-1, 0, 1]
    .map((extra) => Math.round((rest * 7) / 12) + extra)
    .map((steps) => ({ steps, semitones: rest }));
  const cost = (interval: Interval): number =>
    Math.abs(fifthsOf(moveKey(key, interval))) + (Math.abs(interval.steps) > 6 ? 20 : 0);
  const best = candidates.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return { steps: best.steps + 7 * octaves, semitones };
}

/** A key moved by an interval; more than seven signs are respelled. */
export function moveKey(key: Key, interval: Interval): Key {
  const { alter: _, ...plain } = key;
  const tonic = movePitch(`${key.tonic}4`, interval).replace(/-?\d+$/, '');
  const moved = { ...plain, tonic };
  const fifths = fifthsOf(moved);
  if (Math.abs(fifths) <= 7) return moved;
  return keyOfFifths(fifths - 12 * Math.sign(fifths), key.mode);
}

/** A chord symbol moved by an interval. */
export function moveChord(symbol: string, interval: Interval): string {
  if (isNoChord(symbol)) return symbol;
  const { root, intervals, bass } = parseChord(symbol);
  return formatChord({ root: moveName(root, interval), intervals, ...(bass && { bass: moveName(bass, interval) }) });
}

function moveName(name: string, interval: Interval): string {
  const moved = movePitch(`${name}4`, interval).replace(/-?\d+$/, '');
  return Math.abs(lineOfFifths(parseTonic(moved))) <= 12 ? moved : spellMidi(midiOf(`${moved}4`)).replace(/-?\d+$/, '');
}

/** Semitones between two tonics, −5 … 6. */
export function tonicDistance(from: Key, to: Key): number {
  const up = (tonicClass(to) - tonicClass(from) + 12) % 12;
  return up > 6 ? up - 12 : up;
}
