/**
 * What a melody still lacks to be plainly in its mode, while it is being written: degrees that should be heard more, and less.
 *
 *   time on degrees so far ─▶ for every rival mode: tones that tell against it ─▶ too few? ─▶ +   the rival's own ─▶ −
 *                          └▶ another degree outweighs the tonic? ─▶ tonic and fifth +   that degree −
 */
import { type Mode, scaleDegrees } from '../../score/index.ts';
import { rivalsOf, timeByDegree } from './degrees.ts';
import type { StyledMelody } from './turns.ts';

/** Lead (share of time) over every rival that makes a mode plain. */
const LEAD = 0.07;
/** Natural logarithm by which a tone that is wanting gains at most. */
const STRENGTH = 2.2;
/** For the tonic and its fifth. */
const HOME_STRENGTH = 1.4;
/** Time (24ths) after which what was heard counts by half. */
const HALF_HEARD = 96;

/** What to add to the logits of the twelve degrees above the tonic, for the next note; all 0 while nothing was written. */
export function modeLeaning(melody: Pick<StyledMelody, 'notes' | 'barStarts' | 'tonic'>, mode: Mode): number[] {
  const times = timeByDegree(melody);
  const total = times.reduce((a, b) => a + b, 0);
  const leaning = new Array<number>(12).fill(0);
  if (total === 0) return leaning;
  const shares = times.map((time) => time / total);
  const trust = total / (total + HALF_HEARD);
  towardsMode(leaning, shares, mode, trust);
  towardsHome(leaning, shares, trust);
  return leaning;
}

function towardsMode(leaning: number[], shares: readonly number[], mode: Mode, trust: number): void {
  const own = scaleDegrees(mode);
  for (const rival of rivalsOf(mode)) {
    const theirs = scaleDegrees(rival);
    const mine = own.filter((degree) => !theirs.includes(degree));
    const foreign = theirs.filter((degree) => !own.includes(degree));
    const time = (degrees: readonly number[]): number => degrees.reduce((sum, degree) => sum + shares[degree]!, 0);
    const lack = Math.min(1, Math.max(0, (LEAD - time(mine) + time(foreign)) / LEAD));
    const push = STRENGTH * trust * lack;
    for (const degree of mine) leaning[degree] = Math.max(leaning[degree]!, push);
    for (const degree of foreign) leaning[degree] = Math.min(leaning[degree]!, -push);
  }
}

/** Where another degree than the fifth is heard as long as the tonic, the ear takes that one for home. */
function towardsHome(leaning: number[], shares: readonly number[], trust: number): void {
  const tonic = shares[0]! + 0.5 * shares[7]!;
  for (const degree of [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]) {
    const excess = shares[degree]! + 0.5 * shares[(degree + 7) % 12]! - tonic + MARGIN;
    const push = HOME_STRENGTH * trust * Math.min(1, Math.max(0, excess / MARGIN));
    if (push === 0) continue;
    leaning[0] = Math.max(leaning[0]!, push);
    leaning[7] = Math.max(leaning[7]!, push / 2);
    leaning[degree] = Math.min(leaning[degree]!, -push / 2);
  }
}

const MARGIN = 0.08;
