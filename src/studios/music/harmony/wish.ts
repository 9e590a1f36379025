/** What an artist can ask of a harmony, and what comes back. */

import type { Key, Score } from '../score/index.ts';
import { sevenDegrees } from '../theory/index.ts';
import type { DegreeChord } from './chord-space.ts';

/** `lead-sheet`: chord symbols · `four-part`: alto, tenor and bass under the melody · `pentatonic`: symbols in the manner of Chinese modes. */
export const HARMONY_STYLES = ['lead-sheet', 'four-part', 'pentatonic'] as const;
export type HarmonyStyle = (typeof HARMONY_STYLES)[number];

export const DENSITIES = ['sparse', 'normal', 'dense'] as const;
export const COLOURS = ['plain', 'normal', 'rich'] as const;

export interface HarmonyWish {
  /** How often chords change; default `normal`, as songs do. */
  readonly density?: (typeof DENSITIES)[number];
  /** `plain`: triads and the dominant seventh · `rich`: sevenths and chords from outside the key; default `normal`. */
  readonly colour?: (typeof COLOURS)[number];
  /** Weight of popular songs against art songs, 0–1; default 0.5, in four parts 0.1. */
  readonly popular?: number;
  /** Whether phrases close with cadences; default true. */
  readonly cadences?: boolean;
}

export interface HarmoniseOptions extends HarmonyWish {
  /** Default `pentatonic` in a Chinese mode, else `lead-sheet`. */
  readonly style?: HarmonyStyle;
  /** Id of the melody part; default the sung or highest one. */
  readonly part?: string;
  /** Default 1. */
  readonly seed?: number;
  /** Candidates: the first is the likeliest, the others differ by seed; default 1. */
  readonly count?: number;
  /** Chord symbols of the score: `keep` (default) holds each to the end of its bar or the next, `forget` writes anew. */
  readonly chords?: 'keep' | 'forget';
}

/** A harmonised score and how it did; every number is for people to see. */
export interface HarmonyCandidate {
  readonly score: Score;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Log odds added to a change of chord. */
export const DENSITY_ODDS = { sparse: -1.5, normal: 0, dense: 1.5 } as const;

/** How a colour likes a chord, log: rich harmony likes the sevenths that the key has. */
export function likingOf(colour: (typeof COLOURS)[number] = 'normal'): (chord: DegreeChord, key: Key) => number {
  return ({ degree, intervals }, { mode }) => {
    if (intervals.length < 4 || colour === 'normal') return 0;
    const dominant = degree === 7 && intervals.includes(10) && intervals.includes(4);
    if (colour === 'plain') return dominant ? 0 : -2.5;
    const scale = sevenDegrees(mode);
    return dominant || intervals.every((tone) => scale.includes((degree + tone) % 12)) ? 1 : 0;
  };
}
