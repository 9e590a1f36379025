/**
 * How alike two pictures are, 0–1: as wholes, as a part within a whole (crops), and part by part, in whatever place.
 */
import {
  FEATURE_LENGTH,
  FINE_START,
  GRADIENT_LENGTH,
  type PictureFeatures,
  WINDOW_LENGTH,
} from './picture-features.ts';
import { WINDOWS, type Window } from './windows.ts';

/** Two parts that look alike. */
export interface Match {
  readonly here: Window;
  readonly there: Window;
  readonly likeness: number;
}

export interface Likeness {
  /** 0 nothing alike, 1 the same. */
  readonly likeness: number;
  /** Bits of 64 in which the perceptual hashes differ. */
  readonly hashDistance: number;
}

/** Weight of gradients; colours have the rest. */
const SHAPE = 0.8;
/** What unrelated drawings share anyway. */
const CHANCE = 0.45;
/** A window with less drawn on it says nothing. */
const DRAWN = 24;
/** Windows of a middling size. */
const PARTS = WINDOWS.flatMap(({ size }, i) => (size === 0.6 ? [i] : []));
/** Of the parts that are alike, so many count twice: what was copied may be a corner. */
const BEST = 4;

/** How alike two pictures are as wholes, or one within the other: quick, to find the few worth a longer look. */
export function glanceAt(one: PictureFeatures, other: PictureFeatures): number {
  return Math.max(wholeLikeness(one, other), 0.8 * sharedPart(one, other));
}

/** Compares two pictures. */
export function compareFeatures(one: PictureFeatures, other: PictureFeatures): Likeness {
  const hashDistance = differingBits(one.hash, other.hash);
  const whole = wholeLikeness(one, other);
  const parts = partsLikeness(one, other);
  const same = 1 - Math.min(1, hashDistance / 24);
  return { likeness: Math.max(0, Math.min(1, 0.5 * whole + 0.4 * parts + 0.1 * same)), hashDistance };
}

/** The parts of one picture that another has too, best first; one match a part of the other. */
export function matchParts(one: PictureFeatures, other: PictureFeatures, count: number): Match[] {
  const small = WINDOWS.flatMap((window, i) => (window.size <= 0.6 && one.weights[i]! >= DRAWN ? [i] : []));
  const matches = small.map((i): Match => {
    const [best, likeness] = bestOf(one, i, other);
    return { here: WINDOWS[i]!, there: WINDOWS[best]!, likeness };
  });
  return matches.toSorted((a, b) => b.likeness - a.likeness).slice(0, count);
}

function wholeLikeness(one: PictureFeatures, other: PictureFeatures): number {
  return Math.max(fineLikeness(one, other), inside(one, other), inside(other, one));
}

/** The large part that both have, wherever it stands. */
function sharedPart(one: PictureFeatures, other: PictureFeatures): number {
  let best = 0;
  for (const i of PARTS) {
    for (const k of PARTS) {
      if (one.weights[i]! >= DRAWN) best = Math.max(best, windowLikeness(one, i, other, k));
    }
  }
  return best;
}

/** The whole of one as a window of the other. */
function inside(one: PictureFeatures, other: PictureFeatures): number {
  let best = 0;
  for (let i = 0; i < WINDOWS.length; i++) {
    if (WINDOWS[i]!.size < 0.55) break;
    best = Math.max(best, windowLikeness(one, 0, other, i) * (i === 0 ? 1 : 0.985));
  }
  return best;
}

/** Every small part of one against its best counterpart, weighted by how much is drawn on it. */
function partsLikeness(one: PictureFeatures, other: PictureFeatures): number {
  let [sum, weight] = [0, 1e-9];
  const all: number[] = [];
  for (let i = 1; i < WINDOWS.length; i++) {
    if (WINDOWS[i]!.size > 0.6 || one.weights[i]! < DRAWN) continue;
    const [, likeness] = bestOf(one, i, other);
    sum += likeness * one.weights[i]!;
    all.push(likeness);
    weight += one.weights[i]!;
  }
  if (weight < 1) return windowLikeness(one, 0, other, 0);
  const best = all.toSorted((a, b) => b - a).slice(0, BEST);
  return (sum / weight + best.reduce((a, b) => a + b, 0) / best.length) / 2;
}

function bestOf(one: PictureFeatures, i: number, other: PictureFeatures): [index: number, likeness: number] {
  let [at, best] = [0, -1];
  for (let k = 0; k < WINDOWS.length; k++) {
    // A part is found again at its own size or the next: crops and margins change no more.
    if (Math.abs(WINDOWS[k]!.size - WINDOWS[i]!.size) > 0.21) continue;
    const likeness = windowLikeness(one, i, other, k);
    if (likeness > best) [at, best] = [k, likeness];
  }
  return [at, best];
}

function windowLikeness(one: PictureFeatures, i: number, other: PictureFeatures, k: number): number {
  const [a, b] = [i * WINDOW_LENGTH, k * WINDOW_LENGTH];
  let dot = 0;
  for (let n = 0; n < GRADIENT_LENGTH; n++) dot += one.numbers[a + n]! * other.numbers[b + n]!;
  let away = 0;
  for (let n = GRADIENT_LENGTH; n < WINDOW_LENGTH; n++) away += Math.abs(one.numbers[a + n]! - other.numbers[b + n]!);
  const shape = Math.max(0, dot / (127 * 127) - CHANCE) / (1 - CHANCE);
  const colour = Math.max(0, 1 - away / ((WINDOW_LENGTH - GRADIENT_LENGTH) * 70));
  const empty = one.weights[i]! < DRAWN && other.weights[k]! < DRAWN;
  return empty ? colour * 0.8 : SHAPE * shape + (1 - SHAPE) * colour;
}

function fineLikeness(one: PictureFeatures, other: PictureFeatures): number {
  let dot = 0;
  for (let n = FINE_START; n < FEATURE_LENGTH; n++) dot += one.numbers[n]! * other.numbers[n]!;
  const shape = Math.max(0, dot / (127 * 127) - CHANCE) / (1 - CHANCE);
  return SHAPE * shape + (1 - SHAPE) * windowLikeness(one, 0, other, 0);
}

function differingBits(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < one.length; i++) for (let bits = one[i]! ^ other[i]!; bits > 0; bits &= bits - 1) count++;
  return count;
}
