/**
 * The melody of a text: the best pitches for given rhythms, found by exact search.
 *
 *   slots (when, how long, which syllable) ─▶ costs per pitch and per step ─▶ Viterbi over pairs of pitches ─▶ pitches
 *
 * What a step costs is said in words below: the tones' direction, the size of the leap and its way back, the pillar notes
 * on strong beats, the cadence of each line, an arch over the poem, and a grain of chance that makes every seed its own.
 */
import type { Random } from '../../../core/index.ts';
import type { Tone } from './syllable.ts';
import { isAgainstContour, isAgainstStep } from './tone-fit.ts';

/** One note to be found. */
export interface NotePlace {
  /** 0 between beats … 3 the downbeat. */
  readonly weight: number;
  /** Half beats. */
  readonly length: number;
  readonly line: number;
  /** The tone sung, for Chinese; absent for the second and later notes' syllable start. */
  readonly tone?: Tone;
  /** English stress, 0–2. */
  readonly stress?: number;
  /** True on the first note of a syllable. */
  readonly begins: boolean;
  /** True on the last note of a syllable. */
  readonly ends: boolean;
  /** True on the last note of a line. */
  readonly cadence: boolean;
  /** Semitones above the line's centre that the arch of the line has here. */
  readonly lift: number;
}

export interface MelodyWish {
  /** MIDI keys to choose from, ascending. */
  readonly scale: readonly number[];
  /** Pitch class of the tonic. */
  readonly tonic: number;
  /** Pitch classes that hold the melody up: tonic, fifth …; the first ones weigh more. */
  readonly pillars: readonly number[];
  /** For each line, the pitch classes it may close on, the best first. */
  readonly closings: readonly (readonly number[])[];
  /** For each line, the MIDI key about which it moves. */
  readonly centres: readonly number[];
  /** For each line, the way into its last note: 1 from below, −1 from above. */
  readonly approaches: readonly (1 | -1)[];
  /** How much the tones count; 1 as usual, 0 not at all. */
  readonly toneWeight: number;
  readonly random: Random;
}

/** Pitches (MIDI keys) for all places. */
export function findMelody(places: readonly NotePlace[], wish: MelodyWish): number[] {
  const { scale } = wish;
  const chance = places.map(() => scale.map(() => wish.random.next()));
  const local = places.map((place, i) => scale.map((key, k) => placeCost(key, place, wish) + 1.6 * chance[i]![k]!));
  return search(places, local, wish);
}

/** Cost of a pitch where it stands, whatever comes before it. */
function placeCost(key: number, place: NotePlace, wish: MelodyWish): number {
  const centre = wish.centres[place.line]! + place.lift;
  const pillar = wish.pillars.indexOf(key % 12);
  const far = ((key - centre) / 5) ** 2;
  const strong = place.weight >= 2 || place.length >= 4 ? (pillar < 0 ? 1 : 0.2 * pillar) : 0;
  const stress = place.stress === undefined ? 0 : ((place.stress - 1) * (centre - key)) / 8;
  return far * 0.6 + strong + stress + (place.cadence ? closingCost(key, place.line, wish) : 0);
}

function closingCost(key: number, line: number, { closings }: MelodyWish): number {
  const place = closings[line]!.indexOf(key % 12);
  return place < 0 ? 12 : 0.8 * place;
}

/** Cost of a leap by its size in semitones. */
const LEAP = [0.55, 0.1, 0, 0.15, 0.35, 0.6, 3, 0.9, 1.9, 2, 4, 5, 2.2];

function stepCost(from: number, to: number, places: { before: NotePlace; after: NotePlace }, wish: MelodyWish): number {
  const size = Math.abs(to - from);
  const between = places.before.line !== places.after.line;
  const leap = (LEAP[size] ?? 6) * (between ? 0.5 : 1);
  const way = places.after.cadence && Math.sign(to - from) !== wish.approaches[places.after.line] ? 0.8 : 0;
  return leap + way + wish.toneWeight * 6 * againstTones(from, to, places.before, places.after);
}

function againstTones(from: number, to: number, before: NotePlace, after: NotePlace): number {
  if (before.tone === undefined || after.tone === undefined || before.line !== after.line) return 0;
  if (after.begins) return isAgainstStep(before.tone, after.tone, to - from) ? 1 : 0;
  // Each step inside a syllable goes the tone's way, so the whole does.
  return isAgainstContour(after.tone, [from, to]) ? 1 : 0;
}

/** A leap of a fourth or more turns back; three notes do not run to and fro over the same pitch. */
function turnCost(first: number, second: number, third: number): number {
  const a = second - first;
  const b = third - second;
  if (Math.abs(a) >= 5) return Math.sign(a) === Math.sign(b) && b !== 0 ? 1.6 : 0;
  return a !== 0 && b === -a ? 0.4 : a === 0 && b === 0 ? 1.2 : 0;
}

/** Viterbi over pairs: state (k, j) is pitch k at a place after pitch j at the one before. */
function search(places: readonly NotePlace[], local: readonly (readonly number[])[], wish: MelodyWish): number[] {
  const { scale } = wish;
  const n = scale.length;
  if (places.length === 1) return [scale[indexOfLeast(local[0]!)]!];
  let costs = new Float64Array(n * n);
  const steps = (i: number): Float64Array => {
    const around = { before: places[i - 1]!, after: places[i]! };
    return Float64Array.from({ length: n * n }, (_, s) =>
      stepCost(scale[s % n]!, scale[Math.floor(s / n)]!, around, wish),
    );
  };
  const first = steps(1);
  for (let s = 0; s < n * n; s++) costs[s] = local[0]![s % n]! + local[1]![Math.floor(s / n)]! + first[s]!;
  const back: Uint8Array[] = [];
  for (let i = 2; i < places.length; i++) {
    const { next, from } = advance(costs, local[i]!, steps(i), scale);
    back.push(from);
    costs = next;
  }
  return trace(costs, back, scale);
}

function advance(
  costs: Float64Array,
  local: readonly number[],
  step: Float64Array,
  scale: readonly number[],
): { next: Float64Array<ArrayBuffer>; from: Uint8Array } {
  const n = scale.length;
  const next = new Float64Array(n * n).fill(Number.POSITIVE_INFINITY);
  const from = new Uint8Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      for (let h = 0; h < n; h++) {
        const cost = costs[j * n + h]! + turnCost(scale[h]!, scale[j]!, scale[k]!);
        if (cost >= next[k * n + j]!) continue;
        next[k * n + j] = cost;
        from[k * n + j] = h;
      }
      next[k * n + j]! += local[k]! + step[k * n + j]!;
    }
  }
  return { next, from };
}

function trace(costs: Float64Array, back: readonly Uint8Array[], scale: readonly number[]): number[] {
  const n = scale.length;
  let state = indexOfLeast(costs);
  const keys = [Math.floor(state / n), state % n];
  for (let i = back.length - 1; i >= 0; i--) {
    const before = back[i]![state]!;
    state = (state % n) * n + before;
    keys.push(before);
  }
  return keys.reverse().map((k) => scale[k]!);
}

function indexOfLeast(costs: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < costs.length; i++) if (costs[i]! < costs[best]!) best = i;
  return best;
}
