/**
 * The near-copy guard: where a melody goes, note for note, as a tune the model was trained on.
 *
 *   melody ─▶ fingerprints ─▶ places of the index with the same one ─▶ followed while they agree ─▶ longest stretches
 */
import { fingerprintsOf, type TuneNote, WINDOW } from './fingerprint.ts';
import { parseTuneIndex, type TuneTables } from './format.ts';

/** A stretch of a melody that a training tune has too, in whatever key. */
export interface TuneCopy {
  readonly title: string;
  readonly source: string;
  /** Bar of the training tune in which it begins, counted from 1 (a pickup counts as one). */
  readonly tuneBar: number;
  /** Index of its first note in the melody. */
  readonly note: number;
  readonly notes: number;
  /** Length in bars of the melody, from its first onset to the end of its last note. */
  readonly bars: number;
  /** Where it begins in the melody, in bars from 0. */
  readonly from: number;
}

export interface CopyReport {
  /** Longest stretch with the same intervals, in bars; absent when not even five notes agree. */
  readonly intervals?: TuneCopy;
  /** Longest stretch with the same intervals and the same rhythm, up to speed. */
  readonly rhythm?: TuneCopy;
}

/** A stretch in question: notes `from` … `to` − 1 of a melody. */
export interface StretchAsked {
  readonly from: number;
  readonly to: number;
  /** Whether the rhythm agrees too. */
  readonly withRhythm: boolean;
  /** Bar lines that the stretch crosses in the training tune. */
  readonly tuneBars: number;
}

/** Whether a stretch says enough to be called a copy. */
export type CountsAsCopy = (stretch: StretchAsked) => boolean;

/** An opened index. */
export interface TuneIndex {
  readonly tuneCount: number;
  /**
   * The longest stretches that a melody shares with any training tune, among those that `counts` lets pass (default all).
   * Some milliseconds for a tune of 200 notes.
   */
  findCopies(melody: readonly TuneNote[], counts?: CountsAsCopy): CopyReport;
}

/** Opens the bytes of an index, as `buildTuneIndex` makes them; throws `music/tune-index-broken`. */
export function readTuneIndex(bytes: Uint8Array): TuneIndex {
  const tables = parseTuneIndex(bytes);
  const places = placesOf(tables.intervals);
  return {
    tuneCount: tables.tunes.length,
    findCopies: (melody, counts = () => true) => findIn(tables, places, melody, counts),
  };
}

/** Places by fingerprint: those of word w are `sorted[starts[w] … starts[w + 1])`. */
interface Places {
  readonly starts: Uint32Array;
  readonly sorted: Uint32Array;
}

function placesOf(words: Uint16Array): Places {
  const starts = new Uint32Array(65_537);
  for (const word of words) starts[word + 1]! += 1;
  for (let w = 0; w < 65_536; w++) starts[w + 1]! += starts[w]!;
  const next = starts.slice();
  const sorted = new Uint32Array(words.length);
  for (const [place, word] of words.entries()) sorted[next[word]!++] = place;
  return { starts, sorted };
}

interface Stretch {
  readonly note: number;
  readonly place: number;
  readonly count: number;
  readonly bars: number;
}

function findIn(
  tables: TuneTables,
  { starts, sorted }: Places,
  melody: readonly TuneNote[],
  counts: CountsAsCopy,
): CopyReport {
  const own = fingerprintsOf(melody);
  const tuneOf = tuneFinder(tables);
  let intervals: Stretch | undefined;
  let rhythm: Stretch | undefined;
  for (let note = 0; note < own.intervals.length; note++) {
    const word = own.intervals[note]!;
    if (word === 0) continue;
    for (let p = starts[word]!; p < starts[word + 1]!; p++) {
      const place = sorted[p]!;
      const { start, end } = tuneOf(place);
      const agrees = (k: number): boolean => own.intervals[note + k] === tables.intervals[place + k];
      const alike = (k: number): boolean => agrees(k) && own.rhythms[note + k] === tables.rhythms[place + k];
      const begins = place === start || note === 0;
      const limit = Math.min(own.intervals.length - note, end - place);
      const passes = (count: number, withRhythm: boolean): boolean => {
        const last = Math.min(place + count - 1 + WINDOW, end - 1);
        const tuneBars = tables.bars[last]! - tables.bars[place]!;
        return counts({ from: note, to: note + count + WINDOW, withRhythm, tuneBars });
      };
      if (begins || !agrees(-1) || own.intervals[note - 1] === 0) {
        const count = run(agrees, limit);
        if (passes(count, false)) intervals = longer(intervals, melody, note, place, count);
      }
      if (alike(0) && (begins || !alike(-1))) {
        const count = run(alike, limit);
        if (passes(count, true)) rhythm = longer(rhythm, melody, note, place, count);
      }
    }
  }
  return {
    ...(intervals && { intervals: copyOf(tables, melody, intervals) }),
    ...(rhythm && { rhythm: copyOf(tables, melody, rhythm) }),
  };
}

function run(agrees: (k: number) => boolean, limit: number): number {
  let count = 1;
  while (count < limit && agrees(count)) count += 1;
  return count;
}

function longer(
  best: Stretch | undefined,
  melody: readonly TuneNote[],
  note: number,
  place: number,
  count: number,
): Stretch {
  const last = note + count + WINDOW - 1;
  const bars = Math.min(melody[last]!.to, melody[last + 1]?.from ?? Number.POSITIVE_INFINITY) - melody[note]!.from;
  return best && best.bars >= bars ? best : { note, place, count, bars };
}

/** Which tune a place belongs to: the last one that starts at or before it. */
function tuneFinder({ tunes }: TuneTables): (place: number) => { start: number; end: number; index: number } {
  return (place) => {
    let low = 0;
    let high = tunes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (tunes[middle]!.start <= place) low = middle;
      else high = middle - 1;
    }
    const { start, count } = tunes[low]!;
    return { start, end: start + count, index: low };
  };
}

function copyOf(tables: TuneTables, melody: readonly TuneNote[], { note, place, count, bars }: Stretch): TuneCopy {
  const { title, source } = tables.tunes[tuneFinder(tables)(place).index]!;
  const notes = count + WINDOW;
  return { title, source, tuneBar: tables.bars[place]! + 1, note, notes, bars, from: melody[note]!.from };
}
