/** A pitch in letters: accidentals where the key and the bar do not give them, octaves by case and marks. */
import {
  type Key,
  type Letter,
  midiOf,
  parsePitch,
  type Spelling,
  signatureAlter,
  spellMidi,
} from '../../score/index.ts';

const SIGNS: Readonly<Record<number, string>> = { 2: '^^', 1: '^', 0: '=', [-1]: '_', [-2]: '__' };

/**
 * Accidentals of one bar. An accidental holds for its own octave in some programs and for all octaves in others (ABC 2.1
 * lets both be chosen), so one is written wherever either reading would be wrong.
 */
export class BarAccidentals {
  readonly #key: Key;
  readonly #octaves = new Map<string, number>();
  readonly #letters = new Map<Letter, number>();

  readonly #tied: readonly Spelling[];

  /** `tied` are the pitches held over from the bar before. */
  constructor(key: Key, tied: readonly string[]) {
    this.#key = key;
    this.#tied = tied.map(parsePitch);
  }

  /** The text of a pitch; `octaves` is how far the clef moves what is written. */
  write(pitch: string, octaves: number): string {
    const { letter, alter, octave } = parsePitch(
      Math.abs(parsePitch(pitch).alter) > 2 ? spellMidi(midiOf(pitch)) : pitch,
    );
    const usual = signatureAlter(this.#key, letter);
    const place = `${letter}${octave}`;
    const needed =
      alter !== (this.#octaves.get(place) ?? usual) ||
      alter !== (this.#letters.get(letter) ?? usual) ||
      // A reader may take the accidental of the tied note for this one.
      this.#tied.some((held) => held.letter === letter && held.octave === octave && held.alter !== alter);
    if (needed) {
      this.#octaves.set(place, alter);
      this.#letters.set(letter, alter);
    }
    return `${needed ? SIGNS[alter] : ''}${letterAt(letter, octave - octaves)}`;
  }
}

function letterAt(letter: string, octave: number): string {
  return octave >= 5 ? letter.toLowerCase() + "'".repeat(octave - 5) : letter + ','.repeat(4 - octave);
}

/** A length of n/d whole notes, in units of 1/`unit`: `3`, `/`, `3/2`. */
export function writeLength({ n, d }: { readonly n: number; readonly d: number }, unit: number): string {
  let [over, under] = [n * unit, d];
  while (over % 2 === 0 && under % 2 === 0) [over, under] = [over / 2, under / 2];
  if (over % under === 0) [over, under] = [over / under, 1];
  const factor = over === 1 ? '' : String(over);
  return under === 1 ? factor : under === 2 ? `${factor}/` : `${factor}/${under}`;
}
