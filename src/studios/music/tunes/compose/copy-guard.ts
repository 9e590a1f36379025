/**
 * Turns the model away from tunes it learned: asked after every note, it looks whether the newest notes go on, note for note, as
 * a known tune does for more than the bars allowed.
 */
import type { TokenModel } from '../../../../kernel/index.ts';
import { type CopyReport, readTuneIndex, type TuneIndex, type TuneNote } from '../../theory/index.ts';

/** A melody as guards see it; times in ticks of 24 a quarter. */
export interface GuardedMelody {
  readonly notes: readonly { readonly at: number; readonly length: number; readonly midi: number }[];
  /** Onsets of the bars, and the end of the last. */
  readonly barStarts: readonly number[];
}

/** Whether the newest notes of a melody copy more than is allowed. */
export type CopyGuard = (melody: GuardedMelody) => boolean;

/** Bars that may agree with a known tune. */
export const MOST_COPIED_BARS = 2;
/** Intervals alone count from so many notes on: fewer agree by chance with some tune or other. */
const FEWEST_NOTES = 12;
/** The newest note is counted as a short one, for its end is not known yet. */
const LEAST_LAST_NOTE = 0.25;

/** The index of the tunes that a model learned from, when it has one. Throws `music/tune-index-broken`. */
export function findTuneIndex(model: TokenModel): TuneIndex | undefined {
  const bytes = model.companion('copies.bin');
  return bytes === undefined ? undefined : readTuneIndex(bytes);
}

/** A guard over an index. */
export function createCopyGuard(index: TuneIndex, mostBars = MOST_COPIED_BARS): CopyGuard {
  return (melody) => {
    const notes = inBars(melody);
    const newest = notes.at(-1);
    if (!newest) return false;
    const tail = notes.filter(({ from }) => from >= newest.from - mostBars - 1);
    const { intervals, rhythm } = index.findCopies(tail);
    return [intervals, rhythm].some((copy) => {
      if (!copy || copy.note + copy.notes < tail.length) return false;
      const span = newest.from - tail[copy.note]!.from + LEAST_LAST_NOTE;
      return span > mostBars && (copy === rhythm || copy.notes >= FEWEST_NOTES);
    });
  };
}

/** What a whole melody has in common with known tunes. */
export function reportCopies(index: TuneIndex, melody: GuardedMelody): CopyReport {
  return index.findCopies(inBars(melody));
}

function inBars({ notes, barStarts }: GuardedMelody): TuneNote[] {
  const place = (tick: number): number => {
    const bar = Math.min(
      barStarts.findLastIndex((start) => start <= tick),
      barStarts.length - 2,
    );
    const start = barStarts[bar]!;
    return bar + (tick - start) / (barStarts[bar + 1]! - start);
  };
  return notes.map(({ at, length, midi }) => ({ midi, from: place(at), to: place(at + length) }));
}
