/**
 * The degrees of a key as Roman numerals count them.
 *
 * Chinese modes count on the seven-note scale with the same signature (宫 as major, 商 Dorian, 角 Phrygian, 徵
 * Mixolydian, 羽 natural minor). In minor a small numeral on six or seven means the raised degree (`viio` is G#° in A
 * minor) and a capital the natural one (`VI`, `VII`). Flats count from the major degree, so that `bVII` is VII in every
 * mode; sharps count from the degree of the mode.
 */
import { intervalBetween, type Key, type Mode, movePitch, scaleDegrees } from '../score/index.ts';
import { nameOf } from './chord.ts';

const SEVEN_NOTES: Readonly<Partial<Record<Mode, Mode>>> = {
  gong: 'major',
  shang: 'dorian',
  jue: 'phrygian',
  zhi: 'mixolydian',
  yu: 'minor',
};

const MAJOR = scaleDegrees('major');

/** Numerals of the seven degrees. */
export const NUMERALS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'] as const;

/** Semitones of the seven degrees of a mode above its tonic. */
export function sevenDegrees(mode: Mode): readonly number[] {
  return scaleDegrees(SEVEN_NOTES[mode] ?? mode);
}

/** Semitones above the tonic of a numeral: its degree from 0, whether it is a small one, and its accidentals (−2 … 2). */
export function semitonesOfNumeral(mode: Mode, degree: number, small: boolean, accidentals: number): number {
  const natural = sevenDegrees(mode)[degree]!;
  if (accidentals > 0) return natural + accidentals;
  if (accidentals < 0) return Math.max(natural, MAJOR[degree]!) + accidentals;
  return mode === 'minor' && small && degree >= 5 ? natural + 1 : natural;
}

/** Numeral of a note: accidentals and degree from 0, for a chord written with small letters or capitals. */
export function numeralOfNote(note: string, { tonic, mode }: Key, small: boolean): { sign: string; degree: number } {
  const { steps, semitones } = intervalBetween(`${tonic}4`, `${note}4`);
  const degree = (steps + 7) % 7;
  const plain = semitonesOfNumeral(mode, degree, small, 0);
  const height = plain + ((((semitones - plain + 6) % 12) + 12) % 12) - 6;
  const natural = sevenDegrees(mode)[degree]!;
  if (height === plain) return { sign: '', degree };
  if (height > natural) return { sign: '#'.repeat(height - natural), degree };
  return { sign: 'b'.repeat(Math.max(natural, MAJOR[degree]!) - height), degree };
}

/** The note of a numeral, spelled. */
export function noteOfNumeral({ tonic, mode }: Key, degree: number, small: boolean, accidentals: number): string {
  return nameOf(
    movePitch(`${tonic}4`, { steps: degree, semitones: semitonesOfNumeral(mode, degree, small, accidentals) }),
  );
}

/** Size of the seventh that the figure 7 asks above a major triad: the key's own, or a minor one on a chromatic root. */
export function seventhOfKey(mode: Mode, rootSemitones: number): 10 | 11 {
  const scale = sevenDegrees(mode);
  return scale.includes(rootSemitones % 12) && scale.includes((rootSemitones + 11) % 12) ? 11 : 10;
}
