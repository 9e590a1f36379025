/**
 * The ladder of a mode: its notes numbered upwards from the reference tonic, 0. In a Chinese mode a step is a tone or a
 * minor third; the 偏音 (清角, 变宫) stand in the minor thirds and only pass.
 *
 *   徵 in G:   … −1 E │ 0 G │ 1 A │ 2 C │ 3 D │ 4 E │ 5 G …          G A (B) C D E (F) G
 */
import { type Interval, isPentatonic, type Mode, movePitch, scaleDegrees } from '../../score/index.ts';
import { referenceTonic } from '../events/index.ts';

export interface Ladder {
  readonly tonic: string;
  readonly mode: Mode;
  /** Rungs of an octave. */
  readonly size: number;
  /** Semitones of a rung above the reference tonic. */
  semitones(rung: number): number;
  pitch(rung: number): string;
  /** How much a strong beat likes a rung: 0 the tonic, up to 1. */
  unrest(rung: number): number;
  /** The 偏音 above a rung, where the next is a minor third away. */
  passing(rung: number): string | undefined;
  /** Rung at the octave of `rung` that lies nearest to a height. */
  near(rung: number, height: number): number;
}

/** Staff steps of semitones above a tonic, in the modes of the score. */
const STEPS: Readonly<Record<number, number>> = {
  0: 0,
  1: 1,
  2: 1,
  3: 2,
  4: 2,
  5: 3,
  6: 3,
  7: 4,
  8: 5,
  9: 5,
  10: 6,
  11: 6,
};

/**
 * Degrees (rungs within the octave) on which phrases may close in each mode, best first after the tonic: the fifth and fourth
 * that support it, then the third.
 */
const SUPPORT: Readonly<Partial<Record<Mode, readonly number[]>>> = {
  gong: [3, 1, 2],
  shang: [3, 2, 1],
  jue: [2, 1, 4],
  zhi: [3, 2, 1],
  yu: [3, 2, 1],
};

/** The ladder of a key. */
export function createLadder(tonic: string, mode: Mode): Ladder {
  const degrees = scaleDegrees(mode);
  const size = degrees.length;
  const home = referenceTonic(tonic);
  const support = supportOf(mode);
  const degreeOf = (rung: number): number => ((rung % size) + size) % size;
  const intervalTo = (rung: number): Interval => {
    const octave = Math.floor(rung / size);
    const semitones = degrees[degreeOf(rung)]!;
    return { steps: STEPS[semitones]! + 7 * octave, semitones: semitones + 12 * octave };
  };
  const semitones = (rung: number): number => degrees[degreeOf(rung)]! + 12 * Math.floor(rung / size);
  return {
    tonic,
    mode,
    size,
    semitones,
    pitch: (rung) => movePitch(home, intervalTo(rung)),
    unrest: (rung) => {
      const degree = degreeOf(rung);
      if (degree === 0) return 0;
      const place = support.indexOf(degree);
      return place < 0 ? 1 : 0.25 + 0.25 * place;
    },
    passing: (rung) => {
      const gap = semitones(rung + 1) - semitones(rung);
      if (!isPentatonic(mode) || gap !== 3) return undefined;
      // 清角 and 变宫 lie a semitone below the upper or above the lower note of the third: mi–fa–sol, la–ti–do.
      const from = intervalTo(rung);
      const above = raisedThird(mode, degreeOf(rung)) ? 1 : 2;
      return movePitch(home, { steps: from.steps + 1, semitones: from.semitones + above });
    },
    near: (rung, height) => rung + size * Math.round((height - rung) / size),
  };
}

/** Rungs on which phrases may close beside the tonic, best first. */
export function supportOf(mode: Mode): readonly number[] {
  return SUPPORT[mode] ?? [4, 2, 1];
}

/** Whether the minor third above a degree is mi–sol (清角 a semitone up) and not la–do (变宫 a tone up). */
function raisedThird(mode: Mode, degree: number): boolean {
  const mi: Partial<Record<Mode, number>> = { gong: 2, shang: 1, jue: 0, zhi: 4, yu: 3 };
  return mi[mode] === degree;
}
