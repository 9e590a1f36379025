/**
 * The likeliest chords under a melody, found exactly (Viterbi over pairs of chords, one step a felt beat).
 *
 *   value(p, c) on beat t = best of  value(p, c) + stay          c goes on after p
 *                                    value(q, p) + P(c | q p)    p gave way to c          … + what beat t says of c
 *
 * A beat speaks of a chord through its notes, through what the artist gave or wants, at the end of a phrase through the
 * close, and by a grain of chance where another candidate is asked for. Keys follow the score: where the key changes, the
 * progression begins anew.
 */
import type { Random } from '../../../core/index.ts';
import { isPentatonic, type Key } from '../score/index.ts';
import type { ChordModel } from './chord-model.ts';
import { type DegreeChord, qualityOf } from './chord-space.ts';
import type { Slot } from './slots.ts';

/** How much each voice counts; tuned on songs kept for that (bench/harmonise.ts). */
export interface SearchWeights {
  readonly note: number;
  readonly next: number;
  readonly change: number;
  readonly close: number;
  readonly final: number;
  /** Of the frame: how a piece opens and comes home. */
  readonly frame: number;
}
export const SEARCH_WEIGHTS: SearchWeights = { note: 1, next: 0.8, change: 1, close: 0.5, final: 1, frame: 1 };

export interface SearchWish {
  readonly weights?: SearchWeights;
  /** Added to the log odds of a change on a slot; default 0. */
  readonly changes?: (slot: Slot) => number;
  /** Added for each chord of the model, log. */
  readonly liking?: (chord: DegreeChord, key: Key) => number;
  /** A chord the artist has given for a slot. */
  readonly given?: (slot: number) => DegreeChord | undefined;
  /** Added for a chord on a slot, log. */
  readonly bias?: (slot: number, chord: DegreeChord) => number;
  /** Grain of chance (Gumbel noise) and its size, for other candidates. */
  readonly chance?: { readonly random: Random; readonly size: number };
}

/** A chord per slot. */
export interface FoundChords {
  /** Index in the model of the slot's key. */
  readonly chords: Int32Array;
  /** Log chance with all weights and wishes, the grain of chance left out. */
  readonly value: number;
  /** What each slot's notes and wishes say of each chord, as the search saw it. */
  readonly said: readonly Float64Array[];
}

const NEVER = -1e6;

/** Finds the chords; `models` gives the model of a key, the same one for equal modes. */
export function findChords(
  slots: readonly Slot[],
  models: (key: Key) => ChordModel,
  wish: SearchWish = {},
): FoundChords {
  const said = slots.map((slot, t) => sayings(slot, t, models(slot.key), wish));
  const last = slots.findLastIndex(({ notes }) => notes.length > 0);
  const runs = runsOf(slots);
  const path = new Int32Array(slots.length);
  let value = 0;
  for (const [from, to] of runs) {
    const found = searchRun(slots, said, from, to, models(slots[from]!.key), wish, last);
    path.set(found.path, from);
    value += found.value;
  }
  return { chords: path, value, said };
}

/** Felt beats searched at a time at most, so that memory is bounded; a longer piece begins anew there. */
const LONGEST_RUN = 4096;

/** Stretches of one key. */
function runsOf(slots: readonly Slot[]): [number, number][] {
  const runs: [number, number][] = [];
  for (let from = 0; from < slots.length; ) {
    const { tonic, mode } = slots[from]!.key;
    let to = from + 1;
    const most = Math.min(slots.length, from + LONGEST_RUN);
    while (to < most && slots[to]!.key.tonic === tonic && slots[to]!.key.mode === mode) to += 1;
    runs.push([from, to]);
    from = to;
  }
  return runs;
}

/** What the notes of a slot and the wishes say of each chord. */
function sayings(slot: Slot, t: number, model: ChordModel, wish: SearchWish): Float64Array {
  const { note } = wish.weights ?? SEARCH_WEIGHTS;
  const given = wish.given?.(t);
  const only = given && nearestChord(model, given);
  return Float64Array.from(model.chords, (chord, c) => {
    let value = wish.liking?.(chord, slot.key) ?? 0;
    value += wish.bias?.(t, chord) ?? 0;
    for (const { kind, degree, beats } of slot.notes) value += note * Math.sqrt(beats) * model.note(c, kind, degree);
    if (only !== undefined && only !== c) value += NEVER;
    return value;
  });
}

/** The chord of the model most like another: the same root and quality, else the same root and third, else most tones shared. */
export function nearestChord({ chords }: ChordModel, { degree, intervals }: DegreeChord): number {
  const tones = new Set(intervals.map((tone) => (tone + degree) % 12));
  const quality = qualityOf(intervals);
  const likeness = (other: DegreeChord): number => {
    const shared = other.intervals.filter((tone) => tones.has((tone + other.degree) % 12)).length;
    const same = other.degree === degree;
    return shared / other.intervals.length + (same ? 1 : 0) + (same && qualityOf(other.intervals) === quality ? 2 : 0);
  };
  let best = 0;
  for (const [c, chord] of chords.entries()) if (likeness(chord) > likeness(chords[best]!)) best = c;
  return best;
}

/** Gumbel noise for every chord of a bar, shared out over its beats: a chord is liked or not for a while. */
function grainOf(size: number, beats: number, wish: SearchWish): Float64Array {
  const { chance } = wish;
  return Float64Array.from({ length: size }, () =>
    chance ? (-chance.size / beats) * Math.log(-Math.log(Math.max(1e-12, chance.random.next()))) : 0,
  );
}

