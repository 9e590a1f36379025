/**
 * The harmony of a score: one chord per harmonic segment.
 *
 *   slots (felt beats in which a note begins) ─▶ time on each pitch class, onset and bass weighted
 *     ─▶ how well each of 108 chords fits a slot ─▶ best path, changes dear off the beat (Viterbi) ─▶ segments
 *
 * A chord fits by the share of sound that lies in it, less the share outside and what it misses; chords of the key and
 * plain triads are preferred a little. No table of progressions: what is written decides. Percussion is left out.
 */
import {
  barIndexAt,
  beatLength,
  type Key,
  keyAt,
  metricalWeight,
  midiOf,
  type Score,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';
import { type Chord, chordNotes, chordOf, classOf, nameOf } from './chord.ts';
import { sevenDegrees } from './key-degrees.ts';
import { romanOf } from './roman.ts';

/** A stretch of one chord. */
export interface HarmonicSegment {
  readonly at: number;
  readonly length: number;
  readonly chord: Chord;
  readonly roman: string;
  /** The key in force, in which the numeral counts. */
  readonly key: Key;
  /** Share of the sound that the chord explains, 0–1. */
  readonly fit: number;
}

/** Qualities in question with what they cost against a plain triad. */
const QUALITIES: readonly { intervals: readonly number[]; cost: number }[] = [
  { intervals: [0, 4, 7], cost: 0 },
  { intervals: [0, 3, 7], cost: 0 },
  { intervals: [0, 4, 7, 10], cost: 0.06 },
  { intervals: [0, 3, 7, 10], cost: 0.09 },
  { intervals: [0, 4, 7, 11], cost: 0.12 },
  { intervals: [0, 3, 6], cost: 0.05 },
  { intervals: [0, 3, 6, 9], cost: 0.08 },
  { intervals: [0, 3, 6, 10], cost: 0.09 },
  { intervals: [0, 4, 8], cost: 0.15 },
];
const STATES = 12 * QUALITIES.length;
const COST = { outside: 0.7, missing: 0.22, outOfKey: 0.12, change: 0.35, offBeat: 0.25, bassNotRoot: 0.1 };

/** Harmony of all pitched parts together, or of those named; silent stretches belong to the chord before. */
export function analyseHarmony(score: Score, options: { readonly parts?: readonly string[] } = {}): HarmonicSegment[] {
  const slots = slotsOf(score, options.parts);
  if (slots.length === 0) return [];
  const path = bestPath(score, slots);
  const segments: HarmonicSegment[] = [];
  for (let start = 0; start < slots.length; ) {
    let end = start + 1;
    while (end < slots.length && path[end] === path[start]) end += 1;
    const to = slots[end]?.at ?? slots[end - 1]!.to;
    segments.push(segmentOf(score, slots.slice(start, end), path[start]!, to));
    start = end;
  }
  return segments;
}

interface Slot {
  readonly at: number;
  to: number;
  /** (12) sounding time, onsets counted double. */
  readonly weights: Float64Array;
  /** Lowest MIDI key that sounds. */
  bass: number;
}

/** One slot for every felt beat with an onset, notes spread over the slots they sound in. */
function slotsOf(score: Score, parts?: readonly string[]): Slot[] {
  const notes = score.parts
    .filter(({ id, percussion }) => !percussion && (!parts || parts.includes(id)))
    .flatMap((part) => part.notes.map(({ at, length, pitch }) => ({ at, to: at + length, midi: midiOf(pitch) })));
  const slots = new Map<number, Slot>();
  for (const { at } of notes) {
    const { from, to } = beatAt(score, at);
    if (!slots.has(from)) slots.set(from, { at: from, to, weights: new Float64Array(12), bass: 999 });
  }
  const ordered = [...slots.values()].sort((a, b) => a.at - b.at);
  for (const note of notes) spread(note, ordered);
  return ordered.filter(({ bass }) => bass < 999);
}

function beatAt({ bars, ticksPerQuarter }: Score, tick: number): { from: number; to: number } {
  const bar = bars[barIndexAt(bars, tick)]!;
  const beat = Math.max(1, Math.floor(beatLength(bar.metre, ticksPerQuarter)));
  const from = bar.at + Math.floor((tick - bar.at) / beat) * beat;
  return { from, to: Math.min(from + beat, bar.at + bar.length) };
}

/** A note counts in at most this many slots: a drone of a whole piece does not make the work quadratic. */
const MOST_SLOTS_OF_NOTE = 64;

function spread({ at, to, midi }: { at: number; to: number; midi: number }, slots: readonly Slot[]): void {
  let low = 0;
  let high = slots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (slots[middle]!.at <= at) low = middle;
    else high = middle - 1;
  }
  for (let i = low; i < slots.length && i < low + MOST_SLOTS_OF_NOTE && slots[i]!.at < to; i++) {
    const slot = slots[i]!;
    const sounding = Math.min(to, slot.to) - Math.max(at, slot.at);
    if (sounding <= 0) continue;
    slot.weights[((midi % 12) + 12) % 12]! += sounding * (at === slot.at ? 2 : 1);
    slot.bass = Math.min(slot.bass, midi);
  }
}

