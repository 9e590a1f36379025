/**
 * Entering notes one after another: a caret in the part, a length in hand, and what each key makes of them.
 *
 *   caret ─ note of the length in hand ─▶ caret after it        what began there before goes; what sounded into it is cut
 */
import { addNote, endOf, midiOf, type Note, pitchOf, type Score, withNotes } from '../score.ts';

/** Lengths in hand, in quarters; the keys are those of common notation programs. */
export const LENGTHS = [
  { key: '7', quarters: 4, name: 'whole' },
  { key: '6', quarters: 2, name: 'half' },
  { key: '5', quarters: 1, name: 'quarter' },
  { key: '4', quarters: 0.5, name: 'eighth' },
  { key: '3', quarters: 0.25, name: 'sixteenth' },
] as const;
export type LengthName = (typeof LENGTHS)[number]['name'];

/** Where one writes, and with what. */
export interface Caret {
  /** Tick. */
  readonly at: number;
  readonly length: LengthName;
  readonly dotted: boolean;
  /** Where the notes entered so far began, last one last. */
  readonly entered: readonly number[];
}

/** Ticks of the length in hand; at least one. */
export function ticksOf({ length, dotted }: Caret, { ticksPerQuarter }: Score): number {
  const { quarters } = LENGTHS.find(({ name }) => name === length)!;
  return Math.max(1, Math.round(quarters * (dotted ? 1.5 : 1) * ticksPerQuarter));
}

export interface Entered {
  readonly score: Score;
  readonly caret: Caret;
}

/**
 * Writes notes together at the caret, none for a rest, and goes on behind them. Undefined where the piece has ended or something
 * locked stands there.
 */
export function enter(score: Score, part: number, caret: Caret, pitches: readonly number[]): Entered | undefined {
  const length = Math.min(ticksOf(caret, score), endOf(score) - caret.at);
  const end = caret.at + length;
  const inside = ({ at }: Note): boolean => at >= caret.at && at < end;
  const into = (note: Note): boolean => note.at < caret.at && note.at + note.length > caret.at;
  const notes = score.parts[part]!.notes;
  if (length <= 0 || notes.some((note) => note.locked && (inside(note) || into(note)))) return undefined;
  const cleared = withNotes(score, part, (all) =>
    all.flatMap((note) => (inside(note) ? [] : into(note) ? [{ ...note, length: caret.at - note.at }] : [note])),
  );
  const { tonic } = score.bars[0]!.key;
  const written = pitches.reduce(
    (now, midi) => addNote(now, part, { at: caret.at, length, pitch: pitchOf(midi, tonic) }),
    cleared,
  );
  return { score: written, caret: { ...caret, at: end, entered: [...caret.entered, caret.at] } };
}

/** Adds a note to those entered last. Undefined where there are none, or it stands there already. */
export function addToLast(score: Score, part: number, { entered }: Caret, midi: number): Score | undefined {
  const at = entered.at(-1);
  const last = score.parts[part]!.notes.filter((note) => note.at === at);
  if (at === undefined || last.length === 0 || last.some(({ pitch }) => midiOf(pitch) === midi)) return undefined;
  return addNote(score, part, { at, length: last[0]!.length, pitch: pitchOf(midi, score.bars[0]!.key.tonic) });
}

/** Takes back what was entered last; before that, the caret goes a length to the left. */
export function takeBack(score: Score, part: number, caret: Caret): Entered {
  const at = caret.entered.at(-1);
  if (at === undefined) return { score, caret: { ...caret, at: Math.max(0, caret.at - ticksOf(caret, score)) } };
  const kept = withNotes(score, part, (notes) => notes.filter((note) => note.at !== at || note.locked === true));
  return { score: kept, caret: { ...caret, at, entered: caret.entered.slice(0, -1) } };
}

/** Moves what was entered last by semitones. */
export function shiftLast(score: Score, part: number, { entered }: Caret, by: number): Score {
  const at = entered.at(-1);
  const { tonic } = score.bars[0]!.key;
  const moved = (note: Note): Note => ({
    ...note,
    pitch: pitchOf(Math.min(108, Math.max(21, midiOf(note.pitch) + by)), tonic),
  });
  return withNotes(score, part, (notes) => notes.map((note) => (note.at === at && !note.locked ? moved(note) : note)));
}

const LETTERS: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };

/** The note of a letter nearest to the one before, sharp or flat as the key has it; undefined for other letters. */
export function midiOfLetter(letter: string, near: number, signs: ReadonlyMap<string, number>): number | undefined {
  const white = LETTERS[letter];
  if (white === undefined) return undefined;
  const step = white + (signs.get(letter) ?? 0);
  return step + 12 * Math.round((near - step) / 12);
}

const FIFTHS: Readonly<Record<string, number>> = {
  Cb: -7,
  Gb: -6,
  Db: -5,
  Ab: -4,
  Eb: -3,
  Bb: -2,
  F: -1,
  C: 0,
  G: 1,
  D: 2,
  A: 3,
  E: 4,
  B: 5,
  'F#': 6,
  'C#': 7,
};
/** Fifths from the major key of the same tonic. */
const MODES: Readonly<Record<string, number>> = {
  major: 0,
  ionian: 0,
  gong: 0,
  lydian: 1,
  mixolydian: -1,
  zhi: -1,
  dorian: -2,
  shang: -2,
  minor: -3,
  aeolian: -3,
  yu: -3,
  phrygian: -4,
  jue: -4,
  locrian: -5,
};

/** Signs of a key: `f` → 1 in G major. Keys it does not know have none. */
export function signsOf({ tonic, mode }: Score['bars'][number]['key']): ReadonlyMap<string, number> {
  const fifths = (FIFTHS[tonic] ?? 0) + (MODES[mode] ?? 0);
  const order = fifths > 0 ? 'fcgdaeb' : 'beadgcf';
  return new Map([...order].slice(0, Math.min(7, Math.abs(fifths))).map((letter) => [letter, Math.sign(fifths)]));
}
