/** A long piece is engraved stretch by stretch. */
import type { Score } from '../score/index.ts';

/** Numbers of bars at which stretches of at most about `notes` notes end; the last is the end of the score. */
export function stretchEnds(score: Score, notes: number): number[] {
  const perBar = new Array<number>(score.bars.length).fill(0);
  for (const part of score.parts) {
    let bar = 0;
    for (const note of part.notes) {
      while (bar + 1 < score.bars.length && score.bars[bar + 1]!.at <= note.at) bar++;
      perBar[bar]!++;
    }
  }
  const ends: number[] = [];
  let sum = 0;
  for (const [i, count] of perBar.entries()) {
    // An empty bar takes room, too.
    const weight = Math.max(count, score.parts.length);
    if (sum > 0 && sum + weight > notes) {
      ends.push(i);
      sum = 0;
    }
    sum += weight;
  }
  return [...ends, score.bars.length];
}
