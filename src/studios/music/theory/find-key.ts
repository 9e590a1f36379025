/**
 * Finding the key of a melody or a whole texture.
 *
 *   notes ─▶ time on each pitch class (12) ─▶ correlation with the profile of every key ─▶ + weight of the final ─▶ ranking
 *
 * Profiles of major and minor: Krumhansl & Kessler 1982 (listeners' ratings), Temperley 2007 (Kostka-Payne corpus),
 * Albrecht & Shanahan 2013 (corpus of 490 pieces). Church modes are the nearer of the two with the changed degree swapped; the
 * five Chinese modes have profiles of their own, tonic and fifth above the other three tones, and the 偏音 near nothing.
 * Modes that share their tones are told apart by the tonic's weight and by the final, so the order of the notes matters: the
 * last one given is the final, the first the beginning.
 */
import { type Key, keyOfFifths, type Mode, tonicClass } from '../score/index.ts';
import PROFILES from './key-profiles.table.json' with { type: 'json' };

/** A sound and its weight, usually its length in any unit. */
export interface WeightedNote {
  /** MIDI key or pitch class. */
  readonly midi: number;
  readonly length: number;
}

/** A key and how well the notes fit it: a correlation (−1 … 1) with the bonus of the final; higher is better. */
export interface RankedKey {
  readonly key: Key;
  readonly score: number;
}

export type ProfileName = keyof typeof PROFILES;

export interface FindKeyOptions {
  /** Default `albrecht-shanahan`: on folk tunes the most accurate, on art songs a point behind `temperley` (bench/music-theory.ts). */
  readonly profiles?: ProfileName;
  /** Modes in question; default major and minor. */
  readonly modes?: readonly Mode[];
  /** What the final and, at a third of it, the first note add for their tonic; default 0.15 when order tells modes apart, else 0.05. */
  readonly finalWeight?: number;
}

/** Major and minor. */
export const WESTERN_MODES: readonly Mode[] = ['major', 'minor'];
/** The modes of European folk tunes. */
export const CHURCH_MODES: readonly Mode[] = ['major', 'minor', 'dorian', 'mixolydian'];
/** 宫 商 角 徵 羽. */
export const CHINESE_MODES: readonly Mode[] = ['gong', 'shang', 'jue', 'zhi', 'yu'];

/** All keys of the modes asked for, best first; without notes (or with all classes alike) the scores say nothing. */
export function findKey(notes: readonly WeightedNote[], options: FindKeyOptions = {}): RankedKey[] {
  const { profiles = 'albrecht-shanahan', modes = WESTERN_MODES } = options;
  const weight = options.finalWeight ?? (modes.some((mode) => !WESTERN_MODES.includes(mode)) ? 0.15 : 0.05);
  const histogram = classHistogram(notes);
  const final = classOfMidi(notes.at(-1)?.midi);
  const first = classOfMidi(notes[0]?.midi);
  const ranked = modes.flatMap((mode) => {
    const profile = profileOf(mode, profiles);
    return allKeys(mode).map((key) => {
      const tonic = tonicClass(key);
      const bonus = (tonic === final ? weight : 0) + (tonic === first ? weight / 3 : 0);
      return { key, score: correlation(histogram, profile, tonic) + bonus };
    });
  });
  return ranked.sort((a, b) => b.score - a.score);
}

/** Time spent on each pitch class, (12). */
export function classHistogram(notes: readonly WeightedNote[]): number[] {
  const histogram = new Array<number>(12).fill(0);
  for (const { midi, length } of notes) histogram[classOfMidi(midi)!]! += length;
  return histogram;
}

const classOfMidi = (midi: number | undefined): number | undefined =>
  midi === undefined ? undefined : ((midi % 12) + 12) % 12;

/** The twelve keys of a mode, with signatures from five flats to six sharps. */
function allKeys(mode: Mode): Key[] {
  return Array.from({ length: 12 }, (_, i) => keyOfFifths(i - 5, mode));
}

/** Degrees to exchange in the major or minor profile: the lowered and the raised form of the degree that changes. */
const CHURCH: Readonly<Partial<Record<Mode, { from: 'major' | 'minor'; swap: readonly [number, number][] }>>> = {
  lydian: { from: 'major', swap: [[5, 6]] },
  mixolydian: { from: 'major', swap: [[10, 11]] },
  dorian: { from: 'minor', swap: [[8, 9]] },
  phrygian: { from: 'minor', swap: [[1, 2]] },
  locrian: {
    from: 'minor',
    swap: [
      [1, 2],
      [6, 7],
    ],
  },
};

/** Weights of the five tones from 宫 (do re mi sol la) when each of them is the tonic; the rest counts 0.02. */
const CHINESE: Readonly<Partial<Record<Mode, readonly [number, number, number, number, number]>>> = {
  gong: [1, 0.6, 0.65, 0.8, 0.55],
  shang: [0.55, 1, 0.45, 0.75, 0.75],
  jue: [0.5, 0.55, 1, 0.55, 0.8],
  zhi: [0.75, 0.75, 0.5, 1, 0.6],
  yu: [0.65, 0.6, 0.75, 0.55, 1],
};
/** Semitones of the five tones above 宫, and of 宫 below each tonic. */
const FIVE = [0, 2, 4, 7, 9];
const GONG_BELOW: Readonly<Partial<Record<Mode, number>>> = { gong: 0, shang: 2, jue: 4, zhi: 7, yu: 9 };

/** The profile of a mode: expected weight of each semitone above its tonic, (12). */
export function profileOf(mode: Mode, name: ProfileName): readonly number[] {
  const five = CHINESE[mode];
  if (five) {
    const profile = new Array<number>(12).fill(0.02);
    for (const [i, weight] of five.entries()) profile[(FIVE[i]! - GONG_BELOW[mode]! + 12) % 12] = weight;
    return profile;
  }
  const church = CHURCH[mode];
  if (!church) return PROFILES[name][mode as 'major' | 'minor'];
  const profile = [...PROFILES[name][church.from]];
  for (const [a, b] of church.swap) [profile[a], profile[b]] = [profile[b]!, profile[a]!];
  return profile;
}

/** Pearson's correlation of a histogram with a profile that begins at `tonic`; 0 when either is flat. */
function correlation(histogram: readonly number[], profile: readonly number[], tonic: number): number {
  const meanA = histogram.reduce((sum, x) => sum + x, 0) / 12;
  const meanB = profile.reduce((sum, x) => sum + x, 0) / 12;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < 12; i++) {
    const a = histogram[(i + tonic) % 12]! - meanA;
    const b = profile[i]! - meanB;
    product += a * b;
    squaresA += a * a;
    squaresB += b * b;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : product / Math.sqrt(squaresA * squaresB);
}
