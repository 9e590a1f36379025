/**
 * What one hold may follow on another, and what the step costs.
 *
 * Ruled out: two voices from one perfect fifth (octave, unison) to another; outer voices the same way into a fifth or octave, the
 * melody by leap; a voice beyond where its neighbour just was (but for wide leaps of the melody); a seventh that does not go down or stay; a leading note that
 * does not rise (an inner one may fall to the fifth, at a price), in the given melody too; leaps of a seventh and beyond the octave.
 */
import type { Sonority, VoicingEvent } from './event.ts';
import { leadingOf, seventhOf } from './voicings.ts';

/** What the step between two chords asks of the voices; equal for all voicings of both. */
export interface Step {
  /** Class whose voice must rise a semitone (the leading note), or −1. */
  readonly rises: number;
  /** Class whose voice must go down a step or stay (the seventh), or −1. */
  readonly falls: number;
  /** Class of the fifth of a diminished triad, which under the root of the dominant is its seventh, or −1: it had better not leap. */
  readonly settlesDown: number;
  /** The same chord goes on. */
  readonly same: boolean;
  /** The first chord is the dominant of the key. */
  readonly dominant: boolean;
  /** Class of the first chord's fifth when it is a triad, else −1: a six-four chord wants a bass that goes by step. */
  readonly fifth: number;
}

/** What the step from one chord to the next asks for. */
export function stepBetween(a: Sonority, b: Sonority): Step {
  const same = a.root === b.root;
  const leading = leadingOf(a);
  const goal = (leading + 1) % 12;
  const hasGoal = b.tones.some((tone) => (b.root + tone) % 12 === goal);
  return {
    rises: leading >= 0 && !same && hasGoal ? leading : -1,
    falls: seventhOf(a),
    settlesDown: !same && a.tones.join() === '0,3,6' ? (a.root + 6) % 12 : -1,
    same,
    dominant: (a.root - a.tonic + 12) % 12 === 7,
    fifth: a.tones.length === 3 ? (a.root + a.tones[2]!) % 12 : -1,
  };
}

/** A step that may not be. */
export const FORBIDDEN = Number.POSITIVE_INFINITY;

const COST = {
  inner: 0.13,
  bass: 0.07,
  leap: 0.5,
  tritone: 1.2,
  third: 0.15,
  similarOuter: 0.25,
  allSameWay: 0.8,
  still: 0.9,
  sixFourLeft: 4,
  leadingToFifth: 2,
  seventhHandedOn: 5,
  diminishedFifthLeaps: 3,
  overlapOfLeap: 5,
} as const;

/** A melody that leaps further, in semitones, may pass where the alto just was. */
const WIDE_LEAP = 7;

/** Melody note when a step is made: before and after; equal when it holds. */
export interface Outer {
  readonly before: number;
  readonly after: number;
  /** The note after that, where one follows at once. */
  readonly later: number | undefined;
  readonly rested: boolean;
}

/** The melody's own move as an event begins. */
export function outerOf(event: VoicingEvent): Outer {
  const after = event.melody[0]!;
  return { before: event.from ?? after, after, later: event.later, rested: event.rested ?? false };
}

