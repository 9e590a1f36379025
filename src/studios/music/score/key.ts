/** Keys: a tonic and a mode, Western or Chinese, and the signature and scale that follow from them. */
import { z } from 'zod';
import { atLineOfFifths, LETTER_SEMITONES, LETTERS, type Letter, lineOfFifths } from './pitch.ts';

/**
 * Modes. The first seven are the church modes with major and minor for the two common ones; the last five are the
 * Chinese pentatonic modes 宫 商 角 徵 羽, each on the five notes do re mi sol la of its 宫 system (均).
 */
export const MODES = [
  'major',
  'minor',
  'dorian',
  'phrygian',
  'lydian',
  'mixolydian',
  'locrian',
  'gong',
  'shang',
  'jue',
  'zhi',
  'yu',
] as const;
export type Mode = (typeof MODES)[number];

/** How far a mode's signature lies from the major signature of its tonic, in sharps. */
const SIGNATURE_SHIFT: Readonly<Record<Mode, number>> = {
  major: 0,
  minor: -3,
  dorian: -2,
  phrygian: -4,
  lydian: 1,
  mixolydian: -1,
  locrian: -5,
  gong: 0,
  shang: -2,
  jue: -4,
  zhi: -1,
  yu: -3,
};

/** Chinese names of the modes. */
export const MODE_NAMES: Readonly<Record<Mode, { readonly en: string; readonly zh: string }>> = {
  major: { en: 'major', zh: '大调' },
  minor: { en: 'minor', zh: '小调' },
  dorian: { en: 'Dorian', zh: '多利亚' },
  phrygian: { en: 'Phrygian', zh: '弗里几亚' },
  lydian: { en: 'Lydian', zh: '利底亚' },
  mixolydian: { en: 'Mixolydian', zh: '混合利底亚' },
  locrian: { en: 'Locrian', zh: '洛克里亚' },
  gong: { en: 'gong (宫)', zh: '宫调式' },
  shang: { en: 'shang (商)', zh: '商调式' },
  jue: { en: 'jue (角)', zh: '角调式' },
  zhi: { en: 'zhi (徵)', zh: '徵调式' },
  yu: { en: 'yu (羽)', zh: '羽调式' },
};

const TONIC_PATTERN = /^[A-G](#{0,2}|b{0,2})$/;

export const keySchema = z.object({
  /** `D`, `F#`, `Bb`. */
  tonic: z.string().regex(TONIC_PATTERN),
  mode: z.enum(MODES),
  /** Accidentals written in the signature beyond what the mode asks, by letter: `{ "F": 1 }`. */
  alter: z.partialRecord(z.enum(LETTERS), z.int().min(-2).max(2)).optional(),
});
export type Key = z.infer<typeof keySchema>;

/** A tonic taken apart. */
export function parseTonic(tonic: string): { letter: Letter; alter: number } {
  const accidentals = tonic.length - 1;
  return { letter: tonic[0] as Letter, alter: tonic[1] === 'b' ? -accidentals : accidentals };
}

/** Pitch class of the tonic: C 0 … B 11. */
export function tonicClass({ tonic }: Key): number {
  const { letter, alter } = parseTonic(tonic);
  return (LETTER_SEMITONES[LETTERS.indexOf(letter)]! + alter + 12) % 12;
}

/** Sharps (positive) or flats (negative) of the signature. */
export function fifthsOf({ tonic, mode }: Key): number {
  return lineOfFifths(parseTonic(tonic)) + SIGNATURE_SHIFT[mode];
}

/** The key with a signature of `fifths` sharps and this mode: (1, 'major') → G major. */
export function keyOfFifths(fifths: number, mode: Mode = 'major'): Key {
  const { letter, alter } = atLineOfFifths(fifths - SIGNATURE_SHIFT[mode]);
  return { tonic: `${letter}${(alter < 0 ? 'b' : '#').repeat(Math.abs(alter))}`, mode };
}

/** Accidental that the signature gives a letter. */
export function signatureAlter(key: Key, letter: Letter): number {
  const place = 'FCGDAEB'.indexOf(letter);
  return key.alter?.[letter] ?? Math.floor((fifthsOf(key) + 6 - place) / 7);
}

const DEGREES: Readonly<Record<Mode, readonly number[]>> = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  locrian: [0, 1, 3, 5, 6, 8, 10],
  gong: [0, 2, 4, 7, 9],
  shang: [0, 2, 5, 7, 10],
  jue: [0, 3, 5, 8, 10],
  zhi: [0, 2, 5, 7, 9],
  yu: [0, 3, 5, 7, 10],
};

/** Semitones of the scale degrees above the tonic: seven, or five for the Chinese modes. */
export function scaleDegrees(mode: Mode): readonly number[] {
  return DEGREES[mode];
}

/** Whether a mode is one of the five pentatonic ones. */
export function isPentatonic(mode: Mode): boolean {
  return DEGREES[mode].length === 5;
}

/** Centre for `spellMidi` in this key; two fifths above the signature, where its seven notes lie nearest. */
export function spellingCentre(key: Key): number {
  return fifthsOf(key) + 2;
}
