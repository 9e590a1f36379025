/**
 * Fingerprints of a melody: one for every note that has four more after it.
 *
 *   notes i … i+4 ─▶ four intervals in semitones ─▶ 16 bits          (0 is kept for a note that only repeats)
 *                └─▶ three ratios of onset distances ─▶ 8 bits
 *
 * Two melodies with equal fingerprints at n places in a row share n + 4 notes, whatever their keys and speeds. A false
 * match of a single place has a chance of 1 in 65,536, of a stretch of three 1 in 10^14.
 */

/** A note of a melody with its time in bars (of any metre), counted from 0. */
export interface TuneNote {
  readonly midi: number;
  readonly from: number;
  readonly to: number;
}

/** Intervals that one fingerprint covers. */
export const WINDOW = 4;

/** Fingerprints of a melody, `notes − 4` of each kind. */
export interface Fingerprints {
  readonly intervals: Uint16Array;
  readonly rhythms: Uint8Array;
}

/** Takes the fingerprints of a melody; empty for fewer than five notes. */
export function fingerprintsOf(notes: readonly TuneNote[]): Fingerprints {
  const count = Math.max(0, notes.length - WINDOW);
  const intervals = new Uint16Array(count);
  const rhythms = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    intervals[i] = intervalWord(notes, i);
    rhythms[i] = rhythmWord(notes, i);
  }
  return { intervals, rhythms };
}

function intervalWord(notes: readonly TuneNote[], start: number): number {
  let word = 0x9e3779b9;
  let moves = false;
  for (let i = start; i < start + WINDOW; i++) {
    const interval = notes[i + 1]!.midi - notes[i]!.midi;
    moves ||= interval !== 0;
    word = scramble(word ^ (interval + 256));
  }
  return moves ? word & 0xffff || 1 : 0;
}

/** Ratios are taken to the nearest twelfth of a doubling, so that performed and written rhythms of one tune agree. */
function rhythmWord(notes: readonly TuneNote[], start: number): number {
  let word = 0x7f4a7c15;
  for (let i = start + 1; i < start + WINDOW; i++) {
    const before = notes[i]!.from - notes[i - 1]!.from;
    const now = notes[i + 1]!.from - notes[i]!.from;
    word = scramble(word ^ (Math.round(12 * Math.log2(now / before)) + 256));
  }
  return word & 0xff;
}

/** One-to-one scrambling of 32 bits (the finaliser of MurmurHash3, Appleby 2011). */
function scramble(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
