/**
 * Where the music of a bar comes from: the oldest piece of its line in which every part's notes there are what they are now.
 *
 *   first piece ─▶ its variation ─▶ edited by hand ─▶ this one      bar 3: written by the variation, kept ever since
 *
 * Bars are compared by what sounds in them, not by their numbers: a piece that was cut or gained bars in front still knows
 * its own.
 */
import type { Part, Score } from './score.ts';

/** A piece of the line, from this one back: each was made from the next. */
export interface Ancestor {
  readonly id: string;
  readonly title: string;
  readonly op: string;
  readonly score: Score;
}

/** What one part plays in a bar, and the piece that wrote it. */
export interface Origin {
  readonly part: string;
  readonly by: Ancestor;
  /** How many pieces have kept it since; 0: it is of this piece. */
  readonly kept: number;
}

/** The origin of each part that sounds in a bar (by index). `line` begins with the piece itself. */
export function originsOf(line: readonly Ancestor[], bar: number): Origin[] {
  const [now] = line;
  if (!now) return [];
  return now.score.parts.flatMap((part) => {
    const music = musicOf(now.score, part, bar);
    if (music === '') return [];
    let kept = 0;
    while (kept + 1 < line.length && plays(line[kept + 1]!.score, music, bar)) kept += 1;
    return [{ part: part.name, by: line[kept]!, kept }];
  });
}

/** Whether some part plays it in that bar, or in any other. */
function plays(score: Score, music: string, bar: number): boolean {
  const bars = [bar, ...score.bars.keys()];
  return score.parts.some((part) => bars.some((index) => musicOf(score, part, index) === music));
}

/** Notes that begin in a bar, in quarters from its line; empty for rests and for bars that are not there. */
function musicOf({ bars, ticksPerQuarter }: Score, { notes }: Part, index: number): string {
  const bar = bars[index];
  if (!bar) return '';
  return notes
    .filter(({ at }) => at >= bar.at && at < bar.at + bar.length)
    .map(({ at, length, pitch }) => `${(at - bar.at) / ticksPerQuarter} ${length / ticksPerQuarter} ${pitch}`)
    .sort()
    .join('|');
}
