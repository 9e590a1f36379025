/** Stretches of a score by bars, each a score of its own; a long piece is engraved stretch by stretch. */
import type { Score } from '../score/index.ts';

/** Bars [from, to) as a score that begins at tick 0; what crosses the ends is cut there. */
export function cutScore(score: Score, from: number, to: number): Score {
  if (from === 0 && to >= score.bars.length) return score;
  const bars = score.bars.slice(from, to);
  const start = bars[0]!.at;
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  const inside = ({ at }: { readonly at: number }): boolean => at >= start && at < end;
  const moved = <T extends { readonly at: number }>(item: T): T => ({ ...item, at: item.at - start });
  const tempo = score.tempos.findLast(({ at }) => at <= start)!;
  return {
    ...score,
    bars: bars.map(moved),
    tempos: [{ ...tempo, at: 0 }, ...score.tempos.filter((one) => one.at > start && one.at < end).map(moved)],
    chords: score.chords.filter(inside).map(moved),
    parts: score.parts.map((part) => ({
      ...part,
      notes: part.notes
        .filter(({ at, length }) => at < end && at + length > start)
        .map((note) => {
          const at = Math.max(start, note.at);
          return { ...note, at: at - start, length: Math.min(end, note.at + note.length) - at };
        }),
      ...(part.marks && { marks: part.marks.filter(inside).map(moved) }),
      ...(part.spans && {
        spans: part.spans
          .filter((span) => span.from >= start && span.to <= end)
          .map((span) => ({ ...span, from: span.from - start, to: span.to - start })),
      }),
    })),
  };
}

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
