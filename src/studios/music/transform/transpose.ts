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

/** The interval of so many semitones that leaves the key with the fewest signs: G major up 11 is F# major, not Gb by seven flats. */
export function intervalOfSemitones(semitones: number, key: Key): Interval {
  const usual = Math.round((semitones * 7) / 12);
  // On the line of fifths an interval moves by 7 semitones − 12 steps: a fifth (4, 7) by 1, a whole tone (1, 2) by 2.
  const signs = (steps: number): number => Math.abs(fifthsOf(key) + 7 * semitones - 12 * steps);
  const steps = [usual, usual - 1, usual + 1].reduce((best, each) => (signs(each) < signs(best) ? each : best));
  return { steps, semitones };
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
