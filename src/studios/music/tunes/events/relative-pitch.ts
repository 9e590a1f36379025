/** Pitches counted from the tonic: `Bb4` in G is `<b3/1>`… and back, with the spelling kept. */

import { refusal } from '../../refusal.ts';
import {
  atLineOfFifths,
  formatPitch,
  LETTER_SEMITONES,
  LETTERS,
  lineOfFifths,
  midiOf,
  parsePitch,
  parseTonic,
  spellMidi,
  staffStep,
} from '../../score/index.ts';
import { CHROMAS, chromaName, OCTAVES } from './vocabulary.ts';

/** Where a tonic sounds that pitches are counted from: the one between G3 and F#4. */
export function referenceTonic(tonic: string): string {
  const third = `${tonic}3`;
  return midiOf(third) >= 55 ? third : `${tonic}4`;
}

/** A note name seen from the tonic: `Bb` in G → `b3`. Names too far away are spelled simply. */
export function relativeName(name: string, tonic: string): string {
  const fifths = lineOfFifths(parseTonic(name)) - lineOfFifths(parseTonic(tonic));
  return chromaName(withinNamed(fifths));
}

/** A name of the language as a note name in a key: `b3` in G → `Bb`. */
export function nameInKey(chroma: string, tonic: string): string {
  const { letter, alter } = atLineOfFifths(lineOfFifths(parseTonic(tonic)) + fifthsOfName(chroma));
  const simple = Math.abs(alter) <= 2 ? { letter, alter } : parsePitch(spellMidi(60 + semitonesOf(letter, alter)));
  return `${simple.letter}${(simple.alter < 0 ? 'b' : '#').repeat(Math.abs(simple.alter))}`;
}

/** The token of a pitch in a key. Throws `music/beyond-tune-language` for pitches outside the piano's range. */
export function pitchToken(pitch: string, tonic: string): string {
  const reference = referenceTonic(tonic);
  const fifths = lineOfFifths(parsePitch(pitch)) - lineOfFifths(parseTonic(tonic));
  const near = withinNamed(fifths);
  const named = near === fifths ? pitch : spellMidi(midiOf(pitch), lineOfFifths(parseTonic(tonic)) + 2);
  const octave = Math.floor((staffStep(named) - staffStep(reference)) / 7);
  if (octave < OCTAVES.first || octave > OCTAVES.last) throw beyond(pitch);
  return `<${chromaName(near)}/${octave}>`;
}

/** The pitch of a token in a key; undefined for tokens that are none. */
export function pitchOfToken(token: string, tonic: string): string | undefined {
  const found = /^<([b#]*)([1-7])\/(-?\d)>$/.exec(token);
  if (!found) return undefined;
  const [, accidentals, degree, octave] = found as unknown as [string, string, string, string];
  const step = staffStep(referenceTonic(tonic)) + Number(degree) - 1 + 7 * Number(octave);
  const letter = LETTERS[((step % 7) + 7) % 7]!;
  const place = lineOfFifths(parseTonic(tonic)) + fifthsOfName(`${accidentals}${degree}`);
  const { alter } = atLineOfFifths(place);
  const pitch = { letter, alter, octave: Math.floor(step / 7) };
  return Math.abs(alter) <= 2 ? formatPitch(pitch) : spellMidi(midiOf(formatPitch(pitch)));
}

/** Semitones of a pitch token above the reference tonic; undefined for other tokens. */
export function semitonesOfToken(token: string): number | undefined {
  const pitch = pitchOfToken(token, 'C');
  return pitch === undefined ? undefined : midiOf(pitch) - 60;
}

function fifthsOfName(chroma: string): number {
  const degree = Number(chroma.at(-1)) - 1;
  const accidentals = chroma.length - 1;
  const alter = chroma.startsWith('b') ? -accidentals : accidentals;
  return lineOfFifths({ letter: LETTERS[degree]!, alter });
}

function withinNamed(fifths: number): number {
  if (fifths < CHROMAS.first) return fifths + 12;
  return fifths > CHROMAS.last ? fifths - 12 : fifths;
}

function semitonesOf(letter: string, alter: number): number {
  return LETTER_SEMITONES[LETTERS.indexOf(letter as 'C')]! + alter;
}

function beyond(pitch: string): Error {
  return refusal(
    'input',
    'music/beyond-tune-language',
    { en: `The pitch ${pitch} lies outside what the tune model knows.`, zh: `音高 ${pitch} 超出曲调模型的范围。` },
    { en: 'Move the part by octaves into the range of a piano.', zh: '请将该声部移到钢琴的音域之内。' },
  );
}
