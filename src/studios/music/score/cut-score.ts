/** A stretch of a score by bars, a score of its own. */
import type { Score } from './score.ts';

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
