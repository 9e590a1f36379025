/**
 * Pitches with their spelling: `F#4`, `Bb3`, `C##5`; C4 is middle C, MIDI key 60.
 *
 * The spelling is kept because it carries meaning (G# leads up, Ab leads down). Distances between spelled pitches are
 * vectors of (staff steps, semitones), so that transposing keeps the spelling: a minor third is (2, 3) wherever it stands.
 */
import { refusal } from '../refusal.ts';

/** Letters from C upwards; the index is the staff step within an octave. */
export const LETTERS = ['C', 'D', 'E', 'F', 'G', 'A', 'B'] as const;
export type Letter = (typeof LETTERS)[number];

/** Semitones of each letter above C. */
export const LETTER_SEMITONES: readonly number[] = [0, 2, 4, 5, 7, 9, 11];

/** A spelled pitch taken apart. */
export interface Spelling {
  readonly letter: Letter;
  /** Semitones by accidentals: −2 (double flat) … 2 (double sharp); up to ±3 is understood. */
  readonly alter: number;
  /** Scientific: octave 4 begins at middle C. */
  readonly octave: number;
}

/** A distance between two spelled pitches. */
export interface Interval {
  /** Staff steps: a second is 1, an octave 7. */
  readonly steps: number;
  readonly semitones: number;
}

/** What a pitch looks like in a document. */
export const PITCH_PATTERN = /^([A-G])(#{0,3}|b{0,3})(-?\d{1,2})$/;

const spellings = new Map<string, Spelling>();

/** Takes a pitch apart; throws `music/bad-pitch`. */
export function parsePitch(pitch: string): Spelling {
  const known = spellings.get(pitch);
  if (known) return known;
  const found = PITCH_PATTERN.exec(pitch);
  if (!found) {
    throw refusal(
      'input',
      'music/bad-pitch',
      { en: `'${pitch}' is not a pitch.`, zh: `“${pitch}”不是音高。` },
      {
        en: 'Write a letter, accidentals and an octave: C4, F#5, Bb3.',
        zh: '写法为音名、升降号、八度：C4、F#5、Bb3。',
      },
    );
  }
  const [, letter, accidentals, octave] = found as unknown as [string, Letter, string, string];
  const alter = accidentals.startsWith('b') ? -accidentals.length : accidentals.length;
  const spelling = { letter, alter, octave: Number(octave) };
  spellings.set(pitch, spelling);
  return spelling;
}

/** Writes a pitch: `{ letter: 'F', alter: 1, octave: 4 }` → `F#4`. */
export function formatPitch({ letter, alter, octave }: Spelling): string {
  return `${letter}${(alter < 0 ? 'b' : '#').repeat(Math.abs(alter))}${octave}`;
}

/** MIDI key of a pitch: C4 → 60; may lie outside 0–127. */
export function midiOf(pitch: string): number {
  const { letter, alter, octave } = parsePitch(pitch);
  return 12 * (octave + 1) + LETTER_SEMITONES[LETTERS.indexOf(letter)]! + alter;
}

/** Staff step counted from C0: two pitches on one line of the staff have the same number. */
export function staffStep(pitch: string): number {
  const { letter, octave } = parsePitch(pitch);
  return 7 * octave + LETTERS.indexOf(letter);
}

/** Place of a letter with accidentals on the line of fifths: F −1, C 0, G 1, D 2 … F# 6, Bb −2. */
export function lineOfFifths({ letter, alter }: Pick<Spelling, 'letter' | 'alter'>): number {
  return 'FCGDAEB'.indexOf(letter) - 1 + 7 * alter;
}

/** The letter and accidentals at a place on the line of fifths. */
export function atLineOfFifths(place: number): Pick<Spelling, 'letter' | 'alter'> {
  const letter = 'FCGDAEB'[(((place + 1) % 7) + 7) % 7] as Letter;
  return { letter, alter: Math.floor((place + 1) / 7) };
}

/** The interval from one pitch up (or, with negative numbers, down) to another. */
export function intervalBetween(from: string, to: string): Interval {
  return { steps: staffStep(to) - staffStep(from), semitones: midiOf(to) - midiOf(from) };
}

/** A pitch moved by an interval, spelling kept; a triple accidental is respelled simply. */
export function movePitch(pitch: string, { steps, semitones }: Interval): string {
  const step = staffStep(pitch) + steps;
  const letter = LETTERS[((step % 7) + 7) % 7]!;
  const octave = Math.floor(step / 7);
  const natural = 12 * (octave + 1) + LETTER_SEMITONES[LETTERS.indexOf(letter)]!;
  const alter = midiOf(pitch) + semitones - natural;
  if (Math.abs(alter) <= 2) return formatPitch({ letter, alter, octave });
  return spellMidi(midiOf(pitch) + semitones);
}

/**
 * Spells a MIDI key: of the names within double accidentals, the one nearest on the line of fifths to `centre` (default
 * 2, D, which gives C C# D Eb E F F# G G# A Bb B); for a key signature of n sharps take `n + 2`.
 */
export function spellMidi(midi: number, centre = 2): string {
  // The place on the line of fifths of a pitch class is fixed modulo 12.
  const place = ((midi % 12) * 7) % 12;
  const nearest = place + 12 * Math.round((centre - place) / 12);
  const { letter, alter } = atLineOfFifths(nearest);
  const natural = LETTER_SEMITONES[LETTERS.indexOf(letter)]! + alter;
  return formatPitch({ letter, alter, octave: Math.round((midi - natural) / 12) - 1 });
}
