/**
 * Bars, tubes, bells and kettle drums: modes with the ratios that their makers tune or that nature gives.
 *
 * Sources: Fletcher and Rossing (1998), ch. 19 (marimba 1 : 4 : 10, xylophone 1 : 3 : 6, glockenspiel 1 : 2.76 : 5.40, tubular
 * bells (2n+1)² with the strike note an octave under the fourth mode), ch. 18 (timpani 1 : 1.5 : 2 : 2.44), ch. 21 (编钟: two
 * tones a third apart, quick decay because the lens shape lets modes radiate); Rossing, Science of Percussion Instruments (2000).
 */
import { keysBetween, type Recipe } from './recipe.ts';
import { renderRinging } from './ringing.ts';
import { hertzOf } from './sample.ts';

/** Ratio to the note, decibels, decay as a part of the longest. */
type Row = readonly [ratio: number, decibels: number, decay: number];

interface Struck {
  readonly low: number;
  readonly high: number;
  readonly rows: readonly Row[];
  /** Seconds to −60 dB at the bottom and octaves that halve it. */
  readonly sustain: readonly [number, number];
  /** Decibels an octave that a soft blow takes from high modes. */
  readonly soft: number;
  /** Noise of the mallet: hertz, decibels, seconds. */
  readonly mallet: readonly [number, number, number];
  readonly contact: number;
  /** Cents by which the rows are set apart from the note, where the ear takes it from several of them; default 0. */
  readonly tuned?: number;
  readonly release: number;
}

const INSTRUMENTS: Readonly<Record<string, Struck>> = {
  marimba: {
    low: 36,
    high: 96,
    sustain: [2.4, 1.35],
    soft: 7,
    mallet: [500, -24, 0.05],
    contact: 0.0022,
    release: 0.8,
    rows: [
      [1, 0, 1],
      [3.95, -15, 0.25],
      [9.3, -25, 0.1],
    ],
  },
  vibraphone: {
    low: 53,
    high: 89,
    sustain: [9, 1.6],
    soft: 6,
    mallet: [900, -30, 0.03],
    contact: 0.0016,
    release: 0.5,
    rows: [
      [1, 0, 1],
      [3.99, -17, 0.3],
      [10.1, -30, 0.1],
    ],
  },
  xylophone: {
    low: 60,
    high: 108,
    sustain: [1.1, 1.6],
    soft: 4,
    mallet: [2200, -20, 0.02],
    contact: 0.0007,
    release: 0.6,
    rows: [
      [1, 0, 1],
      [3, -9, 0.5],
      [6.1, -15, 0.25],
      [9.9, -24, 0.15],
    ],
  },
  glockenspiel: {
    low: 79,
    high: 108,
    sustain: [4.5, 1.6],
    soft: 4,
    mallet: [5000, -24, 0.015],
    contact: 0.0005,
    release: 2.5,
    rows: [
      [1, 0, 1],
      [2.76, -10, 0.5],
      [5.4, -17, 0.3],
    ],
  },
  bells: {
    tuned: -5,
    low: 60,
    high: 78,
    sustain: [8, 3],
    soft: 4,
    mallet: [2500, -26, 0.03],
    contact: 0.0009,
    release: 3,
    rows: [
      [0.617, -20, 1],
      [1.21, -15, 1],
      [2, 0, 0.8],
      [2.99, -2, 0.7],
      [4.17, -5, 0.5],
      [5.56, -11, 0.35],
      [7.14, -17, 0.25],
    ],
  },
  bianzhong: {
    low: 48,
    high: 96,
    sustain: [3.6, 2.2],
    soft: 4,
    mallet: [1500, -24, 0.03],
    contact: 0.0014,
    release: 1.8,
    rows: [
      [1, 0, 1],
      [1.2, -27, 0.8],
      [1.83, -12, 0.45],
      [2.57, -9, 0.4],
      [3.41, -14, 0.3],
      [4.33, -18, 0.22],
      [5.6, -23, 0.15],
    ],
  },
  timpani: {
    low: 36,
    high: 62,
    sustain: [3.2, 2],
    soft: 6,
    mallet: [140, -10, 0.12],
    contact: 0.004,
    release: 1.2,
    rows: [
      [1, 0, 1],
      [1.5, -3, 0.9],
      [1.98, -7, 0.7],
      [2.44, -11, 0.55],
      [2.9, -15, 0.4],
      [0.85, -8, 0.1],
      [1.74, -14, 0.2],
      [3.4, -19, 0.3],
    ],
  },
};

function struckRecipe({ low, high, rows, sustain, soft, mallet, contact, release, tuned = 0 }: Struck): Recipe {
  return {
    keys: keysBetween(low, high, 4),
    layers: [0.3, 0.85],
    release,
    render: (key, force, random) => {
      const ground = sustain[0] * 2 ** (-(key - low) / 12 / sustain[1]);
      const modes = rows.map(([ratio, decibels, decay]) => ({
        hertz: hertzOf(key) * ratio * 2 ** (tuned / 1200),
        level: 10 ** ((decibels - soft * (0.85 - force) * Math.log2(Math.max(1, ratio))) / 20),
        decay: ground * decay * (0.92 + 0.16 * random.next()),
        beat: [0.6 + random.next(), ratio === 1 ? 0 : 0.12] as const,
      }));
      const [hertz, decibels, seconds] = mallet;
      const knocks = [
        { bands: [{ hertz, q: 0.8 }], level: 10 ** (decibels / 20) * (0.6 + 0.5 * force), decay: seconds },
      ];
      return renderRinging({
        key,
        tuned,
        modes,
        knocks,
        contact: contact * (1.4 - 0.5 * force),
        lead: Math.min(1.6, Math.max(0.6, ground * 0.5)),
        random,
      });
    },
  };
}

/** Recipes by instrument id. */
export const STRUCK: Readonly<Record<string, Recipe>> = Object.fromEntries(
  Object.entries(INSTRUMENTS).map(([id, one]) => [id, struckRecipe(one)]),
);
