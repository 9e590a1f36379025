/**
 * Turns the model away from tunes it learned: asked after every note, it looks whether the newest notes go on, note for note, as
 * a known tune does for more than the bars allowed.
 */
import type { TokenModel } from '../../../../kernel/index.ts';
import {
  type CopyReport,
  type CountsAsCopy,
  readTuneIndex,
  type TuneIndex,
  type TuneNote,
} from '../../theory/index.ts';

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
/**
 * Bars alone say little: two bars may hold two long notes. A stretch counts from so many notes on, and from so many different
 * turns (pairs of intervals in a row): repeated notes have one, a scale or a trill one or two, a phrase one for every two notes.
 */
const FEWEST = { withRhythm: { notes: 8, turns: 4 }, intervals: { notes: 12, turns: 5 } } as const;
/** In music of long notes: fewer, where the known tune takes as many bars for them. The same turn in quick notes is everybody's. */
const FEWEST_LONG = { notes: 6, turns: 3 } as const;
/** Bar lines that such a stretch crosses in the known tune, and by how many it may differ: not every tune begins with a bar. */
const LEAST_BARS = 2;
const BARS_APART = 1;
/** The newest note is counted as a short one, for its end is not known yet. */
const LEAST_LAST_NOTE = 0.25;
/** Notes looked back at least, where there are so many. */
const LONGEST_TAIL = 24;

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
    // In music of long notes the bars allowed hold few: the tail then goes back far enough to know a copy.
    const first = notes.findIndex(({ from }) => from >= newest.from - mostBars - 1);
    const tail = notes.slice(Math.max(0, Math.min(first, notes.length - LONGEST_TAIL)));
    const counts: CountsAsCopy = (stretch) => stretch.to === tail.length && saysEnough(tail, stretch);
    const { intervals, rhythm } = index.findCopies(tail, counts);
    return [intervals, rhythm].some((copy) => copy && newest.from - tail[copy.note]!.from + LEAST_LAST_NOTE > mostBars);
  };
}

/** Whether notes are enough, and various enough, to be known by. */
function saysEnough(tail: readonly TuneNote[], { from, withRhythm, tuneBars }: Parameters<CountsAsCopy>[0]): boolean {
  const notes = tail.slice(from);
  const bars = Math.floor(notes.at(-1)!.from) - Math.floor(notes[0]!.from);
  const alike = tuneBars >= LEAST_BARS && Math.abs(bars - tuneBars) <= BARS_APART;
  const fewest = !withRhythm ? FEWEST.intervals : alike ? FEWEST_LONG : FEWEST.withRhythm;
  if (notes.length < fewest.notes) return false;
  const steps = notes.slice(1).map(({ midi }, i) => midi - notes[i]!.midi);
  const turns = new Set(steps.slice(1).map((step, i) => `${steps[i]} ${step}`));
  turns.delete('0 0');
  return turns.size >= fewest.turns;
}

/** Whether a whole melody has a copy in it. */
export function holdsCopy(isCopy: CopyGuard, { notes, barStarts }: GuardedMelody): boolean {
  return notes.some((_, i) => isCopy({ notes: notes.slice(0, i + 1), barStarts }));
}

/** What a whole melody has in common with known tunes. */
export function reportCopies(index: TuneIndex, melody: GuardedMelody): CopyReport {
  return index.findCopies(inBars(melody));
}

/** Bars of the longest stretch that a known tune has too, note for note and at the same speed; 0 where not five notes agree. */
export function sharedBars(index: TuneIndex, melody: GuardedMelody): number {
  const notes = inBars(melody);
  const sameSpeed: CountsAsCopy = ({ from, to, tuneBars }) =>
    Math.abs(Math.floor(notes[to - 1]!.from) - Math.floor(notes[from]!.from) - tuneBars) <= BARS_APART;
  const { rhythm } = index.findCopies(notes, sameSpeed);
  return rhythm ? notes[rhythm.note + rhythm.notes - 1]!.from - notes[rhythm.note]!.from : 0;
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
