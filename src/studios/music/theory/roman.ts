/**
 * A chord as a Roman numeral: what it does in a key.
 *
 *   numeral   I … VII major and augmented (+), i … vii minor, diminished (o), half-diminished (ø)
 *   figure    6 64 · 7 65 43 42; the 7 is the key's own seventh, `M7` and `d7` (as in a dominant) when it is not
 *   [ … ]     what figures do not say: [sus4] [add9] [b9], [/4] a bass that is no chord tone, as a degree of the chord
 *   /V        the key it belongs to for a moment: V7/V, viio7/ii
 *
 * Chords outside the key are secondary dominants or leading-note chords where they can be, else borrowed (bVI, iv).
 * `chordOfRoman` gives back the same chord.
 */
import { intervalBetween, type Key, tonicClass } from '../score/index.ts';
import { type Chord, chordNotes, chordOf, classOf, noteAtDegree } from './chord.ts';
import { type ChordBase, shapeOf } from './chord-shape.ts';
import {
  NUMERALS,
  noteOfNumeral,
  numeralOfNote,
  semitonesOfNumeral,
  sevenDegrees,
  seventhOfKey,
} from './key-degrees.ts';

/** The qualities that a numeral and its figure can say; `sign` follows the numeral, `seventh` tells 7 M7 d7 apart. */
interface RomanBase extends ChordBase {
  readonly small: boolean;
  readonly sign: string;
  readonly seventh?: 10 | 11 | 9;
}

const base = (name: string, small: boolean, sign: string, intervals: number[], seventh?: 9 | 10 | 11): RomanBase => ({
  name,
  small,
  sign,
  intervals,
  ...(seventh && { seventh }),
});

const BASES: readonly RomanBase[] = [
  base('major', false, '', [0, 4, 7]),
  base('minor', true, '', [0, 3, 7]),
  base('dominant', false, '', [0, 4, 7, 10], 10),
  base('minor-seventh', true, '', [0, 3, 7, 10], 10),
  base('major-seventh', false, '', [0, 4, 7, 11], 11),
  base('diminished', true, 'o', [0, 3, 6]),
  base('half-diminished', true, 'ø', [0, 3, 6, 10], 10),
  base('diminished-seventh', true, 'o', [0, 3, 6, 9], 9),
  base('augmented', false, '+', [0, 4, 8]),
  base('minor-major', true, '', [0, 3, 7, 11], 11),
  base('augmented-dominant', false, '+', [0, 4, 8, 10], 10),
  base('augmented-major', false, '+', [0, 4, 8, 11], 11),
];

/** Writes a chord as a Roman numeral of a key: G7 in C major → `V7`, D7/F# → `V65/V`, Fm → `iv`. */
export function romanOf(chord: Chord, key: Key): string {
  const target = isOfKey(chord, key) ? undefined : targetOf(chord, key);
  return target ? `${numeralOf(chord, target.key)}/${target.numeral}` : numeralOf(chord, key);
}

function isOfKey({ root, intervals }: Chord, key: Key): boolean {
  const height = (classOf(root) - tonicClass(key) + 12) % 12;
  const scale = sevenDegrees(key.mode);
  const tones = intervals.map((interval) => (height + interval) % 12);
  if (tones.every((tone) => scale.includes(tone))) return true;
  if (key.mode !== 'minor') return height === 11 && tones.every((tone) => scale.includes(tone) || tone === 8);
  const harmonic = tones.includes(11) && tones.every((tone) => tone === 11 || (tone !== 10 && scale.includes(tone)));
  const plainTriad = intervals.join() === '0,4,7' && (height === 0 || height === 5);
  return harmonic || plainTriad;
}

/** The degree to which a chord outside the key is dominant or leading-note chord. */
function targetOf(chord: Chord, key: Key): { key: Key; numeral: string } | undefined {
  const { name } = shapeOf(chord.intervals, BASES).base;
  const dominant = name === 'major' || name === 'dominant';
  const leading = name.startsWith('diminished') || name === 'half-diminished';
  if (!dominant && !leading) return undefined;
  for (const { degree, minor } of triadsOfKey(key)) {
    const tonic = noteOfNumeral(key, degree, minor, 0);
    if (noteAtDegree(tonic, dominant ? '5' : '7') !== chord.root) continue;
    const numeral = NUMERALS[degree]!;
    return { key: { tonic, mode: minor ? 'minor' : 'major' }, numeral: minor ? numeral.toLowerCase() : numeral };
  }
  return undefined;
}

/** Degrees but the first that carry a major or minor triad; the fifth of minor counts as major, as it is used. */
function triadsOfKey({ mode }: Key): { degree: number; minor: boolean }[] {
  const scale = sevenDegrees(mode);
  return scale.flatMap((height, degree) => {
    if (degree === 0 || !scale.includes((height + 7) % 12)) return [];
    const minor = !scale.includes((height + 4) % 12) && !(mode === 'minor' && degree === 4);
    return semitonesOfNumeral(mode, degree, minor, 0) === height ? [{ degree, minor }] : [];
  });
}

/** The numeral with figures and brackets, without regard to secondary keys. */
function numeralOf(chord: Chord, key: Key): string {
  const { base, modifiers } = shapeOf(chord.intervals, BASES);
  const { small, sign, seventh } = base as RomanBase;
  const { sign: accidental, degree } = numeralOfNote(chord.root, key, small);
  const numeral = small ? NUMERALS[degree]!.toLowerCase() : NUMERALS[degree]!;
  const inversion = inversionOf(chord, base.intervals);
  const letter = seventh === undefined ? '' : seventhLetter(base as RomanBase, chord.root, key);
  const figures = seventh === undefined ? ['', '6', '64'] : ['7', '65', '43', '42'];
  const brackets = [...modifiers, ...(inversion === undefined ? [`/${degreeOfBass(chord)}`] : [])].join(',');
  return `${accidental}${numeral}${sign}${letter}${figures[inversion ?? 0]}${brackets && `[${brackets}]`}`;
}

function inversionOf(chord: Chord, intervals: readonly number[]): number | undefined {
  if (chord.bass === undefined) return 0;
  const index = chordNotes(chordOf(chord.root, intervals)).indexOf(chord.bass);
  return index < 0 ? undefined : index;
}

function degreeOfBass({ root, bass }: Chord): string {
  const { steps, semitones } = intervalBetween(`${root}4`, `${bass!}4`);
  const number = ((steps + 7) % 7) + 1;
  const plain = classOf(noteAtDegree('C', String(number)));
  const alter = ((((semitones - plain + 6) % 12) + 12) % 12) - 6;
  return `${(alter < 0 ? 'b' : '#').repeat(Math.abs(alter))}${number}`;
}

function seventhLetter({ name, seventh }: RomanBase, root: string, key: Key): string {
  if (name === 'minor-major' || name === 'augmented-major') return 'M';
  if (name === 'augmented-dominant') return 'd';
  if (name !== 'dominant' && name !== 'major-seventh') return '';
  const height = (classOf(root) - tonicClass(key) + 12) % 12;
  if (seventh === seventhOfKey(key.mode, height)) return '';
  return seventh === 11 ? 'M' : 'd';
}