/** Cost of a step of the three lower voices under the melody's; FORBIDDEN when ruled out. */
export function moveCost(
  step: Step,
  outer: Outer,
  a1: number,
  t1: number,
  b1: number,
  a2: number,
  t2: number,
  b2: number,
): number {
  const { before: s1, after: s2 } = outer;
  if (t2 > a1 || a2 < t1 || b2 > t1 || t2 < b1) return FORBIDDEN;
  const overlaps = !outer.rested && (a2 > s1 || s2 < a1);
  if (overlaps && Math.abs(s2 - s1) <= WIDE_LEAP) return FORBIDDEN;
  const leapA = Math.abs(a2 - a1);
  const leapT = Math.abs(t2 - t1);
  const leapB = Math.abs(b2 - b1);
  if (leapA > 9 || leapT > 9 || leapB > 12 || leapB === 11 || leapB === 10) return FORBIDDEN;
  if (
    isParallel(s1, a1, s2, a2) ||
    isParallel(s1, t1, s2, t2) ||
    isParallel(s1, b1, s2, b2) ||
    isParallel(a1, t1, a2, t2) ||
    isParallel(a1, b1, a2, b2) ||
    isParallel(t1, b1, t2, b2) ||
    isHidden(s1, b1, s2, b2)
  )
    return FORBIDDEN;
  const { rises, falls, fifth } = step;
  if (!melodyResolves(step, outer)) return FORBIDDEN;
  let cost = overlaps ? COST.overlapOfLeap : 0;
  if (rises >= 0) {
    if (b1 % 12 === rises && b2 - b1 !== 1 && b2 !== b1) return FORBIDDEN;
    cost += leadingCost(rises, a1, a2) + leadingCost(rises, t1, t2);
  }
  if (falls >= 0 && !(settles(falls, a1, a2) && settles(falls, t1, t2) && settles(falls, b1, b2))) {
    if (!step.same) return FORBIDDEN;
    cost += COST.seventhHandedOn;
  }
  if (step.settlesDown >= 0)
    cost +=
      leapsFrom(step.settlesDown, a1, leapA) +
      leapsFrom(step.settlesDown, t1, leapT) +
      leapsFrom(step.settlesDown, b1, leapB);
  cost += COST.inner * (leapA + leapT) + COST.bass * leapB + leapCost(leapA) + leapCost(leapT);
  if (leapB === 6) cost += COST.tritone;
  if (b1 % 12 === fifth && leapB > 2) cost += COST.sixFourLeft;
  if (!step.same && leapA + leapT + leapB === 0) cost += COST.still;
  return cost + directions(s2 - s1, a2 - a1, t2 - t1, b2 - b1);
}

/**
 * Whether the melody itself does what the chords ask of its note: the leading note rises, at once or over one other note (7–2–1);
 * the seventh of the dominant steps down or stays. Where it does not, other chords are wanted: the melody is given.
 */
function melodyResolves({ rises, falls, dominant, same }: Step, { before, after, later }: Outer): boolean {
  const moved = after - before;
  if (before % 12 === rises && moved % 12 !== 0 && moved !== 1 && later !== before + 1) return false;
  if (!dominant || same || before % 12 !== falls || moved % 12 === 0) return true;
  return Math.abs(moved) <= 2 || (later !== undefined && later < before && later >= before - 2);
}

function leadingCost(rises: number, from: number, to: number): number {
  if (from % 12 !== rises || to - from === 1 || to === from) return 0;
  return to - from === -4 ? COST.leadingToFifth : FORBIDDEN;
}

const leapsFrom = (settlesDown: number, from: number, leap: number): number =>
  from % 12 === settlesDown && leap > 2 ? COST.diminishedFifthLeaps : 0;

/** Whether a voice on the seventh goes down a step or stays. */
function settles(falls: number, from: number, to: number): boolean {
  return from % 12 !== falls || to === from || to - from === -1 || to - from === -2;
}

const leapCost = (leap: number): number =>
  leap === 6 ? COST.tritone : leap > 4 ? COST.leap : leap === 3 ? COST.third : 0;

/** Perfect intervals of one kind before and after, both voices moving. */
function isParallel(h1: number, l1: number, h2: number, l2: number): boolean {
  if (h1 === h2 || l1 === l2) return false;
  const before = (h1 - l1) % 12;
  return (before === 0 || before === 7) && (h2 - l2) % 12 === before;
}

/** Outer voices the same way into a fifth or octave, the upper by leap. */
function isHidden(s1: number, b1: number, s2: number, b2: number): boolean {
  const leap = s2 - s1;
  if (Math.abs(leap) <= 2 || leap * (b2 - b1) <= 0) return false;
  const after = (s2 - b2) % 12;
  return after === 0 || after === 7;
}

function directions(s: number, a: number, t: number, b: number): number {
  let cost = s * b > 0 ? COST.similarOuter : 0;
  if (s !== 0 && s * a > 0 && s * t > 0 && s * b > 0) cost += COST.allSameWay;
  return cost;
}