function searchRun(
  slots: readonly Slot[],
  said: readonly Float64Array[],
  from: number,
  to: number,
  model: ChordModel,
  wish: SearchWish,
  last: number,
): { path: Int32Array; value: number } {
  const weights = wish.weights ?? SEARCH_WEIGHTS;
  const { size } = model.next;
  const states = (size + 1) * size;
  const back = new Int16Array((to - from) * states);
  let values = new Float64Array(states).fill(Number.NEGATIVE_INFINITY);
  let next = new Float64Array(states);
  let grain = grainOf(size, 1, wish);
  const noise = new Float64Array((to - from) * size);
  const first = from === 0 ? slots.findIndex(({ notes }) => notes.length > 0) : -1;
  for (let t = from; t < to; t++) {
    const slot = slots[t]!;
    if (slot.beat === 0 || t === from) grain = grainOf(size, slot.beats, wish);
    noise.set(grain, (t - from) * size);
    if (t === from) start(values, model, weights, states, size);
    else {
      step(values, next, back.subarray((t - from) * states), model, weights, changeOdds(slot, model, weights, wish));
      [values, next] = [next, values];
    }
    for (let p = 0; p <= size; p++) {
      for (let c = 0; c < size; c++) {
        let gain = said[t]![c]! + grain[c]!;
        if (slot.closes) gain += weights.close * model.close(p, c);
        if (t === last) gain += weights.final * model.final(c) + weights.frame * homecoming(model, p, c);
        if (t === first) gain += weights.frame * opening(model.chords[c]!, slot);
        values[p * size + c]! += gain;
      }
    }
  }
  return traceBack(values, back, noise, to - from, size);
}

/** How a first chord is heard, log: the tonic tells the key; a pickup may stand on the dominant; others must have a reason. */
function opening({ degree, intervals }: DegreeChord, { beat }: Slot): number {
  if (degree === 0) return intervals.length <= 3 ? 2.5 : 0.5;
  return degree === 7 && beat > 0 ? 1 : degree === 7 || degree === 5 || degree === 9 || degree === 2 ? -0.5 : -2.5;
}

/** How a last chord is heard after the one before it, log: home from the fifth above or below, or from a step in the church modes. */
function homecoming({ chords, mode }: ChordModel, before: number, last: number): number {
  const { degree, intervals } = chords[last]!;
  if (degree !== 0) return -1.5;
  if (isPentatonic(mode)) return 1;
  // A last chord rests: no sevenths, nothing diminished or suspended.
  if (!intervals.includes(7) || intervals.length > 3 || intervals.includes(5)) return -4;
  const from = chords[before];
  if (!from) return 0;
  if (from.degree === 7) return mode === 'minor' && from.intervals.includes(3) ? 0 : 2;
  if (from.degree === 5) return 1;
  const modal = mode !== 'major' && mode !== 'minor';
  return modal && (from.degree === 10 || from.degree === 2) ? 1 : -0.5;
}

function start(values: Float64Array, { next }: ChordModel, weights: SearchWeights, states: number, size: number): void {
  const begin = size * (size + 1) + size;
  for (let c = 0; c < size; c++) values[states - size + c] = weights.next * next.log[begin * size + c]!;
}

/** Log chances to stay and to change. */
function changeOdds(slot: Slot, model: ChordModel, weights: SearchWeights, wish: SearchWish): [number, number] {
  const { beats, beat, notes } = slot;
  const odds = weights.change * model.change(beats, beat) + (wish.changes?.(slot) ?? 0) - (notes.length === 0 ? 2 : 0);
  return [-Math.log1p(Math.exp(odds)), -Math.log1p(Math.exp(-odds))];
}

/** One beat on. `back` holds the chord before the last one, or −1 for staying. */
function step(
  values: Float64Array,
  next: Float64Array,
  back: Int16Array,
  { next: chances }: ChordModel,
  { next: weight }: SearchWeights,
  [stay, change]: readonly [number, number],
): void {
  const { size, log } = chances;
  for (let i = 0; i < next.length; i++) {
    next[i] = values[i]! + stay;
    back[i] = -1;
  }
  for (let c = 0; c < size; c++) {
    for (let p = 0; p <= size; p++) {
      const before = values[p * size + c]! + change;
      if (before === Number.NEGATIVE_INFINITY) continue;
      const row = (p * (size + 1) + c) * size;
      for (let d = 0; d < size; d++) {
        if (d === c) continue;
        const value = before + weight * log[row + d]!;
        if (value > next[c * size + d]!) {
          next[c * size + d] = value;
          back[c * size + d] = p;
        }
      }
    }
  }
}

function traceBack(
  values: Float64Array,
  back: Int16Array,
  noise: Float64Array,
  length: number,
  size: number,
): { path: Int32Array; value: number } {
  const states = (size + 1) * size;
  let state = 0;
  for (let i = 1; i < states; i++) if (values[i]! > values[state]!) state = i;
  let value = values[state]!;
  const path = new Int32Array(length);
  for (let t = length - 1; t >= 0; t--) {
    const chord = state % size;
    path[t] = chord;
    value -= noise[t * size + chord]!;
    const before = back[t * states + state]!;
    if (t > 0 && before >= 0) state = before * size + Math.floor(state / size);
  }
  return { path, value };
}
