/** A stretch of bars of a score as a score of its own; notes that reach out are cut, notes that reach in are left out. */
import type { Score } from '../../score/index.ts';

/** Bars `from` up to, without, `to`; times count from the first. */
export function cutWindow(score: Score, from: number, to: number): Score {
  const bars = score.bars.slice(from, to);
  const start = bars[0]!.at;
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  const tempo = score.tempos.findLast(({ at }) => at <= start) ?? score.tempos[0]!;
  const chords = score.chords
    .filter(({ at }) => at >= start && at < end)
    .map((chord) => ({ ...chord, at: chord.at - start }));
  const held = score.chords.findLast(({ at }) => at < start);
  return {
    ...score,
    bars: bars.map((bar) => ({ ...bar, at: bar.at - start })),
    tempos: [{ ...tempo, at: 0 }],
    chords: held && chords[0]?.at !== 0 ? [{ ...held, at: 0 }, ...chords] : chords,
    parts: score.parts.map((part) => ({
      ...part,
      notes: part.notes
        .filter(({ at }) => at >= start && at < end)
        .map((note) => ({ ...note, at: note.at - start, length: Math.min(note.length, end - note.at) })),
    })),
  };
}

/** Stretches of bars under one key in which a part is heard, at most `most` bars each, at least 4. */
export function findStretches(
  score: Score,
  partIndex: number,
  most: number,
): { readonly from: number; readonly to: number }[] {
  const { notes } = score.parts[partIndex]!;
  const heard = score.bars.map(({ at, length }) =>
    notes.some((note) => note.at < at + length && note.at + note.length > at),
  );
  const stretches: { from: number; to: number }[] = [];
  let from = -1;
  const close = (to: number): void => {
    if (from >= 0 && to - from >= 4) stretches.push({ from, to });
    from = -1;
  };
  for (const [i, bar] of score.bars.entries()) {
    const key = score.bars[i - 1]?.key;
    const turned = key !== undefined && (key.tonic !== bar.key.tonic || key.mode !== bar.key.mode);
    const silent = heard[i] !== true && heard[i + 1] !== true;
    if (turned || silent || (from >= 0 && i - from >= most)) close(i);
    if (heard[i] === true && from < 0) from = i;
  }
  close(score.bars.length);
  return stretches;
}
