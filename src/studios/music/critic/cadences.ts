/**
 * How phrases close.
 *
 *   V–I, both in root position, tonic on top   perfect authentic        V–vi   deceptive
 *   other V–I or vii°–I                        imperfect authentic      IV–I   plagal
 *   … –V                                       half
 *
 * Chords are those written above the staff, else those heard in the texture. A melody alone, and every melody in a Chinese
 * mode, is told by the degree it closes on: 宫 商 角 徵 羽.
 */
import { isPentatonic, type Key, keyAt, type Score, tonicClass } from '../score/index.ts';
import {
  analyseHarmony,
  type Chord,
  classOf,
  isNoChord,
  melodyOf,
  melodyPartOf,
  type Phrase,
  parseChord,
  segmentPhrases,
} from '../theory/index.ts';

export const CADENCES = ['perfect', 'imperfect', 'half', 'plagal', 'deceptive', 'other', 'melodic'] as const;
export type CadenceKind = (typeof CADENCES)[number];

/** The close of a phrase. */
export interface Cadence {
  /** Onset of the closing melody note. */
  readonly at: number;
  readonly kind: CadenceKind;
  readonly key: Key;
  /** Semitones of the closing note above the tonic. */
  readonly degree: number;
  /** Name of the closing note in a Chinese mode: 宫 …, or undefined for 偏音 and in other modes. */
  readonly tone?: string;
  readonly phrase: Phrase;
}

/** 宫 商 角 徵 羽 by semitones above 宫. */
export const FIVE_TONES: Readonly<Record<number, string>> = { 0: '宫', 2: '商', 4: '角', 7: '徵', 9: '羽' };
const GONG: Readonly<Partial<Record<Key['mode'], number>>> = { gong: 0, shang: 10, jue: 8, zhi: 5, yu: 3 };

/** Semitones of a class above the 宫 of a Chinese mode's key. */
export function aboveGong(key: Key, pitchClass: number): number {
  return (pitchClass - tonicClass(key) - (GONG[key.mode] ?? 0) + 24) % 12;
}

interface TimedChord {
  readonly at: number;
  readonly chord: Chord | undefined;
}

/** The cadence at the end of each phrase of the melody. */
export function findCadences(score: Score): Cadence[] {
  const part = melodyPartOf(score);
  if (!part) return [];
  const phrases = segmentPhrases(score, { part: part.id });
  const melody = melodyOf(part);
  const chords = chordsOf(score);
  let note = -1;
  let chord = -1;
  return phrases.map((phrase) => {
    note += phrase.notes;
    const { at, midi } = melody[note]!;
    const key = keyAt(score, at);
    const end = at + melody[note]!.length;
    while (chord + 1 < chords.length && chords[chord + 1]!.at < end) chord += 1;
    const degree = (midi - tonicClass(key) + 120) % 12;
    const kind = chord < 0 ? 'melodic' : kindOf(chords[chord - 1]?.chord, chords[chord]!.chord, key, degree);
    const tone = isPentatonic(key.mode) ? FIVE_TONES[aboveGong(key, midi % 12)] : undefined;
    return { at, kind, key, degree, phrase, ...(tone && { tone }) };
  });
}

function chordsOf(score: Score): TimedChord[] {
  if (score.chords.length > 0) return score.chords.map(({ at, symbol }) => ({ at, chord: readChord(symbol) }));
  const pitched = score.parts.filter(({ percussion, notes }) => !percussion && notes.length > 0);
  const alone = pitched.length === 1 && melodyOf(pitched[0]!).length === pitched[0]!.notes.length;
  return alone ? [] : analyseHarmony(score);
}

function readChord(symbol: string): Chord | undefined {
  if (isNoChord(symbol)) return undefined;
  try {
    return parseChord(symbol);
  } catch {
    // The clash rule reports symbols that cannot be read.
    return undefined;
  }
}

function kindOf(before: Chord | undefined, last: Chord | undefined, key: Key, degree: number): CadenceKind {
  if (!last) return 'melodic';
  const root = ({ root }: Chord): number => (classOf(root) - tonicClass(key) + 12) % 12;
  const end = root(last);
  const from = before && root(before);
  const dominant = from === 7 && before?.intervals.includes(4) === true;
  const leading = from === 11 && before?.intervals.includes(6) === true;
  if (end === 7 && last.intervals.includes(4)) return 'half';
  if (end === 0 && dominant) return before?.bass || last.bass || degree !== 0 ? 'imperfect' : 'perfect';
  if (end === 0 && leading) return 'imperfect';
  if (end === 0 && from === 5) return 'plagal';
  if ((end === 9 || end === 8) && dominant) return 'deceptive';
  return 'other';
}

/** Whether a piece or phrase comes to rest: the tonic is in the melody, or its chord sounds. */
export function isClosed({ kind, degree }: Cadence): boolean {
  return degree === 0 || kind === 'perfect' || kind === 'imperfect' || kind === 'plagal';
}
