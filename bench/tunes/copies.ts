/**
 * The longest passage that a melody has in common, note for note, with any of many known ones: a suffix array over all of
 * them, and a binary search from every note. Shares nothing with the product's own index of copies.
 *
 *   known melodies ─▶ symbols (interval, or interval and time to the next onset) ─▶ sorted suffixes ◀─ search ─ each note
 */

/** Notes as [onset, length, MIDI key]; onsets in 24ths of a quarter. */
export type PlainNote = readonly [at: number, length: number, midi: number];

export interface KnownMelody {
  readonly id: string;
  readonly source: string;
  readonly notes: readonly PlainNote[];
}

export interface Passage {
  /** Notes that agree. */
  readonly notes: number;
  /** First of them in the melody asked about. */
  readonly from: number;
  /** Where it is known from. */
  readonly id: string;
}

/** What is compared: intervals alone, or with the time from each onset to the next. */
export type Comparison = 'intervals' | 'rhythm';

export interface Matcher {
  /** The longest passage in common; fewer than 2 notes never are one. */
  longest(notes: readonly PlainNote[]): Passage | undefined;
}

/** Builds a matcher; symbols lie in −127 … 127, with rhythm times 4096 and the step beside them. */
export function createMatcher(known: readonly KnownMelody[], comparison: Comparison): Matcher {
  const symbols = known.map(({ notes }) => symbolsOf(notes, comparison));
  const total = symbols.reduce((sum, list) => sum + list.length + 1, 0);
  const text = new Int32Array(total);
  const owner = new Int32Array(total);
  let at = 0;
  for (const [i, list] of symbols.entries()) {
    text.set(list, at);
    owner.fill(i, at, at + list.length + 1);
    // No symbol of a melody is this: passages end where melodies do.
    text[at + list.length] = END;
    at += list.length + 1;
  }
  const suffixes = sortSuffixes(text);
  return {
    longest(notes) {
      const asked = symbolsOf(notes, comparison);
      let best: Passage | undefined;
      for (let from = 0; from < asked.length; from++) {
        const place = search(text, suffixes, asked, from);
        for (const each of [place - 1, place]) {
          if (each < 0 || each >= suffixes.length) continue;
          const length = common(text, suffixes[each]!, asked, from);
          if (length > 0 && length + 1 > (best?.notes ?? 0))
            best = { notes: length + 1, from, id: known[owner[suffixes[each]!]!]!.id };
        }
      }
      return best;
    },
  };
}

const END = -(2 ** 31);

function symbolsOf(notes: readonly PlainNote[], comparison: Comparison): number[] {
  return notes.slice(1).map(([at, , midi], i) => {
    const interval = midi - notes[i]![2];
    return comparison === 'intervals' ? interval : interval * 4096 + Math.min(4095, Math.round(at - notes[i]![0]));
  });
}

/** Beginnings of all passages, in order of what follows them. */
function sortSuffixes(text: Int32Array): Int32Array {
  const order = Int32Array.from({ length: text.length }, (_, i) => i).filter((i) => text[i] !== END);
  return order.sort((a, b) => {
    for (let i = 0; i < DEPTH; i++) {
      const left = text[a + i]!;
      const right = text[b + i]!;
      if (left !== right) return left - right;
      // Two melodies that both end here: their order is of no interest.
      if (left === END) return 0;
    }
    return 0;
  });
}

/** First suffix not less than what is asked. */
function search(text: Int32Array, suffixes: Int32Array, asked: readonly number[], from: number): number {
  let low = 0;
  let high = suffixes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(text, suffixes[middle]!, asked, from) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

const DEPTH = 64;

function compare(text: Int32Array, at: number, asked: readonly number[], from: number): number {
  for (let i = 0; i < DEPTH; i++) {
    if (from + i >= asked.length) return 1;
    const difference = (text[at + i] ?? END) - asked[from + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function common(text: Int32Array, at: number, asked: readonly number[], from: number): number {
  let length = 0;
  while (from + length < asked.length && text[at + length] === asked[from + length]) length++;
  return length;
}
