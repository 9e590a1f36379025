/** Chords as plain data: a spelled root, the tones above it in semitones, and what sounds lowest. */
import { LETTER_SEMITONES, LETTERS, movePitch, parseTonic } from '../score/index.ts';

/** A chord. Tones within the octave are chord tones of the triad, sixth or seventh; those above 12 are extensions. */
export interface Chord {
  /** `F#`, `Bb`, `C`. */
  readonly root: string;
  /** Semitones above the root, ascending, 0 first: C7(b9) has 0 4 7 10 13. */
  readonly intervals: readonly number[];
  /** The lowest note, spelled, when it is not the root. */
  readonly bass?: string;
}

/** Semitones of the major scale's degrees; degree 1 has index 0. */
const MAJOR = [0, 2, 4, 5, 7, 9, 11] as const;

/** Degree written for each interval, by the custom of chord symbols; index is semitones. */
const DEGREE_NAMES = '1 b2 2 b3 3 4 b5 5 #5 6 b7 7 b9b b9 9 #9 b11 11 #11 bb13 b13 13 #13 14'.split(
  ' ',
) as readonly string[];

/** Staff steps of each interval above the root by the same custom; index is semitones. */
const DEGREE_STEPS = [0, 1, 1, 2, 2, 3, 4, 4, 4, 5, 6, 6, 7, 8, 8, 8, 10, 10, 10, 12, 12, 12, 12, 13] as const;

/** Semitones of a degree: `b7` → 10, `#11` → 18, `3` → 4; undefined for what is none (1–14 are). */
export function semitonesOfDegree(degree: string): number | undefined {
  const found = /^([b#]{0,2})(\d{1,2})$/.exec(degree);
  const number = Number(found?.[2]);
  if (!found || number < 1 || number > 14) return undefined;
  const alter = found[1]!.startsWith('b') ? -found[1]!.length : found[1]!.length;
  return MAJOR[(number - 1) % 7]! + 12 * Math.floor((number - 1) / 7) + alter;
}

/** Degree of an interval: 10 → `b7`, 14 → `9`. */
export function degreeOfSemitones(semitones: number): string {
  return DEGREE_NAMES[semitones] ?? String(semitones);
}

/** The note a degree above another, spelled: (`C`, `b3`) → `Eb`. */
export function noteAtDegree(root: string, degree: string): string {
  const semitones = semitonesOfDegree(degree)!;
  const steps = Number(degree.replace(/^[b#]+/, '')) - 1;
  return nameOf(movePitch(`${root}4`, { steps, semitones }));
}

/** A pitch without its octave: `F#4` → `F#`. */
export function nameOf(pitch: string): string {
  return pitch.replace(/-?\d+$/, '');
}

/** Pitch class of a note name: C 0 … B 11. */
export function classOf(name: string): number {
  const { letter, alter } = parseTonic(name);
  return (LETTER_SEMITONES[LETTERS.indexOf(letter)]! + alter + 12) % 12;
}

/** Pitch classes of a chord, the bass first, each once. */
export function chordClasses({ root, intervals, bass }: Chord): number[] {
  const base = classOf(root);
  const classes = intervals.map((interval) => (base + interval) % 12);
  return [...new Set(bass === undefined ? classes : [classOf(bass), ...classes])];
}

/** The tones of a chord spelled, from the root upwards: B°7 → B D F Ab. */
export function chordNotes({ root, intervals }: Chord): string[] {
  return intervals.map((semitones) =>
    nameOf(movePitch(`${root}4`, { steps: stepsOf(semitones, intervals), semitones })),
  );
}

/** The diminished seventh is a seventh, though it counts nine semitones. */
function stepsOf(semitones: number, intervals: readonly number[]): number {
  const diminished = semitones === 9 && intervals.includes(3) && intervals.includes(6) && !intervals.includes(7);
  return diminished ? 6 : (DEGREE_STEPS[semitones] ?? Math.round((semitones * 7) / 12));
}

/** Builds a chord in its plain form: tones sorted, each once; a bass that is the root is left out. */
export function chordOf(root: string, intervals: Iterable<number>, bass?: string): Chord {
  const tones = [...new Set([0, ...intervals])].filter((tone) => tone !== 12).sort((a, b) => a - b);
  return bass === undefined || bass === root ? { root, intervals: tones } : { root, intervals: tones, bass };
}
