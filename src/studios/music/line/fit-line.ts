/**
 * A melodic line on a given rhythm, near a contour, in key and over chords: the cheapest way found exactly by dynamic
 * programming, with a little noise so that every seed finds another.
 *
 *   cost = Σ distance from the contour + size of the step + what does not fit the chord + noise
 *
 * On strong beats only chord tones are looked at; on others they are merely liked. Fixed pitches stay.
 */
import type { Random } from '../../../core/index.ts';
import { keyAt, metricalWeight, midiOf, tonicClass } from '../score/index.ts';
import { type Ground, spellTone, type Tones, tonesAt } from './tones.ts';

/** A note whose pitch is looked for. */
export interface LinePlace {
  /** Ticks. */
  readonly at: number;
  readonly length: number;
  /** MIDI key, may be a fraction: where the contour wants it. */
  readonly target: number;
  /** A pitch that stays. */
  readonly fixed?: string | undefined;
  /** The line comes to rest here: on the tonic, or where the chord has none on a tone of the chord. */
  readonly closes?: boolean | undefined;
}

export interface LineOptions {
  /** Lowest and highest MIDI key. */
  readonly low: number;
  readonly high: number;
  readonly random: Random;
  /** MIDI keys just before and just after the line. */
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** Whether strong beats must have chord tones; default true. */
  readonly chordTones?: boolean | undefined;
}

/** Cost of a step by its semitones: seconds are free, what is hard to sing is dear. */
const STEPS = [0.9, 0.2, 0, 0.25, 0.5, 0.7, 2.6, 1, 2.2, 2, 3, 4, 1.9];
const NOISE = 0.3;

/** Pitches for the places, in order. */
export function fitLine(ground: Ground, places: readonly LinePlace[], options: LineOptions): string[] {
  const tones = places.map(({ at }) => tonesAt(ground, at));
  const choices = places.map((place, i) => choicesAt(ground, place, tones[i]!, options));
  let costs: number[] = [];
  const back: number[][] = [];
  for (const [i, place] of places.entries()) {
    const own = choices[i]!.map((key) => placeCost(ground, place, tones[i]!, key) + noise(options.random));
    const last = i === places.length - 1;
    if (last && options.after !== undefined) {
      for (const [n, key] of choices[i]!.entries()) own[n]! += stepCost(key, options.after);
    }
    const found = i === 0 ? undefined : choices[i]!.map((key) => cheapest(costs, choices[i - 1]!, key));
    back.push(found?.map(({ from }) => from) ?? []);
    const before = (key: number): number => (options.before === undefined ? 0 : stepCost(options.before, key));
    costs = own.map((cost, n) => cost + (found ? found[n]!.cost : before(choices[i]![n]!)));
  }
  return trace(costs, back, choices).map(
    (key, i) => places[i]!.fixed ?? spellTone(tones[i]!, key, keyAt(ground, places[i]!.at)),
  );
}

/** MIDI keys that a place may have: never none. */
function choicesAt(ground: Ground, place: LinePlace, { names, chord }: Tones, options: LineOptions): number[] {
  if (place.fixed !== undefined) return [midiOf(place.fixed)];
  const { low, high, chordTones = true } = options;
  const range = Array.from({ length: Math.max(1, high - low + 1) }, (_, i) => low + i);
  const inKey = range.filter((key) => names.has(key % 12));
  const wanted = closingClasses(ground, place, chord) ?? (chordTones && isStrong(ground, place.at) ? chord : undefined);
  const fitting = wanted ? inKey.filter((key) => wanted.has(key % 12)) : inKey;
  return fitting.length > 0 ? fitting : inKey.length > 0 ? inKey : range;
}

function closingClasses(
  ground: Ground,
  { at, closes }: LinePlace,
  chord: Tones['chord'],
): ReadonlySet<number> | undefined {
  if (!closes) return undefined;
  const home = tonicClass(keyAt(ground, at));
  return !chord || chord.has(home) ? new Set([home]) : chord;
}

/** Downbeats, and the middle of bars of four or six beats. */
function isStrong(ground: Ground, tick: number): boolean {
  return metricalWeight(ground, tick) >= 2;
}

function placeCost(ground: Ground, { at, length, target, fixed }: LinePlace, { chord }: Tones, key: number): number {
  if (fixed !== undefined) return 0;
  const beat = metricalWeight(ground, at) > 0 || length >= ground.ticksPerQuarter;
  const foreign = chord && !chord.has(key % 12) ? (beat ? 0.9 : 0.2) : 0;
  return 0.35 * Math.abs(key - target) + foreign;
}

function stepCost(from: number, to: number): number {
  const size = Math.abs(to - from);
  return STEPS[size] ?? 4 + 0.5 * (size - 12);
}

function cheapest(costs: readonly number[], keys: readonly number[], to: number): { from: number; cost: number } {
  let best = { from: 0, cost: Number.POSITIVE_INFINITY };
  for (const [from, key] of keys.entries()) {
    const cost = costs[from]! + stepCost(key, to);
    if (cost < best.cost) best = { from, cost };
  }
  return best;
}

function trace(costs: readonly number[], back: readonly number[][], choices: readonly number[][]): number[] {
  if (choices.length === 0) return [];
  let state = costs.indexOf(Math.min(...costs));
  const line: number[] = [];
  for (let i = choices.length - 1; i >= 0; i--) {
    line.push(choices[i]![state]!);
    state = back[i]![state] ?? 0;
  }
  return line.reverse();
}

function noise(random: Random): number {
  return -NOISE * Math.log(-Math.log(random.next() * 0.998 + 0.001)) * 0.5;
}
