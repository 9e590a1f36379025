/** Glissandi: a bend where the instrument can bend, else a quick scale along the strings or keys. */

import type { Instrument } from '../../instruments/index.ts';
import { keyAt, midiOf, type Note, type Part, type Score } from '../../score/index.ts';
import { neighbour } from './ornaments.ts';
import type { PerformedNote } from './performance.ts';

/** Furthest a bend goes, cents. */
export const BEND_RANGE = 1200;

export interface Slides {
  /** Bends of notes that slide to another. */
  readonly bends: ReadonlyMap<Note, readonly (readonly [number, number])[]>;
  /** Notes of scales between two notes; `tick` tells how loud. */
  readonly notes: readonly (PerformedNote & { readonly tick: number })[];
}

/** The glissandi of a part. */
export function glissandiOf(
  score: Score,
  part: Part,
  instrument: Instrument | undefined,
  clock: (tick: number) => number,
): Slides {
  const bends = new Map<Note, [number, number][]>();
  const notes: (PerformedNote & { tick: number })[] = [];
  for (const { kind, from, to, voice = 1 } of part.spans ?? []) {
    if (kind !== 'glissando') continue;
    const ofVoice = part.notes.filter((note) => (note.voice ?? 1) === voice);
    const [first, last] = [ofVoice.find(({ at }) => at === from), ofVoice.find(({ at }) => at === to)];
    if (!first || !last) continue;
    const [start, end] = [clock(from), clock(to)];
    const [low, high] = [midiOf(first.pitch), midiOf(last.pitch)];
    if (instrument?.holds && Math.abs(high - low) * 100 <= BEND_RANGE) {
      const begin = Math.max(0, end - start - Math.min(0.5, (end - start) * 0.6));
      bends.set(first, [
        [0, 0],
        [begin, 0],
        [end - start, (high - low) * 100],
      ]);
    } else notes.push(...scale(low, high, score, { start, end, from }));
  }
  return { bends, notes };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

/** The scale steps between two keys, in the last part of the first note. */
function scale(
  low: number,
  high: number,
  score: Score,
  { start, end, from }: Stretch,
): (PerformedNote & { tick: number })[] {
  const direction = high > low ? 1 : -1;
  const keys: number[] = [];
  const key = keyAt(score, from);
  for (let at = neighbour(low, key, direction); (high - at) * direction > 0; at = neighbour(at, key, direction))
    keys.push(at);
  const each = Math.min(0.06, ((end - start) * 0.85) / Math.max(1, keys.length));
  return keys.map((one, i) => ({
    key: one,
    at: end - (keys.length - i) * each,
    length: each * 1.5,
    velocity: 64,
    tick: from,
  }));
}