/** Viterbi with one cost for every change of chord in a slot: time O(slots · states). */
function bestPath(score: Score, slots: readonly Slot[]): Int32Array {
  const stays = new Uint8Array(slots.length * STATES);
  const before = new Int32Array(slots.length);
  let values = new Float64Array(STATES);
  for (const [t, slot] of slots.entries()) {
    const key = keyAt(score, slot.at);
    const change = COST.change + (metricalWeight(score, slot.at) >= 2 ? 0 : COST.offBeat);
    let top = 0;
    for (let s = 1; s < STATES; s++) if (values[s]! > values[top]!) top = s;
    before[t] = top;
    const next = new Float64Array(STATES);
    for (let s = 0; s < STATES; s++) {
      const stay = values[s]! >= values[top]! - change;
      stays[t * STATES + s] = stay ? 1 : 0;
      next[s] = (stay ? values[s]! : values[top]! - change) + fitOf(slot, s, key);
    }
    values = next;
  }
  const path = new Int32Array(slots.length);
  let state = values.indexOf(Math.max(...values));
  for (let t = slots.length - 1; t >= 0; t--) {
    path[t] = state;
    if (!stays[t * STATES + state]) state = before[t]!;
  }
  return path;
}

/** How well a chord fits a slot: about 1 for a full triad alone, below 0 for a chord beside the notes. */
function fitOf({ weights, bass }: Slot, state: number, key: Key): number {
  const root = state % 12;
  const { intervals, cost } = QUALITIES[(state / 12) | 0]!;
  let all = 0;
  for (const weight of weights) all += weight;
  let inside = 0;
  let missing = 0;
  let strange = 0;
  const tonic = tonicClass(key);
  for (const interval of intervals) {
    const weight = weights[(root + interval) % 12]!;
    inside += weight;
    if (weight === 0) missing += interval === 7 ? 0.5 : 1;
    if (!isUsual(key, (root + interval - tonic + 12) % 12)) strange += 1;
  }
  const share = inside / all;
  const inversion = (((bass - root) % 12) + 12) % 12 === 0 ? 0 : COST.bassNotRoot;
  return share - COST.outside * (1 - share) - COST.missing * missing - COST.outOfKey * strange - cost - inversion;
}

/** Tones of the key; minor has both sevenths. */
function isUsual(key: Key, height: number): boolean {
  return sevenDegrees(key.mode).includes(height) || (key.mode === 'minor' && height === 11);
}

function segmentOf(score: Score, slots: readonly Slot[], state: number, to: number): HarmonicSegment {
  const at = slots[0]!.at;
  const key = keyAt(score, at);
  const { intervals } = QUALITIES[(state / 12) | 0]!;
  const rootPitch = spellMidi(
    60 + (state % 12),
    spellingCentre(key) + (intervals[1] === 3 && intervals[2] === 6 ? 3 : 0),
  );
  const root = nameOf(rootPitch);
  const lowest = slots.reduce((low, { bass }) => Math.min(low, bass), 999);
  const plain = chordOf(root, intervals);
  const bass = chordNotes(plain).find((note) => classOf(note) === lowest % 12);
  const chord = chordOf(root, intervals, bass);
  let inside = 0;
  let all = 0;
  for (const { weights } of slots) {
    for (const [c, weight] of weights.entries()) {
      all += weight;
      if (intervals.includes((c - (state % 12) + 12) % 12)) inside += weight;
    }
  }
  return { at, length: to - at, chord, roman: romanOf(chord, key), key, fit: inside / all };
}
