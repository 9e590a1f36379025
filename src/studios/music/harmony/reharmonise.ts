/**
 * Other chords under the same melody: where the old chord stands, its like is disliked, and the phrases still close.
 *
 *   C    Am   F    G   ─▶   Am7  D7   Dm7  G7        more of the chords change the higher `amount`
 */
import type { Score } from '../score/index.ts';
import { isNoChord, parseChord } from '../theory/index.ts';
import type { DegreeChord } from './chord-space.ts';
import { harmoniseTask, styleFor, taskFor } from './harmonise.ts';
import { asDegree, type Task } from './lead-sheet.ts';
import type { HarmoniseOptions, HarmonyCandidate } from './wish.ts';

export interface ReharmoniseOptions extends Omit<HarmoniseOptions, 'chords'> {
  /** How much is to change: 0 little, 1 nearly all; default 0.6. */
  readonly amount?: number;
}

/** Log dislike of the old chord at amount 1, for each beat. */
const DISLIKE = 4;

/**
 * Writes other chords than those above the staff; a score without chords is first given its likeliest ones. `changed` among
 * the numbers is the share of beats with another root or quality. Throws `music/no-melody`.
 */
export function reharmonise(score: Score, options: ReharmoniseOptions = {}): HarmonyCandidate[] {
  const style = styleFor(score, options.style);
  const fresh: HarmoniseOptions = { colour: 'rich', ...options, chords: 'forget' };
  const task = taskFor(score, fresh, style);
  const charted =
    score.chords.length > 0 ? score : harmoniseTask(task, { ...fresh, colour: 'normal' }, 'lead-sheet', 0).score;
  const old = oldChords(charted, task);
  const dislike = DISLIKE * (options.amount ?? 0.6);
  // A piece still comes home.
  const home = task.slots.findLastIndex(({ closes }) => closes);
  const bias = (t: number, chord: DegreeChord): number =>
    t >= home && home >= 0 ? 0 : -dislike * likeness(chord, old[t]);
  return Array.from({ length: options.count ?? 1 }, (_, candidate) => {
    const made = harmoniseTask(task, fresh, style, candidate, { bias });
    return { ...made, numbers: { ...made.numbers, changed: shareChanged(old, oldChords(made.score, task)) } };
  });
}

/** The chord above each slot as its key hears it. */
function oldChords({ chords }: Score, { slots }: Task): (DegreeChord | undefined)[] {
  let i = -1;
  return slots.map(({ at, to, key }) => {
    while (chords[i + 1] && chords[i + 1]!.at < (at + to) / 2) i += 1;
    const symbol = chords[i]?.symbol;
    if (symbol === undefined || isNoChord(symbol)) return undefined;
    try {
      return asDegree(parseChord(symbol), key);
    } catch {
      // The critic names symbols that cannot be read.
      return undefined;
    }
  });
}

/** 1 for the same root and third, so that C7 is no news after C; 0 for another chord. */
function likeness({ degree, intervals }: DegreeChord, old: DegreeChord | undefined): number {
  if (old?.degree !== degree) return 0;
  return intervals.includes(4) === old.intervals.includes(4) ? 1 : 0.5;
}

function shareChanged(
  before: readonly (DegreeChord | undefined)[],
  after: readonly (DegreeChord | undefined)[],
): number {
  const changed = after.filter((chord, t) => chord && likeness(chord, before[t]) < 1).length;
  return Math.round((1000 * changed) / Math.max(1, after.length)) / 1000;
}
