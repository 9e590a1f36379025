/**
 * The chords that the model tells apart: twelve roots counted from the tonic, ten qualities each.
 *
 *   G7/B in C major ─▶ { degree: 7, quality: 'dominant' } ─▶ number 7 · 10 + 2
 *
 * Inversions are left to whoever writes the voices. Richer chords fall on the nearest quality: C9 is a dominant, C6 a triad.
 */
import { type Key, spellingCentre, spellMidi, tonicClass } from '../score/index.ts';
import { type Chord, chordOf, classOf, nameOf } from '../theory/index.ts';

/** Semitones above the root by quality. */
export const QUALITIES = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  dominant: [0, 4, 7, 10],
  'minor-seventh': [0, 3, 7, 10],
  'major-seventh': [0, 4, 7, 11],
  diminished: [0, 3, 6],
  'diminished-seventh': [0, 3, 6, 9],
  'half-diminished': [0, 3, 6, 10],
  augmented: [0, 4, 8],
  suspended: [0, 5, 7],
} as const satisfies Readonly<Record<string, readonly number[]>>;
export type Quality = keyof typeof QUALITIES;
export const QUALITY_NAMES = Object.keys(QUALITIES) as readonly Quality[];

/** Chords the model can name. */
export const CHORD_COUNT = 12 * QUALITY_NAMES.length;

/** A chord as a key hears it. */
export interface DegreeChord {
  /** Semitones of the root above the tonic, 0–11. */
  readonly degree: number;
  /** Semitones above the root, ascending, 0 first. */
  readonly intervals: readonly number[];
}

/** The nearest quality. */
export function qualityOf(intervals: readonly number[]): Quality {
  const has = (tone: number): boolean => intervals.includes(tone);
  if (has(4)) {
    if (has(8) && !has(7) && !has(10)) return 'augmented';
    return has(10) ? 'dominant' : has(11) ? 'major-seventh' : 'major';
  }
  if (has(3)) {
    if (has(6) && !has(7)) return has(10) ? 'half-diminished' : has(9) ? 'diminished-seventh' : 'diminished';
    return has(10) ? 'minor-seventh' : 'minor';
  }
  return has(5) || has(2) ? 'suspended' : 'major';
}

/** Number of a chord in a key, 0 … CHORD_COUNT − 1. A bare fifth or octave takes the third that the key has. */
export function numberOf(chord: Chord, key: Key, scale: readonly number[]): number {
  const degree = (classOf(chord.root) - tonicClass(key) + 12) % 12;
  const bare = chord.intervals.every((tone) => tone === 0 || tone === 7);
  const quality = bare && !scale.includes((degree + 4) % 12) ? 'minor' : qualityOf(chord.intervals);
  return degree * QUALITY_NAMES.length + QUALITY_NAMES.indexOf(quality);
}

/** The chord of a number. */
export function degreeChordOf(number: number): DegreeChord {
  const quality = QUALITY_NAMES[number % QUALITY_NAMES.length]!;
  return { degree: Math.floor(number / QUALITY_NAMES.length), intervals: QUALITIES[quality] };
}

/** The chord spelled in a key. */
export function spellChord({ degree, intervals }: DegreeChord, key: Key): Chord {
  const leading = intervals[1] === 3 && intervals[2] === 6 ? 3 : 0;
  const pitch = spellMidi(60 + ((tonicClass(key) + degree) % 12), spellingCentre(key) + leading);
  return chordOf(nameOf(pitch), intervals);
}
